from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from privagraph.loaders.enumeration import Listing, look
from privagraph.loaders.inputs import Columns, LeftOut, Source
from privagraph.loaders.sources import SourceStream, sources, stream


def lines(*texts: str) -> bytes:
    return "".join(json.dumps({"text": each}) + "\n" for each in texts).encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    (root / "more").mkdir(parents=True)
    (root / "b.jsonl").write_bytes(lines("one", "two"))
    (root / "a.txt").write_text("words")
    (root / "labels.csv").write_text("number,label\n1,good\n")
    (root / "more" / "c.jsonl.gz").write_bytes(gzip.compress(lines("three")))
    (root / "photo.png").write_bytes(b"\x89PNG")
    return root


def names(found: SourceStream) -> list[str]:
    return [each.name if isinstance(each, Source) else f"({each.source})" for each in found]


def test_a_folder_gives_its_files_and_the_records_of_its_collections(corpus: Path) -> None:
    found = stream([corpus])
    assert names(found) == ["a.txt", "b.jsonl#1", "b.jsonl#2", "more/c.jsonl.gz#1"]
    assert found.passed_over == ("photo.png", "labels.csv")


def test_a_table_without_policies_that_was_named_is_left_out(corpus: Path) -> None:
    found = stream([corpus / "labels.csv", corpus / "b.jsonl"], columns=Columns(text="text"))
    assert names(found) == ["(labels.csv)", "b.jsonl#1", "b.jsonl#2"]
    assert found.passed_over == ()


def test_what_names_nothing_is_left_out_in_its_place(corpus: Path) -> None:
    found = list(stream([corpus / "a.txt", corpus / "gone.html", "https://inn.example/privacy", "*.none"]))
    assert [type(each) for each in found] == [Source, LeftOut, Source, LeftOut]
    gone = found[1]
    assert isinstance(gone, LeftOut)
    assert (gone.source, gone.code) == (str(corpus / "gone.html"), "unreadable")
    assert gone.reason == "no such file or folder"


def test_a_collection_that_is_named_twice_is_read_once(corpus: Path) -> None:
    again = [corpus / "b.jsonl", corpus, f"{corpus}/*.jsonl"]
    assert names(stream(again)) == ["b.jsonl#1", "b.jsonl#2", "a.txt", "more/c.jsonl.gz#1"]


def test_records_of_files_with_the_same_name_have_names_that_differ(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.jsonl").write_bytes(lines("four"))
    found = names(stream([corpus / "b.jsonl", other]))
    assert found == [f"{corpus.as_posix()}/b.jsonl#1", f"{corpus.as_posix()}/b.jsonl#2", "other/b.jsonl#1"]


def test_a_source_is_taken_as_it_is(corpus: Path) -> None:
    upload = Source("b.jsonl", corpus / "b.jsonl")
    kept = Source("kept.txt", content=b"words")
    assert list(stream([upload, kept, kept])) == [upload, kept, kept]


def test_the_share_grows_to_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*["We keep names. " * 300] * 200))
    (tmp_path / "b.txt").write_text("words")
    found = stream([tmp_path])
    shares = [found.share for _ in found]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1
    assert found.share == 1
    assert found.expected == 201
    assert stream([tmp_path]).expected is None
    assert stream([tmp_path / "b.txt"]).expected == 1


@pytest.mark.parametrize("end", ["", ".gz", ".zst"])
def test_the_share_is_that_of_the_records_handed_out(tmp_path: Path, end: str) -> None:
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[end]
    (tmp_path / f"a.jsonl{end}").write_bytes(pack(lines(*(str(7**n * 3**600) for n in range(50)))))
    found = stream([tmp_path])
    totals = [number / found.share for number, _ in enumerate(found, 1)]
    assert 40 < min(totals) <= max(totals) < 65


def test_documents_alone_are_enumerated_without_collections(corpus: Path) -> None:
    found = sources([corpus])
    assert [each.name for each in found] == ["a.txt"]
    assert found.passed_over == ("b.jsonl", "labels.csv", "more/c.jsonl.gz", "photo.png")


def test_a_collection_that_is_gone_when_it_is_its_turn(corpus: Path) -> None:
    found = stream([corpus / "b.jsonl"])
    (corpus / "b.jsonl").unlink()
    (trouble,) = found
    assert isinstance(trouble, LeftOut)
    assert (trouble.source, trouble.code) == ("b.jsonl", "unreadable")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = b"caf\xe9.txt"
    try:
        Path(str(tmp_path).encode().decode() + "/" + name.decode("utf-8", "surrogateescape")).write_text(
            "words"
        )
    except OSError:
        pytest.skip("this file system keeps no such names")
    (found,) = stream([tmp_path])
    assert isinstance(found, Source)
    assert found.name == "caf\\udce9.txt"
    assert found.path is not None
    assert found.path.read_text() == "words"


def test_a_folder_of_very_many_files_is_a_list_of_names(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"policy-of-company-{number}.html").touch()
    tracemalloc.start()
    try:
        listing = Listing([look(tmp_path)])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(listing) == 2000
    assert held < 2000 * 150  # so that a million take some 150 MB


def test_folders_within_folders_without_end(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_text("words")
    assert names(stream([tmp_path])) == ["d/" * 300 + "a.txt"]
