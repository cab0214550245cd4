"""What comes in to be registered: bytes, sealed if the document is restricted, and the command that registers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from domain.document import RegisterDocument, RegisterSealedDocument
    from interfaces.importing.attached import Attached
    from ledger.record import Record
    from ledger.vault.documents import SealedDocument


def bring(
    record: Record, attached: Attached, command: RegisterDocument, content: bytes, *, dry_run: bool
) -> RegisterDocument | RegisterSealedDocument:
    """Keep bytes aside until they are stored, and return the command that registers them as they will be.

    A simulation is made again from its seed and made up besides, so nothing of it is sealed. Where there is no vault
    for a restricted document, one is made.
    """
    from domain.content import SEALED
    from domain.document import RegisterSealedDocument

    if command.distribution != SEALED or record.simulation:
        attached.add(content)
        return command
    sealed = _sealed(record, command.document, content, dry_run=dry_run)
    attached.add_sealed(sealed.commitment, sealed.data)
    said = msgspec.structs.asdict(command)
    del said["sha256"]
    return RegisterSealedDocument(**said, commitment=sealed.commitment)


def _sealed(record: Record, document: str, content: bytes, *, dry_run: bool) -> SealedDocument:
    from domain.document import stream
    from interfaces.vaults import document_vault_of
    from ledger.vault.documents import throwaway

    if dry_run:
        return throwaway(document, content)
    make_vault_if_none(record)
    vault = document_vault_of(record.home)
    return vault.seal(document, content, new=not record.history(stream(document)).events)


def make_vault_if_none(record: Record) -> None:
    """Make the vault that restricted documents need, and say so."""
    from interfaces.cli.output import talk
    from interfaces.text import _
    from interfaces.vaults import document_keys_of, make_vault_of

    if not document_keys_of(record.home).there:
        made = make_vault_of(record.home)
        talk(_("a vault was made in {}, since restricted documents are sealed").format(made.folder))
        talk(made.in_words())
