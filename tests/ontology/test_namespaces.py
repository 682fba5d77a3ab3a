"""Prefixes and CURIEs."""

from __future__ import annotations

import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.namespaces import BASE, DPV_PREFIXES, PREFIXES, VOCABULARY_GRAPH, compact, expand


@pytest.mark.parametrize("prefix", PREFIXES)
def test_expanding_and_compacting_are_inverse(prefix: str) -> None:
    assert compact(expand(f"{prefix}:Thing")) == f"{prefix}:Thing"


def test_the_longest_namespace_wins() -> None:
    assert compact("https://w3id.org/dpv/pd#Name") == "pd:Name"
    assert compact("https://w3id.org/dpv/legal/eu/gdpr#A15") == "eu-gdpr:A15"


@pytest.mark.parametrize("text", ["nothing", "unknown:Thing", ":Thing", ""])
def test_what_is_no_curie_is_an_error(text: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        expand(text)
    assert caught.value.scheme == "prefix"
    assert "dpv" in caught.value.near


def test_an_iri_of_no_namespace_stays() -> None:
    assert compact("https://example.org/x") == "https://example.org/x"


def test_namespaces_are_distinct_and_end_where_names_begin() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(space[-1] in "#/" for space in PREFIXES.values())
    assert set(DPV_PREFIXES) < set(PREFIXES)
    assert VOCABULARY_GRAPH.startswith("https://w3id.org/privagraph/")
    assert BASE.endswith("/")
