from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from privagraph.loaders.collections import jsonl
from privagraph.loaders.inputs import Columns

Read = Callable[..., Any]


def lines(*records: object) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in records)


def test_a_record_is_a_source_with_what_is_known_of_it(read: Read) -> None:
    text = lines(
        {
            "id": "mill",
            "text": "We keep the name of each farm.",
            "url": "https://mill.example/privacy",
            "date": "2021-07-03T10:30:00+02:00",
        },
        {"text": "We keep no name.", "html": "<p>We keep a name.</p>"},
    )
    (mill, other), left_out = read(text, "farms.jsonl")
    assert left_out == []
    assert mill.name == "farms.jsonl#mill"
    assert mill.content == b"We keep the name of each farm."
    assert (mill.media_type, mill.url) == ("text/plain", "https://mill.example/privacy")
    assert mill.collected == "2021-07-03T08:30:00Z"
    assert (other.name, other.content) == ("farms.jsonl#2", b"<p>We keep a name.</p>")
    assert (other.media_type, other.url, other.collected) == ("text/html", None, None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "We', "no JSON at character 10"),
        (b"[1, 2]", "no object"),
        (b"17", "no object"),
        (b'{"text": "caf\xe9"}', "not UTF-8 at byte 14"),
        (b'{"text": "\\ud83d kept"}', "lone surrogate"),
        (b'{"text": ["a", "list"]}', "is no text but a list"),
        (b'{"text": ' + b"[" * 100_000, "nested too deep"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "no JSON that can be read"),
        (b'{"words": "We keep names."}', "holds no policy"),
        (b"\0\0\0", "no JSON"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_the_next_is_read(
    read: Read, line: bytes, reason: str
) -> None:
    good = b'{"text": "We keep names."}'
    found, (trouble,) = read(b"\n".join([good, line, good]), "farms.jsonl")
    assert [each.name for each in found] == ["farms.jsonl#1", "farms.jsonl#3"]
    assert trouble.source == "farms.jsonl:2"
    assert reason in trouble.reason
    assert trouble.advice


def test_blank_lines_and_a_byte_order_mark_are_no_records(read: Read) -> None:
    found, left_out = read(b'\xef\xbb\xbf\n{"text": "a"}\r\n  \r\n{"text": "b"}', "farms.ndjson")
    assert [(each.name, each.content) for each in found] == [
        ("farms.ndjson#1", b"a"),
        ("farms.ndjson#2", b"b"),
    ]
    assert left_out == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_read_by_its_byte_order_mark(read: Read, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text = '{"text": "We keep café names.\u2028All."}\r\n\r\nno record\r\n{"text": "b"}'
    found, (trouble,) = read(mark + text.encode(encoding), "farms.jsonl")
    assert [(each.name, each.content.decode()) for each in found] == [
        ("farms.jsonl#1", "We keep café names.\u2028All."),
        ("farms.jsonl#3", "b"),
    ]
    assert trouble.source == "farms.jsonl:3"


def test_a_long_line_of_utf16(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_RECORD", 1000)
    data = lines({"text": "a"}, {"text": "b" * 5000}, {"text": "c"})
    found, (trouble,) = read(data.encode("utf-16"), "farms.jsonl")
    assert [each.content for each in found] == [b"a", b"c"]
    assert (trouble.source, trouble.code) == ("farms.jsonl:2", "too-large")


def test_a_line_longer_than_any_policy(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LARGEST_RECORD", 1000)
    data = lines({"text": "a"}, {"text": "b" * 5000}, {"text": "c"})
    found, (trouble,) = read(data, "farms.jsonl")
    assert [each.content for each in found] == [b"a", b"c"]
    assert (trouble.source, trouble.code) == ("farms.jsonl:2", "too-large")


def test_a_line_of_very_many_lists_is_not_unpacked(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_MOST_PARTS", 1000)
    found, (trouble,) = read(lines({"text": "a", "more": [[]] * 1000}), "farms.jsonl")
    assert found == []
    assert "more than 1,000 objects and lists" in trouble.reason


def test_a_file_without_policies_is_said_once(read: Read) -> None:
    found, (trouble,) = read(lines(*[{"words": "a", "n": 1}] * 3000), "farms.jsonl")
    assert found == []
    assert (trouble.source, trouble.code) == ("farms.jsonl", "columns")
    assert "it has: words, n" in trouble.reason
    assert "--column-text" in trouble.advice


def test_records_before_the_first_policy_are_left_out_one_by_one(read: Read) -> None:
    found, left_out = read(lines({"kind": "header"}, {"text": "a"}, {"kind": "end"}), "farms.jsonl")
    assert [each.name for each in found] == ["farms.jsonl#2"]
    assert [each.source for each in left_out] == ["farms.jsonl:1", "farms.jsonl:3"]


def test_keys_that_the_user_names(read: Read) -> None:
    columns = Columns(id="who", text="words", url="where", date="when")
    record = {
        "who": 7,
        "words": "We keep.",
        "text": "not this",
        "where": "mill",
        "when": "in spring",
        "html": "<p>",
    }
    (source,), _ = read(lines(record), "farms.jsonl", columns)
    assert (source.name, source.content) == ("farms.jsonl#7", b"We keep.")
    assert (source.url, source.collected) == (None, None)
    assert source.notes == (
        "The column “where” holds no address but “mill”.",
        "The column “when” holds no date but “in spring”.",
    )


def test_the_text_is_read_where_the_page_is_empty(read: Read) -> None:
    found, _ = read(lines({"html": "", "text": "a"}), "farms.jsonl")
    assert [each.content for each in found] == [b"a"]


def test_an_empty_file(read: Read) -> None:
    _, (trouble,) = read("", "farms.jsonl")
    assert (trouble.source, trouble.code) == ("farms.jsonl", "empty")


@pytest.mark.parametrize("value", ["null", '""', '" \\n"'])
def test_a_record_without_content_is_named_as_one(read: Read, value: str) -> None:
    _, (trouble,) = read(f'{{"id": "mill", "Text": {value}}}\n', "farms.jsonl")
    assert (trouble.source, trouble.code) == ("farms.jsonl#mill", "empty")
    assert trouble.reason == "“Text” of the record has no content [empty]"


def test_a_record_without_a_policy_says_what_it_has(read: Read) -> None:
    found, (trouble,) = read('{"text": "We keep names."}\n{"id": "mill", "note": "x"}\n', "farms.jsonl")
    assert (len(found), trouble.source) == (1, "farms.jsonl:2")
    assert trouble.reason == "the record holds no policy; it has: id, note"
