-- record changes of task status
--
-- revision: 432c3b17c0f8
-- revises: 876ee19c3071
-- created: 2025-11-20 08:45:11 UTC

-- migrate:up
-- Webhooks report what stands in `task_events`. Written here, a change of status is reported whoever makes it.
CREATE FUNCTION record_task_status() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO task_events (id, task_id, kind, detail)
    VALUES (gen_random_uuid()::TEXT, NEW.id, 'status_changed', OLD.status || ' -> ' || NEW.status);
    RETURN NULL;
END;
$$;

CREATE TRIGGER trg_tasks_record_status
AFTER UPDATE OF status ON tasks
FOR EACH ROW
WHEN (OLD.status <> NEW.status)
EXECUTE FUNCTION record_task_status();

-- migrate:down
DROP TRIGGER trg_tasks_record_status ON tasks;

DROP FUNCTION record_task_status();
