-- migrate:up
-- Webhooks report what stands in `task_events`. Written here, a change of status is reported whoever makes it.
CREATE TRIGGER trg_tasks_record_status
AFTER UPDATE OF status ON tasks
FOR EACH ROW
WHEN OLD.status <> NEW.status
BEGIN
    INSERT INTO task_events (id, task_id, kind, detail)
    VALUES (lower(hex(randomblob(16))), NEW.id, 'status_changed', OLD.status || ' -> ' || NEW.status);
END;

-- migrate:down
DROP TRIGGER trg_tasks_record_status;
