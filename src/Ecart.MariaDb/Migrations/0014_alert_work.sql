-- Work on alerts: lists of millions that are paged in any order, a history of who did what, and decisions from which the pipeline learns.

ALTER TABLE anomaly_alerts
    ADD COLUMN IF NOT EXISTS revision INT UNSIGNED NOT NULL DEFAULT 1
        COMMENT 'goes up with each change of status, assignee or notes: who acts on an older one has not seen what was done since',
    ADD COLUMN IF NOT EXISTS labelled_status ENUM('new', 'investigating', 'confirmed_fraud', 'false_positive', 'resolved') NULL
        COMMENT 'decision that the pipeline has taken as a label; moved by the service of the domain alone';
-- A decision waits until a service of its domain has learned from it. A search by state: times and ids become visible out of order.
ALTER TABLE anomaly_alerts
    ADD COLUMN IF NOT EXISTS is_unlabelled BOOLEAN GENERATED ALWAYS AS
        (IF(status IN ('confirmed_fraud', 'false_positive') AND NOT (status <=> labelled_status), 1, NULL)) VIRTUAL;

-- One index for each order of the list, behind the status: a list of several statuses, or of all, merges as many sorted beginnings. The key alert_id is behind
-- each. Alerts are few against events, so that four more entries an alert cost the lanes nothing that can be measured.
ALTER TABLE anomaly_alerts
    ADD INDEX IF NOT EXISTS by_time (status, occurred_at),
    ADD INDEX IF NOT EXISTS by_score (status, score, occurred_at),
    ADD INDEX IF NOT EXISTS by_severity (status, severity, occurred_at),
    ADD INDEX IF NOT EXISTS by_change (status, updated_at),
    ADD INDEX IF NOT EXISTS assignee (assigned_to, status, occurred_at),
    ADD INDEX IF NOT EXISTS unlabelled (is_unlabelled, domain);
-- by_severity says as much.
ALTER TABLE anomaly_alerts DROP INDEX IF EXISTS worklist;

-- Who did what to an alert. Rows are only added. Changes of status are also in verdict_history, which calibration reads.
CREATE TABLE IF NOT EXISTS alert_history (
    history_id      BIGINT UNSIGNED   NOT NULL AUTO_INCREMENT PRIMARY KEY,
    alert_id        BIGINT UNSIGNED   NOT NULL,
    action          ENUM('take', 'assign', 'comment', 'set_status') NOT NULL,
    from_value      VARCHAR(128)      NULL COMMENT 'status or assignee before',
    to_value        VARCHAR(128)      NULL COMMENT 'status or assignee after; NULL: nobody',
    actor           VARCHAR(128)      NOT NULL,
    note            TEXT              NULL,
    done_at         DATETIME(6)       NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY alert (alert_id, history_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

DELIMITER $$

CREATE OR REPLACE TRIGGER alert_history_keeps_rows BEFORE UPDATE ON alert_history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The history of alerts is only added to: rows cannot be changed.'$$

CREATE OR REPLACE TRIGGER alert_history_loses_nothing BEFORE DELETE ON alert_history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The history of alerts is only added to: rows cannot be deleted.'$$

-- Whoever changes an alert, by the program or by SQL, leaves the same traces. The program says who it acts for in @ecart_actor, and why in @ecart_note.
CREATE OR REPLACE TRIGGER anomaly_alerts_revision BEFORE UPDATE ON anomaly_alerts FOR EACH ROW
BEGIN
    IF NEW.revision = OLD.revision AND NOT (NEW.status <=> OLD.status AND NEW.assigned_to <=> OLD.assigned_to AND NEW.notes <=> OLD.notes) THEN
        SET NEW.revision = OLD.revision + 1, NEW.updated_at = UTC_TIMESTAMP(6);
    END IF;
    IF NEW.status <> OLD.status AND NEW.resolved_at <=> OLD.resolved_at THEN
        SET NEW.resolved_at = IF(NEW.status IN ('new', 'investigating'), NULL, UTC_TIMESTAMP(6));
    END IF;
END$$

CREATE OR REPLACE TRIGGER anomaly_alerts_history AFTER UPDATE ON anomaly_alerts FOR EACH ROW
BEGIN
    DECLARE who VARCHAR(128) DEFAULT LEFT(COALESCE(@ecart_actor, CONCAT('sql:', USER())), 128);
    IF NOT (NEW.assigned_to <=> OLD.assigned_to) THEN
        INSERT INTO alert_history (alert_id, action, from_value, to_value, actor, note)
        VALUES (NEW.alert_id, IF(NEW.assigned_to <=> who, 'take', 'assign'), OLD.assigned_to, NEW.assigned_to, who, @ecart_note);
    END IF;
    IF NEW.status <> OLD.status THEN
        INSERT INTO alert_history (alert_id, action, from_value, to_value, actor, note)
        VALUES (NEW.alert_id, 'set_status', OLD.status, NEW.status, who, IF(NEW.assigned_to <=> OLD.assigned_to, @ecart_note, NULL));
        INSERT INTO verdict_history (alert_id, domain, event_uid, from_status, to_status, score, decided_by, note)
        VALUES (NEW.alert_id, NEW.domain, NEW.event_uid, OLD.status, NEW.status, NEW.score, who, @ecart_note);
    END IF;
END$$

DELIMITER ;
