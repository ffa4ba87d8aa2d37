-- initial schema
--
-- revision: eab860ea7126
-- revises:
-- created: 2025-11-10 12:00:41 UTC

-- migrate:up
-- Ids are text that the service makes (a UUID as a rule), so that an agent can name what it creates before it has
-- spoken to the database. All times are UTC.

-- People, and the keys that their scripts use.
CREATE TABLE users (
    id           TEXT NOT NULL,
    email        TEXT NOT NULL,
    display_name TEXT NOT NULL,
    is_active    BOOLEAN NOT NULL DEFAULT TRUE,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email)
);

-- Only the hash of a key is kept: whoever reads this table cannot use it.
CREATE TABLE api_keys (
    id           TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    name         TEXT NOT NULL,
    key_hash     TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at   TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT uq_api_keys_user_name UNIQUE (user_id, name),
    CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash),
    CONSTRAINT fk_api_keys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE projects (
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT,
    status      TEXT NOT NULL DEFAULT 'active',
    created_at  TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT uq_projects_name UNIQUE (name),
    CONSTRAINT ck_projects_status CHECK (status IN ('active', 'paused', 'archived'))
);

CREATE TABLE project_members (
    project_id TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    role       TEXT NOT NULL DEFAULT 'viewer',
    added_at   TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_project_members PRIMARY KEY (project_id, user_id),
    CONSTRAINT fk_project_members_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_project_members_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT ck_project_members_role CHECK (role IN ('owner', 'editor', 'viewer'))
);

CREATE INDEX idx_project_members_user_id ON project_members (user_id);

-- The agents, what they are good at, and when they were at work.
CREATE TABLE agents (
    id              TEXT NOT NULL,
    name            TEXT NOT NULL,
    provider        TEXT NOT NULL,
    model           TEXT NOT NULL,
    is_enabled      BOOLEAN NOT NULL DEFAULT TRUE,
    max_concurrency INTEGER NOT NULL DEFAULT 1,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_agents PRIMARY KEY (id),
    CONSTRAINT uq_agents_name UNIQUE (name),
    CONSTRAINT ck_agents_max_concurrency CHECK (max_concurrency > 0)
);

CREATE TABLE agent_capabilities (
    agent_id   TEXT NOT NULL,
    capability TEXT NOT NULL,
    CONSTRAINT pk_agent_capabilities PRIMARY KEY (agent_id, capability),
    CONSTRAINT fk_agent_capabilities_agent FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE
);

CREATE TABLE agent_sessions (
    id         TEXT NOT NULL,
    agent_id   TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ended_at   TIMESTAMPTZ,
    exit_code  INTEGER,
    CONSTRAINT pk_agent_sessions PRIMARY KEY (id),
    CONSTRAINT fk_agent_sessions_agent FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE,
    CONSTRAINT ck_agent_sessions_ended_at CHECK (ended_at >= started_at)
);

CREATE INDEX idx_agent_sessions_agent_id ON agent_sessions (agent_id);

-- A prompt is never changed, only followed by its next version: a task has to show what it was really given.
CREATE TABLE prompts (
    id         TEXT NOT NULL,
    project_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    version    INTEGER NOT NULL DEFAULT 1,
    body       TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_prompts PRIMARY KEY (id),
    CONSTRAINT uq_prompts_project_name_version UNIQUE (project_id, name, version),
    CONSTRAINT fk_prompts_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE
);

-- An agent with tasks cannot be deleted, only disabled: its work would lose its author.
CREATE TABLE tasks (
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
    CONSTRAINT pk_tasks PRIMARY KEY (id),
    CONSTRAINT fk_tasks_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_tasks_parent_task FOREIGN KEY (parent_task_id) REFERENCES tasks (id) ON DELETE SET NULL,
    CONSTRAINT fk_tasks_prompt FOREIGN KEY (prompt_id) REFERENCES prompts (id) ON DELETE SET NULL,
    CONSTRAINT fk_tasks_assigned_agent FOREIGN KEY (assigned_agent) REFERENCES agents (id) ON DELETE RESTRICT,
    CONSTRAINT ck_tasks_task_type CHECK (task_type IN ('incident', 'bugfix', 'feature', 'refactoring', 'chore')),
    CONSTRAINT ck_tasks_status CHECK (status IN ('pending', 'running', 'completed', 'failed'))
);

