"""The AsyncAPI document of the stream is what the program sends."""

from __future__ import annotations

import json
from pathlib import Path

from interfaces.run.asyncapi import PAGE, document
from schemas.registry import subjects
from tests import node


def test_the_document_is_what_the_program_would_write_now() -> None:
    assert PAGE.read_text("utf-8") == document(), "run python -m interfaces.run.asyncapi"


def test_every_schema_of_the_stream_is_in_it_once_and_where_it_says() -> None:
    described = json.loads(document())
    messages = described["components"]["messages"].values()
    assert sorted(each["name"] for each in messages) == sorted(subjects())
    for each in messages:
        assert (PAGE.parent / each["payload"]["schema"]["$ref"]).is_file()
    listed = [len(described["channels"][name]["messages"]) for name in ("record", "published")]
    assert listed == [len(subjects()) - 1, 1]


def test_the_parser_of_the_standard_has_nothing_to_say_of_it() -> None:
    told = node.run("asyncapi.js", str(PAGE))
    assert told == {"channels": ["ledger1540.record.v1", "ledger1540.published.v1"], "told": []}


def test_the_parser_of_the_standard_finds_what_is_wrong(tmp_path: Path) -> None:
    spoiled = json.loads(document())
    spoiled["channels"]["record"]["addres"] = spoiled["channels"]["record"].pop("address")
    (tmp_path / "spoiled.json").write_text(json.dumps(spoiled), encoding="utf-8")
    told = node.run("asyncapi.js", str(tmp_path / "spoiled.json"))
    assert "channels.record.addres" in {each["path"] for each in told["told"]}
