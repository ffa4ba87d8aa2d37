-- create project budgets
--
-- revision: f5b7b531887f
-- revises: 17f1da104162
-- labels: budgets
-- created: 2025-11-13 10:15:45 UTC

-- migrate:up
CREATE TABLE budgets (
    id         TEXT NOT NULL,
    project_id TEXT NOT NULL,
    period     TEXT NOT NULL DEFAULT 'month',
    limit_usd  NUMERIC(12, 2) NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_budgets PRIMARY KEY (id),
    CONSTRAINT uq_budgets_project_period UNIQUE (project_id, period),
    CONSTRAINT fk_budgets_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
    CONSTRAINT ck_budgets_period CHECK (period IN ('day', 'month', 'total')),
    CONSTRAINT ck_budgets_limit_usd CHECK (limit_usd > 0)
);

-- A task is held back while its estimate does not fit into what is left; without an estimate it is let through.
ALTER TABLE tasks
    ADD COLUMN estimated_tokens BIGINT
        CONSTRAINT ck_tasks_estimated_tokens CHECK (estimated_tokens >= 0);

-- migrate:down
ALTER TABLE tasks DROP COLUMN estimated_tokens;

DROP TABLE budgets;
