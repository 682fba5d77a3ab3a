from __future__ import annotations

import pytest
import rdflib
from rdflib import SH

from privagraph.shapes.paths import written_path

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pg: <https://w3id.org/privagraph/ns#> .
"""


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("pg:text", "https://w3id.org/privagraph/ns#text"),
        ("[ sh:inversePath pg:hasMention ]", "^pg:hasMention"),
        ("[ sh:zeroOrMorePath pg:role ]", "pg:role*"),
        ("[ sh:oneOrMorePath pg:role ]", "pg:role+"),
        ("[ sh:zeroOrOnePath pg:role ]", "pg:role?"),
        ("( pg:role pg:concept )", "(pg:role/pg:concept)"),
        ("[ sh:alternativePath ( pg:role pg:concept ) ]", "(pg:role|pg:concept)"),
        (
            "( pg:role [ sh:inversePath [ sh:alternativePath ( pg:concept pg:agent ) ] ] )",
            "(pg:role/^(pg:concept|pg:agent))",
        ),
    ],
)
def test_a_path_as_sparql_writes_it(path: str, written: str) -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD} <urn:s> sh:path {path} .", format="turtle")
    (node,) = graph.objects(None, SH.path)
    assert written_path(graph, node) == written
