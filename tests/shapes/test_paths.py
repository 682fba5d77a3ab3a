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
        ("[ sh:zeroOrMorePath pg:a ]", "pg:a*"),
        ("[ sh:oneOrMorePath pg:a ]", "pg:a+"),
        ("[ sh:zeroOrOnePath pg:a ]", "pg:a?"),
        ("( pg:a pg:b )", "(pg:a/pg:b)"),
        ("[ sh:alternativePath ( pg:a pg:b ) ]", "(pg:a|pg:b)"),
        ("( pg:a [ sh:inversePath [ sh:alternativePath ( pg:b pg:c ) ] ] )", "(pg:a/^(pg:b|pg:c))"),
    ],
)
def test_a_path_as_sparql_writes_it(path: str, written: str) -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD} <urn:s> sh:path {path} .", format="turtle")
    (node,) = graph.objects(None, SH.path)
    assert written_path(graph, node) == written
