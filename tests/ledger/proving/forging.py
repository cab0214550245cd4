"""The owner of a database, triggers dropped, who writes the past anew so that all of it fits itself again."""

from domain.header import commitment, decode_body, decode_header, encode_body, encode_header, leaf_hash
from domain.seals import STREAM, HeadsSealed
from ledger import merkle
from ledger.proving.head_tree import Head, HeadTree
from tests.ledger.places import Place

_EVENTS = """SELECT e.position, e.header, b.body, b.nonce FROM events AS e JOIN bodies AS b USING (position)
ORDER BY e.position"""


def forge(place: Place, position: int, old: bytes, new: bytes) -> None:
    """Put other words into a body, and work out everything again: commitments, links, seals, nodes and heads."""
    heads: dict[str, Head] = {}
    trees: dict[int, tuple[int, str]] = {}
    growth, tree = merkle.Growth(0, ()), HeadTree()
    with place.stranger() as hand:
        for place_of, data, stored, nonce in hand(_EVENTS):
            header, body = decode_header(data), stored
            if place_of == position:
                assert old in body
                body = body.replace(old, new)
            if header.stream == STREAM:
                sealed = decode_body(body, HeadsSealed)
                streams, root = trees[sealed.through]
                body = encode_body(HeadsSealed(through=sealed.through, streams=streams, root=root))
            before = heads.get(header.stream)
            members = {name: getattr(header, name) for name in header.__struct_fields__}
            members |= {"body_commitment": commitment(nonce, body), "previous": before and before.leaf.hex()}
            data = encode_header(type(header)(**members))
            head = heads[header.stream] = Head(header.stream, header.version, leaf_hash(data))
            tree.put((head,))
            trees[place_of] = len(tree), tree.root().hex()
            hand("UPDATE events SET header = ? WHERE position = ?", data, place_of)
            hand("UPDATE bodies SET body = ? WHERE position = ?", body, place_of)
            hand("UPDATE nodes SET hashes = ? WHERE position = ?", growth.append(head.leaf), place_of)
        for each in heads.values():
            hand("UPDATE heads SET leaf = ? WHERE stream = ?", each.leaf, each.stream)
