"""A log with a signer, and what somebody who holds its database can do to it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from domain import log_keys, seals
from domain.canonical import encode
from domain.deciding import Command, Context
from domain.log_keys import ChangeKey, KeyChanged, LogOpened, OpenNextLog
from domain.recorded import Decided, Event
from domain.records import RegisterType
from domain.seals import HeadsSealed, SealHeads
from ledger import opening
from ledger.archive import Archive
from ledger.database import Snapshot
from ledger.proving.note import Note
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer, signer_of
from ledger.proving.signer_files import FOLDER
from ledger.recheck_proof import SignedCheck
from ledger.record import Record
from ledger.rules import Rules
from ledger.verify import Verification
from tests.ledger import tiny
from tests.ledger.places import Place, PostgresPlace

OURS: dict[str, type[Event]] = {kind.topic(): kind for kind in (HeadsSealed, KeyChanged, LogOpened)}


def decide(command: Command, context: Context) -> Decided:
    match command:
        case SealHeads():
            return seals.seal(command, context)
        case ChangeKey():
            return log_keys.change(command, context)
        case OpenNextLog():
            return log_keys.open_next(command, context)
        case _:
            return tiny.decide(command, context)


def body_type(name: str, version: int) -> type[Event]:
    return OURS.get(f"{name}@{version}") or tiny.body_type(name, version)


RULES = Rules(decide=decide, body_type=body_type, encode_command=encode)


def registrations() -> list[RegisterType]:
    mine = [
        RegisterType(
            id=f"register-{kind.topic()}",
            actor="system",
            type_name=kind.TYPE,
            type_version=kind.VERSION,
            json_schema="{}",
            avro_schema="{}",
        )
        for kind in OURS.values()
    ]
    return [*tiny.registrations(), *mine]


class Log:
    """A record of notes with its sealer and signer."""

    def __init__(self, place: Place, record: Record) -> None:
        self.place = place
        self.record = record
        self.signer = signer(place, record)
        self.sealer = Sealer(record, self.signer)

    def notes(self, count: int, text: str = "text", streams: int = 3) -> None:
        first = self.record.last_position
        self.record.submit_all(
            tiny.Note(id=f"{text}-{first}-{n}", actor="x", text=f"{text} {n}", stream=f"note/{n % streams}")
            for n in range(count)
        )

    def checkpoint(self) -> Note:
        return self.sealer.checkpoint()

    @contextmanager
    def snapshot(self) -> Generator[Snapshot]:
        with opening.snapshot(self.place.address) as snapshot:
            yield snapshot


def signer(place: Place, record: Record) -> Signer:
    return signer_of(place.home / FOLDER, Archive(1, record.origin, record.seed))


@contextmanager
def begun(place: Place) -> Generator[Log]:
    """Begin a log with a signer."""
    with place.create(rules=RULES) as record:
        record.submit_all(registrations())
        signer(place, record).make()
        yield Log(place, record)


@contextmanager
def opened(place: Place) -> Generator[Log]:
    """Open a log again, as another process does."""
    with place.open(rules=RULES) as record:
        yield Log(place, record)


def cut(place: Place, position: int) -> None:
    """Cut the record behind a position with all that belongs to it, as if the rest had never been."""
    with place.stranger() as hand:
        for table in ("bodies", "nodes", "events"):
            hand(f"DELETE FROM {table} WHERE position > ?", position)
        hand("DELETE FROM commands WHERE last_position > ?", position)
        if isinstance(place, PostgresPlace):
            hand("UPDATE counter SET position = ?", position)
        hand("DELETE FROM heads")
        hand(
            """INSERT INTO heads (stream, version, leaf) SELECT e.stream, e.version, substr(n.hashes, 1, 32)
            FROM events AS e JOIN nodes AS n USING (position)
            WHERE e.version = (SELECT max(l.version) FROM events AS l WHERE l.stream = e.stream)"""
        )


def verification(
    place: Place, signed: SignedCheck | None = None, progress: Callable[[int], None] | None = None
) -> Verification:
    return Verification(place.home, address=place.address, rules=RULES, signed=signed, progress=progress)
