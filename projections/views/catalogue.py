"""All views by name. A new one is put here, and the engine builds it."""

from collections.abc import Mapping

from domain.refusals import NotFound
from projections.close import close_to
from projections.engine.view import Columns, View
from projections.views import (
    changes,
    citations,
    corrections,
    decisions,
    documents,
    duties,
    matrices,
    references,
    served,
    submissions,
    texts,
    work_done,
)

VIEWS: Mapping[str, View[Columns]] = {
    view.name: view
    for view in (
        documents.VIEW,
        submissions.VIEW,
        corrections.VIEW,
        duties.VIEW,
        served.VIEW,
        work_done.VIEW,
        matrices.VIEW,
        changes.VIEW,
        decisions.VIEW,
        references.VIEW,
        citations.VIEW,
        texts.VIEW,
    )
}


def named(name: str) -> View[Columns]:
    """Return the view of a name.

    Raises:
        NotFound: there is none.
    """
    found = VIEWS.get(name)
    if found is None:
        raise NotFound(
            f"no view is called {name!r}",
            where="VIEW",
            remedy=close_to(name, {each: each for each in VIEWS}) or f"there are {', '.join(VIEWS)}",
        )
    return found
