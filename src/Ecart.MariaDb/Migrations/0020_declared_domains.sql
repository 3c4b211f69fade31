-- Domains that people declare in YAML. Their declaration is a version of the configuration under the domain's name, their events and profiles are rows of the
-- generic tables; what is made for one of them (views with its fields as typed columns) is a migration of its own, recorded here.

CREATE TABLE IF NOT EXISTS domain_migrations (
    migration_id          BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain                VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    configuration_version INT               NOT NULL COMMENT 'version of the declaration that the views show',
    statements            MEDIUMTEXT        NOT NULL COMMENT 'what was run',
    checksum              CHAR(64)          CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the statements',
    applied_by            VARCHAR(128)      NOT NULL,
    applied_at            DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY domain (domain, migration_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
