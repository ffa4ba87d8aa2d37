-- create tasks
--
-- revision: abc123def456
-- revises: 0123456789ab

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
