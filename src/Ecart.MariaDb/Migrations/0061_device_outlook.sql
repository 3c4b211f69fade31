-- How a device is doing and when it will fail, from the stored distances of its measurements: the program's outlook, formula by formula.
-- Constants are the section outlook of the active configuration of the domain iot.

DELIMITER $$

-- Abramowitz and Stegun, 26.2.17: the error is below 7.5e-8.
CREATE OR REPLACE FUNCTION ecart_normal_upper_tail(z DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'P(Z >= z) of the standard normal distribution'
BEGIN
    DECLARE t DOUBLE DEFAULT 1 / (1 + 0.2316419e0 * ABS(z));
    DECLARE tail DOUBLE DEFAULT EXP(-0.5e0 * z * z) / SQRT(2 * PI()) * t * (0.319381530e0 + t * (-0.356563782e0
        + t * (1.781477937e0 + t * (-1.821255978e0 + t * 1.330274429e0))));
    RETURN IF(z >= 0, tail, 1 - tail);
END$$

-- 26.7.8 of the same.
CREATE OR REPLACE FUNCTION ecart_student_upper_tail(t DOUBLE, freedom DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'P(T >= t) of Student''s distribution'
RETURN ecart_normal_upper_tail(t * (1 - 1 / (4 * freedom)) / SQRT(1 + t * t / (2 * freedom)))$$

-- Hours are counted from 1970-01-01. An hour with more than 256 measurements counts all of them here, and some of them in the program.
CREATE OR REPLACE FUNCTION ecart_hourly_distances(
    device VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, signal_of VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    version INT, calibrated_at DATETIME(6), first_hour INT, last_hour INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Median distance to the profile of every hour that has one, oldest first: array of {hour, distance}'
RETURN (
    SELECT JSON_ARRAYAGG(JSON_OBJECT('hour', m.hour, 'distance', m.distance + 0e0) ORDER BY m.hour)
    FROM (SELECT DISTINCT h.hour, MEDIAN(h.distance_to_profile) OVER (PARTITION BY h.hour) AS distance
          FROM (SELECT TIMESTAMPDIFF(HOUR, '1970-01-01', i.occurred_at) AS hour, i.distance_to_profile
                FROM iot_measurements i
                WHERE i.device_id = device AND i.signal_name = signal_of AND i.embedding_version = version
                  AND i.occurred_at >= '1970-01-01' + INTERVAL first_hour HOUR AND i.occurred_at < '1970-01-01' + INTERVAL last_hour + 1 HOUR
                  AND (calibrated_at IS NULL OR i.occurred_at > calibrated_at)
                  AND NOT i.is_late AND i.distance_to_profile IS NOT NULL) AS h) AS m)$$

CREATE OR REPLACE FUNCTION ecart_distance_slope(hours JSON)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Median change in an hour between the same hours of different days; NULL with less than two days of hours'
RETURN (
    WITH h AS (SELECT t.hour, t.distance FROM JSON_TABLE(hours, '$[*]' COLUMNS (hour INT PATH '$.hour', distance DOUBLE PATH '$.distance')) AS t),
         s AS (SELECT (later.distance - earlier.distance) / (later.hour - earlier.hour) AS slope
               FROM h AS earlier JOIN h AS later ON later.hour > earlier.hour AND MOD(later.hour - earlier.hour, 24) = 0)
    SELECT IF(COUNT(*) OVER () < 24 OR (SELECT MAX(h.hour) - MIN(h.hour) FROM h) < 47, NULL, MEDIAN(s.slope) OVER ()) FROM s LIMIT 1)$$

-- beyond is an array of {hour, distance beyond the baseline}, here and below.
CREATE OR REPLACE FUNCTION ecart_recent_excess(beyond JSON, now_hour INT, recent_hours INT, slope DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Excess now, by a line of a slope through the recent hours; NULL with fewer than three of them'
RETURN (
    SELECT IF(COUNT(*) OVER () < 3, NULL, MEDIAN(t.distance + slope * (now_hour - t.hour)) OVER ())
    FROM JSON_TABLE(beyond, '$[*]' COLUMNS (hour INT PATH '$.hour', distance DOUBLE PATH '$.distance')) AS t
    WHERE t.hour > now_hour - recent_hours
    LIMIT 1)$$

-- Curves c (age / a)^p over a grid of ages a and powers p, each fitted to the hours.
CREATE OR REPLACE FUNCTION ecart_growth_curves(beyond JSON, now_hour INT)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Fitted curves of growth, the best first: array of {age, power, height, square, error}'
RETURN (
    WITH h AS (SELECT t.hour, t.distance FROM JSON_TABLE(beyond, '$[*]' COLUMNS (hour INT PATH '$.hour', distance DOUBLE PATH '$.distance')) AS t),
         total AS (SELECT SUM(h.distance * h.distance) AS squares, now_hour - MIN(h.hour) + 1 AS span FROM h),
         fitted AS (
             SELECT a.age, p.power,
                 SUM(POW((a.age - (now_hour - h.hour)) / a.age, p.power) * h.distance)
                     / SUM(POW((a.age - (now_hour - h.hour)) / a.age, 2 * p.power)) AS height,
                 SUM(POW((a.age - (now_hour - h.hour)) / a.age, 2 * p.power)) AS square
             FROM JSON_TABLE('[24, 30, 36, 44, 52, 62, 75, 90, 108, 130, 156, 187, 224, 269, 322, 387, 464, 557, 668, 802, 962, 1155, 1386]', '$[*]' COLUMNS (age DOUBLE PATH '$')) AS a
             JOIN JSON_TABLE('[0.5, 0.75, 1, 1.5, 2, 3]', '$[*]' COLUMNS (power DOUBLE PATH '$')) AS p
             JOIN h ON now_hour - h.hour < a.age
             WHERE a.age <= (SELECT total.span FROM total)
             GROUP BY a.age, p.power)
    SELECT JSON_ARRAYAGG(JSON_OBJECT(
        'age', f.age + 0e0, 'power', f.power + 0e0, 'height', f.height + 0e0, 'square', f.square + 0e0,
        'error', t.squares - f.height * f.height * f.square) ORDER BY t.squares - f.height * f.height * f.square)
    FROM fitted f JOIN total t)$$

-- Noise is what the best curve leaves: a straight line through a drift that began within the window would leave the drift itself.
CREATE OR REPLACE FUNCTION ecart_slope_significance(beyond JSON, now_hour INT, slope DOUBLE, usual DOUBLE, curves JSON)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Probability of so steep a rise by chance, and the autocorrelation that it allows for: {p_value, autocorrelation}'
BEGIN
    DECLARE age DOUBLE DEFAULT JSON_VALUE(curves, '$[0].age');
    DECLARE power DOUBLE DEFAULT JSON_VALUE(curves, '$[0].power');
    DECLARE height DOUBLE DEFAULT JSON_VALUE(curves, '$[0].height');
    DECLARE n INT;
    DECLARE spread, mean_hour, time_squares, squares, products, autocorrelation, inflation, freedom DOUBLE;

    SELECT COUNT(*), AVG(r.hour - now_hour) + 0e0, SUM(r.residual * r.residual), SUM(IF(r.hour = r.hour_before + 1, r.residual * r.residual_before, 0)),
        MAX(r.median_residual)
    INTO n, mean_hour, squares, products, spread
    FROM (SELECT q.hour, q.residual, LAG(q.hour) OVER (ORDER BY q.hour) AS hour_before, LAG(q.residual) OVER (ORDER BY q.hour) AS residual_before,
              MEDIAN(ABS(q.residual)) OVER () AS median_residual
          FROM (SELECT t.hour, t.distance - IF(now_hour - t.hour < age, height * POW((age - (now_hour - t.hour)) / age, power), 0) AS residual
                FROM JSON_TABLE(beyond, '$[*]' COLUMNS (hour INT PATH '$.hour', distance DOUBLE PATH '$.distance')) AS t) AS q) AS r;
    SELECT SUM((t.hour - now_hour - mean_hour) * (t.hour - now_hour - mean_hour)) INTO time_squares
    FROM JSON_TABLE(beyond, '$[*]' COLUMNS (hour INT PATH '$.hour')) AS t;

    SET autocorrelation = GREATEST(usual, IF(squares <= 0 OR n < 8, 0, LEAST(0.95e0, GREATEST(0, (products / squares * n + 2) / (n - 4))))),
        inflation = (1 + autocorrelation) / (1 - autocorrelation),
        freedom = GREATEST(n / inflation - 2, 1);
    RETURN JSON_OBJECT(
        'p_value', ecart_student_upper_tail(slope / (GREATEST(1.4826e0 * spread, 1e-9) * SQRT(inflation / time_squares)), freedom) + 0e0,
        'autocorrelation', autocorrelation + 0e0);
END$$

-- Each curve is weighted by how well it fits, and asked when it is critical. 1e300 stands for never. The interval is wider by a tenth, the
-- resolution of the grid.
CREATE OR REPLACE FUNCTION ecart_hours_left(
    curves JSON, hours INT, critical DOUBLE, autocorrelation DOUBLE, horizon DOUBLE, interval_of DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Hours until the excess is critical: {hours, at_least, at_most, within_horizon}'
RETURN (
    WITH c AS (SELECT t.* FROM JSON_TABLE(curves, '$[*]' COLUMNS (
             age DOUBLE PATH '$.age', power DOUBLE PATH '$.power', height DOUBLE PATH '$.height', square DOUBLE PATH '$.square',
             error DOUBLE PATH '$.error')) AS t),
         least AS (SELECT MIN(c.error) AS error, GREATEST(MIN(c.error) / hours, 1e-12) * (1 + autocorrelation) / (1 - autocorrelation) AS variance FROM c),
         predicted AS (
             SELECT c.age, c.power, c.height + d.deviation * SQRT(l.variance / c.square) AS height,
                 EXP(-0.5e0 * (c.error - l.error) / l.variance) * EXP(-0.5e0 * d.deviation * d.deviation) AS weight
             FROM c JOIN least l
             JOIN JSON_TABLE('[-1.5, -0.75, 0, 0.75, 1.5]', '$[*]' COLUMNS (deviation DOUBLE PATH '$')) AS d),
         hours_left AS (
             SELECT p.weight, CASE WHEN p.height <= 0 THEN 1e300
                 WHEN p.height >= critical THEN 0
                 ELSE p.age * (POW(critical / p.height, 1 / p.power) - 1) END AS hours_of
             FROM predicted p),
         summed AS (SELECT q.hours_of, q.weight, SUM(q.weight) OVER (ORDER BY q.hours_of ROWS UNBOUNDED PRECEDING) AS below FROM hours_left q),
         everything AS (SELECT SUM(q.weight) AS weight, SUM(IF(q.hours_of <= horizon, q.weight, 0)) AS within_horizon FROM hours_left q)
    SELECT JSON_OBJECT(
        'hours', MIN(IF(s.below >= 0.5e0 * e.weight, s.hours_of, NULL)) + 0e0,
        'at_least', 0.9e0 * MIN(IF(s.below >= (1 - interval_of) / 2 * e.weight, s.hours_of, NULL)),
        'at_most', 1.1e0 * MIN(IF(s.below >= (1 + interval_of) / 2 * e.weight, s.hours_of, NULL)),
        'within_horizon', MIN(e.within_horizon / e.weight) + 0e0)
    FROM summed s JOIN everything e)$$

CREATE OR REPLACE FUNCTION ecart_drift(
    settings JSON, profile ROW TYPE OF iot_device_profiles, now_hour INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'What the hours up to one say of a signal: {fitted, slope, p_value, is_significant, is_in_sight, hours, at_least, at_most}'
BEGIN
    DECLARE hours JSON DEFAULT ecart_hourly_distances(
        profile.device_id, profile.signal_name, profile.embedding_version, profile.last_calibration,
        now_hour - JSON_VALUE(settings, '$.outlook.window_hours') + 1, now_hour);
    DECLARE level DOUBLE DEFAULT COALESCE(profile.baseline_distance, 0);
    DECLARE recent_hours INT DEFAULT JSON_VALUE(settings, '$.outlook.recent_hours');
    DECLARE far DOUBLE DEFAULT profile.critical_distance - level;
    DECLARE beyond, significance, curves, hours_left JSON;
    DECLARE recent, slope DOUBLE;
    DECLARE is_significant BOOLEAN;

    SET beyond = (
        SELECT JSON_ARRAYAGG(JSON_OBJECT('hour', t.hour, 'distance', t.distance - level
            - COALESCE(JSON_VALUE(profile.distance_effects, CONCAT('$[', MOD(t.hour, 24), ']')), 0)) ORDER BY t.hour)
        FROM JSON_TABLE(hours, '$[*]' COLUMNS (hour INT PATH '$.hour', distance DOUBLE PATH '$.distance')) AS t);
    SET recent = ecart_recent_excess(beyond, now_hour, recent_hours, 0);
    IF recent IS NULL THEN RETURN JSON_OBJECT('is_significant', FALSE, 'is_in_sight', FALSE); END IF;
    IF profile.baseline_distance IS NOT NULL AND far > 0 AND recent >= JSON_VALUE(settings, '$.outlook.least_level') * far THEN
        SET slope = ecart_distance_slope(hours);
    END IF;
    IF slope IS NULL THEN RETURN JSON_OBJECT('fitted', level + recent + 0e0, 'is_significant', FALSE, 'is_in_sight', FALSE); END IF;

    SET curves = ecart_growth_curves(beyond, now_hour),
        significance = ecart_slope_significance(beyond, now_hour, slope, profile.distance_autocorrelation, curves),
        is_significant = slope > 0 AND JSON_VALUE(significance, '$.p_value') < JSON_VALUE(settings, '$.outlook.significance') + 0e0;
    IF is_significant THEN
        SET hours_left = ecart_hours_left(
            curves, JSON_LENGTH(beyond), far, JSON_VALUE(significance, '$.autocorrelation'),
            JSON_VALUE(settings, '$.outlook.horizon_hours'), JSON_VALUE(settings, '$.outlook.interval'));
    END IF;
    RETURN JSON_MERGE_PATCH(
        JSON_OBJECT(
            'fitted', level + ecart_recent_excess(beyond, now_hour, recent_hours, IF(is_significant, slope, 0e0)) + 0e0, 'slope', slope + 0e0,
            'p_value', JSON_VALUE(significance, '$.p_value') + 0e0, 'is_significant', is_significant,
            'is_in_sight', COALESCE(
                is_significant AND JSON_VALUE(hours_left, '$.hours') <= JSON_VALUE(settings, '$.outlook.horizon_hours') + 0e0
                AND JSON_VALUE(hours_left, '$.within_horizon') >= JSON_VALUE(settings, '$.outlook.certainty') + 0e0, FALSE)),
        COALESCE(hours_left, '{}'));
END$$

CREATE OR REPLACE FUNCTION ecart_share(value DOUBLE, from_value DOUBLE, to_value DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'How far a value has come from one to another, 0 to 1'
RETURN IF(to_value > from_value, LEAST(1, GREATEST(0, (value - from_value) / (to_value - from_value))), 1)$$

-- The hour of as_of is not over: the last hour before it counts.
CREATE OR REPLACE FUNCTION signal_outlook(
    device VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, signal_of VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    as_of DATETIME(6))
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'How a signal of a device is doing and when it will fail; NULL for one without a profile. as_of NULL: its newest measurement'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('iot');
    DECLARE profile ROW TYPE OF iot_device_profiles;
    DECLARE before_hour, now_hour INT;
    DECLARE drift, before_drift JSON;
    DECLARE fitted DOUBLE;
    DECLARE is_confirmed, is_in_sight BOOLEAN;
    DECLARE status VARCHAR(16);

    SELECT * INTO profile FROM iot_device_profiles p WHERE p.device_id = device AND p.signal_name = signal_of;
    IF profile.device_id IS NULL OR signal_of = '' THEN RETURN NULL; END IF;
    SET before_hour = TIMESTAMPDIFF(HOUR, '1970-01-01', COALESCE(as_of, (
        SELECT MAX(i.occurred_at) FROM iot_measurements i WHERE i.device_id = device AND i.signal_name = signal_of AND NOT i.is_late)));
    SET now_hour = (
        SELECT TIMESTAMPDIFF(HOUR, '1970-01-01', MAX(i.occurred_at)) FROM iot_measurements i
        WHERE i.device_id = device AND i.signal_name = signal_of AND NOT i.is_late
          AND i.occurred_at < '1970-01-01' + INTERVAL before_hour HOUR);
    SET drift = IF(now_hour IS NULL, '{}', ecart_drift(settings, profile, now_hour)),
        fitted = JSON_VALUE(drift, '$.fitted'),
        is_confirmed = COALESCE(JSON_VALUE(drift, '$.is_significant'), FALSE),
        is_in_sight = COALESCE(JSON_VALUE(drift, '$.is_in_sight'), FALSE);
    IF is_confirmed AND JSON_VALUE(settings, '$.outlook.confirm_hours') > 0 THEN
        SET before_drift = ecart_drift(settings, profile, now_hour - JSON_VALUE(settings, '$.outlook.confirm_hours')),
            is_confirmed = JSON_VALUE(before_drift, '$.is_significant'),
            is_in_sight = is_in_sight AND is_confirmed AND JSON_VALUE(before_drift, '$.is_in_sight');
    END IF;
    SET status = CASE
        WHEN fitted >= profile.critical_distance THEN 'CRITICAL'
        WHEN fitted >= profile.warning_distance THEN 'WARNING'
        WHEN fitted IS NOT NULL AND is_confirmed THEN 'DEGRADING'
        ELSE 'NORMAL'
    END;
    RETURN JSON_OBJECT(
        'status', status, 'fitted', fitted + 0e0,
        'score', CASE status
            WHEN 'CRITICAL' THEN 0.8e0 + 0.2e0 * ecart_share(
                fitted, profile.critical_distance, 2 * profile.critical_distance - COALESCE(profile.baseline_distance, 0))
            WHEN 'WARNING' THEN 0.5e0 + 0.3e0 * ecart_share(fitted, profile.warning_distance, profile.critical_distance)
            WHEN 'DEGRADING' THEN 0.3e0 + 0.2e0 * ecart_share(fitted, COALESCE(profile.baseline_distance, 0), profile.warning_distance)
            ELSE 0e0
        END,
        'baseline', profile.baseline_distance + 0e0,
        'ratio', IF(profile.baseline_distance > 0, fitted / profile.baseline_distance, NULL),
        'slope_per_hour', JSON_VALUE(drift, '$.slope') + 0e0, 'p_value', JSON_VALUE(drift, '$.p_value') + 0e0,
        'hours_to_failure', CASE WHEN status = 'CRITICAL' THEN 0e0 WHEN is_in_sight THEN JSON_VALUE(drift, '$.hours') + 0e0 END,
        'hours_at_least', CASE WHEN status = 'CRITICAL' THEN 0e0 WHEN is_in_sight THEN JSON_VALUE(drift, '$.at_least') + 0e0 END,
        'hours_at_most', CASE WHEN status = 'CRITICAL' THEN 0e0
            WHEN is_in_sight AND JSON_VALUE(drift, '$.at_most') <= 1e6 THEN JSON_VALUE(drift, '$.at_most') + 0e0 END);
END$$

CREATE OR REPLACE PROCEDURE device_outlook(IN device VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, IN as_of DATETIME(6))
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'How the signals of a device are doing and when each will fail, the worst first. as_of NULL: now, as far as was measured'
BEGIN
    DECLARE message VARCHAR(512) DEFAULT CONCAT('No device has a profile under the name ', COALESCE(QUOTE(device), 'NULL'), '.');
    IF NOT EXISTS (SELECT * FROM iot_device_profiles p WHERE p.device_id = device) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = message;
    END IF;
    SELECT device AS device_id, q.signal_name, o.status, o.hours_to_failure, o.hours_at_least, o.hours_at_most, o.fitted AS distance_now,
        q.warning_distance, q.critical_distance, o.baseline AS baseline_distance, o.ratio, o.slope_per_hour, o.p_value, o.score
    FROM (SELECT p.signal_name, p.warning_distance, p.critical_distance, signal_outlook(device, p.signal_name, as_of) AS outlook
          FROM iot_device_profiles p WHERE p.device_id = device AND p.signal_name <> '') AS q
    JOIN JSON_TABLE(q.outlook, '$' COLUMNS (
        status VARCHAR(16) PATH '$.status', fitted DOUBLE PATH '$.fitted', score DOUBLE PATH '$.score', baseline DOUBLE PATH '$.baseline',
        ratio DOUBLE PATH '$.ratio', slope_per_hour DOUBLE PATH '$.slope_per_hour', p_value DOUBLE PATH '$.p_value',
        hours_to_failure DOUBLE PATH '$.hours_to_failure', hours_at_least DOUBLE PATH '$.hours_at_least',
        hours_at_most DOUBLE PATH '$.hours_at_most')) AS o
    ORDER BY o.score DESC, q.signal_name;
END$$

DELIMITER ;
