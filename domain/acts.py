"""What a command does, in words for whoever gave it: as a verb at the command line, as a line in a file, or in code."""

from collections.abc import Mapping

ACTS: Mapping[str, str] = {
    "accept-clock": "accept the clock",
    "adopt-mandate": "put a resolution on the mandate on record",
    "adopt-mapping": "adopt a mapping between templates",
    "adopt-programme": "adopt a programme of work",
    "adopt-template": "adopt a template",
    "appoint-expert": "appoint an expert",
    "appraise-objective": "appraise an objective",
    "ask-contact-point": "ask for a point of contact",
    "authorise-correction": "authorise a correction",
    "close-group": "close a working group",
    "confirm-contact-point": "confirm a point of contact",
    "correct-reading": "correct the reading of a document",
    "declare-closure": "declare a closure of the duty station",
    "delegate": "delegate a role",
    "designate-contact-point": "record who designated a point of contact",
    "do-not-adopt": "record that a proposal was not adopted",
    "drop-deadline": "drop a deadline",
    "establish-group": "establish a working group",
    "extend-deadline": "extend a deadline",
    "give-consent": "record a State's consent",
    "grant": "grant a role",
    "hold-office": "record who holds an office",
    "import-batch": "import history",
    "in-error": "mark an event as recorded in error",
    "leave-office": "record who leaves an office",
    "lift-closure": "lift a closure of the duty station",
    "list-holidays": "list holidays",
    "log-dialogue": "log the dialogue with an organization",
    "no-change": "record that nothing has changed",
    "open-revision": "open a revision",
    "read-submission": "read a submission",
    "receive": "receive a submission",
    "record-step": "record a step of a duty",
    "register-actor": "register an actor",
    "register-document": "register a document",
    "register-organization": "register an organization",
    "register-state": "register a State",
    "register-type": "register an event type",
    "release-expert": "release an expert",
    "rename-state": "rename a State",
    "reverse-batch": "reverse an import",
    "seat-member": "seat a member of the Committee",
    "set-objective": "set an objective",
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
