"""`ledger1540 access DOCUMENT`: who was given a restricted document, and who was refused it."""

from typing import Annotated

import typer

from interfaces.cli.reading import Answer, Request, reading


@reading(("home", "actor", "json"))
def access(
    request: Request,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id.")],
) -> Answer:
    """Show who read a restricted document: when, in which roles, as of when, what for; the Secretariat and auditors."""
    from domain.access import require_oversight
    from domain.document import stream
    from domain.refusals import NotFound
    from interfaces.cli.output import table, talk
    from interfaces.text import _
    from ledger.access_log import AccessLog

    require_oversight(request.reader, request.now)
    found = [each for each in AccessLog(request.record.home).entries() if each.document == document]
    if not found and not request.record.history(stream(document)).events:
        remedy = _("`ledger1540 documents` lists them")
        raise NotFound(_("no document {!r} is on record").format(document), where="DOCUMENT", remedy=remedy)

    def screen() -> None:
        table(
            (_("When"), _("Actor"), _("Roles"), _("Given"), _("Through"), _("As of"), _("Purpose")),
            (
                (
                    *(each.at, each.actor or "-", each.roles or "-", _("given") if each.given else _("refused")),
                    *(each.through, each.as_of or "-", each.purpose or "-"),
                )
                for each in found
            ),
        )
        if not found:
            talk(_("nobody, as far as the log goes back"))

    return Answer({"document": document, "entries": found}, screen)
