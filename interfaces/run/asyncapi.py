"""Writes the AsyncAPI document of the stream (`python -m interfaces.run.asyncapi`): topics, messages, schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.relaying.message import CONTENT_TYPE, SCHEMA
from ledger.relaying.place import PREFIX, Place
from ledger.relaying.topics import LARGEST_MATRIX, LARGEST_MESSAGE, PUBLISHED, RECORD
from schemas import golden
from schemas.registry import subjects

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "asyncapi.json"
_AVRO = "application/vnd.apache.avro;version=1.9.0"
_HEADERS = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_dataschema", "ce_partitionkey")


def document() -> str:
    """Return the document: which topics there are, and which message of which schema may stand in each."""
    published = "{}@{}".format(*golden.PUBLISHED)
    place = Place("", PREFIX)
    kinds = [kind for kind in subjects() if kind != published]
    found = {
        "asyncapi": "3.1.0",
        "info": {
            "title": "The stream of ledger1540",
            "version": "1.0.0",
            "description": "Every event of the record, in order of position; and what anyone may see of the matrices. "
            "A matrix is not a tool for measuring compliance.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {
            "record": _channel(place.record, kinds, {**RECORD, "max.message.bytes": LARGEST_MESSAGE}),
            "published": _channel(place.published, [published], {**PUBLISHED, "max.message.bytes": LARGEST_MATRIX}),
        },
        "operations": {
            name: {"action": "send", "channel": {"$ref": f"#/channels/{name}"}} for name in ("record", "published")
        },
        "components": {
            "messages": {_name(kind): _message(kind) for kind in subjects()},
            "messageTraits": {"cloudEvent": {"contentType": CONTENT_TYPE, "headers": _headers()}},
        },
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _channel(topic: str, kinds: list[str], settings: Mapping[str, object]) -> dict[str, object]:
    told = {"max.message.bytes": settings["max.message.bytes"], "cleanup.policy": [settings["cleanup.policy"]]}
    told |= {name: int(str(settings[name])) for name in ("retention.ms", "retention.bytes") if name in settings}
    return {
        "address": topic,
        "messages": {_name(kind): {"$ref": f"#/components/messages/{_name(kind)}"} for kind in kinds},
        "bindings": {"kafka": {"partitions": 1, "topicConfiguration": told, "bindingVersion": "0.5.0"}},
    }


def _headers() -> dict[str, object]:
    properties = {name: {"type": "string"} for name in _HEADERS}
    return {"type": "object", "properties": properties, "required": list(_HEADERS)}


def _message(kind: str) -> dict[str, object]:
    subject = subjects()[kind]
    schema = json.loads(golden.folder().joinpath(*subject.schema.split("/")).read_bytes())
    return {
        "name": kind,
        "title": kind,
        "summary": schema["doc"],
        "traits": [{"$ref": "#/components/messageTraits/cloudEvent"}],
        "headers": {"type": "object", "properties": {"ce_dataschema": {"const": f"{SCHEMA}{subject.fingerprint}"}}},
        "payload": {"schemaFormat": _AVRO, "schema": {"$ref": f"../../schemas/golden/{subject.schema}"}},
    }


def _name(kind: str) -> str:
    return kind.replace("@", "_v").replace(".", "_")


if __name__ == "__main__":
    PAGE.write_text(document(), encoding="utf-8")
