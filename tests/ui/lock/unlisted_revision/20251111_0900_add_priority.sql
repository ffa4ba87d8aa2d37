-- add priority
--
-- revision: def456ghi789
-- revises: abc123def456

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;

-- migrate:down
ALTER TABLE tasks DROP COLUMN priority;
