-- The verdict on one transaction: gather its numbers, let the detectors of 0052 and 0053 speak, add up.
--
-- Everything is taken as it stood when the transaction arrived: of its account only log entries before it (lower seq; an
-- account has one lane) that happened at or before its time, and no late ones, which teach nothing.

DELIMITER $$

CREATE OR REPLACE FUNCTION ecart_velocity_of(settings JSON, event ROW TYPE OF financial_transactions, hour_count DOUBLE, days DOUBLE)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Velocity evidence of a transaction'
BEGIN
    DECLARE from_time DATETIME(6) DEFAULT
        event.occurred_at - INTERVAL JSON_VALUE(settings, '$.velocity.window_minutes') MINUTE;
    DECLARE earlier INT DEFAULT (
        SELECT COUNT(*) FROM financial_transactions t
        WHERE t.account_id = event.account_id AND t.occurred_at > from_time AND t.occurred_at <= event.occurred_at
          AND t.seq < event.seq AND NOT t.is_late);
    RETURN ecart_velocity(settings, earlier, hour_count, days);
END$$

-- A place so long ago that the slowest flagged speed goes round the Earth says nothing: the search stops there.
CREATE OR REPLACE FUNCTION ecart_impossible_travel_of(settings JSON, event ROW TYPE OF financial_transactions)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Impossible travel evidence of a transaction'
BEGIN
    DECLARE channels JSON DEFAULT JSON_EXTRACT(settings, '$.impossible_travel.channels');
    DECLARE from_time DATETIME(6) DEFAULT event.occurred_at - INTERVAL GREATEST(
        JSON_VALUE(settings, '$.impossible_travel.country_minutes') + 0e0,
        CEILING(60 * 20040 / JSON_VALUE(settings, '$.impossible_travel.maximum_kmh'))) + 1 MINUTE;
    IF NOT JSON_CONTAINS(channels, JSON_QUOTE(event.channel)) THEN RETURN NULL; END IF;
    RETURN (
        SELECT ecart_impossible_travel(
            settings, TIMESTAMPDIFF(MICROSECOND, t.occurred_at, event.occurred_at) / 60e6,
            t.latitude, t.longitude, t.country, event.latitude, event.longitude, event.country)
        FROM financial_transactions t
        WHERE t.account_id = event.account_id AND t.occurred_at > from_time AND t.occurred_at <= event.occurred_at
          AND t.seq < event.seq AND NOT t.is_late AND JSON_CONTAINS(channels, JSON_QUOTE(t.channel))
        ORDER BY t.occurred_at DESC, t.seq DESC
        LIMIT 1);
END$$

-- Of merchant, device and address the one that says most; at a tie the first of them.
CREATE OR REPLACE FUNCTION ecart_entity_history_of(settings JSON, event ROW TYPE OF financial_transactions)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Entity history evidence of a transaction'
BEGIN
    DECLARE last_day INT DEFAULT TO_DAYS(event.occurred_at) - JSON_VALUE(settings, '$.entity_history.label_delay_days');
    DECLARE before_day INT DEFAULT last_day - JSON_VALUE(settings, '$.entity_history.window_days');
    DECLARE domain_events, domain_frauds DOUBLE;

    SELECT COALESCE(SUM(d.events), 0), COALESCE(SUM(d.frauds), 0) INTO domain_events, domain_frauds
    FROM entity_history h
    JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (day INT PATH '$[0]', events INT PATH '$[1]', frauds INT PATH '$[2]')) AS d
    WHERE h.domain = 'transactions' AND h.entity_type = 'domain' AND h.entity_id = '' AND d.day > before_day AND d.day <= last_day;
    RETURN (
        SELECT found.evidence
        FROM (SELECT entity.place, ecart_entity_history(
                  settings, entity.entity_type, SUM(d.events), SUM(d.frauds), domain_events, domain_frauds) AS evidence
              FROM (SELECT 1 AS place, 'merchant' AS entity_type, event.merchant_id AS entity_id
                    UNION ALL SELECT 2, 'device', event.device_id
                    UNION ALL SELECT 3, 'ip', event.ip_address) AS entity
              JOIN entity_history h ON h.domain = 'transactions' AND h.entity_type = entity.entity_type AND h.entity_id = entity.entity_id
              JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (day INT PATH '$[0]', events INT PATH '$[1]', frauds INT PATH '$[2]')) AS d
              WHERE d.day > before_day AND d.day <= last_day
              GROUP BY entity.place, entity.entity_type) AS found
        WHERE found.evidence IS NOT NULL
        ORDER BY JSON_VALUE(found.evidence, '$.contribution') + 0e0 DESC, found.place
        LIMIT 1);
END$$

