-- add priority
--
-- revision: def456abc789
-- revises: abc123def456

-- migrate:up
BEGIN;
ALTER TABLE tasks ADD COLUMN priority INTEGER;
COMMIT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN priority;
