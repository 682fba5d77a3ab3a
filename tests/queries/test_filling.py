"""Whichever way a file takes into a store, the store holds what the file says."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.queries.filling import fill
from privagraph.queries.formats import read_quads

WHOLE = "http://www.w3.org/2001/XMLSchema#integer"
PLAIN = f'<urn:a> <urn:p> "caf\\u00e9"@fr <urn:g> .\n<urn:a> <urn:p> "01"^^<{WHOLE}> <urn:g> .\n'
POLICY = "https://w3id.org/privagraph/ns#PrivacyPolicy"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


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
def test_a_store_holds_what_the_file_says(tmp_path: Path, name: str, text: str) -> None:
    path, store, usual = tmp_path / name, ox.Store(), ox.Store()
    path.write_text(text, encoding="utf-8")
    fill(store, path)
    usual.extend(read_quads(path))
    assert set(store) == set(usual)


def test_python_does_not_touch_each_quad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privagraph.queries.filling.read_quads", None)
    path, store = tmp_path / "plain.nq", ox.Store()
    path.write_text(PLAIN, encoding="utf-8")
    fill(store, path)
    assert len(store) == 2


def test_what_is_wrong_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "torn.nq"
    path.write_text(PLAIN + "<urn:a> <urn:p\n", encoding="utf-8")
    with pytest.raises(GraphError, match="repair line 3"):
        fill(ox.Store(), path)