CREATE OR REPLACE FUNCTION ecart_new_profile(settings JSON, observations INT)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence, for information, that an account has no profile yet'
RETURN ecart_evidence(
    'new_profile', JSON_VALUE(settings, '$.new_profile.contribution'), observations, NULL,
    JSON_VALUE(settings, '$.profile.minimum_observations'), NULL, NULL,
    CONCAT('This account has ', observations, ' normal transactions so far; ',
           JSON_VALUE(settings, '$.profile.minimum_observations'), ' make a profile.'))$$

CREATE OR REPLACE FUNCTION ecart_add(evidence JSON, piece JSON)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'An array of evidence with one more piece, where there is one'
RETURN IF(piece IS NULL, evidence, JSON_MERGE_PRESERVE(evidence, piece))$$

-- Rules are compiled and trained detectors asked by the program alone: what they said is in the stored reasons, and stays as it was. The
-- sentence names the rule between quotes, which no rule's name contains.
CREATE OR REPLACE FUNCTION ecart_stored_evidence(reasons JSON)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence of rules and trained detectors, from stored reasons, as an array; empty for none'
RETURN COALESCE((
    SELECT JSON_ARRAYAGG(JSON_EXTRACT(ecart_evidence(
        r.type, r.score, NULL, NULL, NULL, NULL,
        IF(r.type = 'rule', SUBSTRING_INDEX(SUBSTRING_INDEX(r.detail, '''', 2), '''', -1), SUBSTRING_INDEX(TRIM(TRAILING '.' FROM r.detail), 'mostly by ', -1)),
        r.detail), '$')
        ORDER BY r.place)
    FROM JSON_TABLE(reasons, '$[*]' COLUMNS (
        place FOR ORDINALITY, type VARCHAR(64) PATH '$.type', score DOUBLE PATH '$.score', detail TEXT PATH '$.detail')) AS r
    WHERE r.type IN ('rule', 'density', 'isolation', 'reconstruction', 'outlier')), '[]')$$

-- Changes nothing. The order of the detectors is the order of the reasons.
CREATE OR REPLACE PROCEDURE ecart_gather_evidence(
    IN settings JSON, IN event ROW TYPE OF financial_transactions, OUT evidence JSON, OUT distance DOUBLE)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Everything that the detectors say of a transaction, and its distance to the account''s centroid'
BEGIN
    DECLARE profile ROW TYPE OF account_spending_profiles;
    DECLARE padded VECTOR(256) DEFAULT ecart_pad(event.embedding);
    DECLARE has_profile BOOLEAN;

    SELECT * INTO profile FROM account_spending_profiles p WHERE p.account_id = event.account_id;
    SET has_profile = COALESCE(profile.observation_count, 0) >= JSON_VALUE(settings, '$.profile.minimum_observations'),
        distance = NULL, evidence = '[]';
    IF profile.observation_count > 0 AND profile.embedding_version = event.embedding_version
            AND NOT ecart_is_zero(profile.centroid) THEN
        SET distance = VEC_DISTANCE_EUCLIDEAN(profile.centroid, event.embedding);
    END IF;

    IF has_profile THEN
        SET evidence = ecart_add(evidence, ecart_behavior_distance(settings, distance, profile.distance_mean, profile.distance_std)),
            evidence = ecart_add(evidence, ecart_amount_anomaly(
                settings, event.scored_amount, profile.mean_log_amount, profile.std_log_amount));
    END IF;
    SET evidence = ecart_add(evidence, ecart_velocity_of(
            settings, event,
            COALESCE(JSON_VALUE(profile.hourly_counts, CONCAT('$[', event.hour_of_day, ']')), 0),
            COALESCE(profile.days_observed, 0))),
        evidence = ecart_add(evidence, ecart_impossible_travel_of(settings, event)),
        evidence = ecart_add(evidence, ecart_amount_limit(settings, 'high_amount', event.scored_amount)),
        evidence = ecart_add(evidence, ecart_amount_limit(settings, 'very_high_amount', event.scored_amount)),
        evidence = ecart_add(evidence, ecart_night_activity(settings, event.hour_of_day)),
        evidence = ecart_add(evidence, ecart_entity_history_of(settings, event));
    IF NOT has_profile THEN
        SET evidence = ecart_add(evidence, ecart_new_profile(settings, COALESCE(profile.observation_count, 0))),
            evidence = ecart_add(evidence, ecart_outside_clusters(settings, 'transactions', padded, event.embedding_version));
    END IF;
    SET evidence = ecart_add(evidence, ecart_signature(settings, 'transactions', padded, event.embedding_version)),
        evidence = JSON_MERGE_PRESERVE(evidence, ecart_stored_evidence(event.reasons));
END$$

DELIMITER ;
