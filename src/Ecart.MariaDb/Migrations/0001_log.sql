-- The log: who owns which part of it, which events it holds, how far each source was read.
--
-- Ids are compared byte by byte (utf8mb4_nopad_bin), everywhere in this schema: 'a', 'A' and 'a ' are three accounts.

-- One row a lane of a domain: each domain has its own log. Every commit moves its lane's seq under the owner's epoch, so that a second owner can never
-- write. The rows of a domain are there from its first use on.
CREATE TABLE IF NOT EXISTS lanes (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    epoch           BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'increased by each activation',
    seq             BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'number of the last committed log entry: events and labels',
    checkpoint_seq  BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'entity_state includes every entry up to this one',
    updated_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (domain, lane)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- The number of lanes decides which lane an entity belongs to: it is fixed for the life of the database.
INSERT IGNORE INTO lanes (domain, lane) SELECT 'transactions', seq FROM seq_0_to_63;

-- Uniqueness of event_uid. A unique key of a partitioned table must contain the partition column, so the event tables
-- themselves would take the same uid again at another time.
CREATE TABLE IF NOT EXISTS event_keys (
    uid_hash        BINARY(16)        NOT NULL PRIMARY KEY COMMENT 'first half of SHA-256 of domain, 0x00, event_uid',
    content_hash    BIGINT UNSIGNED   NOT NULL COMMENT 'of everything the producer said: equal means the same event again',
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    seq             BIGINT UNSIGNED   NOT NULL,
    occurred_at     DATETIME(6)       NOT NULL,
    received_day    DATE              NOT NULL DEFAULT UTC_DATE()
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- What became known about events: chargebacks, analysts' verdicts. Entries of the same log as the events.
CREATE TABLE IF NOT EXISTS event_labels (
    lane            SMALLINT UNSIGNED NOT NULL,
    seq             BIGINT UNSIGNED   NOT NULL,
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    occurred_at     DATETIME(6)       NOT NULL COMMENT 'of the event',
    is_fraud        BOOLEAN           NOT NULL,
    previous        BOOLEAN           NULL COMMENT 'the label that this one corrects; NULL: the first',
    known_at        DATETIME(6)       NOT NULL,
    source          VARCHAR(64)       NOT NULL,
    received_at     DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (domain, lane, seq),
    KEY event (domain, event_uid)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Moves in the same transaction as the rows. A consumer starts at the smallest next_offset over the lanes.
CREATE TABLE IF NOT EXISTS consumer_offsets (
    source          VARCHAR(255)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'topic or file',
    partition_id    INT               NOT NULL,
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    next_offset     BIGINT            NOT NULL,
    PRIMARY KEY (source, partition_id, domain, lane)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS rejected_events (
    rejected_id     BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source          VARCHAR(255)      COLLATE utf8mb4_nopad_bin NOT NULL,
    partition_id    INT               NOT NULL,
    source_offset   BIGINT            NOT NULL COMMENT 'offset of the message, or line number from 1',
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NULL,
    reason          VARCHAR(32)       NOT NULL,
    field           VARCHAR(64)       NULL,
    value           VARCHAR(200)      NULL,
    message         TEXT              NOT NULL,
    payload         MEDIUMBLOB        NOT NULL,
    received_at     DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    dead_lettered_at DATETIME(6)      NULL COMMENT 'handed to the dead-letter topic; NULL: not yet, or its source has none',
    retried_at      DATETIME(6)       NULL COMMENT 'when a retry made it an event; NULL: it is none yet',
    -- Reading the source again after a crash must not report a record twice.
    UNIQUE KEY origin (source, partition_id, source_offset, reason),
    KEY received (received_at),
    -- Polled by state with SKIP LOCKED, as every outbox.
    KEY dead_letters (source, dead_lettered_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
