-- migrate:up
ALTER TABLE tasks ADD COLUMN priority SMALLINT;
