"""On what authority something is kept, or done away with: a decision that was adopted, or a document on record."""

from typing import Protocol

from domain import decision, document
from domain.deciding import Context
from domain.refusals import MalformedInput


class Authorised(Protocol):
    """What names its authority."""

    @property
    def decision_id(self) -> str | None:
        """The decision, if it is one."""
        ...

    @property
    def document_id(self) -> str | None:
        """The document, if it is one."""
        ...


def check(event: Authorised, context: Context) -> None:
    """Refuse what names no authority or two, a decision that was not adopted, a document that is not on record."""
    if (event.decision_id is None) == (event.document_id is None):
        raise MalformedInput(
            "one authority is named: a decision or a document",
            where="decision",
            remedy="give --decision or --document, not both",
        )
    if event.decision_id is not None:
        decision.require_adopted(context, event.decision_id)
    if event.document_id is not None:
        document.registered(context, event.document_id)
