-- move quality metrics to json
--
-- revision: 614f5b35eafe
-- revises: 641164bad2ba
-- created: 2025-11-11 09:10:33 UTC

-- migrate:up
-- Checks measure more and more dimensions, and each would be one more column.
ALTER TABLE quality_snapshots ADD COLUMN metrics JSONB;

-- Numbers in JSONB are decimals of any length: the scores stay what they are. A missing score becomes a JSON null.
UPDATE quality_snapshots
SET metrics = jsonb_build_object(
    'quality', quality,
    'dimensions', jsonb_build_object(
        'correctness', correctness,
        'completeness', completeness,
        'efficiency', efficiency,
        'maintainability', maintainability,
        'security', security
    )
);

-- The overall score stays mandatory, as it was in its column; without it there would be no way back.
ALTER TABLE quality_snapshots
    ALTER COLUMN metrics SET NOT NULL,
    ADD CONSTRAINT ck_quality_snapshots_metrics
        CHECK (coalesce((metrics ->> 'quality')::NUMERIC BETWEEN 0 AND 1, FALSE)),
    DROP COLUMN quality,
    DROP COLUMN correctness,
    DROP COLUMN completeness,
    DROP COLUMN efficiency,
    DROP COLUMN maintainability,
    DROP COLUMN security;

-- migrate:down
-- Any other measure that the service has put into `metrics` since has no column to return to, and is dropped.
ALTER TABLE quality_snapshots
    ADD COLUMN quality NUMERIC(5, 4) CONSTRAINT ck_quality_snapshots_quality CHECK (quality BETWEEN 0 AND 1),
    ADD COLUMN correctness NUMERIC(5, 4),
    ADD COLUMN completeness NUMERIC(5, 4),
    ADD COLUMN efficiency NUMERIC(5, 4),
    ADD COLUMN maintainability NUMERIC(5, 4),
    ADD COLUMN security NUMERIC(5, 4);

UPDATE quality_snapshots
SET
    quality = (metrics ->> 'quality')::NUMERIC,
    correctness = (metrics -> 'dimensions' ->> 'correctness')::NUMERIC,
    completeness = (metrics -> 'dimensions' ->> 'completeness')::NUMERIC,
    efficiency = (metrics -> 'dimensions' ->> 'efficiency')::NUMERIC,
    maintainability = (metrics -> 'dimensions' ->> 'maintainability')::NUMERIC,
    security = (metrics -> 'dimensions' ->> 'security')::NUMERIC;

ALTER TABLE quality_snapshots
    ALTER COLUMN quality SET NOT NULL,
    DROP COLUMN metrics;
