-- add priority
--
-- revision: def456abc789
-- revises: abc123def456

-- migrate:up
ALTER TABLE tasks ADD COLUMN priority INTEGER;
