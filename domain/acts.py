"""What a command does, in words for whoever gave it: as a verb at the command line, as a line in a file, or in code."""

from collections.abc import Mapping

ACTS: Mapping[str, str] = {
    "accept-clock": "accept the clock",
    "adopt-mandate": "put a resolution on the mandate on record",
    "adopt-mapping": "adopt a mapping between templates",
    "adopt-programme": "adopt a programme of work",
    "adopt-template": "adopt a template",
    "appoint-expert": "appoint an expert",
    "authorise-correction": "authorise a correction",
    "bounce-contact": "record that mail to a contact came back",
    "close-group": "close a working group",
    "confirm-contact": "confirm a contact",
    "correct-reading": "correct the reading of a document",
    "declare-closure": "declare a closure of the duty station",
    "delegate": "delegate a role",
    "do-not-adopt": "record that a proposal was not adopted",
    "drop-deadline": "drop a deadline",
    "end-contact": "end a contact",
    "erase-contact": "erase a person",
    "establish-group": "establish a working group",
    "extend-deadline": "extend a deadline",
    "give-consent": "record a State's consent",
    "grant": "grant a role",
    "hold-office": "record who holds an office",
    "import-batch": "import history",
    "in-error": "mark an event as recorded in error",
    "leave-office": "record who leaves an office",
    "lift-closure": "lift a closure of the duty station",
    "lift-hold": "lift a hold",
    "list-holidays": "list holidays",
    "no-change": "record that nothing has changed",
    "open-revision": "open a revision",
    "place-hold": "place a hold",
    "propose-contact": "propose a contact",
    "read-submission": "read a submission",
    "reaffirm-contact": "record that a contact has not changed",
    "receive": "receive a submission",
    "record-step": "record a step of a duty",
    "register-actor": "register an actor",
    "register-document": "register a document",
    "register-state": "register a State",
    "register-type": "register an event type",
    "release-expert": "release an expert",
    "rename-state": "rename a State",
    "reverse-batch": "reverse an import",
    "seat-member": "seat a member of the Committee",
    "transmit-programme": "transmit a programme of work",
    "withdraw-consent": "withdraw a State's consent",
    "withdraw-document": "withdraw a document",
    "withdraw-revision": "withdraw a revision",
    "withdraw-role": "withdraw a role",
    "withdraw-submission": "withdraw a submission",
}
"""The commands whose name is no plain verb."""


def act(tag: str) -> str:
    """Return what a command does: `open-revision` is to "open a revision", `seal` to "seal"."""
    return ACTS.get(tag, tag.replace("-", " "))
