"""What the Committee did, counted from the lines of `export --log` with nothing of ours: for each figure, positions."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
Counts = dict[str, list[tuple[str, int]]]
"""For each figure, the day and the position of everything that is counted."""
INSIDE = {"matrix.cell-assessed", "matrix.cell-corrected", "matrix.examined", "matrix.approved"}
CELLS = {"matrix.cell-assessed", "matrix.cell-corrected"}
PLAIN = {
    "matrix.examined": "matrices-examined",
    "matrix.approved": "matrices-approved",
    "exchange.matrix-sent": "matrices-sent",
    "consent.published": "matrices-published",
}


def counts(lines: Iterable[bytes], *, known_cut: str, position: int, reading: str = "corrected") -> Counts:
    """Return what is counted at a place on the axes, for a reader who sees everything."""
    standing = _standing([json.loads(line) for line in lines], known_cut, position, reading)
    opened = {
        (e["body"]["state"], e["body"]["revision"]) for e in standing if e["header"]["type"] == "matrix.revision-opened"
    }
    taken_back = {e["body"]["submission"] for e in standing if e["header"]["type"] == "submission.withdrawn"}
    found: Counts = defaultdict(list)
    decided: set[tuple[str, str]] = set()
    for event in standing:
        header, body, kind = event["header"], event["body"], event["header"]["type"]
        if kind in INSIDE and (body["state"], body["revision"]) not in opened:
            continue
        here = (_day(header["known_at"]), header["position"])
        if kind in CELLS:
            found["cells-assessed"].append(here)
            if header["strikes"] and _day(header["noticed_at"]) <= _day(known_cut):
                found["cells-corrected"].append((_day(header["noticed_at"]), header["position"]))
        elif kind in PLAIN:
            found[PLAIN[kind]].append(here)
        elif kind.startswith("submission.") and body["submission"] not in taken_back:
            found[_received(kind, body)].append(here)
        elif kind in ("decision.proposed", "decision.adopted") and (kind, body["decision"]) not in decided:
            decided.add((kind, body["decision"]))
            found["decisions-" + kind.partition(".")[2]].append(here)
    return found


def _received(kind: str, body: dict[str, Any]) -> str:
    if kind == "submission.read-nothing-new":
        return "submissions-read"
    return f"received-{body['kind']}" if kind == "submission.received" else "received-no-change"


def _standing(events: list[Event], known_cut: str, position: int, reading: str) -> list[Event]:
    """Return the events that stand, in order of (known_at, position of the root)."""
    considered = [
        event
        for event in events
        if event["header"]["position"] <= position
        and (reading == "corrected" or (event["header"]["noticed_at"] or "") <= known_cut)
    ]
    strikes = {event["header"]["event_id"]: event["header"]["strikes"] for event in events}
    places = {event["header"]["event_id"]: event["header"]["position"] for event in events}
    voided: set[str] = set()
    for event in reversed(considered):
        if event["header"]["type"].endswith("recorded-in-error") and event["header"]["event_id"] not in voided:
            voided.add(event["header"]["strikes"])
    last: dict[str, Event] = {}
    for event in considered:
        number = root = event["header"]["event_id"]
        while strikes[root] is not None:
            root = strikes[root]
        if number not in voided and not event["header"]["type"].endswith("recorded-in-error"):
            last[root] = event
    known = ((e["header"]["known_at"], places[root], e) for root, e in last.items())
    return [event for known_at, _, event in sorted(known, key=lambda each: each[:2]) if known_at <= known_cut]


def _day(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo("America/New_York")).date().isoformat()
