"""The words that a node of a policy's graph stands on."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.namespaces import PREFIXES
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import Evidence
from privagraph.shapes.words import evidence_of

POLICY = "https://example.org/p"


def prepared(turtle: str, text: str = "We collect your name.") -> PreparedPolicy:
    """A policy of one paragraph, or of what is said to be its text, and more about it."""
    head = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())
    said = f"{head}PREFIX : <{POLICY}/>\n<{POLICY}> pg:text {ox.Literal(text)} .\n{turtle}"
    return PreparedPolicy(POLICY, ox.parse(said, format=ox.RdfFormat.TURTLE))


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{POLICY}/{name}")


def selector(start: object, end: object, exact: str) -> str:
    return f"[ oa:start {start} ; oa:end {end} ], [ oa:exact {ox.Literal(exact)} ]"


def words(turtle: str, *, text: str = "We collect your name.", of: str = "m") -> tuple[Evidence, ...]:
    return evidence_of(prepared(turtle, text), node(of))


SPAN = f":s oa:hasSelector {selector(11, 20, 'your name')} ."
ELEVEN, SQUARE = "'eleven'", "'²'"
NAME = Evidence(11, 20, "your name", "We collect ", ".")


@pytest.mark.parametrize(
    "steps",
    [
        ":m oa:hasTarget :s .",
        ":m pg:evidence :s .",
        ":m pg:mention :other . :other oa:hasTarget :s .",
        ":m pg:mention :other . :other pg:evidence :s .",
        ":m oa:hasSelector [ oa:start 11 ; oa:end 20 ; oa:exact 'your name' ] .",
        ":s oa:hasSelector :m . :m oa:start 11 ; oa:end 20 ; oa:exact 'your name' .",
    ],
    ids=["mention", "practice", "retention", "period-of-practice", "span", "selector"],
)
def test_every_kind_of_node_leads_to_its_words(steps: str) -> None:
    spans = "" if "Selector" in steps else SPAN
    assert words(f"{steps} {spans}") == (NAME,)


def test_an_observations_own_words_come_before_those_that_they_stand_against() -> None:
    late = f":late oa:hasSelector {selector(3, 10, 'collect')} ."
    found = words(f":m pg:evidence :s ; pg:otherEvidence :late ; pg:confidence 0.7 . {SPAN} {late}")
    assert [(each.quote, each.confidence) for each in found] == [("your name", 0.7), ("collect", 0.7)]
    assert [each.quote for each in words(f":m pg:evidence :s ; pg:otherEvidence :s . {SPAN}")] == [
        "your name"
    ]


def test_words_are_in_the_order_of_the_text_and_each_once() -> None:
    again = f":again oa:hasSelector {selector(11, 20, 'your name')} ."
    early = f":early oa:hasSelector {selector(0, 2, 'We')} ."
    found = words(f":m pg:evidence :s, :again, :early . {SPAN} {again} {early}")
    assert [each.quote for each in found] == ["We", "your name"]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        ":m oa:hasTarget :s .",
        ":m oa:hasTarget 'your name' .",
        ":m oa:hasTarget :s . :s oa:hasSelector 'here' .",
        ":m oa:hasTarget :s . :s oa:hasSelector [ oa:exact 'your name' ] .",
        ":m oa:hasTarget :s . :s oa:hasSelector [ oa:start 11 ; oa:end 20 ] .",
        f":m oa:hasTarget :s . :s oa:hasSelector {selector(-1, 20, 'your name')} .",
        f":m oa:hasTarget :s . :s oa:hasSelector {selector(1.5, 20, 'your name')} .",
        f":m oa:hasTarget :s . :s oa:hasSelector {selector(ELEVEN, 20, 'your name')} .",
        f":m oa:hasTarget :s . :s oa:hasSelector {selector(SQUARE, 20, 'your name')} .",
        f":m oa:hasTarget :s . :s oa:hasSelector {selector('1' * 5000, 20, 'your name')} .",
    ],
)
def test_a_node_without_sound_words_has_none(broken: str) -> None:
    assert words(broken) == ()


@pytest.mark.parametrize("term", [None, ox.Literal("your name"), ox.BlankNode("b")])
def test_only_an_iri_has_words(term: ox.Literal | ox.BlankNode | None) -> None:
    assert evidence_of(prepared(f":m oa:hasTarget :s . {SPAN}"), term) == ()


@pytest.mark.parametrize(
    ("start", "end"), [(11, 19), (0, 9), (500, 509), (20, 11), (11, 10**12), (10**12, 10**13)]
)
def test_words_that_do_not_stand_where_they_are_said_to_have_no_context(start: int, end: int) -> None:
    (found,) = words(f":m oa:hasTarget [ oa:hasSelector {selector(start, end, 'your name')} ] .")
    assert found == Evidence(start, end, "your name")


@pytest.mark.parametrize("confidence", ["'high'", "<urn:c>", "''"])
def test_a_confidence_that_is_no_number_is_none(confidence: str) -> None:
    (found,) = words(f":m oa:hasTarget :s ; pg:confidence {confidence} . {SPAN}")
    assert found.confidence is None


@pytest.mark.parametrize("confidence", ["'NaN'^^xsd:double", "'INF'^^xsd:double", "-1", "7"])
def test_a_confidence_that_is_none_from_0_to_1_is_none(confidence: str) -> None:
    (found,) = words(f":m oa:hasTarget :s ; pg:confidence {confidence} . {SPAN}")
    assert found.confidence is None


def test_the_context_ends_with_the_paragraph() -> None:
    text = "First line.\nWe collect your name 📚 here.\nLast line."
    start = text.index("your name")
    (found,) = words(
        f":m oa:hasTarget [ oa:hasSelector {selector(start, start + 9, 'your name')} ] .", text=text
    )
    assert (found.before, found.after) == ("We collect ", " 📚 here.")


def test_a_long_context_is_cut_at_words() -> None:
    text = "alpha " * 200 + "your name" + " omega" * 200
    start = text.index("your name")
    (found,) = words(
        f":m oa:hasTarget [ oa:hasSelector {selector(start, start + 9, 'your name')} ] .", text=text
    )
    assert 200 <= len(found.before) <= 240
    assert 200 <= len(found.after) <= 240
    assert set(found.before.split()) == {"alpha"}
    assert set(found.after.split()) == {"omega"}


@pytest.mark.parametrize("text", ["x" * 5000, "🙂" * 3000])
def test_a_context_without_spaces_is_cut_all_the_same(text: str) -> None:
    middle = len(text) // 2
    exact = text[middle : middle + 5]
    (found,) = words(f":m oa:hasTarget [ oa:hasSelector {selector(middle, middle + 5, exact)} ] .", text=text)
    assert (len(found.before), len(found.after)) == (240, 240)


def test_all_words_of_a_mapped_policy_are_those_of_its_text(sample_policy: MappedPolicy) -> None:
    iri, text = policy_iri(sample_policy.document), sample_policy.document.text
    policy = PreparedPolicy(iri, policy_quads(sample_policy))
    mentions = policy.values(ox.NamedNode(iri), "pg:hasMention")
    assert len(mentions) == len(sample_policy.mentions)
    for mention in mentions:
        (found,) = evidence_of(policy, mention)
        assert text[found.start : found.end] == found.quote
        assert f"{found.before}{found.quote}{found.after}" in text
        assert found.confidence in (0.9, 0.55)
