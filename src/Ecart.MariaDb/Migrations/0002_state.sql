-- What the lanes remember, and the counts that other lanes may read.

-- The exact accumulators of one entity, written behind its lane. The *_profiles tables are a publication of it.
CREATE TABLE IF NOT EXISTS entity_state (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    seq             BIGINT UNSIGNED   NOT NULL COMMENT 'newest log entry of the lane that the state includes',
    format          SMALLINT UNSIGNED NOT NULL COMMENT 'version of the encoding of state',
    state           MEDIUMBLOB        NOT NULL,
    PRIMARY KEY (domain, entity_type, entity_id),
    KEY lane (lane)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Events and confirmed frauds of an entity by UTC day of event time, one row an entity: a row a day would be most of what a
-- lane writes of its state. entity_type 'domain' with entity_id '' counts the whole domain.
CREATE TABLE IF NOT EXISTS entity_history (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    part            SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'who counted: the history is the sum over parts',
    newest_day      DATE              NOT NULL,
    days            MEDIUMTEXT        CHARACTER SET ascii COLLATE ascii_bin NOT NULL
                                      COMMENT 'JSON: [[TO_DAYS(day), events, frauds, evident frauds unless 0], ...], ascending',
    PRIMARY KEY (domain, entity_type, entity_id, part)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Counts that belong to no lane: the populations of a domain. Summed over parts, as histories are.
CREATE TABLE IF NOT EXISTS shared_state (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    part            SMALLINT UNSIGNED NOT NULL DEFAULT 0,
    format          SMALLINT UNSIGNED NOT NULL COMMENT 'version of the encoding of state',
    state           MEDIUMBLOB        NOT NULL,
    PRIMARY KEY (domain, entity_type, entity_id, part)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Who counts in which part. A process writes only its own, in the transaction that moves checkpoint_seq: so every log entry is
-- counted in exactly one part, whoever folded it. One process alone has part 0; a part that was left is taken over whole.
CREATE TABLE IF NOT EXISTS state_parts (
    part            SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    epoch           BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'increased by each owner',
    checkpoints     BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'tells others that the part has changed',
    owner           VARCHAR(128)      COLLATE utf8mb4_nopad_bin NULL COMMENT 'the node of a cluster that took it'
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

INSERT IGNORE INTO state_parts (part) VALUES (0);
