-- Domain iot.

CREATE TABLE IF NOT EXISTS iot_measurements (
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    measurement_id        VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'event_uid',
    occurred_at           DATETIME(6)       NOT NULL,
    device_id             VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    signal_name           VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'which of the device''s signals',
    measurement_type      ENUM('other', 'temperature', 'pressure', 'vibration', 'flow', 'power') NOT NULL,
    value                 DOUBLE            NOT NULL,
    unit                  VARCHAR(16)       COLLATE utf8mb4_nopad_bin NULL,
    location              VARCHAR(128)      NULL,
    embedding             VECTOR(32)        NOT NULL,
    embedding_version     INT               NOT NULL,
    score                 DOUBLE            NULL COMMENT '0 to 1; NULL: late, not scored',
    rank_score            DOUBLE            NULL,
    distance_to_profile   DOUBLE            NULL,
    surprise              DOUBLE            NULL COMMENT '0 to 1, how unusual this event alone was in the population of its time: state is rebuilt from it',
    learned_distance      DOUBLE            NULL COMMENT 'distance as the signal''s baseline takes it in: a label takes out exactly what went in',
    learned_value         DOUBLE            NULL COMMENT 'value in the signal''s usual unit; NULL: cannot be said in it',
    reasons               JSON              NULL COMMENT 'array of {type, score, detail}; NULL: none',
    anomaly_type          VARCHAR(32)       NULL COMMENT 'code of what contributed most; NULL: not flagged',
    is_anomaly            BOOLEAN           NOT NULL DEFAULT FALSE,
    severity              ENUM('none', 'low', 'medium', 'high', 'critical') NOT NULL DEFAULT 'none',
    is_late               BOOLEAN           NOT NULL DEFAULT FALSE,
    is_learned            BOOLEAN           NOT NULL DEFAULT FALSE,
    suppressed_by         BIGINT UNSIGNED   NULL,
    configuration_version INT               NOT NULL,
    is_confirmed_anomaly  BOOLEAN           NULL COMMENT 'NULL: nobody knows yet',
    label_known_at        DATETIME(6)       NULL,
    received_at           DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (lane, seq, occurred_at),
    KEY measurement (measurement_id),
    KEY device (device_id, occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci
PARTITION BY RANGE COLUMNS (occurred_at) (
    PARTITION p_max VALUES LESS THAN (MAXVALUE)
);

-- One row a signal of a device, and one joint row a device with signal_name ''.
CREATE TABLE IF NOT EXISTS iot_device_profiles (
    profile_id            BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    device_id             VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    signal_name           VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT '' COMMENT 'empty: all signals together',
    measurement_type      ENUM('other', 'temperature', 'pressure', 'vibration', 'flow', 'power') NULL COMMENT 'NULL in the joint row',
    centroid              VECTOR(32)        NOT NULL,
    observation_count     INT               NOT NULL,
    min_value             DOUBLE            NULL,
    max_value             DOUBLE            NULL,
    mean_value            DOUBLE            NULL,
    std_value             DOUBLE            NULL,
    distance_mean         DOUBLE            NOT NULL COMMENT 'leave-one-out distance to the centroid',
    distance_std          DOUBLE            NOT NULL,
    knn_distance_mean     DOUBLE            NULL,
    knn_distance_std      DOUBLE            NULL,
    warning_distance      DOUBLE            NOT NULL COMMENT 'mean + 3 sigma until calibration moves it',
    critical_distance     DOUBLE            NOT NULL COMMENT 'mean + 6 sigma until calibration moves it',
    last_calibration      DATETIME(6)       NULL,
    embedding_version     INT               NOT NULL,
    configuration_version INT               NOT NULL,
    window_days           INT               NOT NULL DEFAULT 30,
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    last_updated          DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY signal_of_device (device_id, signal_name),
    VECTOR INDEX centroid (centroid) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
