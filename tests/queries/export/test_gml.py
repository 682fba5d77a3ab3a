"""GML: igraph and networkx read what was written, whatever is in a label."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest

from privagraph.queries.export.flat import flattened

Network = networkx.MultiDiGraph


def as_gml(text: str) -> str:
    """A text as the format keeps it."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", re.sub(r"[\r\n]", "\u2028", text))


def test_igraph_reads_all_of_it(exported: Callable[..., Path], network: Network) -> None:
    igraph = pytest.importorskip("igraph", reason="needs python-igraph: pip install igraph")
    read = igraph.Graph.Read_GML(str(exported("gml")))  # warnings are errors: no entity is unknown to it
    flat = flattened(network)
    assert read.is_directed()
    assert (read.vcount(), read.ecount()) == (len(network), network.number_of_edges())
    assert dict(zip(read.vs["iri"], read.vs["label"], strict=True)) == {
        node: as_gml(label) for node, label in network.nodes(data="label")
    }
    assert Counter(read.vs["polarity"]) == Counter(
        data.get("polarity", "") for _, data in network.nodes(data=True)
    )
    ends = Counter(
        (
            read.vs[edge.source]["iri"],
            read.vs[edge.target]["iri"],
            edge["relation"],
            edge["quotes"],
            edge["evidence"],
        )
        for edge in read.es
    )
    assert ends == Counter(
        (source, target, data["relation"], as_gml(data["quotes"]), as_gml(data["evidence"]))
        for source, target, data in flat.edges(data=True)
    )


def test_offsets_hold_in_the_text_of_a_policy(exported: Callable[..., Path], network: Network) -> None:
    igraph = pytest.importorskip("igraph", reason="needs python-igraph: pip install igraph")
    read = igraph.Graph.Read_GML(str(exported("gml")))
    texts = {node["iri"]: node["pgTextEn"] for node in read.vs if node["kind"] == "policy"}
    checked = 0
    for practice in (node for node in read.vs if node["kind"] == "practice"):
        evidence = json.loads(practice["evidence"])
        records = evidence if isinstance(evidence, list) else [evidence]
        text = next(text for iri, text in texts.items() if practice["iri"].startswith(f"{iri}/"))
        for record in records:
            assert text[record["start"] : record["end"]] == as_gml(record["quote"])
            checked += 1
    assert checked >= 16


def test_networkx_reads_it_as_text(exported: Callable[..., Path], network: Network) -> None:
    text = exported("gml").read_text("utf-8")
    ascii_only = "".join(char if char.isascii() else f"&#{ord(char)};" for char in text)
    read = networkx.parse_gml(ascii_only, label="iri")
    assert set(read) == set(network)
    assert read.number_of_edges() == network.number_of_edges()


def test_keys_are_letters_and_digits(exported: Callable[..., Path]) -> None:
    lines = exported("gml").read_text("utf-8").split("\n")
    keys = {line.split()[0] for line in lines if line.startswith("    ")}
    assert {"label", "kind", "types", "polarity", "quotes", "dctTitleEn"} <= keys
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]*", key) for key in keys)
