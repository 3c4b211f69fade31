-- How the nodes of a cluster find each other. Empty without --cluster.

-- Every change of the list of nodes moves the version, so that of two made at once one fails.
CREATE TABLE IF NOT EXISTS cluster_versions (
    cluster         VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
    version         INT               NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;

CREATE TABLE IF NOT EXISTS cluster_nodes (
    cluster         VARCHAR(64)       COLLATE utf8mb4_nopad_bin NOT NULL,
    address         VARCHAR(128)      COLLATE utf8mb4_nopad_bin NOT NULL COMMENT 'address:port@number of the start',
    name            VARCHAR(128)      NOT NULL,
    host            VARCHAR(255)      NOT NULL,
    status          TINYINT UNSIGNED  NOT NULL COMMENT '1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead',
    started_at      DATETIME(6)       NOT NULL,
    alive_at        DATETIME(6)       NOT NULL COMMENT 'when the node last said so itself',
    suspects        TEXT              NOT NULL COMMENT 'JSON: which nodes take it for dead, and since when',
    PRIMARY KEY (cluster, address)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
