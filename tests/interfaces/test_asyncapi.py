"""The AsyncAPI document of the stream is what the program sends."""

from __future__ import annotations

import json

from interfaces.run.asyncapi import PAGE, document
from schemas.registry import subjects


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
