-- Domain network.

CREATE TABLE IF NOT EXISTS network_connections (
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    connection_id         VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'event_uid',
    occurred_at           DATETIME(6)       NOT NULL COMMENT 'start of the connection',
    src_ip                VARCHAR(45)       COLLATE utf8mb4_nopad_bin NOT NULL,
    src_port              SMALLINT UNSIGNED NULL,
    dst_ip                VARCHAR(45)       COLLATE utf8mb4_nopad_bin NOT NULL,
    dst_port              SMALLINT UNSIGNED NULL,
    protocol              ENUM('tcp', 'udp', 'icmp', 'other') NOT NULL,
    bytes_sent            BIGINT UNSIGNED   NOT NULL DEFAULT 0 COMMENT 'source to destination',
    bytes_received        BIGINT UNSIGNED   NOT NULL DEFAULT 0,
    packets_sent          BIGINT UNSIGNED   NOT NULL DEFAULT 0,
    packets_received      BIGINT UNSIGNED   NOT NULL DEFAULT 0,
    duration_seconds      DOUBLE            NOT NULL DEFAULT 0,
    tcp_flags             VARCHAR(32)       NULL,
    state                 VARCHAR(16)       NULL,
    embedding             VECTOR(64)        NOT NULL,
    embedding_version     INT               NOT NULL,
    score                 DOUBLE            NULL COMMENT '0 to 1; NULL: late, not scored',
    rank_score            DOUBLE            NULL,
    distance_to_profile   DOUBLE            NULL,
    surprise              DOUBLE            NULL COMMENT '0 to 1, how unusual this event alone was in the population of its time: state is rebuilt from it',
    reasons               JSON              NULL COMMENT 'array of {type, score, detail}; NULL: none',
    threat_type           VARCHAR(32)       NULL COMMENT 'class of the verdict; NULL: none',
    is_suspicious         BOOLEAN           NOT NULL DEFAULT FALSE,
    severity              ENUM('none', 'low', 'medium', 'high', 'critical') NOT NULL DEFAULT 'none',
    is_late               BOOLEAN           NOT NULL DEFAULT FALSE,
    is_learned            BOOLEAN           NOT NULL DEFAULT FALSE,
    suppressed_by         BIGINT UNSIGNED   NULL,
    configuration_version INT               NOT NULL,
    is_confirmed_threat   BOOLEAN           NULL COMMENT 'NULL: nobody knows yet',
    label_known_at        DATETIME(6)       NULL,
    received_at           DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (lane, seq, occurred_at),
    KEY connection (connection_id),
    KEY source (src_ip, occurred_at),
    KEY destination (dst_ip, occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci
PARTITION BY RANGE COLUMNS (occurred_at) (
    PARTITION p_max VALUES LESS THAN (MAXVALUE)
);

-- One row an internal address.
CREATE TABLE IF NOT EXISTS network_profiles (
    profile_id            BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ip_address            VARCHAR(45)       COLLATE utf8mb4_nopad_bin NOT NULL,
    host_type             ENUM('server', 'workstation', 'iot_device', 'unknown') NOT NULL DEFAULT 'unknown',
    centroid              VECTOR(64)        NOT NULL,
    observation_count     INT               NOT NULL,
    connections_per_hour  DOUBLE            NOT NULL,
    bytes_per_connection  DOUBLE            NOT NULL,
    typical_ports         JSON              NOT NULL,
    typical_destinations  JSON              NOT NULL,
    distance_mean         DOUBLE            NOT NULL COMMENT 'leave-one-out distance to the centroid',
    distance_std          DOUBLE            NOT NULL,
    knn_distance_mean     DOUBLE            NULL,
    knn_distance_std      DOUBLE            NULL,
    embedding_version     INT               NOT NULL,
    configuration_version INT               NOT NULL,
    window_days           INT               NOT NULL DEFAULT 30,
    lane                  SMALLINT UNSIGNED NOT NULL,
    seq                   BIGINT UNSIGNED   NOT NULL,
    last_updated          DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY address (ip_address),
    VECTOR INDEX centroid (centroid) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
