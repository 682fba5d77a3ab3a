"""What was written to each format is read back equal and in order; whatever else is in a file never stops a run."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.sources import stream

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
POLICIES = st.lists(TEXT.filter(lambda text: text.encode().strip()), min_size=1, max_size=12)
PACK: list[Callable[[bytes], bytes]] = [bytes, partial(gzip.compress, mtime=0), zstandard.compress]
SUFFIX = ("", ".gz", ".zst")
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def as_jsonl(texts: list[str]) -> bytes:
    return "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)).encode()


def as_plain_jsonl(texts: list[str]) -> bytes:
    rows = (json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
    return "\n".join(rows).encode()


def as_csv(texts: list[str], **form: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, **form)  # type: ignore[arg-type]  # delimiter, lineterminator
    writer.writerows([("id", "text"), *enumerate(texts)])
    return out.getvalue().encode()


def as_warc(texts: list[str]) -> bytes:
    records = []
    for number, text in enumerate(texts):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text.encode()
        head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}\r\n"
        records.append(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")
    return b"".join(records)


def as_parquet(texts: list[str]) -> bytes:
    out = io.BytesIO()
    table = pyarrow.table({"id": list(range(len(texts))), "text": pyarrow.array(texts, pyarrow.string())})
    pyarrow.parquet.write_table(table, out, row_group_size=5, write_page_checksum=True)
    return out.getvalue()


WRITERS: dict[str, Callable[[list[str]], bytes]] = {
    "a.jsonl": as_jsonl,
    "b.ndjson": as_plain_jsonl,
    "c.csv": as_csv,
    "d.csv": partial(as_csv, delimiter=";", lineterminator="\r\n"),
    "e.tsv": partial(as_csv, delimiter="\t", lineterminator="\n"),
    "f.warc": as_warc,
    "g.parquet": as_parquet,
}


@pytest.mark.parametrize("name", WRITERS)
@quick
@given(texts=POLICIES, packing=st.integers(0, 2))
def test_what_was_written_is_read_back(tmp_path: Path, name: str, texts: list[str], packing: int) -> None:
    packing = 0 if name == "g.parquet" else packing
    path = tmp_path / f"{name}{SUFFIX[packing]}"
    path.write_bytes(PACK[packing](WRITERS[name](texts)))
    found = list(stream([path]))
    assert all(isinstance(each, Source) for each in found)
    assert [each.content for each in found if isinstance(each, Source)] == [text.encode() for text in texts]
    ids = [f"http://a.example/{n}" if name == "f.warc" else str(n) for n in range(len(texts))]
    assert [each.name for each in found if isinstance(each, Source)] == [
        f"{path.name}#{each}" for each in ids
    ]


@pytest.mark.parametrize(
    "name", [f"x{kind}{packed}" for kind in (".jsonl", ".csv", ".warc") for packed in SUFFIX]
)
@quick
@given(data=st.binary(max_size=300))
def test_any_bytes_end_in_sources_and_reasons(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    for each in stream([tmp_path / name]):
        assert isinstance(each, Source) or (each.reason and each.advice)


@pytest.mark.parametrize("name", WRITERS)
@quick
@given(texts=POLICIES, data=st.data())
def test_a_file_with_some_bytes_changed(
    tmp_path: Path, name: str, texts: list[str], data: st.DataObject
) -> None:
    whole = bytearray(WRITERS[name](texts))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[at] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.integers(0, len(whole))) :]
    (tmp_path / name).write_bytes(whole)
    for each in stream([tmp_path / name]):
        assert isinstance(each, Source | LeftOut)
