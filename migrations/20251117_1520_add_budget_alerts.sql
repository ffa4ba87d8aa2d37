-- add budget alerts
--
-- revision: e8f76bb4894e
-- revises: f5b7b531887f
-- created: 2025-11-17 15:20:03 UTC

-- migrate:up
CREATE TABLE budget_alerts (
    id                TEXT NOT NULL,
    budget_id         TEXT NOT NULL,
    threshold_percent INTEGER NOT NULL,
    notified_at       TIMESTAMPTZ,
    CONSTRAINT pk_budget_alerts PRIMARY KEY (id),
    CONSTRAINT uq_budget_alerts_budget_threshold UNIQUE (budget_id, threshold_percent),
    CONSTRAINT fk_budget_alerts_budget FOREIGN KEY (budget_id) REFERENCES budgets (id) ON DELETE CASCADE,
    CONSTRAINT ck_budget_alerts_threshold_percent CHECK (threshold_percent BETWEEN 1 AND 100)
);

-- The service gives every new budget an alert at 80 percent; those that are there already get theirs here.
INSERT INTO budget_alerts (id, budget_id, threshold_percent)
SELECT id || '-80', id, 80
FROM budgets;

-- migrate:down
DROP TABLE budget_alerts;
