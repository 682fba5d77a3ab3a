from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request

from privagraph.web.sparql.protocol import QUERY_BYTES, Asked, ProtocolError, read_request


def read(query_string: str) -> Asked | None:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": "/sparql",
        "query_string": query_string.encode(),
        "headers": [(b"accept", b"text/csv")],
    }
    return asyncio.run(read_request(Request(scope)))


def test_all_that_a_request_says() -> None:
    named = "&named-graph-uri=urn:c&named-graph-uri=urn:d"
    asked = read(
        f"query=ASK+%7B%7D&default-graph-uri=urn:a&default-graph-uri=urn:b&default-graph-uri={named}&format=xml&x=1"
    )
    assert asked == Asked(
        "ASK {}",
        ("urn:a", "urn:b"),
        ("urn:c", "urn:d"),
        "xml",
        "text/csv",
        base="http://127.0.0.1/sparql",
    )
    assert asked.dataset == (("urn:a", "urn:b"), ("urn:c", "urn:d"))


def test_no_query_asks_for_the_description() -> None:
    assert read("format=turtle") is None


def test_no_graphs_are_no_dataset() -> None:
    asked = read("query=ASK+%7B%7D")
    assert asked is not None
    assert asked.dataset is None


def test_an_address_can_be_too_long() -> None:
    with pytest.raises(ProtocolError, match="post the query") as told:
        read("query=" + "a" * QUERY_BYTES)
    assert told.value.status == 414
