-- Evidence from the patterns that people and training have set: clusters, signatures, exceptions. An exact scan decides: a
-- vector index cannot answer "distance <= radius". Vectors of another embedding_version are never compared.

DELIMITER $$

-- NULL, no opinion, when the domain has no active cluster of this version, and for a vector without direction.
CREATE OR REPLACE FUNCTION cluster_distance(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(256), version INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Nearest cluster of a vector: margin (distance - radius), distance, radius, cluster, label'
RETURN (
    SELECT JSON_OBJECT(
        'cluster', nearest.name, 'distance', nearest.distance, 'radius', nearest.radius,
        'margin', nearest.distance - nearest.radius,
        'label', IF(nearest.distance <= nearest.radius, 'INSIDE_CLUSTER', 'OUTSIDE_CLUSTER'))
    FROM (SELECT c.cluster_id, c.name, c.radius, VEC_DISTANCE_EUCLIDEAN(c.centroid, embedding) AS distance
          FROM behavior_clusters c
          WHERE c.domain = domain_name AND c.active AND c.embedding_version = version) AS nearest
    WHERE nearest.distance IS NOT NULL AND NOT ecart_is_zero(embedding)
    ORDER BY nearest.distance - nearest.radius, nearest.cluster_id
    LIMIT 1)$$

CREATE OR REPLACE FUNCTION ecart_outside_clusters(
    settings JSON, domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(256), version INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Evidence of lying outside every cluster'
BEGIN
    DECLARE nearest JSON DEFAULT cluster_distance(domain_name, embedding, version);
    DECLARE margin DOUBLE DEFAULT JSON_VALUE(nearest, '$.margin');
    IF margin IS NULL OR margin <= 0 THEN RETURN NULL; END IF;
    RETURN ecart_evidence(
        'outside_clusters',
        -- Vectors of layouts have length 1; those of learned models, versions above 100, any: then the cluster's own radius is the scale.
        LEAST(margin / IF(version > 100 AND JSON_VALUE(nearest, '$.radius') > 0, JSON_VALUE(nearest, '$.radius'), JSON_VALUE(settings, '$.clusters.scale')),
              JSON_VALUE(settings, '$.clusters.maximum') + 0e0),
        margin, NULL, 0, NULL, JSON_VALUE(nearest, '$.cluster'),
        CONCAT('Outside every usual behaviour by ', ROUND(margin, 3), '; the nearest is ''', JSON_VALUE(nearest, '$.cluster'),
               '''.'));
END$$

CREATE OR REPLACE FUNCTION ecart_signature(
    settings JSON, domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, embedding VECTOR(256), version INT)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Evidence of a known threat: of those whose radius holds the vector the worst, then the nearest'
RETURN (
    SELECT ecart_evidence(
        'signature', JSON_VALUE(settings, CONCAT('$.signature.', found.severity)),
        found.distance, NULL, found.radius, NULL, found.name,
        CONCAT('Resembles the known threat ''', found.name, ''' (distance ', ROUND(found.distance, 3), ', radius ',
               ROUND(found.radius, 3), ').'))
    FROM (SELECT s.signature_id, s.name, s.severity, s.radius, VEC_DISTANCE_EUCLIDEAN(s.`vector`, embedding) AS distance
          FROM threat_signatures s
          WHERE (s.domain IS NULL OR s.domain = domain_name) AND s.active AND s.embedding_version = version) AS found
    WHERE found.distance <= found.radius
    ORDER BY found.severity + 0 DESC, IF(found.radius > 0, found.distance / found.radius, 0), found.signature_id
    LIMIT 1)$$

-- An exception with a rule_expression never matches here: the program that compiles rules says so in suppressed_by.
CREATE OR REPLACE FUNCTION match_exception(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    type_of_entity VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    id_of_entity VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    embedding VECTOR(256), version INT, at DATETIME(6))
RETURNS BIGINT UNSIGNED
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'The lowest exception_id that covers an event; NULL when none does'
RETURN (
    SELECT MIN(e.exception_id)
    FROM anomaly_exceptions e
    LEFT JOIN exception_patterns p ON p.exception_id = e.exception_id
    WHERE e.domain = domain_name
      AND (e.entity_type IS NULL OR e.entity_type = type_of_entity)
      AND (e.entity_id IS NULL OR e.entity_id = id_of_entity)
      AND e.active AND e.rule_expression IS NULL
      AND e.valid_from <= at AND (e.valid_until IS NULL OR at < e.valid_until)
      AND (p.exception_id IS NULL
           OR (p.embedding_version = version AND VEC_DISTANCE_EUCLIDEAN(p.pattern, embedding) <= p.radius)))$$

DELIMITER ;
