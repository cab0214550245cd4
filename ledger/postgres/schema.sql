-- The record on PostgreSQL. What section 5 of the record's format says is refused, the database itself refuses, whoever
-- asks: the role of the application lacks the rights besides (see making.py).

CREATE TABLE archive (
    one bigint PRIMARY KEY CHECK (one = 1),
    format bigint NOT NULL,
    origin text COLLATE "C" NOT NULL,
    seed text COLLATE "C", -- of a simulation, as decimal text; null otherwise
    layout bigint NOT NULL -- how these tables are laid out
);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    event_id bytea NOT NULL UNIQUE,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    topic text COLLATE "C" NOT NULL,
    header bytea NOT NULL,
    UNIQUE (stream, version)
);

-- Apart from the headers, because a body can be disposed of under authority and a header never.
CREATE TABLE bodies (
    position bigint PRIMARY KEY,
    body bytea NOT NULL,
    nonce bytea NOT NULL
);

-- The nodes of the tree that an event completes, its leaf first: one row for each event, always at the end.
CREATE TABLE nodes (
    position bigint PRIMARY KEY,
    hashes bytea NOT NULL
);

CREATE TABLE heads (
    stream text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    leaf bytea NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE commands (
    command_id bytea PRIMARY KEY,
    request_sha256 bytea NOT NULL,
    first_position bigint,
    last_position bigint
);

-- The last position: the row that the sequencer moves, and what a second writer without the lock would stumble over.
CREATE TABLE counter (
    one bigint PRIMARY KEY CHECK (one = 1),
    position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO counter VALUES (1, 0);

-- Derived by the domain (domain/index.py); can be made anew from the events.
CREATE TABLE standing (
    state text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    cell text COLLATE "C" NOT NULL,
    known_at text COLLATE "C" NOT NULL,
    root_position bigint NOT NULL,
    from_position bigint NOT NULL,
    from_noticed text COLLATE "C" NOT NULL,
    to_position bigint NOT NULL,
    to_noticed text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    event_id bytea NOT NULL,
    about bigint NOT NULL,
    value text COLLATE "C",
    manifest text COLLATE "C",
    known_precision text COLLATE "C" NOT NULL,
    repairs bigint NOT NULL,
    PRIMARY KEY (state, revision, cell, known_at, root_position, from_position, from_noticed)
);

-- Derived tables: what is in them was worked out from the rows above and can be thrown away; it is made anew when
-- somebody reads. Not written by an append.

-- The cell events of a State up to a position, packed for searching (ledger/page.py).
CREATE TABLE pages (
    state text COLLATE "C" PRIMARY KEY,
    through bigint NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE pages ALTER COLUMN data SET STORAGE EXTERNAL; -- to be read quickly, not to be small

CREATE TABLE tracking (
    application_name text COLLATE "C" PRIMARY KEY,
    notification_id bigint NOT NULL
);

-- Rules that are the same for every table which only grows.

CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % are never deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_keep BEFORE UPDATE ON events FOR EACH STATEMENT EXECUTE FUNCTION kept();
CREATE TRIGGER events_stay BEFORE DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER bodies_keep BEFORE UPDATE ON bodies FOR EACH STATEMENT EXECUTE FUNCTION kept();
CREATE TRIGGER bodies_stay BEFORE TRUNCATE ON bodies FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER nodes_keep BEFORE UPDATE ON nodes FOR EACH STATEMENT EXECUTE FUNCTION kept();
CREATE TRIGGER nodes_stay BEFORE DELETE OR TRUNCATE ON nodes FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER heads_stay BEFORE DELETE OR TRUNCATE ON heads FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER commands_keep BEFORE UPDATE ON commands FOR EACH STATEMENT EXECUTE FUNCTION kept();
CREATE TRIGGER commands_stay BEFORE DELETE OR TRUNCATE ON commands FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER archive_keep BEFORE UPDATE ON archive FOR EACH STATEMENT EXECUTE FUNCTION kept();
CREATE TRIGGER archive_stay BEFORE DELETE OR TRUNCATE ON archive FOR EACH STATEMENT EXECUTE FUNCTION stays();
CREATE TRIGGER counter_stay BEFORE DELETE OR TRUNCATE ON counter FOR EACH STATEMENT EXECUTE FUNCTION stays();

-- No gap in the positions, none in the versions of a stream. These functions look into tables, so each keeps the search
-- path that it was made under: a caller's own could name other tables of the same names. What they ask is answered by
-- one step into an index; a plan that was made while a table was small would read the whole of it, and is kept. It is kept
-- because what is asked names none of their variables: else it would be planned anew for each statement, which took more
-- time than all the rest.

CREATE FUNCTION events_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT min(position) AS first, max(position) AS last, count(*) AS number FROM added) AS run
        WHERE last - first + 1 <> number
            OR first <> 1 + coalesce((SELECT max(position) FROM events WHERE position < run.first), 0)
    ) THEN
        RAISE EXCEPTION 'append-only: the position is not the next one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM (
            SELECT stream, min(version) AS first, max(version) AS last, count(*) AS number FROM added GROUP BY stream
        ) AS run
        WHERE last - first + 1 <> number OR first <> 1 + coalesce((
            SELECT max(version) FROM events WHERE events.stream = run.stream AND events.version < run.first
        ), 0)
    ) THEN
        RAISE EXCEPTION 'append-only: the version is not the next one of its stream'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER events_follow AFTER INSERT ON events REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION events_follow();

