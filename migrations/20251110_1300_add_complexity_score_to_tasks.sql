-- add complexity score to tasks
--
-- revision: 3afd8b164933
-- revises: bb151d0dd5bb
-- created: 2025-11-10 13:00:52 UTC

-- migrate:up
-- There is no default on purpose: whoever makes a task has to judge it. So the column comes empty, is filled from
-- what the old tasks went through, and only then insists on a value.
ALTER TABLE tasks
    ADD COLUMN complexity_score DOUBLE PRECISION
        CONSTRAINT ck_tasks_complexity_score CHECK (complexity_score BETWEEN 0 AND 1);

UPDATE tasks
SET complexity_score = CASE
    WHEN current_iteration > 3 THEN 0.8
    WHEN agent_switches > 2 THEN 0.7
    ELSE 0.5
END;

ALTER TABLE tasks ALTER COLUMN complexity_score SET NOT NULL;

-- migrate:down
ALTER TABLE tasks DROP COLUMN complexity_score;
