"""The pass over all events that verification makes: bytes, chain, commitments, ids, commands."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import msgspec
from eventsourcing.persistence import PersistenceError

from domain.canonical import decode
from domain.content import name_of
from domain.disposed import RecordDisposed
from domain.document import DocumentRegistered
from domain.header import FORMAT, Header, commitment, decode_header, leaf_hash
from domain.log_keys import log_of
from domain.recorded import Event, Recorded
from domain.records import TypeRegistered
from domain.refusals import Refusal
from domain.values import LARGEST_BODY, LARGEST_HEADER
from ledger.archive import Archive
from ledger.database import Snapshot
from ledger.finding import Finding
from ledger.mapper import event_key, uuid_bytes, uuid_text
from ledger.randomness import SeededNonces
from ledger.recheck_access import AccessCheck
from ledger.recheck_index import IndexCheck
from ledger.recheck_proof import SealCheck, first_log
from ledger.references import documents_of, sealed_in
from ledger.rules import Rules

PROGRESS_EVERY = 5_000
_EVENTS = """SELECT e.position, e.event_id, e.stream, e.version, e.topic, e.header, b.body, b.nonce
FROM events AS e LEFT JOIN bodies AS b USING (position) ORDER BY e.position"""

_LEAVES = "SELECT position, substr(hashes, 1, 32) AS leaf FROM nodes ORDER BY position"
_CLAIMS = """SELECT command_id, first_position, last_position FROM commands
WHERE first_position IS NOT NULL AND last_position IS NOT NULL"""

Claim = tuple[bytes, int, int]
EventRow = tuple[int, bytes, str, int, str, bytes, bytes | None, bytes | None]


class _Head(msgspec.Struct):
    version: int
    leaf: bytes
    position: int


class _Run(msgspec.Struct):
    """Events that follow each other and are of one command."""

    command: str
    key: bytes
    first: int
    last: int


class EventCheck:
    """Goes through the events once, in order, and remembers what the other passes compare with."""

    def __init__(
        self,
        snapshot: Snapshot,
        rules: Rules,
        archive: Archive,
        index: IndexCheck,
        access: AccessCheck,
        seals: SealCheck,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.position: int = 0
        self.named: dict[str, int] = {}
        self.sealed: dict[str, str] = {}
        self.registered: dict[str, str] = {}
        self._snapshot = snapshot
        self._rules = rules
        self._log = first_log(snapshot) or archive.origin
        self._nonces = None if archive.seed is None else SeededNonces(archive.seed)
        self._index = index
        self._access = access
        self._seals = seals
        self._progress = progress
        self._heads: dict[str, _Head] = {}
        self._types: set[str] = set()
        self._kinds: dict[str, type[Event]] = {}
        self._run: _Run | None = None
        self._claims: Iterator[Claim] = iter(())
        self._claim: Claim | None = None
        self._recorded_at = ""
        self._aside: list[Finding] = []
        self._leaves_lost = False
        self.gap: int | None = None
        self._without: list[int] = []
        self._disposed: set[int] = set()
        self.disposed_documents: set[str] = set()

    def streams(self) -> list[str]:
        """Return the names of all streams met."""
        return list(self._heads)

    def run(self) -> Iterator[Finding]:
        """Check every event, with its leaf in the tree."""
        self._claims = self._all_claims()
        self._claim = next(self._claims, None)
        leaves = self._leaves()
        leaf_row: tuple[int, bytes] | None = next(leaves, None)
        rows: Iterator[EventRow] = self._snapshot.rows(_EVENTS)
        for row, after in _with_next(rows):
            position, expected = row[0], self.position + 1
            if position < expected or (position > expected and after is not None and after[0] == expected + 1):
                self.gap = self.gap or expected
                yield Finding(expected, None, f"what is stored in its place says that it is position {position}")
                self.position = expected if position > expected else self.position
                continue
            if position != expected:
                self.gap = self.gap or expected
                yield Finding(expected, None, f"events are missing up to position {position - 1}")
            self.position = position
            while leaf_row is not None and leaf_row[0] < position:
                yield Finding(leaf_row[0], None, "the tree has a leaf for an event that is missing")
                leaf_row = next(leaves, None)
            stored = None
            if leaf_row is not None and leaf_row[0] == position:
                stored, leaf_row = leaf_row[1], next(leaves, None)
            for what in self._event(row, stored):
                yield Finding(position, None, what)
            if self._aside:
                yield from self._aside
                self._aside.clear()
            if self._progress is not None and position % PROGRESS_EVERY == 0:
                self._progress(position)
        if leaf_row is not None:
            self.gap = self.gap or self.position + 1
        while leaf_row is not None:
            yield Finding(leaf_row[0], None, "the tree has a leaf for an event that is missing")
            leaf_row = next(leaves, None)
        yield from self._end_of_run()
        yield from self._aside
        for position in self._without:
            if position not in self._disposed:
                yield Finding(position, None, "its body is missing")

    @property
    def disposed(self) -> int:
        """How many bodies are gone because a disposal on record names them."""
        return len(self._disposed.intersection(self._without))

    def _leaves(self) -> Iterator[tuple[int, bytes]]:
        try:
            yield from self._snapshot.rows(_LEAVES)
        except PersistenceError as error:
            self._leaves_lost = True
            self._aside.append(Finding(self.position + 1, None, f"from here on the tree cannot be read: {error}"))

    def _all_claims(self) -> Iterator[Claim]:
        try:
            yield from self._snapshot.rows(f"{_CLAIMS} ORDER BY first_position")
        except PersistenceError as error:
            # The rows come in order or not at all; those that can be read tell which ones cannot.
            self._aside.append(Finding(None, None, f"the table of commands cannot be read whole: {error}"))
            yield from sorted(self._claims_left(), key=lambda claim: claim[1])

    def _claims_left(self) -> Iterator[Claim]:
        with suppress(PersistenceError):
            yield from self._snapshot.rows(_CLAIMS)

    def _event(self, row: EventRow, stored: bytes | None) -> Iterator[str]:
        position, event_id, stream, version, topic, data, body, nonce = row
        leaf = leaf_hash(data)
        self._seals.passed(position, stream, version, leaf)
        if stored != leaf and not (stored is None and self._leaves_lost):
            yield "the tree has no leaf for it" if stored is None else "the header does not have the hash of its leaf"
        if len(data) >= LARGEST_HEADER:
            yield f"the header has {len(data)} bytes"
        try:
            header = decode_header(data)
        except Refusal as refusal:
            yield f"the header cannot be read: {refusal}"
            self._heads[stream] = _Head(version, leaf, position)
            return
        columns = (header.position, header.stream, header.version, header_topic(header))
        if columns != (position, stream, version, topic) or uuid_bytes(header.event_id) != event_id:
            yield "the header is not that of this row"
        wrong: list[str] = []
        self._chain(header, leaf, wrong)
        self._placed(header, wrong)
        self._in_command(header, event_id, wrong)
        self._body(header, body, nonce, wrong)
        yield from wrong

    def _chain(self, header: Header, leaf: bytes, wrong: list[str]) -> None:
        head = self._heads.get(header.stream)
        version, previous = (0, None) if head is None else (head.version, head.leaf.hex())
        if header.version != version + 1:
            wrong.append(f"it has version {header.version} in its stream after version {version}")
        elif header.previous != previous:
            wrong.append("it does not name the leaf of its stream's preceding event")
        if head is None:
            self._heads[header.stream] = _Head(header.version, leaf, header.position)
        else:
            head.version, head.leaf, head.position = header.version, leaf, header.position

    def _placed(self, header: Header, wrong: list[str]) -> None:
        self._log = log_of(header, self._log)
        if header.log != self._log or header.format != FORMAT:
            wrong.append(f"it belongs to {header.log}, format {header.format}")
        if header.recorded_at < self._recorded_at:
            wrong.append(f"it was recorded {header.recorded_at}, before its predecessor")
        self._recorded_at = header.recorded_at
        if header.known_at > header.recorded_at:
            wrong.append("it was known later than recorded")

    def _in_command(self, header: Header, event_id: bytes, wrong: list[str]) -> None:
        run = self._run
        if run is None or run.command != header.command_id or run.last != header.position - 1:
            self._aside.extend(self._end_of_run())
            run = self._run = _Run(header.command_id, uuid_bytes(header.command_id), header.position, 0)
        run.last = header.position
        if event_key(run.key, header.position - run.first) != event_id:
            wrong.append("its id does not follow from its command and its place in it")

    def _body(self, header: Header, body: bytes | None, nonce: bytes | None, wrong: list[str]) -> None:
        if body is None or nonce is None:
            self._without.append(header.position)
            return
        if commitment(nonce, body) != header.body_commitment:
            wrong.append("body and nonce are not what the header commits to")
        if self._nonces is not None and self._nonces.at(header.position) != nonce:
            wrong.append("its nonce does not follow from the seed that the archive names")
        if len(body) > LARGEST_BODY:
            wrong.append(f"the body has {len(body)} bytes")
        topic = header_topic(header)
        try:
            kind = self._kinds.get(topic)
            if kind is None:
                kind = self._kinds[topic] = self._rules.body_type(header.type, header.type_version)
            found = decode(body, kind)
        except Refusal as refusal:
            wrong.append(f"the body cannot be read: {refusal}")
            return
        if isinstance(found, TypeRegistered):
            self._types.add(f"{found.type_name}@{found.type_version}")
        if topic not in self._types:
            wrong.append(f"its type {topic} is not registered before it")
        for name in documents_of(found):
            self.named.setdefault(name, header.position)
        if isinstance(found, DocumentRegistered):
            self.registered[name_of(found.content)] = found.document
        self._access.follow(header, found)
        if isinstance(found, RecordDisposed):
            self._disposed.update(found.positions)
            self.disposed_documents |= set() if found.registered is None else {found.registered}
        lie = self._seals.wrong_with(header.position, header.log, found)
        if lie is not None:
            wrong.append(lie)
        sealed = sealed_in(found)
        if sealed is not None:
            self.sealed[sealed[0]] = sealed[1]
        try:
            self._index.follow(Recorded(header, found))
        except KeyError:
            wrong.append("it strikes an event that its stream does not have")
        except Refusal as refusal:
            wrong.append(f"what it strikes cannot be followed: {refusal}")

    def _end_of_run(self) -> Iterator[Finding]:
        """Compare the run of events of one command with what the table of commands says."""
        run = self._run
        if run is None:
            return
        while self._claim is not None and self._claim[1] < run.first:
            yield _claims_others(self._claim)
            self._claim = next(self._claims, None)
        if self._claim is not None and self._claim[1] == run.first:
            claim, self._claim = self._claim, next(self._claims, None)
            if claim != (run.key, run.first, run.last):
                place = run.first if claim[0] != run.key else min(run.last, claim[2]) + 1
                what = f"events {run.first} to {run.last} are of command {run.command}, but {_says(claim)}"
                yield Finding(place, None, what)
        else:
            yield Finding(run.first, None, f"command {run.command} is not in the table of commands")

    def commands(self) -> Iterator[Finding]:
        """Check that no further command claims events."""
        while self._claim is not None:
            yield _claims_others(self._claim)
            self._claim = next(self._claims, None)

    def heads(self) -> Iterator[Finding]:
        """Check the table of stream heads."""
        left = dict(self._heads)
        read = ""
        try:
            for stream, version, leaf in self._snapshot.rows("SELECT stream, version, leaf FROM heads ORDER BY stream"):
                read = stream
                head = left.pop(stream, None)
                if head is None:
                    yield Finding(None, None, f"there is a head of stream {stream}, which has no events")
                elif (head.version, head.leaf) != (version, leaf):
                    # A head that is ahead speaks of an event that is missing, if one is.
                    place = self.gap if version > head.version and self.gap is not None else head.position
                    yield Finding(place, None, f"the head of stream {stream} is not its last event")
        except PersistenceError as error:
            nearest = min((stream for stream in left if stream > read), default=None)
            at = None if nearest is None else left[nearest].position
            yield Finding(at, None, f"the heads of streams after {read!r} cannot be read: {error}")
            return
        for stream, head in left.items():
            yield Finding(head.position, None, f"stream {stream} has no head")


def _with_next(rows: Iterable[EventRow]) -> Iterator[tuple[EventRow, EventRow | None]]:
    """Yield each row with the one behind it."""
    before: EventRow | None = None
    for row in rows:
        if before is not None:
            yield before, row
        before = row
    if before is not None:
        yield before, None


def _says(claim: Claim) -> str:
    return f"command {uuid_text(claim[0])} claims events {claim[1]} to {claim[2]}"


def _claims_others(claim: Claim) -> Finding:
    return Finding(claim[1], None, f"{_says(claim)}, which are not its own")


def header_topic(header: Header) -> str:
    """Return type and version as one name."""
    return f"{header.type}@{header.type_version}"
