-- Who may do what, and what they did: users, keys of programs, sessions, and an audit log that nobody can edit through the product.
--
-- Secrets are never here: passwords as slow salted hashes, and of keys, sessions and invitations, which are 256 random bits, SHA-256.

CREATE TABLE IF NOT EXISTS access_users (
    user_id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name              VARCHAR(64)     COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'lower case; the actor in the audit log',
    role              ENUM('viewer', 'analyst', 'admin') NOT NULL,
    password_hash     VARCHAR(255)    CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'NULL: invited, none chosen yet',
    is_disabled       BOOLEAN         NOT NULL DEFAULT FALSE,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    last_sign_in_at   DATETIME(6)     NULL,
    UNIQUE KEY name (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- A link by which a user chooses a password, once.
CREATE TABLE IF NOT EXISTS access_invitations (
    secret_hash       BINARY(32)      NOT NULL PRIMARY KEY,
    user_id           BIGINT UNSIGNED NOT NULL,
    expires_at        DATETIME(6)     NOT NULL,
    KEY user (user_id),
    CONSTRAINT access_invitations_user FOREIGN KEY (user_id) REFERENCES access_users (user_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS access_sessions (
    secret_hash       BINARY(32)      NOT NULL PRIMARY KEY,
    user_id           BIGINT UNSIGNED NOT NULL,
    began_at          DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    expires_at        DATETIME(6)     NOT NULL,
    KEY user (user_id),
    KEY expires (expires_at),
    CONSTRAINT access_sessions_user FOREIGN KEY (user_id) REFERENCES access_users (user_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS access_keys (
    key_id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name              VARCHAR(64)     COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'the actor in the audit log is key:NAME',
    role              ENUM('viewer', 'analyst', 'admin') NOT NULL,
    secret_hash       BINARY(32)      NOT NULL,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    revoked_at        DATETIME(6)     NULL,
    UNIQUE KEY name (name),
    UNIQUE KEY secret (secret_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

DELIMITER $$

CREATE OR REPLACE TRIGGER audit_log_keeps_rows BEFORE UPDATE ON audit_log FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is only added to: rows cannot be changed.'$$

CREATE OR REPLACE TRIGGER audit_log_loses_nothing BEFORE DELETE ON audit_log FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is only added to: rows cannot be deleted.'$$

CREATE OR REPLACE TRIGGER verdict_history_keeps_rows BEFORE UPDATE ON verdict_history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The history of verdicts is only added to: rows cannot be changed.'$$

CREATE OR REPLACE TRIGGER verdict_history_loses_nothing BEFORE DELETE ON verdict_history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The history of verdicts is only added to: rows cannot be deleted.'$$

DELIMITER ;
