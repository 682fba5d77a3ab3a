"""Whichever way a file takes into a store, the store holds what the file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.queries import filling
from privagraph.queries.filling import add, fill
from privagraph.queries.formats import read_quads

WHOLE = "http://www.w3.org/2001/XMLSchema#integer"
PLAIN = f'<urn:a> <urn:p> "caf\\u00e9"@fr <urn:g> .\n<urn:a> <urn:p> "01"^^<{WHOLE}> <urn:g> .\n'
POLICY = "https://w3id.org/privagraph/ns#PrivacyPolicy"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.mark.parametrize("put", [fill, add])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain.nq", PLAIN),
        ("blank.nq", PLAIN + "_:one <urn:p> _:two <urn:g> .\n"),
        ("says-so.nq", PLAIN + '<urn:a> <urn:p> "a smile _:" <urn:g> .\n'),
        ("loose.nq", PLAIN + f"<urn:policy> <{TYPE}> <{POLICY}> .\n"),
        ("empty.nq", ""),
        ("other.trig", "<urn:g> { <urn:a> <urn:p> 1 . }"),
    ],
)
def test_a_store_holds_what_the_file_says(
    tmp_path: Path, name: str, text: str, put: Callable[[ox.Store, Path], None]
) -> None:
    path, store, usual = tmp_path / name, ox.Store(), ox.Store()
    path.write_text(text, encoding="utf-8")
    put(store, path)
    usual.extend(read_quads(path))
    assert set(store) == set(usual)


@pytest.mark.parametrize("put", [fill, add])
def test_python_does_not_touch_each_quad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[ox.Store, Path], None]
) -> None:
    monkeypatch.setattr("privagraph.queries.filling.read_quads", None)
    path, store = tmp_path / "plain.nq", ox.Store()
    path.write_text(PLAIN, encoding="utf-8")
    put(store, path)
    assert len(store) == 2


@pytest.mark.parametrize("put", [fill, add])
@pytest.mark.parametrize("torn", ["<urn:a> <urn:p\n", "<urn:a b> <urn:p> <urn:o> <urn:g> .\n"])
def test_what_is_wrong_is_told_by_its_line(
    tmp_path: Path, torn: str, put: Callable[[ox.Store, Path], None]
) -> None:
    path, store = tmp_path / "torn.nq", ox.Store()
    path.write_text(PLAIN + torn, encoding="utf-8")
    with pytest.raises(GraphError, match="repair line 3"):
        put(store, path)
    assert len(store) == 0


@pytest.mark.parametrize("part", [150, 200, 400, 10_000])
def test_a_long_file_goes_in_by_whole_graphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    text = "".join(f"<urn:{n}> <urn:p> <urn:g{n // 5}> <urn:g{n // 4}> .\n" for n in range(24))
    path, store = tmp_path / "long.nq", ox.Store()
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(filling, "_PART", part)
    parts = [piece.decode() for piece in filling._parts(path)]
    assert "".join(parts) == text
    graphs = [{line.split()[3] for line in piece.splitlines()} for piece in parts]
    assert sum(map(len, graphs)) == len(set().union(*graphs)) == 6
    assert len(parts) > 1 or part >= 400
    add(store, path)
    assert len(store) == 24


def test_what_is_wrong_far_down_is_told_by_its_line_without_reading_all_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"<urn:{n}> <urn:p> <urn:o> <urn:g{n}> .\n" for n in range(9)]
    lines[7] = "<urn:a b> <urn:p> <urn:o> <urn:g7> .\n"
    path, store = tmp_path / "torn.nq", ox.Store()
    path.write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr(filling, "_PART", 40)
    monkeypatch.setattr("privagraph.queries.filling.read_quads", None)
    with pytest.raises(GraphError, match=r"not N-Quads: .*line 8\b.*repair line 8 or"):
        add(store, path)
    assert 0 < len(store) < 8


@pytest.mark.parametrize("part", [1, 30, 70, 100, 300, 1000, 2000])
def test_no_part_is_longer_than_memory_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """Graphs that fit in stay whole; lines do, unless one alone is too long."""
    graphs = ["a"] * 3 + ["b"] * 30 + ["c"] * 20 + ["d"]
    text = "".join(f"<urn:{n:02}> <urn:p> <urn:o> <urn:{name}> .\n" for n, name in enumerate(graphs))
    path, store = tmp_path / "large.nq", ox.Store()
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(filling, "_PART", part)
    parts = [piece.decode() for piece in filling._parts(path)]
    assert "".join(parts) == text
    assert max(map(len, parts)) <= part
    assert len(parts) <= 2 * len(text) // part + 1
    line = len(text) // len(graphs)
    assert part < line or all(piece.endswith("\n") for piece in parts)
    whole = {
        name: "".join(each for each in text.splitlines(keepends=True) if f":{name}>" in each)
        for name in graphs
    }
    for each in whole.values():
        assert len(each) + line >= part or any(each in piece for piece in parts)
    add(store, path)
    assert len(store) == len(graphs)


@pytest.mark.parametrize("put", [fill, add])
def test_a_text_that_is_too_long_for_the_parser_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[ox.Store, Path], None]
) -> None:
    path, store = tmp_path / "large.nq", ox.Store()
    path.write_bytes(b'<urn:a> <urn:p> "%b" <urn:g> .\n' % (b"x" * (17 << 20)))
    monkeypatch.setattr(filling, "_PART", 1 << 20)
    with pytest.raises(GraphError, match="longer than 16 MB"):
        put(store, path)
    assert len(store) == 0
