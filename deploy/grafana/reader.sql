-- What Grafana and Superset may read, and nothing else: no user, key or session, no payload, no vector of a person's behaviour but what the views show.
--
--   mariadb ecart -e "CREATE USER grafana@'%' IDENTIFIED BY '...'"
--   mariadb ecart < deploy/grafana/reader.sql
--
-- The views run with the rights of who asks, so the tables behind them are here too. Run it again after an upgrade.

GRANT SELECT ON lanes TO grafana@'%';
GRANT SELECT ON consumer_offsets TO grafana@'%';
GRANT SELECT (domain, reason, field, message, received_at) ON rejected_events TO grafana@'%';
GRANT SELECT ON event_labels TO grafana@'%';
GRANT SELECT ON entity_history TO grafana@'%';
GRANT SELECT ON financial_transactions TO grafana@'%';
GRANT SELECT ON network_connections TO grafana@'%';
GRANT SELECT ON iot_measurements TO grafana@'%';
GRANT SELECT ON events TO grafana@'%';
GRANT SELECT ON account_spending_profiles TO grafana@'%';
GRANT SELECT ON network_profiles TO grafana@'%';
GRANT SELECT ON iot_device_profiles TO grafana@'%';
GRANT SELECT ON threat_signatures TO grafana@'%';
GRANT SELECT ON anomaly_alerts TO grafana@'%';
GRANT SELECT ON anomaly_exceptions TO grafana@'%';
GRANT SELECT ON alert_deliveries TO grafana@'%';
GRANT SELECT ON verdict_history TO grafana@'%';
GRANT SELECT ON configuration_versions TO grafana@'%';
GRANT SELECT ON model_activations TO grafana@'%';
GRANT SELECT ON v_events TO grafana@'%';
GRANT SELECT ON v_recent_alerts TO grafana@'%';
GRANT SELECT ON v_account_overview TO grafana@'%';
GRANT SELECT ON v_alert_evidence TO grafana@'%';
GRANT SELECT ON v_alert_handling TO grafana@'%';
GRANT SELECT ON decided_alerts TO grafana@'%';
GRANT SELECT ON calibration_by_bucket TO grafana@'%';
GRANT SELECT ON daily_alerts TO grafana@'%';
GRANT SELECT ON daily_metrics TO grafana@'%';
GRANT EXECUTE ON FUNCTION ecart_window_start TO grafana@'%';
GRANT EXECUTE ON FUNCTION ecart_newest_day TO grafana@'%';
GRANT EXECUTE ON FUNCTION ecart_reason_text TO grafana@'%';
