-- What decides verdicts, by version, and who changed it.

CREATE TABLE IF NOT EXISTS configuration_versions (
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    version           INT             NOT NULL,
    settings          JSON            NOT NULL COMMENT 'options of the domain, snake_case: SQL routines read their constants here',
    is_active         BOOLEAN         NOT NULL DEFAULT FALSE,
    reason            TEXT            NOT NULL,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    -- The domain's name in its active version, else NULL: the unique key permits one active version a domain.
    active_domain     VARCHAR(32)     COLLATE utf8mb4_nopad_bin AS (IF(is_active, domain, NULL)) VIRTUAL INVISIBLE,
    PRIMARY KEY (domain, version),
    UNIQUE KEY one_active (active_domain)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Thresholds that calibration proposed; a person applies them.
CREATE TABLE IF NOT EXISTS threshold_versions (
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    version           INT             NOT NULL,
    thresholds        JSON            NOT NULL COMMENT 'least score by severity, snake_case',
    basis             JSON            NOT NULL COMMENT 'the calibration that it rests on: buckets, counts, target',
    is_active         BOOLEAN         NOT NULL DEFAULT FALSE,
    reason            TEXT            NOT NULL,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    active_domain     VARCHAR(32)     COLLATE utf8mb4_nopad_bin AS (IF(is_active, domain, NULL)) VIRTUAL INVISIBLE,
    PRIMARY KEY (domain, version),
    UNIQUE KEY one_active (active_domain)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Rows are only added.
CREATE TABLE IF NOT EXISTS audit_log (
    audit_id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    occurred_at       DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    actor             VARCHAR(128)    NOT NULL,
    action            VARCHAR(64)     COLLATE utf8mb4_nopad_bin NOT NULL,
    subject_type      VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    subject_id        VARCHAR(255)    COLLATE utf8mb4_nopad_bin NOT NULL,
    detail            JSON            NULL,
    KEY subject (subject_type, subject_id, occurred_at),
    KEY occurred (occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
