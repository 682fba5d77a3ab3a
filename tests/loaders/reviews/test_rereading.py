"""A graph read back is what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from privagraph.errors import GraphError
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.readers import read_bytes
from privagraph.loaders.reviews.decisions import Reviewed
from privagraph.loaders.reviews.rereading import reread
from privagraph.ontology.namespaces import expand

EXAMPLES = Path(__file__).parents[3] / "examples"


def written_again(mapped: MappedPolicy) -> tuple[set[Quad], set[Quad]]:
    quads = set(policy_quads(mapped))
    read = reread(policy_iri(mapped.document), quads)
    return quads, read.quads(Reviewed(read.found, read.found))


@pytest.mark.parametrize("name", ["sample_policy", "other_policy"])
def test_policies_by_hand_come_back(name: str, request: pytest.FixtureRequest) -> None:
    before, after = written_again(request.getfixturevalue(name))
    assert after == before


@pytest.mark.parametrize("name", ["pinata-habits.md", "woerterwald.html"])
def test_examples_come_back(name: str) -> None:
    before, after = written_again(
        LexiconExtractor().extract(read_bytes((EXAMPLES / name).read_bytes(), name=name))
    )
    assert len(before) > 1000
    assert after == before


def test_findings_are_those_of_the_extractor(sample_policy: MappedPolicy) -> None:
    read = reread(policy_iri(sample_policy.document), policy_quads(sample_policy))
    assert set(read.found.mentions) == set(sample_policy.mentions)
    assert {each.arguments for each in read.found.practices} == {
        each.arguments for each in sample_policy.practices
    }
    assert read.found.facts == sample_policy.facts
    assert read.sources == ("lantern.html",)
    assert read.decisions == {}


def test_a_graph_that_lacks_what_it_must_have_is_an_error(sample_policy: MappedPolicy) -> None:
    text = NamedNode(expand("pg:text"))
    quads = [quad for quad in policy_quads(sample_policy) if quad.predicate != text]
    with pytest.raises(GraphError, match=r"0 values of pg:text.*map the policy again"):
        reread(policy_iri(sample_policy.document), quads)
