-- create webhooks
--
-- revision: 0933e63de279
-- revises: 17f1da104162
-- labels: webhooks
-- created: 2025-11-13 09:30:14 UTC

-- migrate:up
-- The secret signs what is sent, so it has to be kept as it is.
CREATE TABLE webhooks (
    id             TEXT NOT NULL,
    project_id     TEXT NOT NULL,
    url            TEXT NOT NULL,
    signing_secret TEXT NOT NULL,
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    created_at     TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_webhooks PRIMARY KEY (id),
    CONSTRAINT uq_webhooks_project_url UNIQUE (project_id, url),
    CONSTRAINT fk_webhooks_project FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE
);

-- The unique constraint lets several workers look for undelivered events at once: one of them gets the row in.
CREATE TABLE webhook_deliveries (
    id           TEXT NOT NULL,
    webhook_id   TEXT NOT NULL,
    event_id     TEXT NOT NULL,
    status_code  INTEGER,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    delivered_at TIMESTAMPTZ,
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (id),
    CONSTRAINT uq_webhook_deliveries_webhook_event UNIQUE (webhook_id, event_id),
    CONSTRAINT fk_webhook_deliveries_webhook FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE,
    CONSTRAINT fk_webhook_deliveries_event FOREIGN KEY (event_id) REFERENCES task_events (id) ON DELETE CASCADE
);

CREATE INDEX idx_webhook_deliveries_event_id ON webhook_deliveries (event_id);

-- migrate:down
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
