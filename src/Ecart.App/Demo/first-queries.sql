SELECT occurred_at, severity, score, entity_id, amount, reason FROM v_recent_alerts LIMIT 20;
SELECT day, volume, anomalies, critical, high, medium, alert_precision FROM daily_metrics;
CALL calibration_by_bucket('transactions', 30);
SELECT account_id, mean_amount, alerts_30_days FROM v_account_overview ORDER BY alerts_30_days DESC LIMIT 10;
