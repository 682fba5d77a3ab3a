"""The published context has a name for everything, and each name means one thing."""

from __future__ import annotations

import json
from importlib.resources import files

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.ontology.context import CONTEXT_IRI, published_context, with_published_context
from privagraph.ontology.namespaces import PREFIXES, compact, expand
from privagraph.ontology.vocabulary import vocabulary

DOCUMENT = json.loads((files("privagraph.ontology") / "context.jsonld").read_bytes())["@context"]


def test_the_context_has_the_prefixes_of_the_project() -> None:
    assert {name: DOCUMENT[name] for name in PREFIXES} == dict(PREFIXES)
    assert DOCUMENT["@vocab"] == PREFIXES["pg"]


def test_every_property_of_policies_has_its_own_name() -> None:
    quads = ox.parse(
        (files("privagraph.ontology") / "privagraph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE
    )
    kinds: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == expand("rdf:type"):
            kinds.setdefault(compact(str(quad.subject.value)), set()).add(compact(str(quad.object.value)))
    checked = 0
    for curie, types in kinds.items():
        if not curie.startswith("pg:") or not types & {"owl:ObjectProperty", "owl:DatatypeProperty"}:
            continue
        defined = DOCUMENT[curie.removeprefix("pg:")]
        leads_on = isinstance(defined, dict) and defined.get("@type") in ("@id", "@vocab")
        assert (defined["@id"] if isinstance(defined, dict) else defined) == curie
        assert leads_on == ("owl:ObjectProperty" in types), curie
        checked += 1
    assert checked >= 50


def test_no_fixed_value_is_hidden_by_a_name() -> None:
    """A value such as a role is written by its name alone, which no term of the context may mean otherwise."""
    fixed = [each for each in vocabulary() if each.kind == "individual" and each.curie.startswith("pg:")]
    assert len(fixed) >= 30
    for each in fixed:
        for name in ("role", "polarity", "modality", "verdict"):
            context = published_context()
            (written,) = context.members(expand(f"pg:{name}"), [ox.NamedNode(each.iri)]).values()
            meant = {**DOCUMENT, **DOCUMENT[name].get("@context", {})}.get(written, written)
            expanded = meant if isinstance(meant, str) else meant["@id"]
            assert expand(expanded if ":" in expanded else f"pg:{expanded}") == each.iri


def test_the_context_takes_the_place_of_its_iri() -> None:
    linked = {"@context": [CONTEXT_IRI, {"@base": "https://example.org/"}], "id": "a", "label": CONTEXT_IRI}
    found = json.loads(with_published_context(json.dumps(linked).encode()))
    assert found["@context"] == [DOCUMENT, {"@base": "https://example.org/"}]
    assert found["label"] == CONTEXT_IRI


@pytest.mark.parametrize("text", [b"{}", b"not JSON, but " + CONTEXT_IRI.encode(), b""])
def test_other_text_is_left_alone(text: bytes) -> None:
    assert with_published_context(text) == text


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        ("https://example.org/p/1/mention/4-12-purpose", "mention/4-12-purpose"),
        ("https://example.org/p/1/a/../b", "https://example.org/p/1/a/../b"),
        ("https://example.org/p/1/x:y", "https://example.org/p/1/x:y"),
        ("https://example.org/p/1//x", "https://example.org/p/1//x"),
        ("https://example.org/p/1/", "https://example.org/p/1/"),
        (expand("dpv:Share"), "dpv:Share"),
        (expand("foaf:") + "//x", expand("foaf:") + "//x"),
        ("urn:x:y", "urn:x:y"),
    ],
)
def test_an_iri_is_short_where_that_means_the_same(iri: str, written: str) -> None:
    context = published_context().based_on("https://example.org/p/1/")
    assert context.iri(ox.NamedNode(iri)) == written


def test_an_iri_that_would_be_read_as_another_is_refused() -> None:
    odd = ox.NamedNode("dpv" + ":Share")  # in full: an IRI whose scheme is dpv
    with pytest.raises(GraphError, match="JSON-LD takes its beginning for a prefix; write the graph as trig"):
        published_context().iri(odd)


@pytest.mark.parametrize("name", ["a:b", "@x", "http://x", "", "label", "id"])
def test_a_class_with_an_odd_name_is_written_so_that_it_is_no_other(name: str) -> None:
    written = published_context().type_name(ox.NamedNode(PREFIXES["pg"] + name))
    assert written in (f"pg:{name}", PREFIXES["pg"] + name)
