-- add composite indexes for analytics
--
-- revision: 17f1da104162
-- revises: 614f5b35eafe
-- created: 2025-11-12 10:00:26 UTC

-- migrate:up
CREATE INDEX idx_tasks_project_status ON tasks (project_id, status);
CREATE INDEX idx_tasks_agent_created ON tasks (assigned_agent, created_at);
CREATE INDEX idx_cost_tracking_project_recorded ON cost_tracking (project_id, recorded_at);
CREATE INDEX idx_quality_snapshots_task_iter ON quality_snapshots (task_id, iteration);

-- Each new index begins with the column of an old one and does its work too.
DROP INDEX idx_tasks_project_id;
DROP INDEX idx_tasks_assigned_agent;
DROP INDEX idx_cost_tracking_project_id;
DROP INDEX idx_quality_snapshots_task_id;

-- migrate:down
CREATE INDEX idx_quality_snapshots_task_id ON quality_snapshots (task_id);
CREATE INDEX idx_cost_tracking_project_id ON cost_tracking (project_id);
CREATE INDEX idx_tasks_assigned_agent ON tasks (assigned_agent);
CREATE INDEX idx_tasks_project_id ON tasks (project_id);

DROP INDEX idx_quality_snapshots_task_iter;
DROP INDEX idx_cost_tracking_project_recorded;
DROP INDEX idx_tasks_agent_created;
DROP INDEX idx_tasks_project_status;
