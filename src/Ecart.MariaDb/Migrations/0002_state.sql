-- What the lanes remember, and the counts that other lanes may read.

-- The exact accumulators of one entity, written behind its lane: one state for each version of the embeddings that is or was in force, so that a
-- model can be prepared beside the one in force and going back is quick. The *_profiles tables are a publication of it.
CREATE TABLE IF NOT EXISTS entity_state (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    embedding_version INT             NOT NULL DEFAULT 1,
    seq             BIGINT UNSIGNED   NOT NULL COMMENT 'newest log entry of the lane that the state includes',
    format          SMALLINT UNSIGNED NOT NULL COMMENT 'version of the encoding of state',
    state           MEDIUMBLOB        NOT NULL,
    PRIMARY KEY (domain, entity_type, entity_id, embedding_version),
    KEY lane (lane)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- How far the states of each version go. That in force goes as far as lanes.checkpoint_seq; others are brought up before they come into force.
CREATE TABLE IF NOT EXISTS embedding_states (
    domain            VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    embedding_version INT               NOT NULL,
    lane              SMALLINT UNSIGNED NOT NULL,
    checkpoint_seq    BIGINT UNSIGNED   NOT NULL COMMENT 'entity_state of this version includes every entry of the lane up to this one',
    PRIMARY KEY (domain, embedding_version, lane)
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
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    part            SMALLINT UNSIGNED NOT NULL,
    epoch           BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'increased by each owner',
    checkpoints     BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'tells others that the part has changed',
    owner           VARCHAR(128)      COLLATE utf8mb4_nopad_bin NULL COMMENT 'the node of a cluster that took it',
    PRIMARY KEY (domain, part)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

INSERT IGNORE INTO state_parts (domain, part) VALUES ('transactions', 0);
