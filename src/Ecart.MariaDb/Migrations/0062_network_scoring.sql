-- The verdict on one connection by several methods: profile, signature, scan of ports and of hosts, new destination, class. What needs a longer
-- memory than the rows give (beacons, floods, log-ins, spreading, names, slow scans, rules, trained detectors) is in the stored reasons, and stays.
--
-- The program remembers the newest 256 contacts, 1,024 destinations and 64 ports of a source; here all rows count.

-- What a source asked one host for. target: the protocol with the destination's port, or with the type of an ICMP message.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW network_contacts AS
SELECT
    c.lane, c.seq, c.connection_id, c.occurred_at, c.src_ip, c.dst_ip, c.protocol * 65536 + IF(c.protocol = 'icmp', c.src_port, c.dst_port) AS target,
    c.state IN ('no_answer', 'rejected') OR (
        c.protocol = 'tcp' AND c.record_kind = 'flow' AND c.bytes_sent + c.bytes_received = 0 AND c.state NOT IN ('partial', 'unknown')) AS is_failed,
    c.protocol = 'icmp' OR c.dst_scope = 'internal' AS is_probe
FROM network_connections c
WHERE NOT c.is_late AND c.src_scope <> 'group' AND c.dst_scope <> 'group' AND c.record_kind <> 'name_query' AND c.protocol <> 'other'
  AND (c.protocol <> 'icmp' OR IF(LOCATE(':', c.src_ip) > 0, c.src_port = 128, c.src_port IN (8, 13, 15, 17)));

DELIMITER $$

