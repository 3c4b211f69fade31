-- Trained models and which of them are in force. Both tables only grow: a verdict of last year can name its model, and going back is one more row.

CREATE TABLE IF NOT EXISTS model_artefacts (
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    version           INT             NOT NULL COMMENT 'from 101: smaller ones are layouts. A model of slot embedding makes vectors of this embedding_version',
    slot              VARCHAR(48)     COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'what it can be in force as: embedding, detector:KIND, verdict',
    kind              VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'for example pca_whitening, autoencoder_code, isolation_forest',
    embedding_version INT             NOT NULL COMMENT 'of its input',
    format            SMALLINT UNSIGNED NOT NULL COMMENT 'version of the encoding of artefact',
    artefact          LONGBLOB        NOT NULL,
    sha256            BINARY(32)      NOT NULL COMMENT 'of artefact',
    trained_from      DATETIME(6)     NULL COMMENT 'event time of the oldest event it learned from',
    trained_until     DATETIME(6)     NULL COMMENT 'event time of the newest event it learned from',
    trained_rows      BIGINT UNSIGNED NOT NULL,
    metrics           JSON            NULL,
    reason            TEXT            NOT NULL,
    created_by        VARCHAR(128)    NOT NULL,
    created_at        DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    PRIMARY KEY (domain, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS model_activations (
    activation_id     BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    domain            VARCHAR(32)     COLLATE utf8mb4_nopad_bin NOT NULL,
    slot              VARCHAR(48)     COLLATE utf8mb4_nopad_bin NOT NULL,
    version           INT             NOT NULL COMMENT 'in force from now on; 0: none, as if nothing had been trained',
    reason            TEXT            NOT NULL,
    activated_by      VARCHAR(128)    NOT NULL,
    activated_at      DATETIME(6)     NOT NULL DEFAULT UTC_TIMESTAMP(6),
    KEY slot (domain, slot, activation_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
