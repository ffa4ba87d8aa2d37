DO $$ BEGIN RAISE 'no way back'; END $$;
DO $$ BEGIN INSERT INTO a SELECT id FROM b; UPDATE c SET d = 1; END $$;
DO $$ BEGIN
    CREATE TYPE mood AS ENUM ('sad');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO 'BEGIN IF EXISTS (SELECT 1 FROM pg_class) THEN ALTER TABLE "Users" ADD COLUMN age int; ELSE DROP INDEX app.users_idx; END IF; END';
DO LANGUAGE plpgsql $$ BEGIN PERFORM create_hypertable('metrics', 'time'); END $$;
DO $$ BEGIN EXECUTE 'CREATE INDEX users_idx ON users (id)'; END $$;
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT conname FROM pg_constraint LOOP
        EXECUTE 'ALTER TABLE users DROP CONSTRAINT ' || quote_ident(r.conname);
    END LOOP;
END $$;
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT nspname FROM pg_namespace LOOP
        EXECUTE format('ALTER TABLE %1$I.users ADD COLUMN age int', r.nspname);
        EXECUTE 'drop index ' || r.nspname || '.users_idx';
    END LOOP;
END $$;
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT tablename FROM pg_tables LOOP
        EXECUTE format('DROP TABLE %I CASCADE', r.tablename);
    END LOOP;
END $$;
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['users', 'posts'] LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN age int', t);
    END LOOP;
END $$;
DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET timezone = ''UTC'''; END $$;
DO $$ BEGIN EXECUTE format('DELETE FROM %I', 'users'); ALTER ROLE joe SET search_path = app; END $$;
DO $$ DECLARE q text; BEGIN SELECT query INTO q FROM queries; EXECUTE q; END $$;
DO $$ BEGIN
    CREATE TABLE a (id serial PRIMARY KEY, b int UNIQUE, c int CONSTRAINT c_key UNIQUE, EXCLUDE (b WITH =));
    CREATE INDEX ON a (b, lower(c));
    ALTER TABLE old RENAME TO new;
    DROP TABLE d CASCADE;
END $$;
DO $$ BEGIN CREATE TRIGGER g BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); ALTER TYPE mood ADD VALUE 'glad'; END $$;
DO $$ BEGIN ALTER FUNCTION auth.uid OWNER TO admin; DROP FUNCTION IF EXISTS f(int); DROP TRIGGER g ON t; CREATE EXTENSION vector; END $$;
DO $$ DECLARE t record; BEGIN
    FOR t IN SELECT id FROM teams LOOP
        EXECUTE format('CREATE INDEX events_%s_idx ON events_%s (id)', t.id, t.id);
        EXECUTE 'ALTER TABLE users ' || action || ' COLUMN a';
    END LOOP;
END $$;