CREATE OR REPLACE PROCEDURE ecart_refuse_unknown_event(
    IN what VARCHAR(64), IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The error for an id that is not stored'
BEGIN
    DECLARE message VARCHAR(512) DEFAULT CONCAT('No ', what, ' ', COALESCE(QUOTE(id), 'NULL'), '.');
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = message;
END$$

-- NULL for an event that is no contact. Of a contact made several times the newest counts.
CREATE OR REPLACE FUNCTION network_fan_out(id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, minutes DOUBLE)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Distinct targets that the source of a stored connection tried in the minutes before it, its own included'
BEGIN
    DECLARE own_lane INT;
    DECLARE own_seq, own_target BIGINT UNSIGNED;
    DECLARE source, destination VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
    DECLARE at DATETIME(6);
    DECLARE own_failed, own_probe, is_new_destination, is_new_port BOOLEAN;

    SELECT c.lane, c.seq, c.src_ip, c.dst_ip, c.target, c.occurred_at, c.is_failed, c.is_probe
    INTO own_lane, own_seq, source, destination, own_target, at, own_failed, own_probe
    FROM network_contacts c WHERE c.connection_id = id LIMIT 1;
    IF own_seq IS NULL THEN RETURN NULL; END IF;
    SET is_new_destination = NOT EXISTS (
            SELECT * FROM network_contacts c WHERE c.src_ip = source AND c.dst_ip = destination AND c.lane = own_lane AND c.seq < own_seq),
        is_new_port = NOT EXISTS (
            SELECT * FROM network_contacts c WHERE c.src_ip = source AND c.target = own_target AND c.lane = own_lane AND c.seq < own_seq);
    RETURN (
        WITH near AS (
                 SELECT c.dst_ip, c.target, c.is_failed,
                     ROW_NUMBER() OVER (PARTITION BY c.dst_ip, c.target ORDER BY c.occurred_at DESC, c.seq DESC) AS place
                 FROM network_contacts c
                 WHERE c.src_ip = source AND c.lane = own_lane AND c.seq < own_seq
                   AND c.occurred_at > at - INTERVAL minutes * 60e6 MICROSECOND),
             others AS (
                 SELECT n.dst_ip, n.target, n.is_failed, n.dst_ip = destination AS is_there, n.target = own_target AS is_on_port
                 FROM near n WHERE n.place = 1 AND NOT (n.dst_ip = destination AND n.target = own_target)),
             firsts AS (
                 SELECT c.dst_ip, c.target, c.is_probe, ROW_NUMBER() OVER (PARTITION BY c.dst_ip ORDER BY c.seq) AS place
                 FROM network_contacts c
                 WHERE c.src_ip = source AND c.lane = own_lane AND c.seq < own_seq)
        SELECT JSON_OBJECT(
            'contacts', 1 + COUNT(*), 'failed', own_failed + COALESCE(SUM(o.is_failed), 0),
            'ports', 1 + COUNT(DISTINCT IF(o.is_on_port, NULL, o.target)),
            'ports_there', 1 + COALESCE(SUM(o.is_there), 0), 'failed_ports_there', own_failed + COALESCE(SUM(o.is_there AND o.is_failed), 0),
            'hosts_on_port', 1 + COALESCE(SUM(o.is_on_port), 0), 'failed_hosts_on_port', own_failed + COALESCE(SUM(o.is_on_port AND o.is_failed), 0),
            'new_hosts', (is_new_destination AND own_probe) + COALESCE(SUM(o.is_on_port AND f.dst_ip IS NOT NULL), 0),
            'is_new_destination', is_new_destination, 'is_new_port', is_new_port)
        FROM others o
        LEFT JOIN firsts f ON f.place = 1 AND f.is_probe AND f.dst_ip = o.dst_ip AND f.target = o.target);
END$$

CREATE OR REPLACE FUNCTION ecart_share_text(share DOUBLE)
RETURNS VARCHAR(16)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'A share as a percentage'
RETURN CONCAT(ROUND(100 * share), ' %')$$

CREATE OR REPLACE FUNCTION ecart_network_distance(settings JSON, distance DOUBLE, profile ROW TYPE OF network_profiles)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'How far a connection is from its source''s usual: {z, sigma}; empty without a profile'
BEGIN
    DECLARE prior DOUBLE DEFAULT JSON_VALUE(settings, '$.prior_sigma');
    DECLARE strength DOUBLE DEFAULT JSON_VALUE(settings, '$.prior_strength');
    DECLARE sigma DOUBLE;
    IF distance IS NULL OR profile.distance_mean IS NULL
            OR COALESCE(profile.observation_count, 0) < JSON_VALUE(settings, '$.profile.minimum_observations') THEN
        RETURN JSON_OBJECT();
    END IF;
    SET sigma = ecart_floor_sigma(
        SQRT((profile.distance_count * profile.distance_std * profile.distance_std + strength * prior * prior)
             / GREATEST(1, profile.distance_count + strength)),
        profile.distance_mean, settings);
    RETURN JSON_OBJECT('z', (distance - profile.distance_mean) / sigma + 0e0, 'sigma', sigma + 0e0);
END$$

CREATE OR REPLACE FUNCTION ecart_network_profile_distance(settings JSON, distance DOUBLE, mean DOUBLE, z DOUBLE, sigma DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence of a distance from the source''s usual connections'
BEGIN
    DECLARE z_threshold DOUBLE DEFAULT JSON_VALUE(settings, '$.profile_distance.z_threshold');
    IF z IS NULL OR z <= z_threshold THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'profile_distance',
        LEAST((z - z_threshold) / JSON_VALUE(settings, '$.profile_distance.scale'), JSON_VALUE(settings, '$.profile_distance.maximum') + 0e0),
        distance, mean, mean + z_threshold * sigma, z, NULL,
        CONCAT('The connection is ', ROUND(z, 1), ' standard deviations from this address''s usual (distance ', ROUND(distance, 3), ', usual ',
               ROUND(mean, 3), ').'));
END$$

-- Targets count more where they fail.
CREATE OR REPLACE FUNCTION ecart_weighted_targets(settings JSON, targets DOUBLE, failed_share DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Distinct targets, weighted by the share that failed'
RETURN targets * (1 + JSON_VALUE(settings, '$.scan.failure_weight') * failed_share)$$

CREATE OR REPLACE FUNCTION ecart_scan(settings JSON, code VARCHAR(64), weighted DOUBLE, failed_share DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Evidence of a scan: port_scan or host_scan'
BEGIN
    DECLARE contribution DOUBLE DEFAULT CASE
        WHEN weighted > JSON_VALUE(settings, '$.scan.many_targets') THEN JSON_VALUE(settings, '$.scan.many_contribution')
        WHEN weighted > JSON_VALUE(settings, '$.scan.some_targets') THEN JSON_VALUE(settings, '$.scan.some_contribution')
        ELSE 0
    END;
    IF contribution <= 0 THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        code, contribution, weighted, NULL, JSON_VALUE(settings, '$.scan.some_targets'), failed_share, NULL,
        CONCAT(IF(code = 'port_scan', 'Ports tried', 'Hosts tried on this port'), ' within minutes count ', ROUND(weighted), ', above ',
               ROUND(JSON_VALUE(settings, '$.scan.some_targets')), '; ', ecart_share_text(failed_share), ' of ',
               IF(code = 'port_scan', 'the targets', 'them'), ' failed.'));
END$$

CREATE OR REPLACE FUNCTION ecart_reasons_as_evidence(reasons JSON, codes JSON, is_within BOOLEAN)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Stored reasons as evidence: those of some codes, or all others'
RETURN COALESCE((
    SELECT JSON_ARRAYAGG(JSON_EXTRACT(ecart_evidence(
        r.type, r.score, NULL, NULL, NULL, NULL,
        IF(r.type IN ('rule', 'sensor_alert'), SUBSTRING_INDEX(SUBSTRING_INDEX(r.detail, '''', 2), '''', -1),
           IF(LOCATE('mostly by ', r.detail) > 0, SUBSTRING_INDEX(TRIM(TRAILING '.' FROM r.detail), 'mostly by ', -1), NULL)),
        r.detail), '$') ORDER BY r.place)
    FROM JSON_TABLE(reasons, '$[*]' COLUMNS (
        place FOR ORDINALITY, type VARCHAR(64) PATH '$.type', score DOUBLE PATH '$.score', detail TEXT PATH '$.detail')) AS r
    WHERE JSON_CONTAINS(codes, JSON_QUOTE(r.type)) = is_within), '[]')$$

CREATE OR REPLACE FUNCTION ecart_has_evidence(evidence JSON, code_of VARCHAR(64))
RETURNS BOOLEAN
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Whether a code is among the evidence'
RETURN EXISTS (SELECT * FROM JSON_TABLE(evidence, '$[*]' COLUMNS (code VARCHAR(64) PATH '$.code')) AS e WHERE e.code = code_of)$$

CREATE OR REPLACE FUNCTION ecart_class_of_alert(category VARCHAR(128))
RETURNS VARCHAR(32)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The class that a category of another sensor''s alert speaks of; NULL when it is none of ours'
RETURN CASE
    WHEN category LIKE '%Scan%' THEN 'scan'
    WHEN category LIKE '%Command and Control%' THEN 'c2'
    WHEN category LIKE '%Denial of Service%' THEN 'dos'
    WHEN category LIKE '%Exfiltration%' THEN 'exfiltration'
    WHEN category LIKE '%Login%' OR category LIKE '%Brute%' THEN 'brute_force'
    WHEN category LIKE '%Trojan%' OR category LIKE '%Malware%' OR category LIKE '%Exploit Kit%' THEN 'malware'
END$$

-- The first that matches. Of what was told before (a beacon, a slow scan) only the stored class knows whether it was told again.
CREATE OR REPLACE FUNCTION ecart_threat_class(settings JSON, event ROW TYPE OF network_connections, evidence JSON, is_scan BOOLEAN, z DOUBLE)
RETURNS VARCHAR(32)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Class of a connection; NULL for none'
BEGIN
    DECLARE first_code VARCHAR(64) DEFAULT (
        SELECT e.code FROM JSON_TABLE(evidence, '$[*]' COLUMNS (place FOR ORDINALITY, code VARCHAR(64) PATH '$.code')) AS e
        WHERE e.code IN ('signature', 'sensor_alert') ORDER BY e.place LIMIT 1);
    DECLARE category VARCHAR(32) DEFAULT CASE first_code
        WHEN 'sensor_alert' THEN ecart_class_of_alert(event.alert_category)
        WHEN 'signature' THEN (
            SELECT s.category FROM threat_signatures s
            JOIN JSON_TABLE(evidence, '$[*]' COLUMNS (code VARCHAR(64) PATH '$.code', subject VARCHAR(255) PATH '$.subject')) AS e
                ON e.code = 'signature' AND s.name = e.subject
            WHERE s.active AND (s.domain IS NULL OR s.domain = 'network') ORDER BY s.signature_id LIMIT 1)
    END;
    RETURN CASE
        WHEN category IS NOT NULL THEN category
        WHEN is_scan OR (event.threat_type = 'scan' AND ecart_has_evidence(evidence, 'slow_scan')) THEN 'scan'
        WHEN ecart_has_evidence(evidence, 'exfiltration') THEN 'exfiltration'
        WHEN event.threat_type = 'c2' AND ecart_has_evidence(evidence, 'beaconing') THEN 'c2'
        WHEN ecart_has_evidence(evidence, 'flood') THEN 'dos'
        WHEN ecart_has_evidence(evidence, 'brute_force') THEN 'brute_force'
        WHEN ecart_has_evidence(evidence, 'lateral_movement') THEN 'lateral'
        WHEN ecart_has_evidence(evidence, 'generated_names') THEN 'dns'
        WHEN z > JSON_VALUE(settings, '$.unknown_anomaly_sigmas') OR (z IS NULL AND event.threat_type = 'unknown_anomaly') THEN 'unknown_anomaly'
    END;
END$$

CREATE OR REPLACE FUNCTION ecart_class_floor(settings JSON, threat VARCHAR(32))
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The least score of a class'
RETURN COALESCE(JSON_VALUE(settings, CONCAT('$.floors.', CASE threat WHEN 'c2' THEN 'command_and_control' WHEN 'dos' THEN 'denial_of_service' ELSE threat END)), 0)$$

-- Changes nothing.
CREATE OR REPLACE PROCEDURE ecart_gather_network_evidence(
    IN settings JSON, IN event ROW TYPE OF network_connections, OUT evidence JSON, OUT distance DOUBLE, OUT threat VARCHAR(32))
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Everything that the detectors say of a connection, its class, and its distance to the source''s centroid'
BEGIN
    DECLARE profile ROW TYPE OF network_profiles;
    DECLARE near, fan JSON;
    DECLARE z, failed_share, failed_share_there, failed_share_on_port, weighted_ports, weighted_there, weighted_hosts, floor_of_class DOUBLE;
    DECLARE is_part, is_scan BOOLEAN;
    DECLARE earlier BIGINT;

    SELECT * INTO profile FROM network_profiles p WHERE p.ip_address = event.src_ip AND p.embedding_version = event.embedding_version;
    SET distance = IF(profile.observation_count > 0, VEC_DISTANCE_EUCLIDEAN(profile.centroid, event.embedding), NULL),
        near = ecart_network_distance(settings, distance, profile), z = JSON_VALUE(near, '$.z'),
        fan = network_fan_out(event.connection_id, JSON_VALUE(settings, '$.scan.window_minutes')), evidence = '[]';
    -- Outer addresses have no published profile: what the program said of them stays.
    SET evidence = IF(profile.ip_address IS NULL, ecart_reasons_as_evidence(event.reasons, '["profile_distance"]', TRUE),
        ecart_add(evidence, ecart_network_profile_distance(settings, distance, profile.distance_mean, z, JSON_VALUE(near, '$.sigma'))));
    SET evidence = ecart_add(evidence, ecart_signature(settings, 'network', ecart_pad(event.embedding), event.embedding_version)),
        evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(event.reasons, '["sensor_alert"]', TRUE));

    IF fan IS NOT NULL THEN
        SET is_part = (event.state IN ('no_answer', 'rejected') AND event.dst_scope <> 'group')
                OR JSON_VALUE(fan, '$.is_new_destination') OR JSON_VALUE(fan, '$.is_new_port'),
            failed_share = JSON_VALUE(fan, '$.failed') / JSON_VALUE(fan, '$.contacts'),
            failed_share_there = JSON_VALUE(fan, '$.failed_ports_there') / JSON_VALUE(fan, '$.ports_there'),
            failed_share_on_port = JSON_VALUE(fan, '$.failed_hosts_on_port') / JSON_VALUE(fan, '$.hosts_on_port'),
            weighted_ports = ecart_weighted_targets(settings, JSON_VALUE(fan, '$.ports'), failed_share),
            weighted_there = ecart_weighted_targets(settings, JSON_VALUE(fan, '$.ports_there'), failed_share_there),
            weighted_hosts = ecart_weighted_targets(settings, JSON_VALUE(fan, '$.hosts_on_port'), failed_share_on_port);
        SET is_scan = is_part AND (
            (weighted_there > JSON_VALUE(settings, '$.scan.some_targets') AND failed_share_there >= JSON_VALUE(settings, '$.scan.minimum_failed_share'))
            OR (weighted_hosts > JSON_VALUE(settings, '$.scan.some_targets') AND failed_share_on_port >= JSON_VALUE(settings, '$.scan.minimum_failed_share'))
            OR (JSON_VALUE(fan, '$.is_new_destination') AND JSON_VALUE(fan, '$.new_hosts') > JSON_VALUE(settings, '$.scan.some_targets') + 0e0));
        IF is_part THEN
            SET evidence = ecart_add(evidence, ecart_scan(settings, 'port_scan', weighted_ports, failed_share)),
                evidence = ecart_add(evidence, ecart_scan(settings, 'host_scan', weighted_hosts, failed_share_on_port));
        END IF;
    END IF;
    SET evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(event.reasons, '["slow_scan"]', TRUE));
    IF JSON_VALUE(fan, '$.is_new_destination') THEN
        SELECT COUNT(*) INTO earlier FROM network_connections c
        WHERE c.src_ip = event.src_ip AND c.lane = event.lane AND c.seq < event.seq AND NOT c.is_late;
        IF earlier >= JSON_VALUE(settings, '$.new_destination.minimum_connections') THEN
            SET evidence = ecart_add(evidence, ecart_evidence(
                'new_destination', JSON_VALUE(settings, '$.new_destination.contribution'), earlier, NULL,
                JSON_VALUE(settings, '$.new_destination.minimum_connections'), NULL, event.dst_ip,
                CONCAT('Never connected to ', event.dst_ip, ' in ', earlier, ' earlier events.')));
        END IF;
    END IF;
    SET evidence = JSON_MERGE_PRESERVE(evidence, ecart_reasons_as_evidence(
        event.reasons,
        '["profile_distance", "signature", "sensor_alert", "port_scan", "host_scan", "slow_scan", "new_destination", "threat_class"]', FALSE));

    SET threat = ecart_threat_class(settings, event, evidence, is_scan, z);
    IF threat IS NOT NULL THEN
        SET floor_of_class = ecart_class_floor(settings, threat);
        SET evidence = ecart_add(evidence, ecart_evidence(
            'threat_class',
            GREATEST(0, floor_of_class - COALESCE((
                SELECT SUM(e.contribution) FROM JSON_TABLE(evidence, '$[*]' COLUMNS (contribution DOUBLE PATH '$.contribution')) AS e), 0)),
            NULL, NULL, floor_of_class, NULL, threat,
            CONCAT('Of the class ', threat, ', whose least score is ', FORMAT(floor_of_class, 2), '.')));
    END IF;
END$$

CREATE OR REPLACE PROCEDURE score_connection(
    IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, OUT score DOUBLE, OUT flagged BOOLEAN, OUT threat VARCHAR(32), OUT reasons JSON)
MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'Scores a stored connection by all methods, stores the verdict, raises at most one alert'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('network');
    DECLARE event ROW TYPE OF network_connections;
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
    SELECT * INTO event FROM network_connections c WHERE c.connection_id = id LIMIT 1 FOR UPDATE;
    IF event.connection_id IS NULL THEN CALL ecart_refuse_unknown_event('connection has connection_id', id); END IF;
    IF event.is_late THEN
        SET score = NULL, flagged = FALSE, threat = NULL, reasons = NULL;
    ELSE
        CALL ecart_gather_network_evidence(settings, event, evidence, distance, threat);
        SET score = ecart_score(settings, evidence), flagged = ecart_is_flagged(settings, evidence, score, event.rank_score), reasons = ecart_reasons(evidence);
        IF flagged THEN
            SET exception_id = ecart_exception_of(
                'network', 'ip', event.src_ip, ecart_pad(event.embedding), event.embedding_version, event.occurred_at, event.suppressed_by);
        END IF;
        UPDATE network_connections c
        SET c.score = score, c.reasons = reasons, c.is_suspicious = flagged, c.severity = ecart_severity(settings, score), c.threat_type = threat,
            c.suppressed_by = exception_id, c.distance_to_profile = COALESCE(c.distance_to_profile, distance),
            c.configuration_version = ecart_active_version('network', event.configuration_version)
        WHERE c.lane = event.lane AND c.seq = event.seq AND c.occurred_at = event.occurred_at;
        IF flagged AND exception_id IS NULL THEN
            CALL ecart_raise_alert(
                settings, 'network', event.connection_id, event.lane, event.seq, event.occurred_at, 'ip', event.src_ip, evidence, score,
                ecart_severity(settings, score));
        END IF;
    END IF;
    IF owns_transaction THEN COMMIT; END IF;
END$$

CREATE OR REPLACE PROCEDURE explain_connection(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'What score_connection would find, one row a piece of evidence; changes nothing'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('network');
    DECLARE event ROW TYPE OF network_connections;
    DECLARE evidence JSON;
    DECLARE distance DOUBLE;
    DECLARE threat VARCHAR(32);

    SELECT * INTO event FROM network_connections c WHERE c.connection_id = id LIMIT 1;
    IF event.connection_id IS NULL THEN CALL ecart_refuse_unknown_event('connection has connection_id', id); END IF;
    CALL ecart_gather_network_evidence(settings, event, evidence, distance, threat);
    SELECT e.*, threat AS threat_type, ecart_score(settings, evidence) AS score
    FROM JSON_TABLE(evidence, '$[*]' COLUMNS (
        place FOR ORDINALITY, code VARCHAR(64) PATH '$.code', contribution DOUBLE PATH '$.contribution',
        observed DOUBLE PATH '$.observed', expected DOUBLE PATH '$.expected', threshold DOUBLE PATH '$.threshold',
        significance DOUBLE PATH '$.significance', subject VARCHAR(255) PATH '$.subject', detail TEXT PATH '$.detail')) AS e
    ORDER BY e.place;
END$$

DELIMITER ;
