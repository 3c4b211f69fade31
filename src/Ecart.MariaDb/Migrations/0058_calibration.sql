-- How good the score is, by what people decided.
--
-- A quotient of whole numbers has four decimals here, of doubles all: hence "+ 0e0".

-- A score has 6 decimals; as a decimal it rounds to 0.1 exactly, halves upwards: 0.65 is in bucket 0.7.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW decided_alerts AS
SELECT
    a.alert_id, a.domain, a.event_uid, a.occurred_at, a.score,
    ROUND(CAST(a.score AS DECIMAL(7, 6)), 1) AS score_bucket,
    a.status = 'confirmed_fraud' AS is_confirmed
FROM anomaly_alerts a
WHERE a.status IN ('confirmed_fraud', 'false_positive');

CREATE OR REPLACE SQL SECURITY INVOKER VIEW calibration_by_bucket AS
SELECT
    d.domain, d.score_bucket, COUNT(*) AS alerts, SUM(d.is_confirmed) AS confirmed, SUM(NOT d.is_confirmed) AS false_positives,
    AVG(d.is_confirmed + 0e0) AS alert_precision,
    SUM(SUM(NOT d.is_confirmed)) OVER above AS cumulative_false_positives,
    (SUM(SUM(d.is_confirmed)) OVER above + 0e0) / NULLIF(SUM(SUM(d.is_confirmed)) OVER (PARTITION BY d.domain), 0) AS recall
FROM decided_alerts d
JOIN (SELECT a.domain, ecart_window_start(a.domain, 30) AS from_day FROM anomaly_alerts a GROUP BY a.domain) AS report_window
    ON report_window.domain = d.domain AND d.occurred_at >= report_window.from_day
GROUP BY d.domain, d.score_bucket
WINDOW above AS (PARTITION BY d.domain ORDER BY d.score_bucket DESC)
ORDER BY d.domain, d.score_bucket DESC;

DELIMITER $$

CREATE OR REPLACE PROCEDURE calibration_by_bucket(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN days INT)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Decided alerts by score bucket, highest first, with the totals of this bucket and above'
BEGIN
    DECLARE from_day DATE DEFAULT ecart_window_start(domain_name, days);
    CALL ecart_require_days(days);
    SELECT
        d.score_bucket, COUNT(*) AS alerts, SUM(d.is_confirmed) AS confirmed, SUM(NOT d.is_confirmed) AS false_positives,
        AVG(d.is_confirmed + 0e0) AS alert_precision,
        SUM(SUM(NOT d.is_confirmed)) OVER above AS cumulative_false_positives,
        (SUM(SUM(d.is_confirmed)) OVER above + 0e0) / NULLIF(SUM(SUM(d.is_confirmed)) OVER (), 0) AS recall
    FROM decided_alerts d
    WHERE d.domain = domain_name AND d.occurred_at >= from_day
    GROUP BY d.score_bucket
    WINDOW above AS (ORDER BY d.score_bucket DESC)
    ORDER BY d.score_bucket DESC;
END$$

DELIMITER ;
