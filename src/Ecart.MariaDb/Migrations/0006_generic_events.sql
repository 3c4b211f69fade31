-- Events of domains without a table of their own (user_behavior, domains declared in YAML), and profiles of any entity.

CREATE TABLE IF NOT EXISTS events (
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    domain                VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid             VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    occurred_at           DATETIME(6)       NOT NULL,
    entity_type           VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id             VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    event_type            VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    data                  JSON              NOT NULL,
    source_ip             VARCHAR(45)       COLLATE utf8mb4_nopad_bin NULL,
    user_agent            VARCHAR(512)      NULL,
    embedding             VECTOR(256)       NOT NULL COMMENT 'shorter layouts are padded with zeros',
    embedding_version     INT               NOT NULL,
    layout_embedding      VECTOR(256)       NULL COMMENT 'what a learned model made embedding of; NULL: embedding is by the layout itself, or the caller''s own',
    score                 DOUBLE            NULL COMMENT '0 to 1; NULL: late, not scored',
    rank_score            DOUBLE            NULL,
    distance_to_profile   DOUBLE            NULL,
    surprise              DOUBLE            NULL COMMENT '0 to 1, how unusual this event alone was in the population of its time: state is rebuilt from it',
    learned_distance      DOUBLE            NULL COMMENT 'distance as the entity''s profile takes it in: a label takes out exactly what went in',
    learned_value         DOUBLE            NULL COMMENT 'the domain''s main measure as the entity''s state takes it in',
    reasons               JSON              NULL COMMENT 'array of {type, score, detail}; NULL: none',
    is_anomaly            BOOLEAN           NOT NULL DEFAULT FALSE,
    severity              ENUM('none', 'low', 'medium', 'high', 'critical') NOT NULL DEFAULT 'none',
    is_late               BOOLEAN           NOT NULL DEFAULT FALSE,
    is_learned            BOOLEAN           NOT NULL DEFAULT FALSE,
    suppressed_by         BIGINT UNSIGNED   NULL,
    configuration_version INT               NOT NULL,
    model_version         INT               NULL COMMENT 'of the trees whose probability rank_score is; NULL: untrained',
    shadow_version        INT               NULL COMMENT 'of the challenger that ran in shadow; NULL: none',
    shadow_probability    DOUBLE            NULL COMMENT 'what the challenger would have said in place of rank_score',
    is_confirmed_anomaly  BOOLEAN           NULL COMMENT 'NULL: nobody knows yet',
    label_known_at        DATETIME(6)       NULL,
    received_at           DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (domain, lane, seq, occurred_at),
    KEY event (domain, event_uid),
    KEY entity (domain, entity_type, entity_id, occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci
PARTITION BY RANGE COLUMNS (occurred_at) (
    PARTITION p_max VALUES LESS THAN (MAXVALUE)
);

CREATE TABLE IF NOT EXISTS normal_profiles (
    profile_id            BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain                VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type           VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id             VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    centroid              VECTOR(256)       NOT NULL COMMENT 'shorter layouts are padded with zeros',
    observation_count     INT               NOT NULL,
    distance_mean         DOUBLE            NULL COMMENT 'leave-one-out distance to the centroid; NULL: none measured yet',
    distance_std          DOUBLE            NULL,
    knn_distance_mean     DOUBLE            NULL,
    knn_distance_std      DOUBLE            NULL,
    embedding_version     INT               NOT NULL,
    configuration_version INT               NOT NULL,
    window_days           INT               NOT NULL DEFAULT 30,
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    last_updated          DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY entity (domain, entity_type, entity_id),
    VECTOR INDEX centroid (centroid) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
