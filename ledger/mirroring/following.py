"""What a log has shown so far, event by event: its streams, the seals over their heads, and its keys."""

from collections import deque
from collections.abc import Iterable

from domain.disposed import RecordDisposed
from domain.header import FORMAT, Header, commitment, decode_body, decode_header, leaf_hash
from domain.log_keys import KeyChanged, LogOpened, log_of
from domain.refusals import IntegrityFailure, Refusal
from domain.seals import HeadsSealed
from ledger.mapper import Stored
from ledger.mirroring.refusals import HeaderWrong, KeyUsurped, SealFalse, SealWithheld
from ledger.proving.head_tree import Head, HeadTree
from ledger.proving.held_keys import HeldKey, wrong_with
from ledger.proving.keys import verifier_key
from ledger.proving.log_openings import vouched_for, wrong_with_opening


class Followed:
    """The state of whoever has read a log from its beginning."""

    def __init__(self, origin: str, keys: Iterable[HeldKey]) -> None:
        """Begin with the keys that a policy names; those that follow are learnt from the log."""
        self.keys: list[HeldKey] = list(keys)
        self.position: int = 0
        self.seals: int = 0
        self.unread_seals: int = 0
        """Seals whose bodies were not shown: nobody without them sees whether a stream is hidden."""
        self.withheld: int = 0
        self.disposed: set[int] = set()
        self.openings: list[LogOpened] = []
        self._log = origin
        self._heads: dict[str, Head] = {}
        self._tree = HeadTree()
        self._since: deque[tuple[int, Head]] = deque()
        """Heads that are not in the tree yet: the next seal may be over those of an earlier position."""
        self._sealed = 0

    def take(self, event: Stored) -> None:
        """Take the next event.

        Raises:
            HeaderWrong: it does not follow from those before it.
            SealFalse: it is a seal over other heads than those of the log.
            SealWithheld: it is a seal that is not shown, as those before it were.
            KeyUsurped: it is a change of key that the key in use did not sign, or the opening of a log by nobody known.
        """
        where = f"position {event.position}"
        try:
            header = decode_header(event.header, where=where)
        except Refusal as refusal:
            raise HeaderWrong(f"the header cannot be read: {refusal.what}", where=where) from None
        self._place(header, where)
        head = Head(header.stream, header.version, leaf_hash(event.header))
        self._heads[header.stream] = head
        if event.body is None or event.nonce is None:
            self.withheld += 1
            self._not_shown(header, where)
        elif commitment(event.nonce, event.body) != header.body_commitment:
            raise HeaderWrong("body and nonce are not what the header commits to", where=where)
        else:
            try:
                self._read(header, event.body, where)
            except IntegrityFailure:
                raise
            except Refusal as refusal:
                raise HeaderWrong(f"the body cannot be read: {refusal.what}", where=where) from None
        self._since.append((header.position, head))
        self.position = header.position

    def _not_shown(self, header: Header, where: str) -> None:
        if header.type != HeadsSealed.TYPE:
            return
        if self.seals:
            raise SealWithheld("the body of this seal is not shown, and those of seals before it were", where=where)
        self.unread_seals += 1

    def _place(self, header: Header, where: str) -> None:
        head = self._heads.get(header.stream)
        version, previous = (0, None) if head is None else (head.version, head.leaf.hex())
        self._log = log_of(header, self._log)
        if (header.log, header.format, header.position) != (self._log, FORMAT, self.position + 1):
            raise HeaderWrong(f"it is position {header.position} of {header.log}", where=where)
        if (header.version, header.previous) != (version + 1, previous):
            raise HeaderWrong(f"it does not follow version {version} of stream {header.stream}", where=where)

    def _read(self, header: Header, body: bytes, where: str) -> None:
        match f"{header.type}@{header.type_version}":
            case "record.heads-sealed@1":
                self._seal(header.position, decode_body(body, HeadsSealed, where=where), where)
            case "record.key-changed@1":
                self._change(header.position, decode_body(body, KeyChanged, where=where), where)
            case "record.log-opened@1":
                self._open(header.position, decode_body(body, LogOpened, where=where), where)
            case "record.disposed@1":
                self.disposed.update(decode_body(body, RecordDisposed, where=where).positions)
            case _:
                pass

    def _seal(self, position: int, body: HeadsSealed, where: str) -> None:
        if not self._sealed < body.through < position:
            raise SealFalse(f"it seals through {body.through}, behind a seal through {self._sealed}", where=where)
        while self._since and self._since[0][0] <= body.through:
            self._tree.put((self._since.popleft()[1],))
        found = len(self._tree), self._tree.root().hex()
        if found != (body.streams, body.root):
            raise SealFalse(
                f"the seal lies: through {body.through} it says {body.streams} streams under {body.root}, "
                f"and the headers make {found[0]} under {found[1]}",
                where=where,
            )
        self._sealed = body.through
        self.seals += 1

    def _change(self, position: int, body: KeyChanged, where: str) -> None:
        what = wrong_with(body, self._log)
        if what is not None:
            raise KeyUsurped(what, where=where)
        if any(str(each.key) == body.to_key and each.first == position for each in self.keys):
            return  # the policy has it already
        if str(self.keys[-1].key) != body.from_key:
            raise KeyUsurped(f"the key in use is {self.keys[-1].key}, and not {body.from_key}", where=where)
        self.keys[-1] = HeldKey(self.keys[-1].key, self.keys[-1].first, position - 1)
        self.keys.append(HeldKey(verifier_key(body.to_key), position))

    def _open(self, position: int, body: LogOpened, where: str) -> None:
        what = wrong_with_opening(body, position)
        if what is not None:
            raise KeyUsurped(what, where=where)
        self.openings.append(body)
        if any(str(each.key) == body.to_key for each in self.keys):
            return  # the policy has it already
        last = self.keys[-1]
        if str(last.key) != body.from_key or not vouched_for(body):
            raise KeyUsurped(
                f"{body.to_log} is opened without the key of {body.from_log}, and the policy does not name its own",
                where=where,
                remedy="ask who keeps the record for the policy of the new log: --policy FILE",
            )
        self.keys[-1:] = [HeldKey(last.key, last.first, body.last), HeldKey(verifier_key(body.to_key), position)]
