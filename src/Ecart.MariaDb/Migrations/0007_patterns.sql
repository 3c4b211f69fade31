-- Vectors that serve every domain: clusters, signatures, exceptions, exemplars. VECTOR(256), shorter layouts padded with
-- zeros, which leaves Euclidean distances unchanged. Vectors are only compared within one embedding_version.

CREATE TABLE IF NOT EXISTS behavior_clusters (
    cluster_id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name              VARCHAR(128)    NOT NULL,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    centroid          VECTOR(256)     NOT NULL,
    radius            DOUBLE          NOT NULL,
    member_count      INT UNSIGNED    NOT NULL,
    version           INT             NOT NULL DEFAULT 1,
    embedding_version INT             NOT NULL,
    active            BOOLEAN         NOT NULL DEFAULT TRUE,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY name (domain, name, version),
    VECTOR INDEX centroid (centroid) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS threat_signatures (
    signature_id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name              VARCHAR(128)    NOT NULL,
    category          ENUM('malware', 'dos', 'scan', 'exfiltration', 'c2', 'lateral', 'brute_force', 'dns') NOT NULL,
    severity          ENUM('low', 'medium', 'high', 'critical') NOT NULL,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NULL COMMENT 'NULL: every domain',
    `vector`          VECTOR(256)     NOT NULL,
    radius            DOUBLE          NOT NULL,
    description       TEXT            NULL,
    mitre_id          VARCHAR(16)     NULL COMMENT 'MITRE ATT&CK technique, for example T1046',
    embedding_version INT             NOT NULL,
    active            BOOLEAN         NOT NULL DEFAULT TRUE,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY name (name, embedding_version),
    VECTOR INDEX `vector` (`vector`) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS anomaly_exceptions (
    exception_id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type       VARCHAR(16)     COLLATE utf8mb4_nopad_bin NULL COMMENT 'NULL: every type',
    entity_id         VARCHAR(128)    COLLATE utf8mb4_nopad_bin NULL COMMENT 'NULL: all',
    exception_type    ENUM('whitelist', 'known_pattern', 'scheduled', 'temporary') NOT NULL,
    rule_expression   TEXT            NULL COMMENT 'compiled by the program; SQL reads suppressed_by of the stored verdict instead',
    reason            TEXT            NOT NULL,
    approved_by       VARCHAR(128)    NOT NULL,
    valid_from        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    valid_until       DATETIME(6)     NULL COMMENT 'exclusive; NULL: no end',
    active            BOOLEAN         NOT NULL DEFAULT TRUE,
    hit_count         BIGINT UNSIGNED NOT NULL DEFAULT 0,
    last_hit_at       DATETIME(6)     NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY entity (domain, entity_type, entity_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- A vector-indexed column cannot be NULL, and an exception may have no pattern. Delete the pattern before the exception: no ON DELETE CASCADE, which
-- MariaDB carries out without telling the vector index; searches then end at the row that is gone and find nothing.
CREATE TABLE IF NOT EXISTS exception_patterns (
    exception_id      BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    pattern           VECTOR(256)     NOT NULL,
    radius            DOUBLE          NOT NULL,
    embedding_version INT             NOT NULL,
    VECTOR INDEX pattern (pattern) M=16 DISTANCE=euclidean,
    CONSTRAINT exception_patterns_exception FOREIGN KEY (exception_id) REFERENCES anomaly_exceptions (exception_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- A bounded set of normal events that can be searched by vector, kept up behind the log.
CREATE TABLE IF NOT EXISTS reference_exemplars (
    exemplar_id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type       VARCHAR(16)     COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id         VARCHAR(128)    COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid         VARCHAR(128)    COLLATE utf8mb4_nopad_bin NOT NULL,
    occurred_at       DATETIME(6)     NOT NULL,
    embedding         VECTOR(256)     NOT NULL,
    embedding_version INT             NOT NULL,
    added_at          DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    UNIQUE KEY event (domain, event_uid, embedding_version),
    KEY entity (domain, entity_type, entity_id, occurred_at),
    VECTOR INDEX embedding (embedding) M=16 DISTANCE=euclidean
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
