-- Evidence to verdict, verdict to row, alert and outbox.

DELIMITER $$

CREATE OR REPLACE FUNCTION ecart_weighted(weights JSON, otherwise DOUBLE, evidence JSON)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Sum of the contributions by the weights of their codes, an array of {code, weight}; a code that is not named has the weight otherwise'
RETURN COALESCE((
    SELECT SUM(e.contribution * COALESCE(w.weight, otherwise))
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution')) AS e
    LEFT JOIN JSON_TABLE(COALESCE(weights, '[]'), '$[*]' COLUMNS (code VARCHAR(64) PATH '$.code', weight DOUBLE PATH '$.weight')) AS w ON w.code = e.code), 0)$$

CREATE OR REPLACE FUNCTION ecart_score(settings JSON, evidence JSON)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Sum of the weighted contributions, at most 1, rounded to 6 decimals'
RETURN ecart_round_score(LEAST(1, ecart_weighted(JSON_EXTRACT(settings, '$.severity.weights'), 1, evidence)))$$

CREATE OR REPLACE FUNCTION ecart_chance(relevance JSON, evidence JSON, rank_score DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Chance that people confirm an alert of such evidence, as a configuration has learned it; NULL where it has not'
BEGIN
    DECLARE within DOUBLE DEFAULT LEAST(GREATEST(COALESCE(rank_score, 0.5), 1e-4), 1 - 1e-4);
    RETURN 1 / (1 + EXP(LEAST(700, -(JSON_VALUE(relevance, '$.intercept') + JSON_VALUE(relevance, '$.rank') * LN(within / (1 - within))
        + ecart_weighted(JSON_EXTRACT(relevance, '$.weights'), 0, evidence)))));
END$$

CREATE OR REPLACE FUNCTION ecart_is_flagged(settings JSON, evidence JSON, score DOUBLE, rank_score DOUBLE)
RETURNS BOOLEAN
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Whether an event is flagged: by its score, and by the chance that people confirm it where a configuration asks for one'
RETURN score >= JSON_VALUE(settings, '$.severity.flag')
    AND COALESCE(ecart_chance(JSON_EXTRACT(settings, '$.severity.relevance'), evidence, rank_score) >= JSON_VALUE(settings, '$.severity.relevance.least'), TRUE)$$

CREATE OR REPLACE FUNCTION ecart_severity(settings JSON, score DOUBLE)
RETURNS VARCHAR(8)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Severity of a score; low only where the configuration names it'
RETURN CASE
    WHEN score >= JSON_VALUE(settings, '$.severity.critical') THEN 'critical'
    WHEN score >= JSON_VALUE(settings, '$.severity.high') THEN 'high'
    WHEN score >= JSON_VALUE(settings, '$.severity.medium') THEN 'medium'
    WHEN score >= JSON_VALUE(settings, '$.severity.low') THEN 'low'
    ELSE 'none'
END$$

CREATE OR REPLACE FUNCTION ecart_reasons(evidence JSON)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence as stored reasons: array of {type, score, detail}; NULL for none'
RETURN (
    SELECT JSON_ARRAYAGG(JSON_OBJECT(
        'type', e.code, 'score', ecart_round_score(e.contribution) + 0e0, 'detail', e.detail) ORDER BY e.place)
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (
        place FOR ORDINALITY, code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution',
        detail TEXT PATH '$.detail')) AS e)$$

CREATE OR REPLACE FUNCTION ecart_reason_text(reasons JSON)
RETURNS TEXT
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The details of stored reasons as one text; NULL for none'
RETURN (
    SELECT GROUP_CONCAT(r.detail ORDER BY r.place SEPARATOR ' ')
    FROM JSON_TABLE(reasons, '$[*]' COLUMNS (place FOR ORDINALITY, detail TEXT PATH '$.detail')) AS r)$$

-- Merging into {} drops what is NULL.
CREATE OR REPLACE FUNCTION ecart_explanation(settings JSON, evidence JSON)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Explanation of an alert: {reason, features, threshold}, features by code, those of rules by rule:NAME'
RETURN JSON_OBJECT(
    'reason', JSON_EXTRACT(ecart_reasons(evidence), '$'),
    'features', JSON_EXTRACT((
        SELECT JSON_OBJECTAGG(IF(e.code = 'rule', CONCAT('rule:', e.subject), e.code), JSON_MERGE_PATCH('{}', JSON_OBJECT(
            'observed', e.observed, 'expected', e.expected, 'threshold', e.threshold, 'significance', e.significance,
            'subject', e.subject)))
        FROM JSON_TABLE(evidence, '$[*]' COLUMNS (
            code VARCHAR(64) PATH '$.code', observed DOUBLE PATH '$.observed', expected DOUBLE PATH '$.expected',
            threshold DOUBLE PATH '$.threshold', significance DOUBLE PATH '$.significance',
            subject VARCHAR(255) PATH '$.subject')) AS e), '$'),
    'threshold', JSON_EXTRACT(settings, '$.severity.flag'))$$

