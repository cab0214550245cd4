"""What a rule refuses, told in the words of the command line: verbs for commands, options for their members."""

import re
from collections.abc import Mapping
from inspect import Parameter
from typing import get_args

from typer.models import ArgumentInfo, OptionInfo

from domain.refusals import Refusal

VERBS: Mapping[str, str] = {
    "answer-time": "extend --days",
    "authorise-disposal": "dispose",
    "authorise-correction": "authorise",
    "close-procedure": "certify",
    "delegate": "grant --delegate",
    "do-not-adopt": "adopt --not",
    "erase-contact": "erase",
    "extend-deadline": "extend",
    "give-consent": "consent",
    "import-batch": "import",
    "no-change": "receive --no-change-since",
    "open-revision": "open",
    "place-on-hold": "hold",
    "read-submission": "read",
    "reaffirm-contact": "confirm contact/ID",
    "record-step": "step",
    "register-actor": "grant",
    "register-document": "register",
    "register-sealed-document": "register",
    "release-hold": "hold --lift",
    "reverse-batch": "in-error --batch",
    "withdraw-consent": "withdraw consent",
    "withdraw-document": "withdraw document",
    "withdraw-revision": "withdraw revision",
    "withdraw-role": "withdraw role",
    "withdraw-submission": "withdraw submission",
}
"""The verb that gives a command, where it has another name."""

PARAMETERS: Mapping[str, str] = {
    "causation": "cause",
    "id": "key",
    "name": "to",
    "recipients": "to",
    "seen_position": "seen",
    "target": "event",
    "value": "cells",
}
"""The parameter that a member of a command comes from, where it has another name."""

_COMMAND = re.compile(r"`([a-z-]+)`")
_POSITION = re.compile(r"\(position (\d+)\)")
_FIRST = ("strike that first", "void that first")
_REFERENCE = re.compile(r"see `[a-z-]+` in docs/reference/commands.md")


def in_words(refusal: Refusal, verb: str, parameters: Mapping[str, Parameter]) -> Refusal:
    """Return a refusal of what a verb asked for, as the person who typed it knows its parts."""
    if verb == "command":
        return refusal  # it was typed in the words of commands
    what, remedy = (_COMMAND.sub(_verb, text) for text in (refusal.what, refusal.remedy))
    member = re.sub(r"\[\d+\]", "", refusal.where).rpartition(".")[2]
    names = (PARAMETERS.get(member, member), member, f"{member}s")
    parameter = next((parameters[name] for name in names if name in parameters), None)
    where = refusal.where if parameter is None else written(parameter)
    if _REFERENCE.fullmatch(refusal.remedy):
        remedy = f"see `ledger1540 {verb} --help`"
    resting = _POSITION.search(refusal.what)
    if resting is not None and refusal.remedy in _FIRST:
        remedy = f"{remedy}: `ledger1540 in-error {resting[1]} --reason WHY`"
    return type(refusal)(what, where=where, remedy=remedy)


def _verb(found: re.Match[str]) -> str:
    return f"`{VERBS.get(found[1], found[1])}`"


def written(parameter: Parameter) -> str:
    """Return how a parameter is written: `--known`, or the name of an argument."""
    match get_args(parameter.annotation)[-1]:
        case OptionInfo() as option:
            # In an annotation the library keeps the first name of an option where its default would be.
            return next(str(each) for each in (option.default, *(option.param_decls or ())) if each is not ...)
        case ArgumentInfo(metavar=str() as metavar):
            return re.sub(r"[\[\]]|\.\.\.$", "", metavar)
        case _:
            return parameter.name.upper()