CREATE INDEX idx_tasks_project_id ON tasks (project_id);
CREATE INDEX idx_tasks_parent_task_id ON tasks (parent_task_id);
CREATE INDEX idx_tasks_prompt_id ON tasks (prompt_id);
CREATE INDEX idx_tasks_assigned_agent ON tasks (assigned_agent);

CREATE TABLE task_dependencies (
    id                 TEXT NOT NULL,
    task_id            TEXT NOT NULL,
    depends_on_task_id TEXT NOT NULL,
    created_at         TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_task_dependencies PRIMARY KEY (id),
    CONSTRAINT uq_task_dependency UNIQUE (task_id, depends_on_task_id),
    CONSTRAINT fk_task_dependencies_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT fk_task_dependencies_depends_on_task FOREIGN KEY (depends_on_task_id) REFERENCES tasks (id)
        ON DELETE CASCADE,
    CONSTRAINT ck_task_dependencies_not_itself CHECK (task_id <> depends_on_task_id)
);

-- "Who waits for this task?"; the other direction is served by the unique constraint.
CREATE INDEX idx_task_dependencies_depends_on_task_id ON task_dependencies (depends_on_task_id);

CREATE TABLE task_events (
    id         TEXT NOT NULL,
    task_id    TEXT NOT NULL,
    session_id TEXT,
    kind       TEXT NOT NULL,
    detail     TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_task_events PRIMARY KEY (id),
    CONSTRAINT fk_task_events_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT fk_task_events_session FOREIGN KEY (session_id) REFERENCES agent_sessions (id) ON DELETE SET NULL
);

CREATE INDEX idx_task_events_task_created ON task_events (task_id, created_at);
CREATE INDEX idx_task_events_session_id ON task_events (session_id);

CREATE TABLE artifacts (
    id         TEXT NOT NULL,
    task_id    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    uri        TEXT NOT NULL,
    sha256     TEXT,
    size_bytes BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_artifacts PRIMARY KEY (id),
    CONSTRAINT uq_artifacts_task_uri UNIQUE (task_id, uri),
    CONSTRAINT fk_artifacts_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT ck_artifacts_size_bytes CHECK (size_bytes >= 0)
);

-- What was spent stays on the project's account when the task is gone.
CREATE TABLE cost_tracking (
    id            TEXT NOT NULL,
    project_id    TEXT NOT NULL,
    task_id       TEXT,
    agent_id      TEXT NOT NULL,
    input_tokens  BIGINT NOT NULL DEFAULT 0,
    output_tokens BIGINT NOT NULL DEFAULT 0,
    cost_usd      NUMERIC(12, 6) NOT NULL,
    recorded_at   TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_cost_tracking PRIMARY KEY (id),
    CONSTRAINT fk_cost_tracking_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT fk_cost_tracking_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE SET NULL,
    CONSTRAINT fk_cost_tracking_agent FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE RESTRICT,
    CONSTRAINT ck_cost_tracking_cost_usd CHECK (cost_usd >= 0)
);

CREATE INDEX idx_cost_tracking_project_id ON cost_tracking (project_id);
CREATE INDEX idx_cost_tracking_task_id ON cost_tracking (task_id);
CREATE INDEX idx_cost_tracking_agent_id ON cost_tracking (agent_id);

-- Scores from 0 to 1 with four decimals. Not every check measures every dimension.
CREATE TABLE quality_snapshots (
    id              TEXT NOT NULL,
    task_id         TEXT NOT NULL,
    iteration       INTEGER NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    quality         NUMERIC(5, 4) NOT NULL,
    correctness     NUMERIC(5, 4),
    completeness    NUMERIC(5, 4),
    efficiency      NUMERIC(5, 4),
    maintainability NUMERIC(5, 4),
    security        NUMERIC(5, 4),
    CONSTRAINT pk_quality_snapshots PRIMARY KEY (id),
    CONSTRAINT fk_quality_snapshots_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE,
    CONSTRAINT ck_quality_snapshots_quality CHECK (quality BETWEEN 0 AND 1)
);

CREATE INDEX idx_quality_snapshots_task_id ON quality_snapshots (task_id);

-- migrate:down
DROP TABLE quality_snapshots;
DROP TABLE cost_tracking;
DROP TABLE artifacts;
DROP TABLE task_events;
DROP TABLE task_dependencies;
DROP TABLE tasks;
DROP TABLE prompts;
DROP TABLE agent_sessions;
DROP TABLE agent_capabilities;
DROP TABLE agents;
DROP TABLE project_members;
DROP TABLE projects;
DROP TABLE api_keys;
DROP TABLE users;