CREATE OR REPLACE FUNCTION ecart_alert_type(evidence JSON)
RETURNS VARCHAR(16)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Kind of the sole contributor, else combined'
RETURN (
    SELECT CASE
        WHEN COUNT(*) <> 1 THEN 'combined'
        WHEN MIN(e.code) IN ('behavior_distance', 'profile_distance', 'knn_distance', 'outside_clusters', 'density', 'isolation', 'reconstruction', 'outlier') THEN 'distance'
        WHEN MIN(e.code) IN ('velocity', 'impossible_travel', 'password_guessing') THEN 'velocity'
        WHEN MIN(e.code) IN ('high_amount', 'very_high_amount', 'rule') THEN 'rule'
        ELSE 'pattern'
    END
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution')) AS e
    WHERE e.contribution > 0)$$

-- That an exception's rule holds is known only from the verdict that the program stored; the rest of the exception is asked here.
CREATE OR REPLACE FUNCTION ecart_exception_of(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, type_of_entity VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    id_of_entity VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(256), version INT, at DATETIME(6),
    stored_exception BIGINT UNSIGNED)
RETURNS BIGINT UNSIGNED
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'The exception that silences a flagged event; NULL for none'
BEGIN
    DECLARE by_pattern BIGINT UNSIGNED DEFAULT match_exception(domain_name, type_of_entity, id_of_entity, embedding, version, at);
    DECLARE by_rule BIGINT UNSIGNED DEFAULT (
        SELECT e.exception_id
        FROM anomaly_exceptions e
        LEFT JOIN exception_patterns p ON p.exception_id = e.exception_id
        WHERE e.exception_id = stored_exception AND e.rule_expression IS NOT NULL AND e.active AND e.domain = domain_name
          AND (e.entity_type IS NULL OR e.entity_type = type_of_entity)
          AND (e.entity_id IS NULL OR e.entity_id = id_of_entity)
          AND (p.exception_id IS NULL
               OR (p.embedding_version = version AND VEC_DISTANCE_EUCLIDEAN(p.pattern, embedding) <= p.radius))
          AND e.valid_from <= at AND (e.valid_until IS NULL OR at < e.valid_until));
    RETURN COALESCE(LEAST(by_pattern, by_rule), by_pattern, by_rule);
END$$

CREATE OR REPLACE PROCEDURE ecart_raise_alert(
    IN settings JSON, IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    IN uid VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN lane_of SMALLINT UNSIGNED, IN seq_of BIGINT UNSIGNED, IN at DATETIME(6),
    IN type_of_entity VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    IN id_of_entity VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN evidence JSON, IN score DOUBLE, IN severity_of_score VARCHAR(8))
MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'One alert and its outbox row, unless the event has its alert already'
BEGIN
    DECLARE severity_of_alert VARCHAR(8) DEFAULT IF(severity_of_score = 'none', 'low', severity_of_score);
    DECLARE is_known BOOLEAN DEFAULT FALSE;
    DECLARE CONTINUE HANDLER FOR 1062 SET is_known = TRUE;

    INSERT INTO anomaly_alerts (
        domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation)
    VALUES (
        domain_name, uid, lane_of, seq_of, at, type_of_entity, id_of_entity,
        ecart_alert_type(evidence), severity_of_alert, score, ecart_explanation(settings, evidence));
    IF NOT is_known THEN
        INSERT INTO alert_outbox (domain, event_uid, route, payload)
        VALUES (
            domain_name, uid, JSON_VALUE(settings, CONCAT('$.routes.', severity_of_alert)),
            JSON_OBJECT(
                'event_uid', uid, 'domain', domain_name, 'entity_type', type_of_entity,
                'entity_id', id_of_entity, 'anomaly_score', score + 0e0, 'severity', severity_of_alert, 'reasons', JSON_EXTRACT(ecart_reasons(evidence), '$'),
                'timestamp', DATE_FORMAT(at, '%Y-%m-%dT%H:%i:%s.%fZ')));
    END IF;
