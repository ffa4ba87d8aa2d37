-- create tasks
--
-- revision: abc123def456

-- migrate:up
CREATE TABLE tasks (id BIGINT PRIMARY KEY);

-- migrate:down
DROP TABLE tasks;
