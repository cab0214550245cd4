"""What a search found, on a screen: each text with the words around what was looked for."""

from interfaces.cli.output import line, paragraph, table, talk
from interfaces.cli.screens.answered import write_over
from interfaces.cli.screens.heading import date_words
from interfaces.text import _, some
from projections.searching import Hit, Hits


def write_hits(found: Hits) -> None:
    """Write what a search found."""
    write_over(_("Texts that hold {}").format(found.looked_for), found)
    if found.notice and "cell" in found.kinds:
        paragraph(found.notice)
        line()
    if found.hits:
        table(
            (_("Kind"), _("Where"), _("Part"), _("Words"), _("Known"), _("Position")),
            (
                (
                    each.kind,
                    each.where,
                    each.part,
                    _around(each),
                    date_words(each.known_at, each.known_precision),
                    str(each.position),
                )
                for each in found.hits
            ),
        )
        line()
        line(", ".join(f"{kind}: {count}" for kind, count in found.kinds.items()))
    else:
        line(_("Nothing that you may see."))
    if len(found.hits) < found.found:
        talk(_("{} of {} texts are shown; --limit shows more.").format(len(found.hits), found.found))
    if found.not_searched:
        talk(
            some(
                "{} sealed document was not searched: what it says is kept in no table.",
                "{} sealed documents were not searched: what they say is kept in no table.",
                found.not_searched,
            )
        )
    if found.withheld:
        talk(
            some(
                "{} text that you may not see was not searched.",
                "{} texts that you may not see were not searched.",
                found.withheld,
            )
        )


def _around(hit: Hit) -> str:
    return " ".join(f"{hit.before}[{hit.words}]{hit.after}".split())
