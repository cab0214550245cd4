"""All views by name. A new one is put here, and the engine builds it."""

from collections.abc import Mapping

from projections.engine.view import Columns, View
from projections.views import corrections, documents, submissions

VIEWS: Mapping[str, View[Columns]] = {view.name: view for view in (documents.VIEW, submissions.VIEW, corrections.VIEW)}
