-- What programs asked for under a key of their own, so that asking again does nothing twice; and people whom another service vouches for.

-- A row is claimed before its request is carried out. What the request changes notes is_changed in its own transaction, and only while the claim is still its
-- own: after a crash it is known whether anything was changed, and one that was only slow changes nothing after another has taken its place.
CREATE TABLE IF NOT EXISTS api_requests (
    actor             VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    key_hash          BINARY(32)        NOT NULL COMMENT 'SHA-256 of the header Idempotency-Key',
    request_hash      BINARY(32)        NOT NULL COMMENT 'SHA-256 of method, path, query and body',
    claim             BINARY(16)        NOT NULL COMMENT 'who carries it out',
    held_until        DATETIME(6)       NOT NULL COMMENT 'after this whoever carries it out is taken for dead',
    is_changed        BOOLEAN           NOT NULL DEFAULT FALSE,
    status            SMALLINT UNSIGNED NULL COMMENT 'HTTP status of the answer; NULL: none yet',
    content_type      VARCHAR(100)      NULL,
    location          VARCHAR(500)      NULL,
    answer            MEDIUMBLOB        NULL,
    expires_at        DATETIME(6)       NOT NULL,
    PRIMARY KEY (actor, key_hash),
    KEY expires (expires_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Who a user is to the service that vouches for them: names may change there, issuer and subject never do.
CREATE TABLE IF NOT EXISTS access_identities (
    identity_hash     BINARY(32)        NOT NULL PRIMARY KEY COMMENT 'SHA-256 of issuer, a line feed, subject',
    user_id           BIGINT UNSIGNED   NOT NULL,
    issuer            VARCHAR(500)      NOT NULL,
    subject           VARCHAR(255)      COLLATE utf8mb4_nopad_bin NOT NULL,
    linked_at         DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY user (user_id),
    CONSTRAINT access_identities_user FOREIGN KEY (user_id) REFERENCES access_users (user_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
