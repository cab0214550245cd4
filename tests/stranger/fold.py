"""`show --json` as a stranger would write it, from sections 1 to 4 of the record's contract and nothing of ours.

Input: the lines of `export --log` and the documents by hash. Everything is worked out anew for every question, event by
event, as the text says it. Where the text leaves room, a comment beginning with CHOICE says what was chosen.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
"""A line of the export: header and, where the reader may see it, body."""

Documents = Callable[[str], bytes | None]
CELL_TYPES = ("matrix.cell-assessed", "matrix.cell-corrected")
ACTS = {
    "approved": ("matrix.approved",),
    "sent": ("exchange.matrix-sent",),
    "published": ("consent.published", "consent.unpublished"),
}


def read(lines: Iterable[bytes]) -> list[Event]:
    """Return the events that the lines of an export hold."""
    return [json.loads(line) for line in lines]


def show(
    events: list[Event],
    documents: Documents,
    state: str,
    *,
    known_cut: str,
    position: int,
    standing: str = "approved",
    reading: str = "corrected",
    as_of: str | None = None,
    in_force_on: str | None = None,
) -> dict[str, Any]:
    """Return what `show STATE --json` must print for a reader who sees everything in `events`."""
    on_record = [event for event in events if event["header"]["position"] <= position]
    here = _Reading(on_record, documents, state, known_cut, reading, in_force_on)
    there = _Reading(
        on_record, documents, state, known_cut, "stood" if reading == "corrected" else "corrected", in_force_on
    )
    revision, template, shown = here.matrix(standing)
    other = {cell["cell"]: cell["value"] for cell in there.matrix(standing)[2]}
    mine = {cell["cell"]: cell["value"] for cell in shown}
    # CHOICE (section 4, `differs`): cells shown in template order, then cells that only the other reading shows.
    in_either = [*mine, *(cell for cell in other if cell not in mine)]
    resting = here.rests_on(standing)
    made_up = [resting] if resting is not None else []
    made_up += [here.by_id[cell["event_id"]] for cell in shown if cell["event_id"] is not None]
    last = on_record[-1]["header"] if on_record else None
    return {
        "state": state,
        "as_of": as_of,
        "known_cut": known_cut,
        "recorded_by": last and {"position": last["position"], "recorded_at": last["recorded_at"]},
        "standing": standing,
        "reading": reading,
        "revision": revision,
        "template": template and template["template"],
        "legend": template and template["legend"],
        # CHOICE (section 4, `show --json`, which nulls all but the notice): without a revision, the notice of the
        # template last in order among those that stand at R, reading `corrected`.
        "notice": template["notice"] if template else _notice(here, there),
        # CHOICE: true if the record's first event is synthetic, or any event shown, or what the answer rests on.
        "synthetic": any(event["header"]["synthetic"] for event in [*on_record[:1], *made_up]),
        "possibly_known": here.possibly_known(),
        "differs": [cell for cell in in_either if mine.get(cell) != other.get(cell)],
        "cells": shown,
    }


def stands(on_record: list[Event], d: str, reading: str) -> tuple[dict[str, Event], dict[str, str]]:
    """Return what stands of E(R), by the root of its chain, and by what the rest is voided; openings not looked at."""
    by_id = {event["header"]["event_id"]: event for event in on_record}

    # The reading "stood" first leaves out the events with noticed_at > D; chains remain those of E(R).
    left = [event for event in on_record if reading == "corrected" or (event["header"]["noticed_at"] or "") <= d]

    # From the highest position down, a recorded-in-error that is not itself voided voids its target.
    voided_by: dict[str, str] = {}
    for event in reversed(left):
        header = event["header"]
        if _voids(header) and header["event_id"] not in voided_by:
            # CHOICE: where two events void one target (in `stood`), the highest position is the one named.
            voided_by.setdefault(header["strikes"], header["event_id"])

    # Of the rest of a chain the event of the highest position stands, one or none.
    in_place: dict[str, Event] = {}
    for event in left:
        header = event["header"]
        if not _voids(header) and header["event_id"] not in voided_by:
            in_place[root_of(event, by_id)["header"]["event_id"]] = event
    return in_place, voided_by


def root_of(event: Event, by_id: dict[str, Event]) -> Event:
    """Return the root of the chain that an event belongs to."""
    while event["header"]["strikes"] is not None:
        event = by_id[event["header"]["strikes"]]
    return event


class _Reading:
    """E(R) in one reading at one D: who stands, and what a State's matrix then says."""

    def __init__(
        self, on_record: list[Event], documents: Documents, state: str, d: str, reading: str, in_force_on: str | None
    ) -> None:
        self.documents = documents
        self.state = state
        self.d = d
        self.reading = reading
        self.in_force_on = in_force_on
        self.by_id = {event["header"]["event_id"]: event for event in on_record}
        self.in_place, self.voided_by = stands(on_record, d, reading)

        # Where an opening does not stand, none of its revision's events does.
        opened = {
            (event["body"]["state"], event["body"]["revision"])
            for event in self.in_place.values()
            if event["header"]["type"] == "matrix.revision-opened"
        }
        for root_id, event in list(self.in_place.items()):
            whose = _revision_of(event)
            if whose is not None and whose not in opened:
                del self.in_place[root_id]
        self.standing = sorted(self.in_place.values(), key=self.order)

    def root(self, event: Event) -> Event:
        """Return the root of the chain that an event belongs to."""
        return root_of(event, self.by_id)

    def order(self, event: Event) -> tuple[str, int]:
        """Return (known_at, root position)."""
        return event["header"]["known_at"], self.root(event)["header"]["position"]

    def of_state(self, *types: str, known: bool = True) -> list[Event]:
        """Return the State's standing events of some types in order, known by D or (`known=False`) whenever."""
        return [
            event
            for event in self.standing
            if event["header"]["type"] in types
            and event["body"]["state"] == self.state
            and (not known or event["header"]["known_at"] <= self.d)
        ]

    def template(self, name: str) -> dict[str, Any]:
        """Return the template that stands, whatever its known date."""
        # CHOICE (section 4): reference data is read at (R, reading), so that a template is never missing at an old D.
        # Should several stand (in `stood`), the one whose root has the highest position.
        found = [
            event
            for event in self.standing
            if event["header"]["type"] == "template.adopted" and event["body"]["template"] == name
        ]
        body: dict[str, Any] = max(found, key=lambda event: self.order(event)[1])["body"]
        return body

    def document(self, sha256: str) -> dict[str, Any]:
        """Return a stored canonical JSON document."""
        data = self.documents(sha256)
        assert data is not None, f"document {sha256} is not in the store"
        found: dict[str, Any] = json.loads(data)
        return found

    # Which revision

    def last_open_revision(self) -> int | None:
        """Return the last revision opened and not withdrawn by D."""
        given_up = [event["body"]["revision"] for event in self.of_state("matrix.revision-withdrawn")]
        revisions: list[int] = [
            event["body"]["revision"]
            for event in self.of_state("matrix.revision-opened")
            if event["body"]["revision"] not in given_up
        ]
        return revisions[-1] if revisions else None

    def opening(self, revision: int) -> dict[str, Any] | None:
        """Return the body of a revision's standing opening."""
        for event in self.of_state("matrix.revision-opened", known=False):
            if event["body"]["revision"] == revision:
                body: dict[str, Any] = event["body"]
                return body
        return None

    # What a cell reads

    def own(self, revision: int, cell: str) -> list[Event]:
        """Return a cell's own standing events by D, in order."""
        return [
            event
            for event in self.of_state(*CELL_TYPES)
            if event["body"]["revision"] == revision and event["body"]["cell"] == cell
        ]

    def is_late(self, event: Event) -> bool:
        """Say whether an event is a late fact: its root repairs nothing and came after the standing seal."""
        # CHOICE (section 2): the seal that stands at (R, reading), whatever its known_at. If two stand in `stood`
        # (the void of the first not yet noticed), the last in order.
        seals = [
            seal
            for seal in self.of_state("matrix.revision-sealed", known=False)
            if seal["body"]["revision"] == event["body"]["revision"]
        ]
        root = self.root(event)["header"]
        return bool(seals) and root["noticed_at"] is None and root["position"] > seals[-1]["header"]["position"]

    def from_cells(self, revision: int, cell: str) -> tuple[int, list[str]] | None:
        """Return the source revision and cells that a cell reads through to, by its carry-over row."""
        opening = self.opening(revision)
        if opening is None or opening["carried"] is None:
            return None
        for row in self.document(opening["carried"])["cells"]:
            if row["cell"] == cell:
                return opening["seeded_from"], row["from_cells"]
        return None

    def reads(self, revision: int, cell: str, *, late: bool) -> Event | None:
        """Return what a cell reads in a revision, late facts included or left out."""
        own = [event for event in self.own(revision, cell) if late or not self.is_late(event)]
        if own:
            return own[-1]
        through = self.from_cells(revision, cell)
        if through is None:
            return None
        found = [self.reads(through[0], source, late=False) for source in through[1]]
        read = [None if event is None else event["body"]["value"] for event in found]
        if any(value != read[0] for value in read) or found[0] is None:
            return None
        opening = self.opening(revision)
        assert opening is not None
        fields = {field["cell"]: field for field in self.template(opening["template"])["fields"]}
        return found[0] if cell in fields and read[0] in fields[cell]["allowed"] else None

    def late_facts(self, revision: int, cell: str) -> list[Event]:
        """Return the late facts by D of a cell and of those it reads through."""
        own = self.own(revision, cell)
        found = [event for event in own if self.is_late(event)]
        through = self.from_cells(revision, cell)
        # CHOICE (section 4, `later_fact`): the path is the one that is read with late facts left out, so it goes on
        # behind a cell whose own events are all late, and into every source cell, also where they disagree.
        if through is not None and len(found) == len(own):
            for source in through[1]:
                found += self.late_facts(through[0], source)
        return found

    # The answer

    def rests_on(self, standing: str) -> Event | None:
        """Return the opening or act that the answer rests on."""
        if standing == "working":
            revision = self.last_open_revision()
            for event in self.of_state("matrix.revision-opened"):
                if event["body"]["revision"] == revision:
                    return event
            return None
        acts = self.of_state(*ACTS[standing])
        return acts[-1] if acts and acts[-1]["header"]["type"] != "consent.unpublished" else None

    def matrix(self, standing: str) -> tuple[int | None, dict[str, Any] | None, list[dict[str, Any]]]:
        """Return revision, template and cells of the State's matrix in a standing."""
        events: dict[str, Event | None]
        if standing == "working":
            revision = self.last_open_revision()
            opening = None if revision is None else self.opening(revision)
            if revision is None or opening is None:
                return None, None, []
            template = self.template(opening["template"])
            events = {field["cell"]: self.reads(revision, field["cell"], late=True) for field in template["fields"]}
        else:
            act = self.rests_on(standing)
            if act is None:
                return None, None, []
            manifest = self.document(act["body"]["manifest"])
            revision = int(manifest["revision"])
            template = self.template(manifest["template"])
            events = {
                row["cell"]: None if row["event_id"] is None else self.by_id[row["event_id"]]
                for row in manifest["cells"]
            }
        cells = [self.cell(revision, field["cell"], events.get(field["cell"])) for field in template["fields"]]
        return revision, template, cells

    def cell(self, revision: int, cell: str, event: Event | None) -> dict[str, Any]:
        """Return one cell of the answer."""
        last_late = max(self.late_facts(revision, cell), key=self.order, default=None)
        # CHOICE: where nothing is shown, any late fact comes later than it.
        later = last_late is not None and (event is None or self.order(last_late) > self.order(event))
        # CHOICE (`in_force_on` blanks a cell): nothing is shown there; its later fact still is, judged beside the
        # event that was blanked.
        if event is not None and self.in_force_on is not None and not _in_force(event, self.in_force_on):
            event = None
        header = None if event is None else event["header"]
        body = None if event is None else event["body"]
        return {
            "cell": cell,
            "value": body and body["value"],
            "event_id": header and header["event_id"],
            "position": header and header["position"],
            "known_at": header and header["known_at"],
            "known_precision": header and header["known_precision"],
            "recorded_at": header and header["recorded_at"],
            # CHOICE: no event, no sources (null, not an empty list).
            "sources": body and body["sources"],
            "carried_from": {"revision": body["revision"], "cell": body["cell"]}
            if body and (body["revision"], body["cell"]) != (revision, cell)
            else None,
            "corrected_by": event and self.corrected_by(event),
            "later_fact": last_late["header"]["event_id"] if later and last_late is not None else None,
            "withheld": False,
        }

    def corrected_by(self, event: Event) -> str | None:
        """Return what stands in the chain of an event, else what voids the event, if another."""
        instead = self.in_place.get(self.root(event)["header"]["event_id"])
        found = self.voided_by.get(event["header"]["event_id"]) if instead is None else instead["header"]["event_id"]
        return None if found == event["header"]["event_id"] else found

    def possibly_known(self) -> int:
        """Return how many standing cell events of the State have a month or year that holds D, and a later date."""
        return sum(
            event["header"]["known_precision"] in ("month", "year")
            and _start(event["header"]["known_at"], event["header"]["known_precision"]) <= self.d
            and self.d < event["header"]["known_at"]
            for event in self.of_state(*CELL_TYPES, known=False)
        )


def _notice(*readings: _Reading) -> str | None:
    (corrected,) = (each for each in readings if each.reading == "corrected")
    adopted = [event for event in corrected.standing if event["header"]["type"] == "template.adopted"]
    return adopted[-1]["body"]["notice"] if adopted else None


def _voids(header: dict[str, Any]) -> bool:
    return str(header["type"]).endswith("recorded-in-error")


def _revision_of(event: Event) -> tuple[str, int] | None:
    """Return the (State, revision) that an event of a matrix belongs to."""
    # CHOICE: acts of exchange and consent name a manifest, no revision, so a voided opening does not remove them.
    if not str(event["header"]["type"]).startswith("matrix.") or _voids(event["header"]):
        return None
    return event["body"]["state"], event["body"]["revision"]


def _in_force(event: Event, on: str) -> bool:
    begins, ends = event["body"]["in_force_from"], event["body"]["in_force_to"]
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _start(known_at: str, precision: str) -> str:
    """Return the first instant of the month or year, in New York, that a known date falls in."""
    new_york = ZoneInfo("America/New_York")
    local = datetime.fromisoformat(known_at).astimezone(new_york)
    first = datetime(local.year, 1 if precision == "year" else local.month, 1, tzinfo=new_york)
    return first.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
