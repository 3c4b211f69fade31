-- Candidates of calibration that run beside the live configuration, and running totals that tell of volume and of the health of detectors.

-- A candidate decides nothing: what it would have done with the events that came since is told from their stored evidence.
CREATE TABLE IF NOT EXISTS calibration_candidates (
    candidate_id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    base_version      INT             NOT NULL COMMENT 'the configuration beside which it began',
    severity          JSON            NOT NULL COMMENT 'its thresholds, as the setting severity',
    positions         JSON            NOT NULL COMMENT 'array of {lane, seq}: what came after them is compared',
    reason            TEXT            NOT NULL,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    outcome           ENUM('applied', 'withdrawn') NULL COMMENT 'NULL: it runs',
    ended_by          VARCHAR(128)    NULL,
    ended_at          DATETIME(6)     NULL,
    KEY running (domain, outcome, candidate_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- Events of a day by score rounded to 0.1. Kept up from the log by position, so that nobody counts a million events to see a plot.
CREATE TABLE IF NOT EXISTS daily_totals (
    domain            VARCHAR(32)      COLLATE utf8mb4_nopad_bin NOT NULL,
    day               DATE             NOT NULL COMMENT 'UTC, of event time',
    bucket            TINYINT UNSIGNED NOT NULL COMMENT 'ten times the score, rounded; 255: late, not scored',
    events            BIGINT UNSIGNED  NOT NULL,
    flagged           BIGINT UNSIGNED  NOT NULL,
    score_sum         DOUBLE           NOT NULL,
    flagged_score_sum DOUBLE           NOT NULL,
    without_profile   BIGINT UNSIGNED  NOT NULL COMMENT 'scored without a distance to a profile',
    PRIMARY KEY (domain, day, bucket)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS daily_total_positions (
    domain            VARCHAR(32)       COLLATE utf8mb4_nopad_bin NOT NULL,
    lane              SMALLINT UNSIGNED NOT NULL,
    seq               BIGINT UNSIGNED   NOT NULL COMMENT 'daily_totals includes every event of the lane up to this one',
    PRIMARY KEY (domain, lane)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- How much the inputs of a domain's newest day differ from the month before, measured on samples.
CREATE TABLE IF NOT EXISTS feature_drift (
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    feature           VARCHAR(128)    COLLATE utf8mb4_nopad_bin NOT NULL,
    psi               DOUBLE          NOT NULL COMMENT 'population stability index: below 0.1 alike, above 0.25 changed',
    mean_before       DOUBLE          NOT NULL,
    mean_newest       DOUBLE          NOT NULL,
    sampled_before    INT             NOT NULL,
    sampled_newest    INT             NOT NULL,
    newest_day        DATE            NOT NULL,
    measured_at       DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (domain, feature)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

-- The daily metrics of events, from the totals: as new as the totals are. The view daily_metrics counts the events themselves.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW daily_volumes AS
SELECT
    t.domain, t.day, SUM(t.events) AS volume, SUM(t.flagged) AS anomalies, (SUM(t.flagged) + 0e0) / SUM(t.events) AS anomaly_rate,
    SUM(t.score_sum) / NULLIF(SUM(IF(t.bucket <= 10, t.events, 0)), 0) AS mean_score,
    SUM(t.flagged_score_sum) / NULLIF(SUM(t.flagged), 0) AS mean_flagged_score,
    SUM(IF(t.bucket > 10, t.events, 0)) AS late,
    (SUM(t.without_profile) + 0e0) / NULLIF(SUM(IF(t.bucket <= 10, t.events, 0)), 0) AS without_profile_share
FROM daily_totals t
GROUP BY t.domain, t.day;

-- Population stability index of the scores of a domain's newest day against its 30 days before, with half an event in every bucket.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW score_drift AS
SELECT
    s.domain, s.newest_day, MAX(s.newest_events) AS newest_events, MAX(s.events_before) AS events_before,
    SUM((s.newest_share - s.share_before) * LN(s.newest_share / s.share_before)) AS psi
FROM (
    SELECT
        d.domain, d.newest_day, d.newest_events, d.events_before,
        (COALESCE(SUM(IF(t.day = d.newest_day, t.events, 0)), 0) + 0.5e0) / (d.newest_events + 5.5e0) AS newest_share,
        (COALESCE(SUM(IF(t.day < d.newest_day, t.events, 0)), 0) + 0.5e0) / (d.events_before + 5.5e0) AS share_before
    FROM (
        SELECT
            n.domain, n.newest_day, SUM(IF(w.day = n.newest_day, w.events, 0)) AS newest_events,
            SUM(IF(w.day < n.newest_day, w.events, 0)) AS events_before
        FROM (SELECT m.domain, MAX(m.day) AS newest_day FROM daily_totals m WHERE m.bucket <= 10 GROUP BY m.domain) AS n
        JOIN daily_totals w ON w.domain = n.domain AND w.bucket <= 10 AND w.day BETWEEN n.newest_day - INTERVAL 30 DAY AND n.newest_day
        GROUP BY n.domain, n.newest_day) AS d
    CROSS JOIN (
        SELECT 0 AS bucket UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
        UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) AS b
    LEFT JOIN daily_totals t
        ON t.domain = d.domain AND t.bucket = b.bucket AND t.day BETWEEN d.newest_day - INTERVAL 30 DAY AND d.newest_day
    WHERE d.events_before > 0
    GROUP BY d.domain, d.newest_day, d.newest_events, d.events_before, b.bucket) AS s
GROUP BY s.domain, s.newest_day;
