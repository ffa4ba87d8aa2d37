-- add owner
--
-- revision: 0123456789ab
-- revises: def456abc789
-- labels: planning

-- migrate:up
ALTER TABLE tasks ADD COLUMN owner TEXT;

-- migrate:down
ALTER TABLE tasks DROP COLUMN owner;
