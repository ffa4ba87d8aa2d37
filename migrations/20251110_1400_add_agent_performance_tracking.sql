-- add agent performance tracking
--
-- revision: 641164bad2ba
-- revises: 3afd8b164933
-- created: 2025-11-10 14:00:19 UTC

-- migrate:up
-- One row an agent and type of task, which the scheduler keeps up to date with every task that ends.
CREATE TABLE agent_performance (
    id           TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    task_type    TEXT NOT NULL,
    success_rate DOUBLE PRECISION NOT NULL,
    avg_quality  DOUBLE PRECISION,
    avg_cost     DOUBLE PRECISION,
    avg_duration DOUBLE PRECISION,
    sample_count INTEGER NOT NULL,
    last_updated TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_agent_performance PRIMARY KEY (id),
    CONSTRAINT uq_agent_task_type UNIQUE (agent_id, task_type),
    CONSTRAINT fk_agent_performance_agent FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE,
    CONSTRAINT ck_agent_performance_success_rate CHECK (success_rate BETWEEN 0 AND 1),
    CONSTRAINT ck_agent_performance_sample_count CHECK (sample_count > 0)
);

-- "Who is best at this type of task?"; all rows of one agent are found by the unique constraint.
CREATE INDEX idx_agent_performance_type_success ON agent_performance (task_type, success_rate);

-- migrate:down
DROP TABLE agent_performance;
