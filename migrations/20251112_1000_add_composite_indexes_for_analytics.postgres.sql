-- migrate:up transaction:false
-- The tables are large by now, and agents write to them all the time: an index that is built in a transaction would
-- make them wait. The old indexes go last, so that no query is ever without one.
CREATE INDEX CONCURRENTLY idx_tasks_project_status ON tasks (project_id, status);
CREATE INDEX CONCURRENTLY idx_tasks_agent_created ON tasks (assigned_agent, created_at);
CREATE INDEX CONCURRENTLY idx_cost_tracking_project_recorded ON cost_tracking (project_id, recorded_at);
CREATE INDEX CONCURRENTLY idx_quality_snapshots_task_iter ON quality_snapshots (task_id, iteration);

-- Each new index begins with the column of an old one and does its work too.
DROP INDEX CONCURRENTLY idx_tasks_project_id;
DROP INDEX CONCURRENTLY idx_tasks_assigned_agent;
DROP INDEX CONCURRENTLY idx_cost_tracking_project_id;
DROP INDEX CONCURRENTLY idx_quality_snapshots_task_id;

-- migrate:down transaction:false
CREATE INDEX CONCURRENTLY idx_quality_snapshots_task_id ON quality_snapshots (task_id);
CREATE INDEX CONCURRENTLY idx_cost_tracking_project_id ON cost_tracking (project_id);
CREATE INDEX CONCURRENTLY idx_tasks_assigned_agent ON tasks (assigned_agent);
CREATE INDEX CONCURRENTLY idx_tasks_project_id ON tasks (project_id);

DROP INDEX CONCURRENTLY idx_quality_snapshots_task_iter;
DROP INDEX CONCURRENTLY idx_cost_tracking_project_recorded;
DROP INDEX CONCURRENTLY idx_tasks_agent_created;
DROP INDEX CONCURRENTLY idx_tasks_project_status;
