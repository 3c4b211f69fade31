-- What dashboards ask across domains: events of every domain in one form, the evidence of alerts as rows, how long people took.
--
-- Ask for a stretch of occurred_at, and for a domain where it is known: both reach the tables, so that other months and domains are not read.

CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_events AS
SELECT 'transactions' AS domain, t.transaction_id AS event_uid, 'account' AS entity_type, t.account_id AS entity_id, t.occurred_at, t.received_at,
    t.fraud_score AS score, t.rank_score, t.distance_to_profile, t.is_flagged, t.severity, t.is_late, t.suppressed_by,
    t.is_confirmed_fraud AS is_confirmed, t.label_known_at, t.embedding_version, t.configuration_version, t.model_version
FROM financial_transactions t
UNION ALL
SELECT 'network', c.connection_id, 'ip', c.src_ip, c.occurred_at, c.received_at,
    c.score, c.rank_score, c.distance_to_profile, c.is_suspicious, c.severity, c.is_late, c.suppressed_by,
    c.is_confirmed_threat, c.label_known_at, c.embedding_version, c.configuration_version, c.model_version
FROM network_connections c
UNION ALL
SELECT 'iot', m.measurement_id, 'device', m.device_id, m.occurred_at, m.received_at,
    m.score, m.rank_score, m.distance_to_profile, m.is_anomaly, m.severity, m.is_late, m.suppressed_by,
    m.is_confirmed_anomaly, m.label_known_at, m.embedding_version, m.configuration_version, NULL
FROM iot_measurements m
UNION ALL
SELECT e.domain, e.event_uid, e.entity_type, e.entity_id, e.occurred_at, e.received_at,
    e.score, e.rank_score, e.distance_to_profile, e.is_anomaly, e.severity, e.is_late, e.suppressed_by,
    e.is_confirmed_anomaly, e.label_known_at, e.embedding_version, e.configuration_version, e.model_version
FROM events e;

-- One row a piece of evidence of an alert, in the order of the detectors.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_alert_evidence AS
SELECT a.alert_id, a.domain, a.event_uid, a.entity_type, a.entity_id, a.occurred_at, a.severity, a.status,
    f.place, f.code, f.contribution, f.detail
FROM anomaly_alerts a,
    JSON_TABLE(a.explanation, '$.reason[*]' COLUMNS (
        place FOR ORDINALITY,
        code VARCHAR(64) PATH '$.type',
        contribution DOUBLE PATH '$.score',
        detail TEXT PATH '$.detail')) AS f;

-- When people first looked at an alert, when they decided it, and what they said at last. Hours from the alert on; NULL: not yet.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_alert_handling AS
SELECT h.alert_id, h.domain, h.event_uid, h.entity_type, h.entity_id, h.severity, h.score, h.status, h.assigned_to, h.occurred_at, h.created_at,
    h.first_seen_at, h.decided_at,
    TIMESTAMPDIFF(SECOND, h.created_at, h.first_seen_at) / 3600e0 AS hours_to_first_look,
    TIMESTAMPDIFF(SECOND, h.created_at, h.decided_at) / 3600e0 AS hours_to_decision
FROM (SELECT a.*,
        (SELECT MIN(v.decided_at) FROM verdict_history v WHERE v.alert_id = a.alert_id) AS first_seen_at,
        IF(a.status IN ('confirmed_fraud', 'false_positive', 'resolved'),
           COALESCE((SELECT MAX(v.decided_at) FROM verdict_history v WHERE v.alert_id = a.alert_id AND v.to_status = a.status), a.resolved_at, a.updated_at),
           NULL) AS decided_at
      FROM anomaly_alerts a) AS h;
