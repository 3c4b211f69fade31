-- The mathematics that the routines share. Nothing here reads a table.

DELIMITER $$

-- A stored float of four zero bytes is 0: appending such bytes appends dimensions and changes no Euclidean distance.
CREATE OR REPLACE FUNCTION ecart_pad(embedding BLOB)
RETURNS VECTOR(256)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'A vector of at most 256 floats, filled with zeros to 256; NULL for NULL'
RETURN CONCAT(embedding, REPEAT(CHAR(0), 1024 - LENGTH(embedding)))$$

CREATE OR REPLACE FUNCTION ecart_is_zero(embedding BLOB)
RETURNS BOOLEAN
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Whether a vector has no direction'
RETURN VEC_DISTANCE_EUCLIDEAN(ecart_pad(embedding), ecart_pad('')) = 0$$

CREATE OR REPLACE FUNCTION ecart_floor_sigma(sigma DOUBLE, mean DOUBLE, settings JSON)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Standard deviation, never so small that the most regular entity explodes'
RETURN GREATEST(
    COALESCE(sigma, 0),
    JSON_VALUE(settings, '$.profile.sigma_floor_ratio') * ABS(mean),
    JSON_VALUE(settings, '$.profile.sigma_floor') + 0e0)$$

-- ROUND of a DOUBLE rounds halves to even; the program rounds them away from zero, and so does this.
CREATE OR REPLACE FUNCTION ecart_round_score(score DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'A score, 0 or more, rounded to 6 decimals'
RETURN FLOOR(score * 1e6 + 0.5e0) / 1e6$$

-- P(X >= k) for X ~ Poisson(lambda).
--   k <= 0:       1.
--   k <= lambda:  1 - (P(k - 1) + P(k - 2) + ...), downwards by factors i / lambda.
--   k >  lambda:  P(k) + P(k + 1) + ..., upwards by factors lambda / i. The far tail is summed itself: 1 - cdf would be 0
--                 below 1e-16.
-- P(i) = exp(-lambda + i ln(lambda) - ln(i!)) begins either sum, which ends at a term below 1e-17 of the sum or after 10,000.
CREATE OR REPLACE FUNCTION poisson_upper_tail(k INT, lambda DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'P(X >= k) for X ~ Poisson(lambda), lambda > 0; NULL for other lambda'
BEGIN
    DECLARE is_upper BOOLEAN DEFAULT k > lambda;
    DECLARE first INT DEFAULT IF(is_upper, k, k - 1);
    DECLARE i INT DEFAULT 2;
    DECLARE log_factorial, term, total DOUBLE DEFAULT 0;

    IF k <= 0 THEN RETURN 1; END IF;
    IF k IS NULL OR lambda IS NULL OR lambda <= 0 THEN RETURN NULL; END IF;
    WHILE i <= first DO
        SET log_factorial = log_factorial + LN(i), i = i + 1;
    END WHILE;
    SET term = EXP(-lambda + first * LN(lambda) - log_factorial), total = term, i = first;
    IF is_upper THEN
        WHILE term > 1e-17 * total AND i < first + 10000 DO
            SET i = i + 1, term = term * lambda / i, total = total + term;
        END WHILE;
        RETURN LEAST(1, total);
    END IF;
    WHILE term > 1e-17 * total AND i > 0 DO
        SET term = term * i / lambda, total = total + term, i = i - 1;
    END WHILE;
    RETURN GREATEST(0, 1 - total);
END$$

CREATE OR REPLACE FUNCTION haversine_km(latitude1 DOUBLE, longitude1 DOUBLE, latitude2 DOUBLE, longitude2 DOUBLE)
RETURNS DOUBLE
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Great-circle distance in km of two positions in degrees, on a sphere of radius 6371.0088 km'
BEGIN
    DECLARE sin_phi DOUBLE DEFAULT SIN(RADIANS(latitude2 - latitude1) / 2);
    DECLARE sin_lambda DOUBLE DEFAULT SIN(RADIANS(longitude2 - longitude1) / 2);
    RETURN 2 * 6371.0088e0 * ASIN(LEAST(1, SQRT(
        sin_phi * sin_phi + COS(RADIANS(latitude1)) * COS(RADIANS(latitude2)) * sin_lambda * sin_lambda)));
END$$

DELIMITER ;
