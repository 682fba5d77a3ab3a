"""The view of a policy that was just mapped is what its graph is read as."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.loaders.extraction.extractor import LexiconExtractor
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.iris import PolicyIris, policy_iri
from privagraph.loaders.naming import names_of
from privagraph.loaders.quads import policy_nquads, policy_quads
from privagraph.loaders.readers import read_path
from privagraph.loaders.views import policy_view
from privagraph.ontology.namespaces import BASE
from privagraph.ontology.reading import PolicyView, read_policy
from privagraph.shapes.derivation.recording import nquads_with_contradictions, with_contradictions

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in {".md", ".html"}
)


def views(mapped: MappedPolicy) -> tuple[PolicyView, PolicyView]:
    """What the policy says, and what its graph does, which has labels of other nodes besides."""
    iris = PolicyIris(BASE, policy_iri(mapped.document))
    said = policy_view(mapped, iris, names_of(mapped, iris))
    read = read_policy(iris.policy, policy_quads(mapped))
    assert said.labels is not None
    assert read.labels is not None
    return said, replace(read, labels={iri: read.labels[iri] for iri in said.labels})


def test_of_a_policy_with_everything_in_it(sample_policy: MappedPolicy) -> None:
    said, read = views(sample_policy)
    assert said == read
    assert any(each.denied for each in said.practices)
    assert any(each.agent for each in said.mentions)
    assert any(each.controller for each in said.practices)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: str(path.name))
def test_of_the_examples(example: Path) -> None:
    mapped = LexiconExtractor().extract(read_path(example))
    said, read = views(mapped)
    assert said == read
    assert said.practices
    iris = PolicyIris(BASE, said.iri)
    nquads = policy_nquads(mapped, iris, names_of(mapped, iris))
    found = nquads_with_contradictions(nquads, said)
    quads = list(with_contradictions(said.iri, policy_quads(mapped)))
    assert found == ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert found.startswith(nquads)


def test_of_practices_that_say_the_same(sample_policy: MappedPolicy) -> None:
    practice = sample_policy.practices[0]
    surer = replace(practice, confidence=0.99)
    doubled = replace(practice, arguments=(*practice.arguments, practice.arguments[0]))
    said, read = views(replace(sample_policy, practices=(surer, doubled, *sample_policy.practices)))
    assert said == read
    assert len(said.practices) == len(sample_policy.practices) + 1


def test_of_a_policy_that_says_little(sample_policy: MappedPolicy) -> None:
    bare = replace(sample_policy.facts, controller=None, effective=None, updated=None)
    document = replace(sample_policy.document, title=None)
    said, read = views(replace(sample_policy, document=document, facts=bare, mentions=(), practices=()))
    assert said == read
    assert said.label == "Privacy policy"
