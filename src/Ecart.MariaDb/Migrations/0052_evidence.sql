-- The detectors of the transactions domain, as functions of plain numbers. Each gives one piece of evidence as JSON, or NULL
-- when it has none. They read no table, so they can be tried with any numbers; 0055 gathers the real ones.
--
-- The sentences are those of the program (EvidenceText), so that a reader cannot tell which of the two scored.
--
-- A local variable or parameter goes into JSON_OBJECT as "+ 0e0": the server writes a bare one as a string.

DELIMITER $$

CREATE OR REPLACE FUNCTION ecart_evidence(
    code VARCHAR(64), contribution DOUBLE, observed DOUBLE, expected DOUBLE, threshold DOUBLE, significance DOUBLE,
    subject VARCHAR(255), detail TEXT)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'One piece of evidence'
RETURN JSON_OBJECT(
    'code', code, 'contribution', contribution + 0e0, 'observed', observed + 0e0, 'expected', expected + 0e0,
    'threshold', threshold + 0e0, 'significance', significance + 0e0, 'subject', subject, 'detail', detail)$$

CREATE OR REPLACE FUNCTION ecart_entity_distance(
    settings JSON, distance DOUBLE, distance_mean DOUBLE, distance_std DOUBLE, type_of_entity VARCHAR(16))
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Distance from an entity''s usual behaviour, in its own standard deviations; of an account when no type is given'
BEGIN
    DECLARE sigma DOUBLE DEFAULT ecart_floor_sigma(distance_std, distance_mean, settings);
    DECLARE z DOUBLE DEFAULT (distance - distance_mean) / sigma;
    DECLARE z_threshold DOUBLE DEFAULT JSON_VALUE(settings, '$.behavior_distance.z_threshold');
    IF z IS NULL OR z <= z_threshold THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'behavior_distance',
        LEAST((z - z_threshold) / JSON_VALUE(settings, '$.behavior_distance.scale'),
              JSON_VALUE(settings, '$.behavior_distance.maximum') + 0e0),
        distance, distance_mean, distance_mean + z_threshold * sigma, z, type_of_entity,
        CONCAT('Behaviour is ', ROUND(z, 1), ' standard deviations from this ', COALESCE(type_of_entity, 'account'), '''s usual (distance ', ROUND(distance, 3),
               ', usual ', ROUND(distance_mean, 3), ').'));
END$$

CREATE OR REPLACE FUNCTION ecart_behavior_distance(settings JSON, distance DOUBLE, distance_mean DOUBLE, distance_std DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Distance from the account''s usual behaviour, in its own standard deviations'
RETURN ecart_entity_distance(settings, distance, distance_mean, distance_std, NULL)$$

CREATE OR REPLACE FUNCTION ecart_amount_anomaly(settings JSON, amount DOUBLE, mean_log_amount DOUBLE, std_log_amount DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Amount against the account''s own, on ln(1 + amount)'
BEGIN
    DECLARE sigma DOUBLE DEFAULT ecart_floor_sigma(std_log_amount, mean_log_amount, settings);
    DECLARE z DOUBLE DEFAULT (LN(1 + amount) - mean_log_amount) / sigma;
    DECLARE z_threshold DOUBLE DEFAULT JSON_VALUE(settings, '$.amount_anomaly.z_threshold');
    IF z IS NULL OR z <= z_threshold THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'amount_anomaly',
        LEAST((z - z_threshold) / JSON_VALUE(settings, '$.amount_anomaly.scale'),
              JSON_VALUE(settings, '$.amount_anomaly.maximum') + 0e0),
        amount, EXP(mean_log_amount) - 1, EXP(mean_log_amount + z_threshold * sigma) - 1, z, NULL,
        CONCAT('Amount ', ROUND(amount, 2), ' is ', ROUND(z, 1), ' standard deviations above this account''s usual ',
               ROUND(EXP(mean_log_amount) - 1, 2), '.'));
END$$

-- The expectation is a Gamma prior updated by the hours seen (a weighted mean), so it is never 0.
CREATE OR REPLACE FUNCTION ecart_velocity(settings JSON, earlier INT, hour_count DOUBLE, days_observed DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'More transactions shortly before than the account''s own rhythm explains'
BEGIN
    DECLARE prior_days DOUBLE DEFAULT JSON_VALUE(settings, '$.velocity.prior_days');
    DECLARE expected DOUBLE DEFAULT
        (hour_count + JSON_VALUE(settings, '$.velocity.prior_hourly_rate') * prior_days) / (days_observed + prior_days)
        * JSON_VALUE(settings, '$.velocity.window_minutes') / 60;
    DECLARE probability DOUBLE DEFAULT poisson_upper_tail(earlier, expected);
    DECLARE exponent INT DEFAULT FLOOR(LOG10(GREATEST(probability, 1e-300)));
    IF probability >= JSON_VALUE(settings, '$.velocity.rare') THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'velocity',
        IF(probability < JSON_VALUE(settings, '$.velocity.very_rare'),
           JSON_VALUE(settings, '$.velocity.very_rare_contribution'),
           JSON_VALUE(settings, '$.velocity.rare_contribution')),
        earlier, expected, NULL, probability, NULL,
        CONCAT(earlier, ' earlier transactions shortly before where ', ROUND(expected, 2), ' are expected (chance ',
               ROUND(probability / POW(10, exponent), 1), 'E-', LPAD(-exponent, 3, '0'), ').'));
END$$

CREATE OR REPLACE FUNCTION ecart_impossible_travel(
    settings JSON, minutes DOUBLE,
    latitude1 DOUBLE, longitude1 DOUBLE, country1 CHAR(2) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    latitude2 DOUBLE, longitude2 DOUBLE, country2 CHAR(2) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The card in two places: by speed where both positions are known, else by country'
BEGIN
    DECLARE kilometres DOUBLE DEFAULT haversine_km(latitude1, longitude1, latitude2, longitude2);
    DECLARE speed DOUBLE DEFAULT kilometres / GREATEST(minutes, 1) * 60;
    DECLARE maximum_kmh DOUBLE DEFAULT JSON_VALUE(settings, '$.impossible_travel.maximum_kmh');
    DECLARE country_minutes DOUBLE DEFAULT JSON_VALUE(settings, '$.impossible_travel.country_minutes');
    IF kilometres IS NOT NULL THEN
        IF kilometres < JSON_VALUE(settings, '$.impossible_travel.minimum_km') OR speed <= maximum_kmh THEN RETURN NULL; END IF;
        RETURN ecart_evidence(
            'impossible_travel', JSON_VALUE(settings, '$.impossible_travel.contribution'),
            speed, kilometres, maximum_kmh, minutes, NULL,
            CONCAT('The card was present ', ROUND(kilometres), ' km away ', ROUND(minutes), ' minutes before: ',
                   ROUND(speed), ' km/h.'));
    END IF;
    IF country1 IS NULL OR country2 IS NULL OR country1 = country2 OR minutes >= country_minutes THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'impossible_travel', JSON_VALUE(settings, '$.impossible_travel.contribution'),
        NULL, NULL, country_minutes, minutes, NULL,
        CONCAT('The card was present in another country ', ROUND(minutes), ' minutes before.'));
END$$

CREATE OR REPLACE FUNCTION ecart_amount_limit(settings JSON, code VARCHAR(64), amount DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'An amount above the limit named by its code: high_amount or very_high_amount'
BEGIN
    DECLARE amount_limit DOUBLE DEFAULT JSON_VALUE(settings, CONCAT('$.', code, '.threshold'));
    IF amount IS NULL OR amount <= amount_limit THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        code, JSON_VALUE(settings, CONCAT('$.', code, '.contribution')), amount, NULL, amount_limit, NULL, NULL,
        CONCAT('Amount ', ROUND(amount, 2), IF(code = 'high_amount', ' is above ', ' is even above '), ROUND(amount_limit), '.'));
END$$

CREATE OR REPLACE FUNCTION ecart_night_activity(settings JSON, local_hour INT)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Activity in the night of local time'
BEGIN
    DECLARE from_hour INT DEFAULT JSON_VALUE(settings, '$.night_activity.from_hour');
    DECLARE to_hour INT DEFAULT JSON_VALUE(settings, '$.night_activity.to_hour');
    IF local_hour IS NULL OR local_hour NOT BETWEEN from_hour AND to_hour THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'night_activity', JSON_VALUE(settings, '$.night_activity.contribution'), local_hour, NULL, from_hour, NULL, NULL,
        CONCAT('Local time is ', LPAD(local_hour, 2, '0'), ' o''clock, at night.'));
END$$

CREATE OR REPLACE FUNCTION ecart_entity_history(
    settings JSON, subject VARCHAR(16), events DOUBLE, frauds DOUBLE, domain_events DOUBLE, domain_frauds DOUBLE)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Confirmed fraud at a merchant, device or address against the rate of the domain'
BEGIN
    DECLARE prior_strength DOUBLE DEFAULT JSON_VALUE(settings, '$.entity_history.prior_strength');
    DECLARE shrinkage DOUBLE DEFAULT JSON_VALUE(settings, '$.entity_history.shrinkage');
    DECLARE domain_rate DOUBLE DEFAULT
        (domain_frauds + JSON_VALUE(settings, '$.entity_history.prior_rate') * prior_strength) / (domain_events + prior_strength);
    DECLARE entity_rate DOUBLE DEFAULT (frauds + shrinkage * domain_rate) / (events + shrinkage);
    DECLARE contribution DOUBLE DEFAULT JSON_VALUE(settings, '$.entity_history.maximum')
        * LEAST(1, (entity_rate - domain_rate) / JSON_VALUE(settings, '$.entity_history.scale'));
    IF contribution IS NULL OR contribution <= 0 THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'entity_history', contribution, frauds, events * domain_rate, NULL, entity_rate, subject,
        CONCAT('The ', subject, ' has ', ROUND(frauds), ' confirmed frauds where ', ROUND(events * domain_rate, 2),
               ' are expected (rate ', ROUND(100 * entity_rate, 1), ' %).'));
END$$

DELIMITER ;
