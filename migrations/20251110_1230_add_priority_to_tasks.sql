-- add priority to tasks
--
-- revision: bb151d0dd5bb
-- revises: eab860ea7126
-- created: 2025-11-10 12:30:07 UTC

-- migrate:up
-- 1 is taken first, 10 last.
ALTER TABLE tasks
    ADD COLUMN priority INTEGER NOT NULL DEFAULT 5
        CONSTRAINT ck_tasks_priority CHECK (priority BETWEEN 1 AND 10);

-- The default is right for new tasks; those that are there already say by their type how urgent they are.
UPDATE tasks
SET priority = CASE task_type
    WHEN 'incident' THEN 1
    WHEN 'bugfix' THEN 3
    ELSE 8
END
WHERE task_type IN ('incident', 'bugfix', 'refactoring', 'chore');

-- The order in which the scheduler takes tasks.
CREATE INDEX idx_tasks_priority ON tasks (priority, created_at);

-- migrate:down
DROP INDEX idx_tasks_priority;

ALTER TABLE tasks DROP COLUMN priority;
