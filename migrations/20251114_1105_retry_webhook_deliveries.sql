-- retry webhook deliveries
--
-- revision: 8b8ce0179837
-- revises: 0933e63de279
-- created: 2025-11-14 11:05:58 UTC

-- migrate:up
ALTER TABLE webhook_deliveries
    ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0
        CONSTRAINT ck_webhook_deliveries_attempts CHECK (attempts >= 0);

ALTER TABLE webhook_deliveries ADD COLUMN next_attempt_at TIMESTAMPTZ;

-- So far everything was tried once, on creation; what did not arrive is due again.
UPDATE webhook_deliveries
SET
    attempts = 1,
    next_attempt_at = CASE WHEN delivered_at IS NULL THEN created_at END;

-- Nearly all deliveries are done; the worker looks for the few that are not.
CREATE INDEX idx_webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE delivered_at IS NULL;

-- migrate:down
DROP INDEX idx_webhook_deliveries_due;

ALTER TABLE webhook_deliveries DROP COLUMN next_attempt_at;
ALTER TABLE webhook_deliveries DROP COLUMN attempts;
