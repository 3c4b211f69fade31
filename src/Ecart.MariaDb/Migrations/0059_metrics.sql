-- Daily operation, by UTC day of event time. Events are counted by day first and joined with the day's alerts then: joined
-- row by row, an event without alert would be lost or one with several counted twice.
--
-- View and procedure say the same twice on purpose: the window must stand next to the table, or old partitions are read.

CREATE OR REPLACE SQL SECURITY INVOKER VIEW daily_alerts AS
SELECT
    a.domain, DATE(a.occurred_at) AS day, COUNT(*) AS alerts,
    SUM(a.severity = 'low') AS low, SUM(a.severity = 'medium') AS medium,
    SUM(a.severity = 'high') AS high, SUM(a.severity = 'critical') AS critical,
    SUM(a.status = 'confirmed_fraud') AS confirmed, SUM(a.status = 'false_positive') AS false_positives
FROM anomaly_alerts a
GROUP BY a.domain, DATE(a.occurred_at);

CREATE OR REPLACE SQL SECURITY INVOKER VIEW daily_metrics AS
SELECT
    e.domain, e.day, e.volume, e.anomalies, (e.anomalies + 0e0) / e.volume AS anomaly_rate,
    COALESCE(a.alerts, 0) AS alerts, COALESCE(a.low, 0) AS low, COALESCE(a.medium, 0) AS medium,
    COALESCE(a.high, 0) AS high, COALESCE(a.critical, 0) AS critical,
    COALESCE(a.confirmed, 0) AS confirmed, COALESCE(a.false_positives, 0) AS false_positives,
    (a.confirmed + 0e0) / NULLIF(a.confirmed + a.false_positives, 0) AS alert_precision, e.mean_score, e.mean_flagged_score
FROM (SELECT 'transactions' AS domain, DATE(t.occurred_at) AS day, COUNT(*) AS volume, SUM(t.is_flagged) AS anomalies,
             AVG(t.fraud_score) AS mean_score, AVG(IF(t.is_flagged, t.fraud_score, NULL)) AS mean_flagged_score
      FROM financial_transactions t
      WHERE t.occurred_at >= ecart_window_start('transactions', 30)
      GROUP BY DATE(t.occurred_at)) AS e
LEFT JOIN daily_alerts a ON a.domain = e.domain AND a.day = e.day
ORDER BY e.day;

DELIMITER $$

CREATE OR REPLACE PROCEDURE daily_metrics(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN days INT)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'The view daily_metrics over any number of days'
BEGIN
    DECLARE from_day DATE DEFAULT ecart_window_start(domain_name, days);
    CALL ecart_require_days(days);
    IF domain_name <> 'transactions' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'daily_metrics knows the domain transactions only.';
    END IF;
    SELECT
        e.domain, e.day, e.volume, e.anomalies, (e.anomalies + 0e0) / e.volume AS anomaly_rate,
        COALESCE(a.alerts, 0) AS alerts, COALESCE(a.low, 0) AS low, COALESCE(a.medium, 0) AS medium,
        COALESCE(a.high, 0) AS high, COALESCE(a.critical, 0) AS critical,
        COALESCE(a.confirmed, 0) AS confirmed, COALESCE(a.false_positives, 0) AS false_positives,
        (a.confirmed + 0e0) / NULLIF(a.confirmed + a.false_positives, 0) AS alert_precision, e.mean_score, e.mean_flagged_score
    FROM (SELECT domain_name AS domain, DATE(t.occurred_at) AS day, COUNT(*) AS volume, SUM(t.is_flagged) AS anomalies,
                 AVG(t.fraud_score) AS mean_score, AVG(IF(t.is_flagged, t.fraud_score, NULL)) AS mean_flagged_score
          FROM financial_transactions t
          WHERE t.occurred_at >= from_day
          GROUP BY DATE(t.occurred_at)) AS e
    LEFT JOIN daily_alerts a ON a.domain = e.domain AND a.day = e.day
    ORDER BY e.day;
END$$

DELIMITER ;
