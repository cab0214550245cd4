"""Lists as a stranger would make them: from the lines of `export --log` and the record's contract alone."""

from collections import defaultdict
from datetime import UTC, datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from tests.stranger.fold import Event, stands

NO_CHANGE = "submission.no-change-declared"


class Known:
    """What was known by D and recorded by R, in a reading: facts that stand, in order, and acts."""

    def __init__(self, events: list[Event], *, known_cut: str, position: int, reading: str) -> None:
        self._cut = known_cut
        self._on_record = [event for event in events if event["header"]["position"] <= position]
        self._by_id = {event["header"]["event_id"]: event for event in self._on_record}
        self._in_place = stands(self._on_record, known_cut, reading)[0]

    def facts(self, *types: str) -> list[Event]:
        """Return what stands of chains whose root is of some types, in order of (known_at, root position)."""
        found = [
            (event["header"]["known_at"], self._by_id[root]["header"]["position"], event)
            for root, event in self._in_place.items()
            if self._by_id[root]["header"]["type"] in types and event["header"]["known_at"] <= self._cut
        ]
        return [event for _, _, event in sorted(found, key=lambda each: each[:2])]

    def acts(self) -> list[Event]:
        """Return everything that was recorded by D, in order."""
        return [event for event in self._on_record if event["header"]["recorded_at"] <= self._cut]


def documents(known: Known) -> list[dict[str, Any]]:
    """Return the documents registered, by id, with their readings counted and withdrawals told."""
    found: dict[str, dict[str, Any]] = {}
    for event in known.facts("document.registered", "document.reading-corrected", "document.withdrawn"):
        body, kind = event["body"], event["header"]["type"]
        if kind == "document.registered":
            found[body["document"]] = _header(event) | {
                name: body[name]
                for name in (
                    *("document", "title", "symbol", "dated", "received_at"),
                    *("language", "media_type", "sender", "size", "distribution"),
                )
            }
            found[body["document"]] |= {"readings": 0, "withdrawn": None, "replaced_by": None}
        elif body["document"] in found and kind == "document.reading-corrected":
            found[body["document"]]["readings"] += 1
        elif body["document"] in found:
            found[body["document"]] |= {"withdrawn": body["reason"], "replaced_by": body["replaced_by"]}
    return [found[name] for name in sorted(found)]


def submissions(known: Known) -> list[dict[str, Any]]:
    """Return the submissions received, by date of receipt and position, and what became of them."""
    found: dict[str, dict[str, Any]] = {}
    for event in known.facts("submission.received", NO_CHANGE):
        body = event["body"]
        found[body["submission"]] = _header(event) | {
            "submission": body["submission"],
            "state": body["state"],
            "kind": body.get("kind", "no-change"),
            "since": body.get("since"),
            "received_at": body["received_at"],
            "documents": body["documents"],
            "read": None,
            "withdrawn": None,
            "reason": None,
        }
    for event in known.facts("submission.read-nothing-new", "submission.withdrawn"):
        body, at = event["body"], event["header"]["known_at"]
        if body["submission"] in found:
            read = event["header"]["type"] == "submission.read-nothing-new"
            found[body["submission"]] |= {"read": at} if read else {"withdrawn": at, "reason": body["reason"]}
    return sorted(found.values(), key=lambda each: (each["received_at"], each["position"]))


def corrections(known: Known) -> list[dict[str, Any]]:
    """Return how many corrections, voids and late entries there are by month and role, and how late they are."""
    delays: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for event in known.acts():
        header = event["header"]
        days = (datetime.fromisoformat(header["recorded_at"]) - datetime.fromisoformat(header["known_at"])).days
        if header["strikes"] is not None or days > 0:
            voids = header["type"].endswith("recorded-in-error")
            what = "late entry" if header["strikes"] is None else "void" if voids else "correction"
            local = datetime.fromisoformat(header["recorded_at"]).replace(tzinfo=UTC)
            month = local.astimezone(ZoneInfo("America/New_York")).strftime("%Y-%m")
            delays[month, header["role"], what].append(days)
    return [
        {
            "month": month,
            "role": role,
            "what": what,
            "count": len(days),
            "median_delay_days": float(median(days)),
            "longest_delay_days": max(days),
        }
        for (month, role, what), days in sorted(delays.items())
    ]


def _header(event: Event) -> dict[str, Any]:
    names = ("event_id", "position", "known_at", "known_precision", "recorded_at", "synthetic")
    return {name: event["header"][name] for name in names}
