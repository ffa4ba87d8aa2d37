-- create tasks
--
-- revision: abc123def456

-- migrate:up
CREATE TABLE tasks (id INTEGER PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
