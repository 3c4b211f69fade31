-- Windows of days, and what an exception would have silenced.

DELIMITER $$

-- The last row of each lane, by the primary key.
CREATE OR REPLACE FUNCTION ecart_newest_day(domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
RETURNS DATE
DETERMINISTIC READS SQL DATA SQL SECURITY INVOKER
COMMENT 'UTC day of the newest events of a domain that keeps no history by days; NULL without events'
RETURN (
    SELECT DATE(MAX(CASE domain_name
        WHEN 'network' THEN (SELECT c.occurred_at FROM network_connections c WHERE c.lane = l.lane ORDER BY c.seq DESC LIMIT 1)
        WHEN 'iot' THEN (SELECT i.occurred_at FROM iot_measurements i WHERE i.lane = l.lane ORDER BY i.seq DESC LIMIT 1)
        WHEN 'transactions' THEN NULL
        ELSE (SELECT e.occurred_at FROM events e WHERE e.domain = domain_name AND e.lane = l.lane ORDER BY e.seq DESC LIMIT 1)
    END))
    FROM lanes l WHERE l.domain = domain_name)$$

-- Reports look back from the newest day that has events (entity_history), not from today: a replayed year of the past is as
-- visible as a live stream. Days in the future, from a wrong clock, do not move the window. Declared deterministic, which
-- it is within a statement: only then does the optimiser evaluate it first and leave out the partitions before it.
CREATE OR REPLACE FUNCTION ecart_window_start(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, days INT)
RETURNS DATE
DETERMINISTIC READS SQL DATA SQL SECURITY INVOKER
COMMENT 'First of the given number of UTC days that end with the newest day with events, or today if there is none'
RETURN COALESCE(
    (SELECT FROM_DAYS(MAX(d.day))
     FROM entity_history h JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (day INT PATH '$[0]')) AS d
     WHERE h.domain = domain_name AND h.entity_type = 'domain' AND h.entity_id = '' AND d.day <= TO_DAYS(UTC_DATE())),
    LEAST(ecart_newest_day(domain_name), UTC_DATE()), UTC_DATE()) - INTERVAL days - 1 DAY$$

CREATE OR REPLACE PROCEDURE ecart_require_days(IN days INT)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The error for a number of days that makes no sense'
BEGIN
    IF days IS NULL OR days < 1 OR days > 3660 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Days must be between 1 and 3660.';
    END IF;
END$$

-- Of the alerts that were raised: those that this exception would have kept from people. Look at their status before
-- approving it: a confirmed fraud among them is fraud that it would have hidden.
CREATE OR REPLACE PROCEDURE preview_exception(
    IN domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    IN type_of_entity VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    IN id_of_entity VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    IN pattern VECTOR(256), IN radius DOUBLE, IN version INT, IN days INT)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Alerts that an exception would have silenced; NULL entity or pattern: any'
BEGIN
    DECLARE from_time DATETIME(6) DEFAULT ecart_window_start(domain_name, days);
    CALL ecart_require_days(days);
    IF domain_name <> 'transactions' THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'preview_exception knows the domain transactions only.';
    END IF;
    IF pattern IS NOT NULL AND (radius IS NULL OR version IS NULL) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A pattern needs its radius and embedding version.';
    END IF;
    SELECT a.alert_id, a.event_uid AS transaction_id, a.occurred_at, a.entity_id AS account_id, t.amount, t.currency,
           a.score, a.severity, a.status, VEC_DISTANCE_EUCLIDEAN(ecart_pad(t.embedding), pattern) AS distance
    FROM anomaly_alerts a
    JOIN financial_transactions t ON t.lane = a.lane AND t.seq = a.seq AND t.occurred_at = a.occurred_at
    WHERE a.domain = domain_name AND a.occurred_at >= from_time
      AND (type_of_entity IS NULL OR a.entity_type = type_of_entity)
      AND (id_of_entity IS NULL OR a.entity_id = id_of_entity)
      AND (pattern IS NULL
           OR (t.embedding_version = version AND VEC_DISTANCE_EUCLIDEAN(ecart_pad(t.embedding), pattern) <= radius))
    ORDER BY a.occurred_at DESC, a.alert_id DESC;
END$$

DELIMITER ;
