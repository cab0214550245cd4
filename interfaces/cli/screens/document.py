"""A document on a screen: its registration, its corrected reading line for line, and who cites it."""

from interfaces.cli.output import line, talk
from interfaces.cli.screens.claims import batch_words, claim_words, named
from interfaces.cli.screens.heading import date_words
from interfaces.cli.screens.resting import write_table
from interfaces.text import _, some
from projections.documents import DocumentView


def write_document(view: DocumentView) -> None:
    """Write a document."""
    line(f"{_('Document')} {view.document}" + (f": {view.title}" if view.title else ""))
    if view.synthetic:
        line(_("SYNTHETIC: this content is made up; it states no fact about a real State."))
    line()
    by = view.recorded_by
    line(f"  {_('As of'):<16} {view.as_of or _('the last event')} ({_('what was known by')} {view.known_cut})")
    line(f"  {_('Recorded'):<16} {_('by position')} {by.position} ({by.recorded_at})")
    if view.withheld:
        talk(_("This document is withheld from you."))
        return
    for label, words in _facts(view):
        if words:
            line(f"  {label:<16} {words}")
    _write_readings(view)
    _write_citations(view)


def _facts(view: DocumentView) -> list[tuple[str, str | None]]:
    claimed = named(view.claimed_by_import, view.batches)
    gone = view.withdrawn and view.withdrawn + (f" ({_('replaced by')} {view.replaced_by})" if view.replaced_by else "")
    return [
        (_("Sealed name"), view.sealed_name),
        (_("Symbol"), view.symbol),
        (_("Language"), view.language),
        (_("Media type"), f"{view.media_type}, {view.size} {_('bytes')}"),
        (_("SHA-256"), None if view.content is None else view.content.sha256),
        (_("Source"), view.source),
        (_("From"), view.sender),
        (_("Dated"), view.dated),
        (_("Received"), view.received_at),
        (_("Their reference"), view.their_reference),
        (_("Our reference"), view.our_reference),
        (_("Distribution"), view.distribution),
        (_("Translation of"), view.translation_of),
        (_("Retrieved"), view.retrieved_at),
        (_("Licence"), view.licence),
        (_("Registered"), f"{view.recorded_at}, {_('position')} {view.position}, {_('event')} {view.event_id}"),
        (_("Known"), date_words(view.known_at, "day")),
        (_("Claimed"), None if claimed is None else f"{_('by')} {batch_words(claimed)}"),
        (_("Withdrawn"), gone),
        (_("Content"), None if view.disposed is None else f"[{_('disposed')} {view.disposed}]"),
    ]


def _write_readings(view: DocumentView) -> None:
    if not view.readings or view.original is None or view.corrected is None:
        return
    last = view.readings[-1]
    claimed = named(last.claimed_by_import, view.batches)
    line()
    line(
        f"{_('Corrected reading')}: "
        + some("{} passage mended", "{} passages mended", len(last.mended))
        + f", {_('by role')} {last.role or '-'}, {_('event')} {last.event_id}"
        + ("" if claimed is None else f", {claim_words(claimed)}")
    )
    before, after = view.original.splitlines(), view.corrected.splitlines()
    if len(before) != len(after):
        for passage in last.mended:
            line(f"  {passage.start}-{passage.end}  {passage.original!r} -> {passage.corrected!r}")
        return
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old != new:
            line(f"  {number:>4} - {old}")
            line(f"       + {new}")


def _write_citations(view: DocumentView) -> None:
    line()
    if view.cited_by:
        write_table(view.cited_by)
    else:
        line(_("Nothing that you may see cites it."))
    if view.citations_withheld:
        talk(some("{} citation is withheld.", "{} citations are withheld.", view.citations_withheld))
