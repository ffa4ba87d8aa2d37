-- migrate:up
-- SQLite cannot make a column NOT NULL afterwards, so the table is built anew. The new table takes the old name last:
-- renaming the old table out of the way first would drag along the foreign keys of all that refer to it.
CREATE TABLE tasks_new (
    id                TEXT NOT NULL,
    project_id        TEXT NOT NULL,
    parent_task_id    TEXT,
    prompt_id         TEXT,
    assigned_agent    TEXT,
    title             TEXT NOT NULL,
    task_type         TEXT NOT NULL DEFAULT 'feature',
    status            TEXT NOT NULL DEFAULT 'pending',
    current_iteration INTEGER NOT NULL DEFAULT 0,
    agent_switches    INTEGER NOT NULL DEFAULT 0,
    created_at        TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at        TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    priority          INTEGER NOT NULL DEFAULT 5
        CONSTRAINT ck_tasks_priority CHECK (priority BETWEEN 1 AND 10),
    complexity_score  DOUBLE PRECISION NOT NULL
        CONSTRAINT ck_tasks_complexity_score CHECK (complexity_score BETWEEN 0 AND 1),
    CONSTRAINT pk_tasks PRIMARY KEY (id),
    CONSTRAINT fk_tasks_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_tasks_parent_task FOREIGN KEY (parent_task_id) REFERENCES tasks (id) ON DELETE SET NULL,
    CONSTRAINT fk_tasks_prompt FOREIGN KEY (prompt_id) REFERENCES prompts (id) ON DELETE SET NULL,
    CONSTRAINT fk_tasks_assigned_agent FOREIGN KEY (assigned_agent) REFERENCES agents (id) ON DELETE RESTRICT,
    CONSTRAINT ck_tasks_task_type CHECK (task_type IN ('incident', 'bugfix', 'feature', 'refactoring', 'chore')),
    CONSTRAINT ck_tasks_status CHECK (status IN ('pending', 'running', 'completed', 'failed'))
);

INSERT INTO tasks_new (
    id, project_id, parent_task_id, prompt_id, assigned_agent, title, task_type, status,
    current_iteration, agent_switches, created_at, updated_at, priority, complexity_score
)
SELECT
    id, project_id, parent_task_id, prompt_id, assigned_agent, title, task_type, status,
    current_iteration, agent_switches, created_at, updated_at, priority,
    CASE
        WHEN current_iteration > 3 THEN 0.8
        WHEN agent_switches > 2 THEN 0.7
        ELSE 0.5
    END
FROM tasks;

DROP TABLE tasks;

ALTER TABLE tasks_new RENAME TO tasks;

-- The indexes went with the old table.
CREATE INDEX idx_tasks_project_id ON tasks (project_id);
CREATE INDEX idx_tasks_parent_task_id ON tasks (parent_task_id);
CREATE INDEX idx_tasks_prompt_id ON tasks (prompt_id);
CREATE INDEX idx_tasks_assigned_agent ON tasks (assigned_agent);
CREATE INDEX idx_tasks_priority ON tasks (priority, created_at);
