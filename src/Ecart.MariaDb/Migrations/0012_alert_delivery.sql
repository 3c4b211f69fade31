-- How alerts reach people and programs. An outbox row is routed once, into threads (what one target is told about an alert, or about a group of alerts of one
-- entity) and deliveries (the messages of a thread, sent in their order).

-- The new states are appended and the columns are virtual or have defaults, so that nothing is copied while events come in.
ALTER TABLE alert_outbox
    MODIFY COLUMN IF EXISTS state ENUM('pending', 'delivered', 'failed', 'routed', 'unrouted', 'expired') NOT NULL DEFAULT 'pending'
        COMMENT 'pending until a dispatcher has routed it; then routed (see alert_deliveries), unrouted (for no route, or closed before), expired (too old to be news)';

-- Which status the routes were last told. A search by state: times and ids become visible out of order.
ALTER TABLE anomaly_alerts
    ADD COLUMN IF NOT EXISTS told_status ENUM('new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved') NOT NULL DEFAULT 'new'
        COMMENT 'status that the alert routes were last told; moved by the dispatcher alone';
ALTER TABLE anomaly_alerts
    ADD COLUMN IF NOT EXISTS is_untold BOOLEAN GENERATED ALWAYS AS (IF(status <> told_status, 1, NULL)) VIRTUAL;
ALTER TABLE anomaly_alerts
    ADD INDEX IF NOT EXISTS untold (is_untold, domain);

-- One row a route, locked by whoever takes messages of it where a rate limit or groups need one at a time.
CREATE TABLE IF NOT EXISTS alert_routes (
    route           VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
    held_back       INT UNSIGNED      NOT NULL DEFAULT 0 COMMENT 'messages that waited for the rate limit when last looked',
    held_thread_id  BIGINT UNSIGNED   NULL COMMENT 'thread that tells of them; NULL while none waits',
    told_held_at    DATETIME(6)       NULL COMMENT 'when that was last told'
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS alert_threads (
    thread_id       BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    route           VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    dedup_key       VARCHAR(255)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'the same in every message of the thread, also when one is repeated',
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'empty: about the route itself',
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    told            ENUM('trigger', 'acknowledge', 'resolve') NOT NULL DEFAULT 'trigger' COMMENT 'newest thing that was said, or is to be',
    opened_at       DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    group_until     DATETIME(6)       NULL COMMENT 'further alerts of the entity join until then',
    UNIQUE KEY conversation (route, dedup_key),
    KEY entity (route, domain, entity_type, entity_id, group_until)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS alert_deliveries (
    delivery_id     BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    thread_id       BIGINT UNSIGNED   NOT NULL,
    route           VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    action          ENUM('trigger', 'acknowledge', 'resolve') NOT NULL,
    kind            ENUM('alerts', 'held_back') NOT NULL DEFAULT 'alerts',
    severity        ENUM('low', 'medium', 'high', 'critical') NOT NULL COMMENT 'the worst of its alerts',
    alerts          INT UNSIGNED      NOT NULL DEFAULT 1 COMMENT 'how many alerts it tells; of held_back: how many messages wait',
    state           ENUM('pending', 'delivered', 'failed', 'expired') NOT NULL DEFAULT 'pending',
    attempts        INT UNSIGNED      NOT NULL DEFAULT 0,
    next_attempt_at DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6) COMMENT 'not before; while somebody has claimed it, the end of the lease',
    claimed_by      BINARY(16)        NULL COMMENT 'the claim under which it is being sent',
    last_error      TEXT              NULL,
    created_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    delivered_at    DATETIME(6)       NULL,
    KEY due (route, state, next_attempt_at),
    KEY thread (thread_id, delivery_id),
    KEY state (state, created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS alert_delivery_alerts (
    delivery_id     BIGINT UNSIGNED   NOT NULL,
    outbox_id       BIGINT UNSIGNED   NOT NULL,
    PRIMARY KEY (delivery_id, outbox_id),
    KEY outbox (outbox_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Attempts of routes that have a rate limit, for as long as the limit looks back.
CREATE TABLE IF NOT EXISTS alert_route_sends (
    send_id         BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    route           VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    sent_at         DATETIME(6)       NOT NULL,
    KEY sent (route, sent_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
