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
      GROUP BY DATE(t.occurred_at)
      UNION ALL
      SELECT 'network', DATE(c.occurred_at), COUNT(*), SUM(c.is_suspicious), AVG(c.score), AVG(IF(c.is_suspicious, c.score, NULL))
      FROM network_connections c
      WHERE c.occurred_at >= ecart_window_start('network', 30)
      GROUP BY DATE(c.occurred_at)
      UNION ALL
      SELECT 'iot', DATE(i.occurred_at), COUNT(*), SUM(i.is_anomaly), AVG(i.score), AVG(IF(i.is_anomaly, i.score, NULL))
      FROM iot_measurements i
      WHERE i.occurred_at >= ecart_window_start('iot', 30)
      GROUP BY DATE(i.occurred_at)
      UNION ALL
      SELECT n.domain, DATE(n.occurred_at), COUNT(*), SUM(n.is_anomaly), AVG(n.score), AVG(IF(n.is_anomaly, n.score, NULL))
      FROM events n
      JOIN (SELECT l.domain, ecart_window_start(l.domain, 30) AS from_day
            FROM (SELECT DISTINCT d.domain FROM lanes d WHERE d.domain NOT IN ('transactions', 'network', 'iot')) AS l) AS report_window
          ON report_window.domain = n.domain AND n.occurred_at >= report_window.from_day
      GROUP BY n.domain, DATE(n.occurred_at)) AS e
LEFT JOIN daily_alerts a ON a.domain = e.domain AND a.day = e.day
ORDER BY e.domain, e.day;

DELIMITER $$

CREATE OR REPLACE PROCEDURE daily_metrics(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN days INT)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'The view daily_metrics over any number of days'
BEGIN
    DECLARE from_day DATE DEFAULT ecart_window_start(domain_name, days);
    CALL ecart_require_days(days);
    SELECT
        domain_name AS domain, e.day, e.volume, e.anomalies, (e.anomalies + 0e0) / e.volume AS anomaly_rate,
        COALESCE(a.alerts, 0) AS alerts, COALESCE(a.low, 0) AS low, COALESCE(a.medium, 0) AS medium,
        COALESCE(a.high, 0) AS high, COALESCE(a.critical, 0) AS critical,
        COALESCE(a.confirmed, 0) AS confirmed, COALESCE(a.false_positives, 0) AS false_positives,
        (a.confirmed + 0e0) / NULLIF(a.confirmed + a.false_positives, 0) AS alert_precision, e.mean_score, e.mean_flagged_score
    FROM (SELECT DATE(t.occurred_at) AS day, COUNT(*) AS volume, SUM(t.is_flagged) AS anomalies,
                 AVG(t.fraud_score) AS mean_score, AVG(IF(t.is_flagged, t.fraud_score, NULL)) AS mean_flagged_score
          FROM financial_transactions t
          WHERE domain_name = 'transactions' AND t.occurred_at >= from_day
          GROUP BY DATE(t.occurred_at)
          UNION ALL
          SELECT DATE(c.occurred_at), COUNT(*), SUM(c.is_suspicious), AVG(c.score), AVG(IF(c.is_suspicious, c.score, NULL))
          FROM network_connections c
          WHERE domain_name = 'network' AND c.occurred_at >= from_day
          GROUP BY DATE(c.occurred_at)
          UNION ALL
          SELECT DATE(i.occurred_at), COUNT(*), SUM(i.is_anomaly), AVG(i.score), AVG(IF(i.is_anomaly, i.score, NULL))
          FROM iot_measurements i
          WHERE domain_name = 'iot' AND i.occurred_at >= from_day
          GROUP BY DATE(i.occurred_at)
          UNION ALL
          SELECT DATE(n.occurred_at), COUNT(*), SUM(n.is_anomaly), AVG(n.score), AVG(IF(n.is_anomaly, n.score, NULL))
          FROM events n
          WHERE n.domain = domain_name AND n.occurred_at >= from_day
          GROUP BY DATE(n.occurred_at)) AS e
    LEFT JOIN daily_alerts a ON a.domain = domain_name AND a.day = e.day
    ORDER BY e.day;
END$$

DELIMITER ;
