-- add priority
--
-- revision: def456abc789
-- revises: def456abc789

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;

-- migrate:down
ALTER TABLE tasks DROP COLUMN priority;