END$$

CREATE OR REPLACE FUNCTION ecart_active_version(domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, stored_version INT)
RETURNS INT
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Version of the active configuration of a domain; the stored one where none is active'
RETURN COALESCE((SELECT c.version FROM configuration_versions c WHERE c.active_domain = domain_name), stored_version)$$

-- A distance that is stored already stays: the program builds an account's state again from it.
CREATE OR REPLACE PROCEDURE ecart_store_verdict(
    IN settings JSON, IN event ROW TYPE OF financial_transactions, IN evidence JSON, IN distance DOUBLE, IN score DOUBLE,
    IN flagged BOOLEAN)
MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'Writes a verdict into its row and raises the alert it calls for'
BEGIN
    DECLARE severity_of_score VARCHAR(8) DEFAULT ecart_severity(settings, score);
    DECLARE exception_id BIGINT UNSIGNED DEFAULT IF(flagged, ecart_exception_of(
        'transactions', 'account', event.account_id, ecart_pad(event.embedding), event.embedding_version, event.occurred_at, event.suppressed_by), NULL);

    UPDATE financial_transactions t
    SET t.fraud_score = score, t.reasons = ecart_reasons(evidence), t.is_flagged = flagged, t.severity = severity_of_score,
        t.suppressed_by = exception_id, t.distance_to_profile = COALESCE(t.distance_to_profile, distance),
        t.configuration_version = ecart_active_version('transactions', event.configuration_version)
    WHERE t.lane = event.lane AND t.seq = event.seq AND t.occurred_at = event.occurred_at;
    IF flagged AND exception_id IS NULL THEN
        CALL ecart_raise_alert(
            settings, 'transactions', event.transaction_id, event.lane, event.seq, event.occurred_at, 'account', event.account_id, evidence, score,
            severity_of_score);
    END IF;
END$$

-- Within the caller's transaction where there is one, else in one of its own: row, alert and outbox change together or not
-- at all. A late transaction has no score and keeps none.
CREATE OR REPLACE PROCEDURE score_transaction(
    IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, OUT score DOUBLE, OUT flagged BOOLEAN, OUT reasons JSON)
MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'Scores a stored transaction, stores the verdict, raises at most one alert'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('transactions');
    DECLARE event ROW TYPE OF financial_transactions;
    DECLARE evidence JSON;
    DECLARE distance DOUBLE;
    DECLARE owns_transaction BOOLEAN DEFAULT @@autocommit AND NOT @@in_transaction;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        IF owns_transaction THEN ROLLBACK; END IF;
        RESIGNAL;
    END;

    IF owns_transaction THEN START TRANSACTION; END IF;
    SELECT * INTO event FROM financial_transactions t WHERE t.transaction_id = id LIMIT 1 FOR UPDATE;
    IF event.transaction_id IS NULL THEN CALL ecart_refuse_unknown(id); END IF;
    IF event.is_late THEN
        SET score = NULL, flagged = FALSE, reasons = NULL;
    ELSE
        CALL ecart_gather_evidence(settings, event, evidence, distance);
        SET score = ecart_score(settings, evidence), flagged = ecart_is_flagged(settings, evidence, score, event.rank_score),
            reasons = ecart_reasons(evidence);
        CALL ecart_store_verdict(settings, event, evidence, distance, score, flagged);
    END IF;
    IF owns_transaction THEN COMMIT; END IF;
END$$

CREATE OR REPLACE PROCEDURE explain_transaction(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'What score_transaction would find, one row a piece of evidence; changes nothing'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('transactions');
    DECLARE event ROW TYPE OF financial_transactions;
    DECLARE evidence JSON;
    DECLARE distance DOUBLE;

    SELECT * INTO event FROM financial_transactions t WHERE t.transaction_id = id LIMIT 1;
    IF event.transaction_id IS NULL THEN CALL ecart_refuse_unknown(id); END IF;
    CALL ecart_gather_evidence(settings, event, evidence, distance);
    SELECT e.*, ecart_score(settings, evidence) AS score
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (
        place FOR ORDINALITY, code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution',
        observed DOUBLE PATH '$.observed', expected DOUBLE PATH '$.expected', threshold DOUBLE PATH '$.threshold',
        significance DOUBLE PATH '$.significance', subject VARCHAR(255) PATH '$.subject', detail TEXT PATH '$.detail')) AS e
    ORDER BY e.place;
END$$

DELIMITER ;
