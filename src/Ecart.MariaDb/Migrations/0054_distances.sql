-- The three distance methods. Of each a function for any vector, which gives JSON with every number, and a procedure for one
-- stored transaction, which gives the same as a row. score and is_anomalous are NULL where there is no opinion, and
-- no_opinion says why.
--
-- The functions take VECTOR(128), so the server refuses a vector of another dimension; VEC_DISTANCE would give NULL.

DELIMITER $$

CREATE OR REPLACE PROCEDURE ecart_refuse_unknown(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'The error for a transaction_id that is not stored'
BEGIN
    DECLARE message VARCHAR(512) DEFAULT CONCAT('No transaction has transaction_id ', COALESCE(QUOTE(id), 'NULL'), '.');
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = message;
END$$

CREATE OR REPLACE FUNCTION profile_distance(
    account VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(128), version INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Distance of a vector to the centroid of an account, against the account''s own mean + 3 sigma'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('transactions');
    DECLARE sigmas DOUBLE DEFAULT JSON_VALUE(settings, '$.profile_distance.sigmas');
    DECLARE profile ROW TYPE OF account_spending_profiles;
    DECLARE distance, sigma, threshold DOUBLE;
    DECLARE no_opinion VARCHAR(64);

    SELECT * INTO profile FROM account_spending_profiles p WHERE p.account_id = account;
    SET no_opinion = CASE
        WHEN embedding IS NULL THEN 'no vector'
        WHEN profile.account_id IS NULL THEN 'no profile'
        WHEN profile.embedding_version <> version THEN 'profile of another embedding version'
        WHEN profile.observation_count < JSON_VALUE(settings, '$.profile.minimum_observations') THEN 'too few observations'
        WHEN profile.distance_mean IS NULL THEN 'no distance measured yet'
        WHEN ecart_is_zero(profile.centroid) OR ecart_is_zero(embedding) THEN 'zero vector'
    END;
    IF profile.embedding_version = version THEN
        SET distance = VEC_DISTANCE_EUCLIDEAN(profile.centroid, embedding),
            sigma = ecart_floor_sigma(profile.distance_std, profile.distance_mean, settings),
            threshold = profile.distance_mean + sigmas * sigma;
    END IF;
    RETURN JSON_OBJECT(
        'distance', distance + 0e0, 'mean', profile.distance_mean + 0e0, 'sigma', sigma + 0e0, 'threshold', threshold + 0e0,
        'observations', profile.observation_count + 0,
        'score', IF(no_opinion IS NULL, LEAST(1, GREATEST(0, (distance - profile.distance_mean) / (sigmas * sigma))), NULL),
        'is_anomalous', IF(no_opinion IS NULL, distance > threshold, NULL),
        'no_opinion', no_opinion);
END$$

-- Normal means: a person said so, or nobody said anything and it was not flagged.
CREATE OR REPLACE FUNCTION knn_distance(
    account VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(128), version INT,
    at DATETIME(6), before_seq BIGINT UNSIGNED)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Mean distance of a vector to the nearest normal transactions of an account; before_seq NULL: all of them'
BEGIN
    DECLARE settings JSON DEFAULT ecart_settings('transactions');
    DECLARE neighbours INT DEFAULT JSON_VALUE(settings, '$.knn.neighbours');
    DECLARE from_time DATETIME(6) DEFAULT at - INTERVAL JSON_VALUE(settings, '$.profile.window_days') DAY;
    DECLARE profile ROW TYPE OF account_spending_profiles;
    DECLARE candidates INT;
    DECLARE distance, sigma, threshold DOUBLE;
    DECLARE no_opinion VARCHAR(64);

    SELECT COUNT(*), AVG(IF(near.place <= neighbours, near.distance, NULL)) INTO candidates, distance
    FROM (SELECT ordered.distance, ROW_NUMBER() OVER (ORDER BY ordered.distance) AS place
          FROM (SELECT VEC_DISTANCE_EUCLIDEAN(t.embedding, embedding) AS distance
                FROM financial_transactions t
                WHERE t.account_id = account AND t.occurred_at > from_time AND t.occurred_at <= at
                  AND (before_seq IS NULL OR t.seq < before_seq)
                  AND t.embedding_version = version AND NOT t.is_late
                  AND NOT COALESCE(t.is_confirmed_fraud, t.is_flagged)) AS ordered) AS near;
    SELECT * INTO profile FROM account_spending_profiles p
    WHERE p.account_id = account AND p.embedding_version = version AND p.knn_distance_mean IS NOT NULL;

    SET sigma = ecart_floor_sigma(profile.knn_distance_std, profile.knn_distance_mean, settings),
        threshold = COALESCE(
            profile.knn_distance_mean + JSON_VALUE(settings, '$.knn.sigmas') * sigma,
            IF(version <= 100, JSON_VALUE(settings, '$.knn.absolute_threshold'), NULL)),
        no_opinion = CASE
            WHEN embedding IS NULL THEN 'no vector'
            WHEN ecart_is_zero(embedding) THEN 'zero vector'
            WHEN candidates < JSON_VALUE(settings, '$.knn.minimum_candidates') THEN 'too few normal transactions'
            WHEN threshold IS NULL THEN 'no scale known for a learned embedding'
        END;
    RETURN JSON_OBJECT(
        'distance', distance + 0e0, 'mean', profile.knn_distance_mean + 0e0, 'sigma', sigma + 0e0, 'threshold', threshold + 0e0,
        'candidates', candidates + 0,
        'score', IF(no_opinion IS NULL, 0.5e0 * LEAST(2, distance / threshold), NULL),
        'is_anomalous', IF(no_opinion IS NULL, distance > threshold, NULL),
        'no_opinion', no_opinion);
END$$

CREATE OR REPLACE PROCEDURE profile_distance(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Profile distance of a stored transaction, as one row'
BEGIN
    DECLARE event ROW TYPE OF financial_transactions;
    SELECT * INTO event FROM financial_transactions t WHERE t.transaction_id = id LIMIT 1;
    IF event.transaction_id IS NULL THEN CALL ecart_refuse_unknown(id); END IF;
    SELECT id AS transaction_id, event.account_id AS account_id, result.*
    FROM JSON_TABLE(
        profile_distance(event.account_id, event.embedding, event.embedding_version),
        '$' COLUMNS (
            distance DOUBLE PATH '$.distance', mean DOUBLE PATH '$.mean', sigma DOUBLE PATH '$.sigma',
            threshold DOUBLE PATH '$.threshold', observations INT PATH '$.observations', score DOUBLE PATH '$.score',
            is_anomalous BOOLEAN PATH '$.is_anomalous', no_opinion VARCHAR(64) PATH '$.no_opinion')) AS result;
END$$

CREATE OR REPLACE PROCEDURE knn_distance(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Nearest-neighbour distance of a stored transaction to those before it, as one row'
BEGIN
    DECLARE event ROW TYPE OF financial_transactions;
    SELECT * INTO event FROM financial_transactions t WHERE t.transaction_id = id LIMIT 1;
    IF event.transaction_id IS NULL THEN CALL ecart_refuse_unknown(id); END IF;
    SELECT id AS transaction_id, event.account_id AS account_id, result.*
    FROM JSON_TABLE(
        knn_distance(event.account_id, event.embedding, event.embedding_version, event.occurred_at, event.seq),
        '$' COLUMNS (
            distance DOUBLE PATH '$.distance', mean DOUBLE PATH '$.mean', sigma DOUBLE PATH '$.sigma',
            threshold DOUBLE PATH '$.threshold', candidates INT PATH '$.candidates', score DOUBLE PATH '$.score',
            is_anomalous BOOLEAN PATH '$.is_anomalous', no_opinion VARCHAR(64) PATH '$.no_opinion')) AS result;
END$$

CREATE OR REPLACE PROCEDURE cluster_distance(IN id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Nearest cluster of a stored transaction, as one row; NULLs where no cluster can be compared'
BEGIN
    DECLARE event ROW TYPE OF financial_transactions;
    SELECT * INTO event FROM financial_transactions t WHERE t.transaction_id = id LIMIT 1;
    IF event.transaction_id IS NULL THEN CALL ecart_refuse_unknown(id); END IF;
    SELECT id AS transaction_id, event.account_id AS account_id, result.*
    FROM JSON_TABLE(
        COALESCE(cluster_distance('transactions', ecart_pad(event.embedding), event.embedding_version), '{}'),
        '$' COLUMNS (
            cluster VARCHAR(128) PATH '$.cluster', distance DOUBLE PATH '$.distance', radius DOUBLE PATH '$.radius',
            margin DOUBLE PATH '$.margin', label VARCHAR(16) PATH '$.label')) AS result;
END$$

DELIMITER ;
