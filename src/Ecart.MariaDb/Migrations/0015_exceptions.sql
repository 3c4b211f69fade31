-- Exceptions that people make, have approved and revoke; and the events that each one silenced.

ALTER TABLE anomaly_exceptions
    MODIFY COLUMN approved_by VARCHAR(128) NULL COMMENT 'NULL: nobody yet',
    ADD COLUMN IF NOT EXISTS created_by VARCHAR(128) NULL COMMENT 'who asked for it' AFTER reason,
    ADD COLUMN IF NOT EXISTS alert_id BIGINT UNSIGNED NULL COMMENT 'the alert that it was made from' AFTER created_by,
    ADD COLUMN IF NOT EXISTS is_pending BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'waits for a second person and silences nothing: active is FALSE' AFTER active,
    ADD COLUMN IF NOT EXISTS approved_at DATETIME(6) NULL AFTER approved_by,
    ADD COLUMN IF NOT EXISTS revoked_by VARCHAR(128) NULL,
    ADD COLUMN IF NOT EXISTS revoked_at DATETIME(6) NULL,
    ADD COLUMN IF NOT EXISTS revoke_reason TEXT NULL;

-- Written by the lanes in the transaction of the event, which keeps its score and suppressed_by. The tables of events have no index of suppressed_by: every event would
-- pay for it, and few are silenced.
CREATE TABLE IF NOT EXISTS exception_hits (
    exception_id      BIGINT UNSIGNED   NOT NULL,
    occurred_at       DATETIME(6)       NOT NULL,
    domain            VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    lane              SMALLINT UNSIGNED NOT NULL,
    seq               BIGINT UNSIGNED   NOT NULL,
    event_uid         VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_type       VARCHAR(16)       COLLATE utf8mb4_nopad_bin NOT NULL,
    entity_id         VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL,
    score             DOUBLE            NOT NULL,
    severity          ENUM('none', 'low', 'medium', 'high', 'critical') NOT NULL,
    PRIMARY KEY (exception_id, occurred_at, domain, lane, seq)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

INSERT IGNORE INTO exception_hits (exception_id, occurred_at, domain, lane, seq, event_uid, entity_type, entity_id, score, severity)
SELECT t.suppressed_by, t.occurred_at, 'transactions', t.lane, t.seq, t.transaction_id, 'account', t.account_id, COALESCE(t.fraud_score, 0), t.severity
FROM financial_transactions t WHERE t.suppressed_by IS NOT NULL
UNION ALL
SELECT c.suppressed_by, c.occurred_at, 'network', c.lane, c.seq, c.connection_id, 'ip', c.src_ip, COALESCE(c.score, 0), c.severity
FROM network_connections c WHERE c.suppressed_by IS NOT NULL
UNION ALL
SELECT i.suppressed_by, i.occurred_at, 'iot', i.lane, i.seq, i.measurement_id, 'device', i.device_id, COALESCE(i.score, 0), i.severity
FROM iot_measurements i WHERE i.suppressed_by IS NOT NULL
UNION ALL
SELECT e.suppressed_by, e.occurred_at, e.domain, e.lane, e.seq, e.event_uid, e.entity_type, e.entity_id, COALESCE(e.score, 0), e.severity
FROM events e WHERE e.suppressed_by IS NOT NULL;

UPDATE anomaly_exceptions e
JOIN (SELECT h.exception_id, COUNT(*) AS hits, MAX(h.occurred_at) AS newest FROM exception_hits h GROUP BY h.exception_id) AS counted USING (exception_id)
SET e.hit_count = counted.hits, e.last_hit_at = counted.newest;
