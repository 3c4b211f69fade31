-- What people see, what is sent to them, what they decided.

CREATE TABLE IF NOT EXISTS anomaly_alerts (
    alert_id        BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    lane            SMALLINT UNSIGNED NOT NULL,
    seq             BIGINT UNSIGNED   NOT NULL,
    occurred_at     DATETIME(6)       NOT NULL,
    entity_type     VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    alert_type      ENUM('distance', 'velocity', 'pattern', 'rule', 'combined') NOT NULL,
    severity        ENUM('low', 'medium', 'high', 'critical') NOT NULL,
    score           DOUBLE            NOT NULL,
    explanation     JSON              NOT NULL COMMENT '{reason, features, threshold}',
    status          ENUM('new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved') NOT NULL DEFAULT 'new',
    assigned_to     VARCHAR(128)      NULL,
    notes           TEXT              NULL,
    created_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    updated_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    resolved_at     DATETIME(6)       NULL,
    UNIQUE KEY event (domain, event_uid),
    KEY worklist (status, severity, created_at),
    KEY entity (domain, entity_type, entity_id, occurred_at),
    KEY occurred (domain, occurred_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Written in the transaction of its alert. Polled by state with SKIP LOCKED, never by outbox_id > last: auto-increment
-- ids become visible out of order.
CREATE TABLE IF NOT EXISTS alert_outbox (
    outbox_id       BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    route           VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    payload         JSON              NOT NULL COMMENT 'message of the alerts topic',
    state           ENUM('pending', 'delivered', 'failed') NOT NULL DEFAULT 'pending',
    attempts        INT               NOT NULL DEFAULT 0,
    next_attempt_at DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    last_error      TEXT              NULL,
    created_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    delivered_at    DATETIME(6)       NULL,
    UNIQUE KEY delivery (domain, event_uid, route),
    KEY due (state, next_attempt_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Every change of an alert's status. Rows are only added.
CREATE TABLE IF NOT EXISTS verdict_history (
    history_id      BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    alert_id        BIGINT UNSIGNED   NOT NULL,
    domain          VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    event_uid       VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    from_status     ENUM('new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved') NULL,
    to_status       ENUM('new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved') NOT NULL,
    score           DOUBLE            NOT NULL COMMENT 'of the verdict that was judged',
    decided_by      VARCHAR(128)      NOT NULL,
    note            TEXT              NULL,
    decided_at      DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY alert (alert_id, decided_at),
    KEY event (domain, event_uid)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
