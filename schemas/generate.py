"""Schemas from structs: JSON Schema and Avro for one type version, as text that is then frozen.

Nothing here runs when the record does: what is registered and sent are the frozen files (`schemas.golden`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

import msgspec

from schemas.words import first_sentence, kind, said

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMESPACE = "org.ledger1540"
_WORDS = frozenset({"description", "doc"})


class NoSchema(ValueError):
    """A struct that the wire contract has no form for."""


def json_schema(struct: type[msgspec.Struct], type_name: str, version: int) -> str:
    """Return the JSON Schema (2020-12) of a type version: nothing referred to, members sorted, all required.

    Raises:
        NoSchema: the struct has defaults, admits unknown members, or holds floats, mappings, pairs or open values.
    """
    (root,), parts = msgspec.json.schema_components([struct], ref_template="{name}")
    schema = cast("Schema", _inlined(root, parts, ()))
    return _text({**schema, "$schema": DIALECT, "$id": f"ledger1540:{type_name}@{version}", "title": type_name})


def avro_schema(struct: type[msgspec.Struct], type_name: str, version: int) -> str:
    """Return the Avro schema of a type version: a record with sorted fields, no enums and no maps.

    Raises:
        NoSchema: as `json_schema`, or two different records of one name.
    """
    schema = json.loads(json_schema(struct, type_name, version))
    namespace, name = avro_name(type_name, version)
    return _text({**_Avro(name).record(schema, name), "namespace": namespace})


def avro_name(type_name: str, version: int) -> tuple[str, str]:
    """Return namespace and name of a type in Avro: `org.ledger1540.matrix` and `CellAssessed_v1`."""
    *prefix, last = type_name.replace("-", "_").split(".")
    name = "".join(word.capitalize() for word in last.split("_"))
    return ".".join([NAMESPACE, *prefix]), f"{name}_v{version}"


def without_words(schema: str) -> object:
    """Return a schema without its descriptions: what two schemas of one type version must have in common."""

    def bare(node: object, is_names: bool = False) -> object:
        if isinstance(node, dict):
            members = cast("Schema", node)
            return {
                name: bare(member, name == "properties" and not is_names)
                for name, member in members.items()
                if is_names or name not in _WORDS
            }
        return [bare(member) for member in cast("list[object]", node)] if isinstance(node, list) else node

    return bare(json.loads(schema))


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _inlined(node: object, parts: Mapping[str, Any], inside: tuple[str, ...]) -> object:
    match node:
        case {"$ref": str(name)}:
            if name in inside:
                raise NoSchema(f"{name} holds itself; the wire contract knows no recursion")
            return _inlined(parts[name], parts, (*inside, name))
        case {"type": "object"}:
            return _object(cast("Schema", node), lambda member: _inlined(member, parts, inside))
        case dict():
            schema = cast("Schema", node)
            odd = schema.get("type") == "number" or "prefixItems" in schema
            if odd or not schema.keys() & {"type", "anyOf", "enum"}:
                raise NoSchema(f"{inside[-1]}: no form for {schema}")
            return {
                # Python's `$` also matches before a last line feed and JSON Schema knows no `\Z`: each its own.
                name: member.replace(r"\Z", "$") if name == "pattern" else _inside(member, parts, inside)
                for name, member in schema.items()
            }
        case _:
            return node


def _inside(member: object, parts: Mapping[str, Any], inside: tuple[str, ...]) -> object:
    if isinstance(member, dict):
        return _inlined(cast("Schema", member), parts, inside)
    if isinstance(member, (list, tuple)):
        choices = cast("list[object]", member)
        return [_inlined(choice, parts, inside) for choice in choices]
    return member


def _object(node: Schema, inlined: Callable[[object], object]) -> Schema:
    title = node.get("title")
    if node.get("additionalProperties") is not False or "properties" not in node:
        raise NoSchema(f"{title} admits members that it does not name")
    members = {name: cast("Schema", inlined(member)) for name, member in node["properties"].items()}
    if set(node["required"]) != set(members):
        raise NoSchema(f"{title} has defaults; a stored field has none")
    described = {
        name: member if member.get("type") == "object" else {**member, "description": said(name, member)}
        for name, member in members.items()
    }
    return {
        **node,
        "description": " ".join(node.get("description", "").split()),
        "properties": described,
        "required": sorted(described),
    }


class _Avro:
    """Writes one Avro schema from one JSON Schema; each record is named once and then referred to."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.known: dict[str, Schema] = {}

    def record(self, node: Schema, name: str) -> Schema:
        fields = [
            {"name": member, "type": self.type(value), "doc": _said(member, value)}
            for member, value in sorted(node["properties"].items())
        ]
        return {"type": "record", "name": name, "doc": first_sentence(node["description"]), "fields": fields}

    def type(self, node: Schema) -> object:
        match node:
            case {"anyOf": [*choices]}:
                return ["null", *(self.type(choice) for choice in choices if choice != {"type": "null"})]
            case {"type": "array", "items": item}:
                return {"type": "array", "items": self.type(item)}
            case {"type": "object"}:
                return self._nested(node)
            case {"type": "string"}:
                return "string"
            case {"enum": [*values]} if all(isinstance(value, str) for value in values):
                return "string"
            case {"type": "integer"}:
                return "long"
            case {"type": "boolean"}:
                return "boolean"
            case _:
                raise NoSchema(f"{self.owner}: Avro has no form for {kind(node)}: {node}")

    def _nested(self, node: Schema) -> object:
        name = f"{self.owner}_{node['title']}"
        if name in self.known:
            if self.known[name] != node:
                raise NoSchema(f"two records of {self.owner} are named {node['title']}")
            return name
        self.known[name] = node
        return self.record(node, name)


def _said(name: str, node: Schema) -> str:
    """Return the words for a member: those it has in the JSON Schema, where a record's are about itself."""
    return said(name, node) if node.get("type") == "object" else str(node["description"])
