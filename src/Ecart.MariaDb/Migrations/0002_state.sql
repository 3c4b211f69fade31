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

-- Events and confirmed frauds of an entity on one UTC day of event time. entity_type 'domain' with entity_id '' counts
-- the whole domain.
CREATE TABLE IF NOT EXISTS entity_daily (
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    day             DATE              NOT NULL,
    events          INT UNSIGNED      NOT NULL DEFAULT 0,
    frauds          INT UNSIGNED      NOT NULL DEFAULT 0,
    PRIMARY KEY (domain, entity_type, entity_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
