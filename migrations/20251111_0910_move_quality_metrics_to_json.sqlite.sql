-- migrate:up
-- SQLite has no JSON type, but it can insist that a text is JSON and that the overall score is in it.
CREATE TABLE quality_snapshots_new (
    id         TEXT NOT NULL,
    task_id    TEXT NOT NULL,
    iteration  INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    metrics    TEXT NOT NULL
        CONSTRAINT ck_quality_snapshots_metrics
        CHECK (json_valid(metrics) AND coalesce(json_extract(metrics, '$.quality') BETWEEN 0 AND 1, FALSE)),
    CONSTRAINT pk_quality_snapshots PRIMARY KEY (id),
    CONSTRAINT fk_quality_snapshots_task FOREIGN KEY (task_id) REFERENCES tasks (id) ON DELETE CASCADE
);

-- JSON functions write fifteen digits, more than the four decimals of a score: the scores stay what they are.
INSERT INTO quality_snapshots_new (id, task_id, iteration, created_at, metrics)
SELECT
    id, task_id, iteration, created_at,
    json_object(
        'quality', quality,
        'dimensions', json_object(
            'correctness', correctness,
            'completeness', completeness,
            'efficiency', efficiency,
            'maintainability', maintainability,
            'security', security
        )
    )
FROM quality_snapshots;

DROP TABLE quality_snapshots;

ALTER TABLE quality_snapshots_new RENAME TO quality_snapshots;

CREATE INDEX idx_quality_snapshots_task_id ON quality_snapshots (task_id);

-- migrate:down
-- Any other measure that the service has put into `metrics` since has no column to return to, and is dropped.
CREATE TABLE quality_snapshots_new (
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

INSERT INTO quality_snapshots_new (
    id, task_id, iteration, created_at,
    quality, correctness, completeness, efficiency, maintainability, security
)
SELECT
    id, task_id, iteration, created_at,
    json_extract(metrics, '$.quality'),
    json_extract(metrics, '$.dimensions.correctness'),
    json_extract(metrics, '$.dimensions.completeness'),
    json_extract(metrics, '$.dimensions.efficiency'),
    json_extract(metrics, '$.dimensions.maintainability'),
    json_extract(metrics, '$.dimensions.security')
FROM quality_snapshots;

DROP TABLE quality_snapshots;

ALTER TABLE quality_snapshots_new RENAME TO quality_snapshots;

CREATE INDEX idx_quality_snapshots_task_id ON quality_snapshots (task_id);
