-- Run once, as root, when the database of compose.yaml is made: the user that Grafana reads with, and the right of Ecart's own user to grant it what
-- deploy/grafana/reader.sql names. The server is reached from this machine alone.
CREATE USER grafana@'%' IDENTIFIED BY 'grafana';
GRANT ALL PRIVILEGES ON ecart.* TO ecart@'%' WITH GRANT OPTION;