-- Bodies may have gaps, left by those that were disposed of; nothing is put into one.
CREATE FUNCTION bodies_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT min(position) AS first, max(position) AS last, count(*) AS number FROM added) AS run
        WHERE first < 1
            OR last > coalesce((SELECT max(position) FROM events), 0)
            OR last <> (SELECT max(position) FROM bodies)
            OR last - first + 1 <> number AND number <> (SELECT count(*) FROM bodies WHERE position >= run.first)
    ) THEN
        RAISE EXCEPTION 'append-only: the body is not the next one, or its event is not on record'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bodies_follow AFTER INSERT ON bodies REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION bodies_follow();

-- A body goes where a recorded disposal names it, and nowhere else. No role needs the right to delete: `dispose` has it.
CREATE FUNCTION bodies_go() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM events AS said JOIN bodies AS disposal USING (position)
        WHERE said.stream = 'record/disposals' AND said.topic = 'record.disposed@1' AND said.position > OLD.position
            AND convert_from(disposal.body, 'UTF8')::jsonb -> 'positions' @> to_jsonb(OLD.position)
    ) OR EXISTS (
        SELECT FROM events
        WHERE position = OLD.position AND (stream LIKE 'record/%' OR stream LIKE 'matrix/%')
    ) THEN
        RAISE EXCEPTION 'append-only: bodies are deleted by a recorded disposal alone'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER bodies_go BEFORE DELETE ON bodies FOR EACH ROW EXECUTE FUNCTION bodies_go();

CREATE FUNCTION dispose(which bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
    DELETE FROM bodies WHERE position = which
$$;

CREATE FUNCTION nodes_follow() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT min(position) AS first, max(position) AS last, count(*) AS number FROM added) AS run
        WHERE last - first + 1 <> number
            OR first <> 1 + coalesce((SELECT max(position) FROM nodes WHERE position < run.first), 0)
    ) THEN
        RAISE EXCEPTION 'append-only: the nodes are not those of the next position'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nodes_follow AFTER INSERT ON nodes REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION nodes_follow();

CREATE FUNCTION heads_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stream <> OLD.stream OR NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'append-only: the head of a stream only moves forward'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER heads_follow BEFORE UPDATE ON heads FOR EACH ROW EXECUTE FUNCTION heads_follow();

CREATE FUNCTION counter_follows() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    highest bigint;
BEGIN
    SELECT max(position) INTO highest FROM events;
    IF NEW.position <= OLD.position OR NEW.position IS DISTINCT FROM highest THEN
        RAISE EXCEPTION 'append-only: the counter moves to the last position'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counter_follows BEFORE UPDATE ON counter FOR EACH ROW EXECUTE FUNCTION counter_follows();
