"""What is signed where a log is closed and the next one opened, and whether it may be believed."""

from collections.abc import Iterable

from domain.log_keys import LogOpened, next_log, opening_statement
from domain.refusals import Refusal
from ledger.proving.checkpoint import checkpoint
from ledger.proving.keys import SignerKey, VerifierKey, verifier_key
from ledger.proving.note import Note, note


def statement_signed(log: str, from_key: VerifierKey, kept: int, last: int, by: Iterable[SignerKey]) -> Note:
    """Return the statement that opens the log after one, signed by the keys at hand, that of the new log the last."""
    signers = tuple(by)
    signed = Note(opening_statement(log, (str(from_key), str(signers[-1].verifier)), kept, last))
    for each in signers:
        signed = signed.signed(each)
    return signed


def vouched_for(body: LogOpened) -> bool:
    """Return whether the key of the old log signed the statement too."""
    key = verifier_key(body.from_key)
    return key in note(body.note.encode()).signed_by([key])


def wrong_with_opening(body: LogOpened, position: int) -> str | None:
    """Return what is wrong with the opening of a log at a position, if anything."""
    if (body.kept, body.to_log) != (position - 1, next_log(body.from_log)):
        return f"it opens {body.to_log} behind {body.kept} events of {body.from_log}, and not here"
    try:
        keys = [verifier_key(body.from_key), verifier_key(body.to_key)]
        signed = note(body.note.encode())
        by, known = signed.signed_by(keys), [note(each.encode()) for each in body.checkpoints]
        heads = [checkpoint(each) for each in known]
        furthest = max(zip(heads, known, strict=True), key=lambda one: one[0].size, default=None)
        if furthest is None or keys[0] not in furthest[1].signed_by(keys[:1]):
            return "the furthest checkpoint of the old log is not signed by its key"
    except Refusal as refusal:
        return f"the opening of the log cannot be believed: {refusal.what}"
    if [each.name for each in keys] != [body.from_log, body.to_log]:
        return "its keys are not those of the two logs"
    if any(each.origin != body.from_log or each.size <= body.kept for each in heads) or furthest[0].size != body.last:
        return f"its checkpoints are not those of {body.from_log}, the furthest at {body.last}"
    if signed.text != opening_statement(body.from_log, (body.from_key, body.to_key), body.kept, body.last):
        return "the statement that was signed is not of this opening"
    return None if keys[1] in by else "the opening is not signed by the key of the new log"
