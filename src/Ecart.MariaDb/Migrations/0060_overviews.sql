-- The first look.

CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_recent_alerts AS
SELECT
    a.alert_id, a.occurred_at, a.severity, a.score, a.domain, a.entity_type, a.entity_id,
    ecart_reason_text(JSON_EXTRACT(a.explanation, '$.reason')) AS reason,
    a.status, a.assigned_to, a.alert_type, t.amount, t.currency, t.channel, t.merchant_id, t.country, a.event_uid, a.created_at
FROM anomaly_alerts a
LEFT JOIN financial_transactions t
    ON a.domain = 'transactions' AND t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
ORDER BY a.occurred_at DESC, a.alert_id DESC;

-- The counts are looked up row by row through the index of the account: ask for some accounts, or with LIMIT.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_account_overview AS
SELECT
    p.account_id, p.observation_count, p.mean_amount, p.std_amount, p.max_amount, p.mean_daily_transactions,
    p.typical_merchants, p.typical_countries, p.typical_hours, p.distance_mean, p.distance_std, p.last_updated,
    (SELECT MAX(t.occurred_at) FROM financial_transactions t WHERE t.account_id = p.account_id) AS last_transaction_at,
    (SELECT COUNT(*) FROM financial_transactions t
     WHERE t.account_id = p.account_id AND t.occurred_at >= ecart_window_start('transactions', 30)) AS transactions_30_days,
    (SELECT COUNT(*) FROM anomaly_alerts a
     WHERE a.domain = 'transactions' AND a.entity_type = 'account' AND a.entity_id = p.account_id
       AND a.occurred_at >= ecart_window_start('transactions', 30)) AS alerts_30_days,
    (SELECT COUNT(*) FROM anomaly_alerts a
     WHERE a.domain = 'transactions' AND a.entity_type = 'account' AND a.entity_id = p.account_id
       AND a.status IN ('new', 'investigating')) AS open_alerts
FROM account_spending_profiles p;
