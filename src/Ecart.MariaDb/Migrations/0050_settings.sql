-- Where the routines get their constants: the active configuration version of the domain, over the defaults below.
-- No other routine holds a constant of a formula.

DELIMITER $$

CREATE OR REPLACE FUNCTION ecart_default_settings()
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Defaults of every setting of transactions that the SQL routines read'
RETURN '{
    "profile": {"minimum_observations": 10, "window_days": 30, "sigma_floor_ratio": 0.05, "sigma_floor": 0.001},
    "behavior_distance": {"z_threshold": 2.5, "scale": 2, "maximum": 0.4},
    "amount_anomaly": {"z_threshold": 3, "scale": 3, "maximum": 0.3},
    "velocity": {"window_minutes": 60, "prior_hourly_rate": 0.25, "prior_days": 7, "rare": 0.001, "very_rare": 0.00001,
                 "rare_contribution": 0.15, "very_rare_contribution": 0.3},
    "impossible_travel": {"channels": ["pos", "atm"], "minimum_km": 100, "maximum_kmh": 900, "country_minutes": 120,
                          "contribution": 0.5},
    "high_amount": {"threshold": 10000, "contribution": 0.2},
    "very_high_amount": {"threshold": 50000, "contribution": 0.3},
    "night_activity": {"from_hour": 2, "to_hour": 5, "contribution": 0.15},
    "entity_history": {"label_delay_days": 7, "window_days": 30, "prior_rate": 0.005, "prior_strength": 1000, "shrinkage": 10,
                       "maximum": 0.5, "scale": 0.3},
    "new_profile": {"contribution": 0},
    "clusters": {"scale": 0.5, "maximum": 0.4},
    "signature": {"low": 0.3, "medium": 0.5, "high": 0.7, "critical": 0.9},
    "knn": {"neighbours": 5, "absolute_threshold": 0.5, "minimum_candidates": 10, "sigmas": 3},
    "profile_distance": {"sigmas": 3},
    "severity": {"flag": 0.5, "medium": 0.5, "high": 0.65, "critical": 0.8},
    "routes": {"low": "dashboard", "medium": "dashboard", "high": "slack", "critical": "pagerduty"}
}'$$

CREATE OR REPLACE FUNCTION ecart_domain_defaults(domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
RETURNS JSON
DETERMINISTIC NO SQL SQL SECURITY INVOKER
COMMENT 'Defaults of the settings of a domain that the SQL routines read'
RETURN CASE domain_name
    WHEN 'iot' THEN '{
        "outlook": {"window_hours": 384, "recent_hours": 24, "significance": 0.003, "least_level": 0.12, "confirm_hours": 6,
                    "horizon_hours": 720, "certainty": 0.6, "interval": 0.93}
    }'
    WHEN 'network' THEN '{
        "profile": {"minimum_observations": 10, "window_days": 30, "sigma_floor_ratio": 0.05, "sigma_floor": 0.001},
        "profile_distance": {"z_threshold": 2, "scale": 3, "maximum": 0.3},
        "prior_sigma": 0.1, "prior_strength": 30, "unknown_anomaly_sigmas": 4,
        "signature": {"low": 0.3, "medium": 0.5, "high": 0.7, "critical": 0.9},
        "scan": {"window_minutes": 5, "many_targets": 50, "many_contribution": 0.2, "some_targets": 20, "some_contribution": 0.1,
                 "failure_weight": 1, "minimum_failed_share": 0.3},
        "new_destination": {"minimum_connections": 10, "contribution": 0.1},
        "floors": {"scan": 0.5, "exfiltration": 0.65, "command_and_control": 0.65, "denial_of_service": 0.8, "brute_force": 0.5,
                   "lateral": 0.65, "dns": 0.65},
        "severity": {"flag": 0.5, "medium": 0.5, "high": 0.65, "critical": 0.8},
        "routes": {"low": "dashboard", "medium": "dashboard", "high": "slack", "critical": "pagerduty"}
    }'
    WHEN 'user_behavior' THEN '{
        "profile": {"minimum_observations": 10, "window_days": 30, "sigma_floor_ratio": 0.05, "sigma_floor": 0.001},
        "behavior_distance": {"z_threshold": 3, "scale": 3, "maximum": 0.5},
        "new_profile": {"contribution": 0},
        "clusters": {"scale": 0.5, "maximum": 0.4},
        "signature": {"low": 0.3, "medium": 0.5, "high": 0.7, "critical": 0.9},
        "severity": {"flag": 0.5, "medium": 0.5, "high": 0.65, "critical": 0.8},
        "routes": {"low": "dashboard", "medium": "dashboard", "high": "slack", "critical": "pagerduty"}
    }'
    ELSE ecart_default_settings()
END$$

-- Read once by a routine and handed on, so that one verdict never mixes two versions.
CREATE OR REPLACE FUNCTION ecart_settings(domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin)
RETURNS JSON
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'Active settings of a domain, completed by the defaults'
RETURN JSON_MERGE_PATCH(
    ecart_domain_defaults(domain_name),
    COALESCE((SELECT c.settings FROM configuration_versions c WHERE c.active_domain = domain_name), '{}'))$$

CREATE OR REPLACE FUNCTION ecart_setting(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    setting_path VARCHAR(255))
RETURNS DOUBLE
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'A number of the active configuration; NULL when absent or not a number'
BEGIN
    DECLARE found_value JSON DEFAULT (
        SELECT JSON_EXTRACT(c.settings, setting_path) FROM configuration_versions c WHERE c.active_domain = domain_name);
    RETURN IF(JSON_TYPE(found_value) IN ('INTEGER', 'DOUBLE'), found_value, NULL);
END$$

CREATE OR REPLACE FUNCTION ecart_setting_text(
    domain_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
    setting_path VARCHAR(255))
RETURNS TEXT
READS SQL DATA SQL SECURITY INVOKER
COMMENT 'A setting of the active configuration as text, arrays and objects as JSON; NULL when absent or null'
BEGIN
    DECLARE found_value JSON DEFAULT (
        SELECT JSON_EXTRACT(c.settings, setting_path) FROM configuration_versions c WHERE c.active_domain = domain_name);
    RETURN IF(JSON_TYPE(found_value) = 'NULL', NULL, JSON_UNQUOTE(found_value));
END$$

DELIMITER ;
