from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from privagraph.errors import GraphError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.endpoints import graphs as graphs_module
from privagraph.queries.endpoints.graphs import graphs_of
from privagraph.queries.locks import StoreLock
from privagraph.queries.store import GraphStore

PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".nq": bytes,
    ".nq.gz": gzip.compress,
    ".nq.zst": zstandard.compress,
}


def found(*sources: Path) -> dict[str, set[object]]:
    return {each.iri: set(each.quads) for each in graphs_of([str(source) for source in sources])}


@pytest.fixture(scope="session")
def expected(sample_store: GraphStore) -> dict[str, set[object]]:
    return {policy: set(sample_store.quads(policy)) for policy in sample_store.policies()}


@pytest.mark.parametrize("ending", PACKED)
def test_a_file_of_lines_is_read_packed_or_not(
    ending: str, sample_file: Path, tmp_path: Path, expected: dict[str, set[object]]
) -> None:
    place = tmp_path / f"part-00000{ending}"
    vocabulary = f"<{VOCABULARY_GRAPH}> <urn:p> <urn:o> <{VOCABULARY_GRAPH}> .\n# a remark\n\n".encode()
    place.write_bytes(PACKED[ending](vocabulary + sample_file.read_bytes()))
    assert found(place) == found(tmp_path) == expected


def test_two_frames_of_a_packed_file_are_one_file(
    sample_file: Path, tmp_path: Path, expected: dict[str, set[object]]
) -> None:
    lines = sample_file.read_bytes().splitlines(keepends=True)
    place = tmp_path / "part.nq.zst"
    half = len(lines) // 2
    place.write_bytes(zstandard.compress(b"".join(lines[:half])) + zstandard.compress(b"".join(lines[half:])))
    assert found(place) == expected


@pytest.mark.parametrize("ending", [".trig", ".jsonld"])
def test_other_files_are_read(
    ending: str, sample_store: GraphStore, tmp_path: Path, expected: dict[str, set[object]]
) -> None:
    place = tmp_path / f"graph{ending}"
    sample_store.save(place)
    assert {iri: len(quads) for iri, quads in found(place).items()} == {
        iri: len(quads) for iri, quads in expected.items()
    }


def test_lines_in_any_order_are_brought_together(
    sample_file: Path, tmp_path: Path, expected: dict[str, set[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs_module, "_SOME", 100)
    lines = sample_file.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(lines)
    place = tmp_path / "mixed.nq"
    place.write_bytes(b"".join(lines))
    assert found(place) == expected


@pytest.mark.parametrize("ending", PACKED)
def test_a_file_that_breaks_off_is_said_before_any_policy(
    ending: str, sample_file: Path, tmp_path: Path
) -> None:
    place = tmp_path / f"part{ending}"
    whole = PACKED[ending](sample_file.read_bytes())
    place.write_bytes(whole[: len(whole) * 9 // 10])
    graphs = graphs_of([str(place)])
    with pytest.raises(GraphError, match=r"breaks off|damaged"):
        next(graphs)


def test_a_frame_that_is_damaged_is_said_by_where_it_begins(sample_file: Path, tmp_path: Path) -> None:
    place = tmp_path / "part-00000.nq.zst"
    frame = zstandard.ZstdCompressor(write_checksum=True).compress(sample_file.read_bytes())
    for second in (frame[:-1] + bytes([frame[-1] ^ 1]), frame[:-9], b"XXXX" + frame):
        place.write_bytes(frame + second + frame)
        with pytest.raises(GraphError, match=rf"byte {len(frame)} .*; of a shard, map .* with --again"):
            found(place)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.nq", b"no lines of a graph\n", "not N-Quads"),
        ("a.nq", b"<urn:s> <urn:p> <urn:o> <urn:g> .\n", "the graph urn:g is not that of a policy"),
        ("a.nq", b"<urn:s> <urn:p> <urn:o> .\n", "has lines that name no graph"),
        ("a.nq.gz", b"not packed", "not gzip, or damaged"),
        ("a.nq.zst", b"not packed", "not Zstandard, or damaged"),
        ("a.txt", b"words", "not a kind of file that holds a graph"),
    ],
)
def test_what_holds_no_policies_is_said(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    place = tmp_path / name
    place.write_bytes(content)
    with pytest.raises(GraphError, match=said) as caught:
        found(place)
    assert str(place) in str(caught.value)


def test_a_line_without_an_end_is_not_gathered_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphs_module, "_LONGEST_LINE", 1000)
    place = tmp_path / "bomb.nq.zst"
    place.write_bytes(zstandard.compress(b"<" * 100_000_000))
    with pytest.raises(GraphError, match="a line has more than 1,000 bytes"):
        found(place)


def test_a_folder_without_a_graph_and_nothing_at_all_are_said(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"neither a store nor a folder of N-Quads; name a folder with \.nq"):
        found(tmp_path)
    with pytest.raises(GraphError, match="no such file or folder"):
        found(tmp_path / "nothing")


def test_copies_of_a_policy_that_stand_together_are_told_apart(tmp_path: Path) -> None:
    name = "https://w3id.org/privagraph/id/policy/1"
    head = f"<{name}> <{expand('rdf:type')}> <{expand('pg:PrivacyPolicy')}> <{name}> .\n"
    titles = [f'<{name}> <{expand("dct:title")}> "{title}" <{name}> .\n' for title in ("A", "B")]
    place = tmp_path / "a.nq"
    place.write_text(head + titles[0] + head + titles[1])
    assert [len(each.quads) for each in graphs_of([str(place)])] == [2, 2]
    place.write_text(head + titles[0] + titles[0])  # not a copy: a line too many
    assert [len({*each.quads}) for each in graphs_of([str(place)])] == [2]


def test_a_folder_that_is_being_written_is_left_alone(sample_file: Path, tmp_path: Path) -> None:
    (tmp_path / "part-00000.nq").write_bytes(sample_file.read_bytes())
    lock = StoreLock(tmp_path, writing=True)
    try:
        with pytest.raises(GraphError, match="being written by another program; wait"):
            found(tmp_path)
    finally:
        lock.release()
    assert len(found(tmp_path)) == 2


def test_a_source_that_is_missing_is_said_before_any_policy(sample_file: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such file or folder"):
        next(graphs_of([str(sample_file), str(tmp_path / "nothing")]))
