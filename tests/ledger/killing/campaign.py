"""An office whose processes are killed again and again, and what must hold after each time."""

import json
import os
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, NoReturn

from domain.catalogue import TYPES
from domain.contact.commands import EraseContact
from domain.document import RegisterDocument
from interfaces import initialise
from ledger import opening
from ledger.archive import Archive
from ledger.backups.making import back_up
from ledger.backups.manifest import checked
from ledger.copying import Place as At
from ledger.proving.checkpoint import Checkpoint, checkpoint
from ledger.proving.folder import CHECKPOINT, Folder
from ledger.proving.note import note
from ledger.proving.pieces import Publishing
from ledger.proving.publishing import publish
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer, signer_of
from ledger.recheck_proof import SignedCheck
from ledger.record import Record
from ledger.verify import Verification
from tests.ledger.killing.steps import Step
from tests.ledger.places import Place
from tests.workflows.mail.given import Office, record_at

AUTHORITY = "authority"
AT_ONCE = 3
Tell = Callable[..., None]
Activity = Callable[["Campaign", Record, str, Tell], None]


class Campaign:
    """One record, killed at its work by processes of its own; what these were told is kept."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place = place
        self.chance = Random(seed)
        self.fell: Counter[str] = Counter()
        self.folder = Folder(place.home.with_name("log"))
        self.signed: list[Checkpoint] = []
        with record_at(place.home, place.address) as record:
            office = Office.made(record)
            record.submit_all(initialise.types("sec", [each for each in TYPES if each.startswith("document")]))
            self.registers(record, AUTHORITY)
            self.signer(record).make()
            self._vault = office.vault

    def signer(self, record: Record) -> Signer:
        return signer_of(self.place.home / "signer", Archive(1, record.origin, record.seed))

    def opened(self) -> Record:
        return Record.open(self.place.home, address=self.place.address)

    def at(self) -> At:
        return At(self.place.address, self.place.home)

    @staticmethod
    def registers(record: Record, name: str) -> tuple[int | None, bool]:
        """Register a document, its bytes stored before; return where it is and whether it was there."""
        data = f"the document {name}".encode()
        sha256 = record.documents.put(data)
        command = RegisterDocument(
            id=name,
            actor="sec",
            document=name,
            title=name,
            sha256=sha256,
            size=len(data),
            media_type="text/plain",
            language="en",
        )
        receipt = record.submit(command)
        return receipt.first_position, receipt.repeated

    # Killing

    def killed(self, activity: Activity, steps: Sequence[Step], times: int) -> Counter[str]:
        """Do something so many times, killed at each step in turn, and check what is left; return where it fell."""
        order: list[Step] = []
        for number in range(times):
            order = order or self.chance.sample(steps, len(steps))
            step, nth = order.pop(), self.chance.randint(1, AT_ONCE)
            if not any(self._once(activity, step, each, f"{number}-{each}") for each in (nth, 1)):
                raise AssertionError(f"it never came to where {step.name}")
        with self.opened() as record:
            assert list(self._verification(self.signer(record))) == []
        return self.fell

    def _once(self, activity: Activity, step: Step, nth: int, name: str) -> bool:
        name = f"{activity.__name__}-{name}"
        if activity is erases:
            with self.opened() as record:
                Office(record).has_contact(name)
        told = self._child(activity, step, nth, name)
        fell = [each["fell"] for each in told if "fell" in each]
        self.fell.update(fell)
        self._check(activity, name, told)
        return bool(fell)

    def _child(self, activity: Activity, step: Step, nth: int, name: str) -> list[Any]:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._work(activity, step, nth, name, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            lines = pipe.read().splitlines()
        _, status = os.waitpid(child, 0)
        told = [json.loads(line) for line in lines]
        assert not [each for each in told if "failed" in each], told
        assert os.WIFSIGNALED(status) == any("fell" in each for each in told)
        return told

    def _work(self, activity: Activity, step: Step, nth: int, name: str, writing: int) -> NoReturn:
        def tell(**said: object) -> None:
            os.write(writing, json.dumps(said).encode() + b"\n")

        try:
            with self.opened() as record:
                step.arm(nth, lambda fallen: tell(fell=fallen))
                activity(self, record, name, tell)
        except Exception:  # noqa: BLE001 - told to the parent, which fails
            tell(failed=traceback.format_exc())
        finally:
            os._exit(0)

    # What must hold

    def _check(self, activity: Activity, name: str, told: list[Any]) -> None:
        self.signed += [checkpoint(note(each["note"].encode())) for each in told if "note" in each]
        published = self.folder.read(CHECKPOINT)
        if published is not None:
            self.signed.append(checkpoint(note(published)))
        with self.opened() as record:
            signer = self.signer(record)
            self.signed.append(signer.last())
            found = list(self._verification(signer))
            assert found == [], f"not sound after {self.fell}: {found}"
            for number in range(AT_ONCE):
                self._one_event(record, f"{name}-{number}", told)
            check = CHECKS.get(activity)
            if check is not None:
                check(self, record, name)
            now = checkpoint(Sealer(record, signer).checkpoint())
            for each in self.signed:
                assert each.size <= now.size
                assert record.root(each.size) == each.root, f"{each} was given out"
            self.signed = [now]

    def _verification(self, signer: Signer) -> Verification:
        folder = self.folder if self.folder.read(CHECKPOINT) is not None else None
        return Verification(self.place.home, address=self.place.address, signed=SignedCheck(signer, folder))

    def _one_event(self, record: Record, name: str, told: list[Any]) -> None:
        """Whatever was acknowledged is there, where it was said to be; doing it again makes it one event in all."""
        acknowledged = [each["position"] for each in told if each.get("name") == name]
        position, repeated = self.registers(record, name)
        for each in acknowledged:
            assert (position, repeated) == (each, True), f"{name} was acknowledged"
        assert len(record.history(f"document/{name}").events) == 1


# What is done


def appends(campaign: Campaign, record: Record, name: str, tell: Tell) -> None:
    """Register some documents."""
    for number in range(AT_ONCE):
        each = f"{name}-{number}"
        position, _repeated = campaign.registers(record, each)
        tell(name=each, position=position)


def signs(campaign: Campaign, record: Record, name: str, tell: Tell) -> None:
    """Register some documents, seal and sign, each time."""
    for number in range(AT_ONCE):
        each = f"{name}-{number}"
        tell(name=each, position=campaign.registers(record, each)[0])
        tell(note=bytes(Sealer(record, campaign.signer(record)).checkpoint()).decode())


def publishes(campaign: Campaign, record: Record, name: str, tell: Tell) -> None:
    """Register some documents, and publish the log, each time."""
    everything = Publishing(entries=True, mirror=lambda _header: True)
    for number in range(AT_ONCE):
        each = f"{name}-{number}"
        tell(name=each, position=campaign.registers(record, each)[0])
        signer = campaign.signer(record)
        signed = Sealer(record, signer).checkpoint()
        with opening.snapshot(record.address) as snapshot:
            publish(snapshot, signed, signer.keys(snapshot), campaign.folder, everything, None)
        tell(note=bytes(signed).decode())


def erases(campaign: Campaign, record: Record, name: str, tell: Tell) -> None:
    """Erase a contact: on record first, then the key."""
    del campaign, tell
    command = EraseContact(id=f"erase-{name}", actor="sec", contact=name, reason="asked", document=AUTHORITY)
    record.submit(command)
    Office(record).vault.keys.destroy(name)


def backs_up(campaign: Campaign, record: Record, name: str, tell: Tell) -> None:
    """Register a document, and take a backup."""
    tell(name=f"{name}-0", position=campaign.registers(record, f"{name}-0")[0])
    back_up(campaign.at(), _backup(campaign, name))


def _backup(campaign: Campaign, name: str) -> Path:
    return campaign.place.home.with_name("backups") / name


def _erased(campaign: Campaign, record: Record, name: str) -> None:
    """No key goes without an erasure on record; done again, the erasure is one event, and the key is gone."""
    events = [each.header.type for each in record.history(f"contact/{name}").events]
    if name not in set(Office(record).vault.keys.names()):
        assert "contact.erased" in events
    erases(campaign, record, name, lambda **_said: None)
    events = [each.header.type for each in record.history(f"contact/{name}").events]
    assert events.count("contact.erased") == 1
    assert name not in set(Office(record).vault.keys.names())


def _backed_up(campaign: Campaign, record: Record, name: str) -> None:
    """A backup is there whole, or not at all; where it is not, taking it again succeeds."""
    folder = _backup(campaign, name)
    if not folder.exists():
        back_up(campaign.at(), folder)
    manifest = checked(folder)
    assert bytes.fromhex(manifest.root) == record.root(manifest.events)
    assert [each.name for each in folder.parent.iterdir() if each.name.startswith(f".{name}")] == []


CHECKS: dict[Activity, Callable[[Campaign, Record, str], None]] = {erases: _erased, backs_up: _backed_up}
