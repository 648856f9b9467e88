"""The journal's triggers and functions. `{app}` is the serving role.

What only the owner may do (giving positions, making partitions) is done by SECURITY DEFINER functions whose search path is
fixed, so that nobody can slip a table of the same name in front.
"""

TRIGGERS = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the journal is append-only; append a correcting fact', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION journal_enqueue() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.journal_unsequenced (fact_id, recorded) SELECT id, recorded FROM fresh;
    PERFORM pg_notify('journal', '');
    RETURN NULL;
END $$;

CREATE TRIGGER journal_enqueue AFTER INSERT ON journal_fact
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION journal_enqueue();

-- Row triggers are cloned to every partition: addressing a partition directly does not get round them.
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_fact
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_position
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_receipt
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_fact EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_fact_default EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_unsequenced EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_position EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_seal EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_receipt EXECUTE FUNCTION journal_refuse();
"""

FUNCTIONS = """
-- For policies: the actor of this transaction, or null. Never the empty string a finished transaction leaves behind.
CREATE FUNCTION journal_actor() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('shanzhi.actor', true), '') $$;
CREATE FUNCTION journal_purpose() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('shanzhi.purpose', true), '') $$;

-- VOLATILE on purpose: each statement inside takes a new snapshot, so the look-up sees the receipt of whoever held the
-- lock before us. As one plain statement it would look with a snapshot from before the wait, and act a second time.
CREATE FUNCTION journal_begin(actor text, purpose text, command_name text, command_key text)
RETURNS TABLE (body_hash bytea, result jsonb) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM set_config('shanzhi.actor', actor, true), set_config('shanzhi.purpose', purpose, true);
    PERFORM pg_advisory_xact_lock(hashtextextended(command_name || ' ' || command_key, 0));
    RETURN QUERY SELECT r.body_hash, r.result FROM journal_receipt r
        WHERE r.command = command_name AND r.key = command_key;
END $$;

-- Gives positions to committed facts only: a row of an open transaction is not visible here. The lock comes first, in a
-- statement of its own, so that max(position) is read after the previous sequencer's commit.
CREATE FUNCTION journal_sequence(batch integer) RETURNS integer LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given bigint;
    moved integer;
    payload text;
BEGIN
    PERFORM pg_advisory_xact_lock(1247761013, 1);
    SELECT coalesce(max(position), 0) INTO given FROM public.journal_position;
    WITH taken AS (
        DELETE FROM public.journal_unsequenced u USING (
            SELECT recorded, fact_id FROM public.journal_unsequenced ORDER BY recorded, fact_id LIMIT batch
        ) n WHERE u.recorded = n.recorded AND u.fact_id = n.fact_id
        RETURNING u.fact_id, u.recorded
    )
    INSERT INTO public.journal_position (position, fact_id, recorded)
        SELECT given + row_number() OVER (ORDER BY recorded, fact_id), fact_id, recorded FROM taken;
    GET DIAGNOSTICS moved = ROW_COUNT;
    -- A notification may carry 8000 bytes; a line has at most 136. EXECUTE, because a plan kept for any position at all would
    -- be one that reads the whole journal.
    FOR payload IN EXECUTE $live$
        SELECT string_agg(line, E'\\n') FROM (
            SELECT f.kind || '|' || f.about || '|' || coalesce(f.place::text, '') AS line, min(p.position) / 50 AS bundle
            FROM public.journal_position p JOIN public.journal_fact f ON f.recorded = p.recorded AND f.id = p.fact_id
            WHERE p.position BETWEEN $1 + 1 AND $1 + $2 GROUP BY 1
        ) lines GROUP BY bundle
        $live$ USING given, moved
    LOOP
        PERFORM pg_notify('shanzhi_live', payload);
    END LOOP;
    RETURN moved;
END $$;

-- Makes a partition for each month (UTC) from the one of `since` to the one of `until`; answers how many were new. Attaching
-- does not stop readers or writers of the other months. Facts that had to go to the default partition move into their month.
CREATE FUNCTION journal_make_partitions(since date, until date) RETURNS integer LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
    month timestamptz := date_trunc('month', since::timestamptz);
    name text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(1247761013, 2);
    SELECT least(month, date_trunc('month', min(recorded))) INTO month FROM public.journal_fact_default;
    WHILE month <= until::timestamptz LOOP
        name := 'journal_fact_' || to_char(month, 'YYYY_MM');
        IF to_regclass('public.' || name) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.journal_fact INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
            EXECUTE format('REVOKE ALL ON public.%I FROM {app}', name);
            IF EXISTS (SELECT FROM public.journal_fact_default WHERE recorded >= month AND recorded < month + interval '1 month') THEN
                LOCK TABLE public.journal_fact_default IN ACCESS EXCLUSIVE MODE;
                EXECUTE format('INSERT INTO public.%I SELECT * FROM public.journal_fact_default WHERE recorded >= $1 AND recorded < $2', name)
                    USING month, month + interval '1 month';
                ALTER TABLE public.journal_fact_default DISABLE TRIGGER journal_append_only;
                DELETE FROM public.journal_fact_default WHERE recorded >= month AND recorded < month + interval '1 month';
                ALTER TABLE public.journal_fact_default ENABLE TRIGGER journal_append_only;
            END IF;
            EXECUTE format('ALTER TABLE public.journal_fact ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                           name, month, month + interval '1 month');
            EXECUTE format('CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.%I EXECUTE FUNCTION public.journal_refuse()', name);
            made := made + 1;
        END IF;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END $$;

REVOKE ALL ON FUNCTION journal_sequence(integer), journal_make_partitions(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_sequence(integer), journal_make_partitions(date, date) TO {app};

SELECT journal_make_partitions(now()::date, (now() + interval '3 months')::date);
"""
