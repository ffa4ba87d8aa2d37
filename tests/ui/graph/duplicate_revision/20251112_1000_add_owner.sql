-- add owner
--
-- revision: def456abc789
-- revises: abc123def456

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN owner;
