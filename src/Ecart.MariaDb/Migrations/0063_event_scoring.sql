-- The verdict on one event of a domain without a table of its own (user_behavior, declared domains): profile, clusters, signature. What the program
-- alone can tell (sequences of actions, habits, places, rules, trained detectors) is in the stored reasons, and stays.

DELIMITER $$

CREATE OR REPLACE FUNCTION ecart_event_new_profile(
    settings JSON, observations INT, type_of_entity VARCHAR(16))
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence, for information, that an entity has no profile yet'
RETURN ecart_evidence(
    'new_profile', JSON_VALUE(settings, '$.new_profile.contribution'), observations, NULL,
    JSON_VALUE(settings, '$.profile.minimum_observations'), NULL, type_of_entity,
    CONCAT('This ', type_of_entity, ' has ', observations, ' normal events so far; ',
           JSON_VALUE(settings, '$.profile.minimum_observations'), ' make a profile.'))$$

CREATE OR REPLACE FUNCTION ecart_habit_codes()
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Codes of evidence, told before that of profiles, that only the program can find'
RETURN '["sequence", "impossible_travel", "shared_credentials", "password_guessing", "new_device", "new_place", "new_network", "new_resource", "unusual_hour", "field_deviation", "new_value"]'$$

-- Changes nothing. Vectors that callers made, versions from 1,000,000 on, have profiles that only the program knows.
CREATE OR REPLACE PROCEDURE ecart_gather_event_evidence(IN settings JSON, IN event ROW TYPE OF events, OUT evidence JSON, OUT distance DOUBLE)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Everything that the detectors say of an event, and its distance to the entity''s centroid'
BEGIN
    DECLARE profile ROW TYPE OF normal_profiles;
    DECLARE has_profile, is_measured BOOLEAN;

    SELECT * INTO profile FROM normal_profiles p
    WHERE p.domain = event.domain AND p.entity_type = event.entity_type AND p.entity_id = event.entity_id;
    SET is_measured = event.embedding_version < 1000000 AND COALESCE(profile.embedding_version = event.embedding_version, TRUE),
        has_profile = COALESCE(profile.observation_count, 0) >= JSON_VALUE(settings, '$.profile.minimum_observations'),
        distance = IF(is_measured AND profile.observation_count > 0, VEC_DISTANCE_EUCLIDEAN(profile.centroid, event.embedding), NULL),
        evidence = '[]';
    IF NOT is_measured THEN
        SET evidence = ecart_reasons_as_evidence(event.reasons, '["behavior_distance"]', TRUE);
    ELSEIF has_profile THEN
        SET evidence = ecart_add(evidence, ecart_entity_distance(settings, distance, profile.distance_mean, profile.distance_std, event.entity_type));
    END IF;
    SET evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(event.reasons, ecart_habit_codes(), TRUE));
    IF NOT is_measured THEN
        SET evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(event.reasons, '["new_profile", "outside_peers", "outside_clusters"]', TRUE));
    ELSEIF NOT has_profile THEN
        SET evidence = ecart_add(evidence, ecart_event_new_profile(settings, COALESCE(profile.observation_count, 0), event.entity_type)),
            evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(event.reasons, '["outside_peers"]', TRUE)),
            evidence = ecart_add(evidence, ecart_outside_clusters(settings, event.domain, event.embedding, event.embedding_version));
    END IF;
    SET evidence = ecart_add(evidence, ecart_signature(settings, event.domain, event.embedding, event.embedding_version)),
        evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(
            event.reasons,
            JSON_MERGE_PRESERVE(
                ecart_habit_codes(), '["behavior_distance", "new_profile", "outside_peers", "outside_clusters", "signature"]'), FALSE));
END$$

CREATE OR REPLACE PROCEDURE score_event(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    OUT score DOUBLE, OUT flagged BOOLEAN, OUT reasons JSON)
MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'Scores a stored event of the table events, stores the verdict, raises at most one alert'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings(domain_name);
    DECLARE event ROW TYPE OF events;
    DECLARE evidence JSON;
    DECLARE distance DOUBLE;
    DECLARE exception_id BIGINT UNSIGNED;
    DECLARE owns_transaction BOOLEAN DEFAULT @@autocommit AND NOT @@in_transaction;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        IF owns_transaction THEN ROLLBACK; END IF;
        RESIGNAL;
    END;

    IF owns_transaction THEN START TRANSACTION; END IF;
    SELECT * INTO event FROM events e WHERE e.domain = domain_name AND e.event_uid = id LIMIT 1 FOR UPDATE;
    IF event.event_uid IS NULL THEN CALL ecart_refuse_unknown_event(CONCAT('event of ', domain_name, ' has event_uid'), id); END IF;
    IF event.is_late THEN
        SET score = NULL, flagged = FALSE, reasons = NULL;
    ELSE
        CALL ecart_gather_event_evidence(settings, event, evidence, distance);
        SET score = ecart_score(settings, evidence), flagged = ecart_is_flagged(settings, evidence, score, event.rank_score), reasons = ecart_reasons(evidence);
        IF flagged THEN
            SET exception_id = ecart_exception_of(
                domain_name, event.entity_type, event.entity_id, event.embedding, event.embedding_version, event.occurred_at, event.suppressed_by);
        END IF;
        UPDATE events e
        SET e.score = score, e.reasons = reasons, e.is_anomaly = flagged, e.severity = ecart_severity(settings, score),
            e.suppressed_by = exception_id, e.distance_to_profile = COALESCE(e.distance_to_profile, distance),
            e.configuration_version = ecart_active_version(domain_name, event.configuration_version)
        WHERE e.domain = domain_name AND e.lane = event.lane AND e.seq = event.seq AND e.occurred_at = event.occurred_at;
        IF flagged AND exception_id IS NULL THEN
            CALL ecart_raise_alert(
                settings, domain_name, event.event_uid, event.lane, event.seq, event.occurred_at, event.entity_type, event.entity_id, evidence, score,
                ecart_severity(settings, score));
        END IF;
    END IF;
    IF owns_transaction THEN COMMIT; END IF;
END$$

CREATE OR REPLACE PROCEDURE explain_event(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'What score_event would find, one row a piece of evidence; changes nothing'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings(domain_name);
    DECLARE event ROW TYPE OF events;
    DECLARE evidence JSON;
    DECLARE distance DOUBLE;

    SELECT * INTO event FROM events e WHERE e.domain = domain_name AND e.event_uid = id LIMIT 1;
    IF event.event_uid IS NULL THEN CALL ecart_refuse_unknown_event(CONCAT('event of ', domain_name, ' has event_uid'), id); END IF;
    CALL ecart_gather_event_evidence(settings, event, evidence, distance);
    SELECT e.*, ecart_score(settings, evidence) AS score
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (
        place FOR ORDINALITY, code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution',
        observed DOUBLE PATH '$.observed', expected DOUBLE PATH '$.expected', threshold DOUBLE PATH '$.threshold',
        significance DOUBLE PATH '$.significance', subject VARCHAR(255) PATH '$.subject', detail TEXT PATH '$.detail')) AS e
    ORDER BY e.place;
END$$

DELIMITER ;
