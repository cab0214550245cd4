-- The record on SQLite. What section 5 of the record's format says is refused, the database itself refuses.

CREATE TABLE archive (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    format INTEGER NOT NULL,
    origin TEXT NOT NULL,
    seed TEXT, -- of a simulation, as decimal text; null otherwise
    layout INTEGER NOT NULL -- how these tables are laid out
) STRICT;

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    event_id BLOB NOT NULL UNIQUE,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    header BLOB NOT NULL,
    UNIQUE (stream, version)
) STRICT;

-- Apart from the headers, because a body can be disposed of under authority and a header never.
CREATE TABLE bodies (
    position INTEGER PRIMARY KEY,
    body BLOB NOT NULL,
    nonce BLOB NOT NULL
) STRICT;

-- The nodes of the tree that an event completes, its leaf first: one row for each event, always at the end.
CREATE TABLE nodes (
    position INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL
) STRICT;

CREATE TABLE heads (
    stream TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    leaf BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
    command_id BLOB PRIMARY KEY,
    request_sha256 BLOB NOT NULL,
    first_position INTEGER,
    last_position INTEGER
) STRICT, WITHOUT ROWID;

-- Derived by the domain (domain/index.py); can be made anew from the events.
CREATE TABLE standing (
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    cell TEXT NOT NULL,
    known_at TEXT NOT NULL,
    root_position INTEGER NOT NULL,
    from_position INTEGER NOT NULL,
    from_noticed TEXT NOT NULL,
    to_position INTEGER NOT NULL,
    to_noticed TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    about INTEGER NOT NULL,
    value TEXT,
    manifest TEXT,
    known_precision TEXT NOT NULL,
    repairs INTEGER NOT NULL,
    PRIMARY KEY (state, revision, cell, known_at, root_position, from_position, from_noticed)
) STRICT, WITHOUT ROWID;

-- Derived tables: what is in them was worked out from the rows above and can be thrown away; it is made anew when
-- somebody reads. Not written by an append.

-- The cell events of a State up to a position, packed for searching (ledger/page.py).
CREATE TABLE pages (
    state TEXT PRIMARY KEY,
    through INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tracking (
    application_name TEXT PRIMARY KEY,
    notification_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- INSERT OR REPLACE deletes what it replaces without asking the DELETE triggers, so each BEFORE INSERT refuses
-- whatever is there already.

CREATE TRIGGER events_follow BEFORE INSERT ON events BEGIN
    SELECT RAISE(ABORT, 'append-only: the position is not the next one')
    WHERE NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events);
    SELECT RAISE(ABORT, 'append-only: the version is not the next one of its stream')
    WHERE NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream);
    SELECT RAISE(ABORT, 'append-only: the event is on record already')
    WHERE EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id);
END;
CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'append-only: events are never changed');
END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'append-only: events are never deleted');
END;

CREATE TRIGGER bodies_follow BEFORE INSERT ON bodies BEGIN
    SELECT RAISE(ABORT, 'append-only: the body is on record already, or its event is not')
    WHERE EXISTS (SELECT 1 FROM bodies WHERE position >= NEW.position)
        OR NEW.position > (SELECT coalesce(max(position), 0) FROM events);
END;
CREATE TRIGGER bodies_keep BEFORE UPDATE ON bodies BEGIN
    SELECT RAISE(ABORT, 'append-only: bodies are never changed');
END;
CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies BEGIN
    SELECT RAISE(ABORT, 'append-only: bodies are deleted by a recorded disposal alone') WHERE NOT EXISTS (
        SELECT 1 FROM events AS said JOIN bodies AS disposal USING (position),
            json_each(CAST(disposal.body AS TEXT), '$.positions') AS named
        WHERE said.stream = 'record/disposals' AND said.topic = 'record.disposed@1'
            AND said.position > OLD.position AND named.value = OLD.position
    ) OR EXISTS (
        SELECT 1 FROM events
        WHERE position = OLD.position AND (stream LIKE 'record/%' OR stream LIKE 'matrix/%')
    );
END;

CREATE TRIGGER nodes_follow BEFORE INSERT ON nodes BEGIN
    SELECT RAISE(ABORT, 'append-only: the nodes are not those of the next position')
    WHERE NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM nodes);
END;
CREATE TRIGGER nodes_keep BEFORE UPDATE ON nodes BEGIN
    SELECT RAISE(ABORT, 'append-only: nodes are never changed');
END;
CREATE TRIGGER nodes_stay BEFORE DELETE ON nodes BEGIN
    SELECT RAISE(ABORT, 'append-only: nodes are never deleted');
END;

CREATE TRIGGER heads_begin BEFORE INSERT ON heads BEGIN
    SELECT RAISE(ABORT, 'append-only: the stream has a head already')
    WHERE EXISTS (SELECT 1 FROM heads WHERE stream = NEW.stream);
END;
CREATE TRIGGER heads_follow BEFORE UPDATE ON heads BEGIN
    SELECT RAISE(ABORT, 'append-only: the head of a stream only moves forward')
    WHERE NEW.stream IS NOT OLD.stream OR NEW.version <= OLD.version;
END;
CREATE TRIGGER heads_stay BEFORE DELETE ON heads BEGIN
    SELECT RAISE(ABORT, 'append-only: heads are never deleted');
END;

CREATE TRIGGER commands_follow BEFORE INSERT ON commands BEGIN
    SELECT RAISE(ABORT, 'append-only: the command is on record already')
    WHERE EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id);
END;
CREATE TRIGGER commands_keep BEFORE UPDATE ON commands BEGIN
    SELECT RAISE(ABORT, 'append-only: commands are never changed');
END;
CREATE TRIGGER commands_stay BEFORE DELETE ON commands BEGIN
    SELECT RAISE(ABORT, 'append-only: commands are never deleted');
END;

CREATE TRIGGER archive_once BEFORE INSERT ON archive BEGIN
    SELECT RAISE(ABORT, 'append-only: the archive has its name already') WHERE EXISTS (SELECT 1 FROM archive);
END;
CREATE TRIGGER archive_keep BEFORE UPDATE ON archive BEGIN
    SELECT RAISE(ABORT, 'append-only: the archive keeps its name');
END;
CREATE TRIGGER archive_stay BEFORE DELETE ON archive BEGIN
    SELECT RAISE(ABORT, 'append-only: the archive keeps its name');
END;
