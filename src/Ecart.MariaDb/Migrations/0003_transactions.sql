-- Domain transactions.
--
-- Event tables have no auto-increment column: its table lock would serialise bulk loads. Their primary key is the log
-- order; occurred_at is part of it because it decides the partition. They carry no vector index: a partitioned table
-- cannot, and keeping one up costs more than scoring. Months are cut out of p_max before they are written to.

CREATE TABLE IF NOT EXISTS financial_transactions (
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    transaction_id        VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'event_uid',
    account_id            VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    occurred_at           DATETIME(6)       NOT NULL,
    amount                DECIMAL(15,2)     NOT NULL,
    currency              CHAR(3)           COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT 'EUR',
    scored_amount         DOUBLE            NOT NULL COMMENT 'amount in the domain''s currency: every formula uses this one',
    merchant_id           VARCHAR(64)       COLLATE utf8mb4_nopad_bin NULL,
    merchant_category     VARCHAR(64)       COLLATE utf8mb4_nopad_bin NULL,
    channel               ENUM('online', 'pos', 'atm', 'wire', 'mobile') NOT NULL,
    country               CHAR(2)           COLLATE utf8mb4_nopad_bin NULL,
    city                  VARCHAR(128)      NULL,
    latitude              DOUBLE            NULL COMMENT 'degrees',
    longitude             DOUBLE            NULL COMMENT 'degrees',
    device_id             VARCHAR(128)      COLLATE utf8mb4_nopad_bin NULL,
    ip_address            VARCHAR(45)       COLLATE utf8mb4_nopad_bin NULL,
    user_agent_hash       CHAR(16)          COLLATE utf8mb4_nopad_bin NULL,
    utc_offset_minutes    SMALLINT          NOT NULL DEFAULT 0 COMMENT 'local time = occurred_at + this',
    hour_of_day           TINYINT UNSIGNED  AS (HOUR(occurred_at + INTERVAL utc_offset_minutes MINUTE)) VIRTUAL COMMENT 'local',
    day_of_week           TINYINT UNSIGNED  AS (WEEKDAY(occurred_at + INTERVAL utc_offset_minutes MINUTE)) VIRTUAL COMMENT 'local, 0 is Monday',
    is_weekend            BOOLEAN           AS (WEEKDAY(occurred_at + INTERVAL utc_offset_minutes MINUTE) >= 5) VIRTUAL COMMENT 'local',
    embedding             VECTOR(128)       NOT NULL,
    embedding_version     INT               NOT NULL,
    layout_embedding      VECTOR(128)       NULL COMMENT 'what a learned model made embedding of; NULL: embedding is by the layout itself',
    fraud_score           DOUBLE            NULL COMMENT '0 to 1; NULL: late, not scored',
    rank_score            DOUBLE            NULL COMMENT '0 to 1, continuous, for ranking',
    distance_to_profile   DOUBLE            NULL,
    surprise              DOUBLE            NULL COMMENT '0 to 1, how unusual this event alone was in the population of its time: state is rebuilt from it',
    learned_distance      DOUBLE            NULL COMMENT 'distance as the account''s profile takes it in: a label takes out exactly what went in',
    learned_amount        DOUBLE            NULL COMMENT 'amount as the account''s profile takes it in, cut where it would hide the next fraud',
    reasons               JSON              NULL COMMENT 'array of {type, score, detail}; NULL: none',
    is_flagged            BOOLEAN           NOT NULL DEFAULT FALSE,
    severity              ENUM('none', 'low', 'medium', 'high', 'critical') NOT NULL DEFAULT 'none',
    is_late               BOOLEAN           NOT NULL DEFAULT FALSE COMMENT 'later than the domain allows: stored, not scored',
    is_learned            BOOLEAN           NOT NULL DEFAULT FALSE COMMENT 'entered the account''s profile',
    suppressed_by         BIGINT UNSIGNED   NULL COMMENT 'exception_id of the exception that silenced the alert',
    configuration_version INT               NOT NULL,
    model_version         INT               NULL COMMENT 'of the trees whose probability rank_score is; NULL: untrained',
    shadow_version        INT               NULL COMMENT 'of the challenger that ran in shadow; NULL: none',
    shadow_probability    DOUBLE            NULL COMMENT 'what the challenger would have said in place of rank_score',
    is_confirmed_fraud    BOOLEAN           NULL COMMENT 'NULL: nobody knows yet',
    label_known_at        DATETIME(6)       NULL,
    received_at           DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (lane, seq, occurred_at),
    KEY transaction (transaction_id),
    KEY account (account_id, occurred_at),
    KEY merchant (merchant_id, occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci
PARTITION BY RANGE COLUMNS (occurred_at) (
    PARTITION p_max VALUES LESS THAN (MAXVALUE)
);

-- A publication of the accounts' state for SQL users, written in bulk on a schedule.
-- The vector index takes a primary key of at most 256 bytes, which a 64-character account_id exceeds: hence profile_id.
CREATE TABLE IF NOT EXISTS account_spending_profiles (
    profile_id              BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id              VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    centroid                VECTOR(128)       NOT NULL,
    observation_count       INT               NOT NULL,
    mean_amount             DOUBLE            NOT NULL COMMENT 'money, as the other amounts without log',
    std_amount              DOUBLE            NOT NULL,
    max_amount              DOUBLE            NOT NULL,
    mean_log_amount         DOUBLE            NOT NULL COMMENT 'of ln(1 + scored_amount)',
    std_log_amount          DOUBLE            NOT NULL,
    mean_daily_transactions DOUBLE            NOT NULL,
    days_observed           DOUBLE            NOT NULL,
    hourly_counts           JSON              NOT NULL COMMENT '24 integers, by local hour',
    typical_merchants       JSON              NOT NULL COMMENT 'categories, most frequent first, at most 10',
    typical_countries       JSON              NOT NULL,
    typical_hours           JSON              NOT NULL,
    distance_mean           DOUBLE            NULL COMMENT 'leave-one-out distance to the centroid; NULL: none measured yet',
    distance_std            DOUBLE            NOT NULL,
    knn_distance_mean       DOUBLE            NULL,
    knn_distance_std        DOUBLE            NULL,
    embedding_version       INT               NOT NULL,
    configuration_version   INT               NOT NULL,
    window_days             INT               NOT NULL DEFAULT 30,
    lane                    SMALLINT UNSIGNED NOT NULL,
    seq                     BIGINT UNSIGNED   NOT NULL COMMENT 'newest log entry of the lane that the profile includes',
    last_updated            DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY account (account_id),
    VECTOR INDEX centroid (centroid) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
