"""What a profile asks a policy to state: each item against the shape that asks for it, and the table of them.

A rule says twice when it is broken: in the SPARQL of its shape, which finds, and in its two queries ``pg:appliesWhen``
and ``pg:statedBy``, which fill the table. Both have to say the same of every policy.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH

from privagraph import KnowledgeGraph
from privagraph.errors import ProfileError
from privagraph.loaders.extractors import make_extractor
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.training.corpus import read_gdpr200
from privagraph.shapes.engines import ENGINES
from privagraph.shapes.graphs import policy_graphs, with_terms
from privagraph.shapes.items import items
from privagraph.shapes.prepared import PreparedPolicy
from privagraph.shapes.results import Completeness, ItemStatus, PolicyResult
from privagraph.shapes.rules import Profile, Rule, profiles, read_profile
from privagraph.shapes.validation import check_policy, prepare

CASES = Path(__file__).parent / "cases"
SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", Path(__file__).parents[3] / "shared"))
DAY = date(2026, 6, 1)
ASKING = tuple(each for each in profiles() if any(rule.is_item for rule in each.rules))
ANNOTATED = 10
"""How many of the annotated policies are looked at."""


def disagreeing(policy: PreparedPolicy, chosen: tuple[Profile, ...]) -> list[str]:
    """The items of some profiles whose shape and whose queries do not say the same of a policy."""
    report = ENGINES["shifty"](policy, chosen)  # finds what pySHACL finds, see test_engines.py, in less time
    found = {str(report.value(result, SH.sourceShape)) for result in report.objects(None, SH.result)}
    return [
        f"{policy.iri}: {rule.name}: applies: {applies}, stated: {stated}, finding: {rule.iri in found}"
        for each in chosen
        for rule in each.rules
        if rule.is_item
        for applies, stated in [answers(policy, rule, each)]
        if (applies and not stated) is not (rule.iri in found)
    ]


def answers(policy: PreparedPolicy, rule: Rule, of: Profile) -> tuple[bool, bool]:
    """Whether a rule applies, and whether what it asks for is stated, by its queries."""
    applies = not rule.applies_when or bool(policy.select(f"{of.prefixes}\n{rule.applies_when}"))
    return applies, bool(policy.select(f"{of.prefixes}\n{rule.stated_by}"))


def disagreeing_in(graphs: Iterable[tuple[str, list[ox.Quad]]]) -> list[str]:
    return [
        each for iri, quads in graphs for each in disagreeing(prepare(iri, quads, ASKING, on=DAY), ASKING)
    ]


def test_there_are_items() -> None:
    counts = {each.name: sum(rule.is_item for rule in each.rules) for each in ASKING}
    assert set(counts) == {"gdpr", "ccpa", "caloppa", "coppa", "ferpa"}
    assert sum(counts.values()) >= 90


@pytest.mark.parametrize("of", ASKING, ids=lambda each: each.name)
def test_shapes_and_items_agree_on_every_example(of: Profile) -> None:
    paths = [path for path in CASES.glob(f"{of.name}/*/*.ttl") if not path.name.endswith(".expected.ttl")]
    assert len(paths) >= 2 * len(of.rules)
    wrong = [
        f"{path.relative_to(CASES)}: {each}"
        for path in sorted(paths)
        for iri, quads in policy_graphs(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
        for each in disagreeing(PreparedPolicy(iri, with_terms(quads)), (of,))
    ]
    assert wrong == []


def test_shapes_and_items_agree_on_the_sample_policies(
    sample_policy: MappedPolicy, other_policy: MappedPolicy
) -> None:
    quads = [*policy_quads(sample_policy), *policy_quads(other_policy)]
    assert disagreeing_in(policy_graphs(quads)) == []


@pytest.mark.shared
@pytest.mark.slow
def test_shapes_and_items_agree_on_real_policies() -> None:
    if not (SHARED / "policies").is_dir():
        pytest.skip("the real policies are not at hand; set PRIVAGRAPH_SHARED to the folder of policies/")
    with KnowledgeGraph.map(SHARED / "policies") as graph:
        assert len(graph.policies) >= 5
        assert disagreeing_in(policy_graphs(graph.store)) == []


@pytest.mark.shared
@pytest.mark.slow
def test_shapes_and_items_agree_on_annotated_policies() -> None:
    folder = SHARED / "corpora" / "gdpr200-dev"
    if not folder.is_dir():
        pytest.skip("the corpus is not at hand; set PRIVAGRAPH_SHARED to the folder that holds corpora/")
    extractor = make_extractor()
    chosen = list(read_gdpr200(folder))[:ANNOTATED]
    assert len(chosen) == ANNOTATED
    graphs = (
        (policy_iri(each.document), list(policy_quads(extractor.extract(each.document)))) for each in chosen
    )
    assert disagreeing_in(graphs) == []


HEAD = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pg: <https://w3id.org/privagraph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix try: <https://w3id.org/privagraph/shapes/try#> .

<https://w3id.org/privagraph/shapes/try> a owl:Ontology ; dct:title "A try" ; dct:description "Tries." ;
  owl:versionInfo "0.2.0" ;
  sh:declare [ sh:prefix "pg" ; sh:namespace "https://w3id.org/privagraph/ns#" ] .
"""


def role_query(role: str) -> str:
    return f"SELECT $this ?value WHERE {{ $this pg:hasMention ?value . ?value pg:role pg:{role} }}"


def small_profile(
    *, stated: str, applies: str = "", severity: str = "Violation", asks: str = "SELECT $this WHERE { }"
) -> Profile:
    """A profile of one item; its shape finds something everywhere unless told what else to ask."""
    when = f'pg:appliesWhen """{applies}""" ;' if applies else ""
    rule = f"""
    try:item a sh:NodeShape ; sh:targetClass pg:PrivacyPolicy ; rdfs:label "An item" ; rdfs:comment "Why." ;
      sh:message "It is missing." ; pg:remedy "Add it." ; sh:severity sh:{severity} ; dct:source <urn:law> ;
      {when} pg:statedBy \"\"\"{stated}\"\"\" ;
      sh:sparql [ sh:prefixes <https://w3id.org/privagraph/shapes/try> ; sh:select \"\"\"{asks}\"\"\" ] ."""
    return read_profile((HEAD + rule).encode(), name="try")


@pytest.fixture
def lantern(sample_policy: MappedPolicy) -> tuple[str, list[ox.Quad]]:
    return policy_iri(sample_policy.document), list(policy_quads(sample_policy))


def checked(lantern: tuple[str, list[ox.Quad]], of: Profile) -> PolicyResult:
    return check_policy(*lantern, (of,), on=DAY)


NOTHING = "SELECT $this WHERE { FILTER (false) }"
ABSENT, THERE = role_query("automated_decision"), role_query("purpose")


@pytest.mark.parametrize(
    ("of", "status", "quotes"),
    [
        (
            small_profile(stated=THERE, asks=NOTHING),
            ItemStatus.MET,
            ["deliver books", "show offers nearby", "measure the shop"],
        ),
        (
            small_profile(stated=THERE, applies=role_query("dpo"), asks=NOTHING),
            ItemStatus.MET,
            ["deliver books", "show offers nearby", "measure the shop"],
        ),
        (small_profile(stated=THERE, applies=ABSENT, asks=NOTHING), ItemStatus.NOT_APPLICABLE, []),
        (small_profile(stated=ABSENT), ItemStatus.MISSING, []),
        (small_profile(stated=ABSENT, severity="Warning"), ItemStatus.MISSING, []),
        (small_profile(stated=ABSENT, severity="Info"), ItemStatus.OPEN, []),
        (
            small_profile(stated=ABSENT, applies=role_query("controller")),
            ItemStatus.MISSING,
            ["Lantern Books Ltd"],
        ),
    ],
    ids=["met", "met-where-it-applies", "not-applicable", "missing", "missing-warning", "open", "condition"],
)
def test_the_status_of_an_item_and_the_words_that_show_it(
    lantern: tuple[str, list[ox.Quad]], of: Profile, status: ItemStatus, quotes: list[str]
) -> None:
    result = checked(lantern, of)
    (item,) = result.items
    assert (item.rule.name, item.status) == ("try:item", status)
    assert [each.quote for each in item.evidence] == quotes
    assert [found.rule.name for found in result.findings] == (
        ["try:item"] if status in (ItemStatus.MISSING, ItemStatus.OPEN) else []
    )


def test_the_table_counts_every_item_once(sample_policy: MappedPolicy) -> None:
    result = check_policy(policy_iri(sample_policy.document), policy_quads(sample_policy), ASKING, on=DAY)
    rules = [rule for each in ASKING for rule in each.rules if rule.is_item]
    assert [item.rule for item in result.items] == rules
    counted = {each.profile: each for each in result.completeness()}
    assert list(counted) == [each.name for each in ASKING]
    for name, count in counted.items():
        of_it = [item for item in result.items if item.rule.profile == name]
        assert count.met + count.missing + count.open + count.not_applicable == len(of_it)
        assert count.missing + count.open == len({item.rule for item in of_it} & broken(result))
    assert min(counted["gdpr"].met, counted["gdpr"].missing, counted["gdpr"].not_applicable) >= 3


def broken(result: PolicyResult) -> set[Rule]:
    return {found.rule for found in result.findings}


def test_what_is_met_shows_the_words_that_meet_it(sample_policy: MappedPolicy) -> None:
    """Not every item: one that a table's layout or a date meets has no words of its own."""
    result = check_policy(policy_iri(sample_policy.document), policy_quads(sample_policy), ASKING, on=DAY)
    text = sample_policy.document.text
    met = [item for item in result.items if item.status is ItemStatus.MET]
    assert len(met) >= 20
    assert sum(bool(item.evidence) for item in met) >= len(met) * 0.8
    for item in result.items:
        assert len(item.evidence) <= 3
        assert list(item.evidence) == sorted(item.evidence, key=lambda each: (each.start, each.end))
        assert [text[each.start : each.end] for each in item.evidence] == [
            each.quote for each in item.evidence
        ]


def test_a_policy_with_nothing_in_it_meets_nothing() -> None:
    policy = "https://example.org/empty"
    quads = [
        ox.Quad(
            ox.NamedNode(policy),
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode("https://w3id.org/privagraph/ns#PrivacyPolicy"),
        )
    ]
    result = check_policy(policy, quads, ASKING, on=DAY)
    assert {item.status for item in result.items if not item.rule.applies_when} <= {
        ItemStatus.MISSING,
        ItemStatus.OPEN,
    }
    assert ItemStatus.MET not in {item.status for item in result.items}
    assert isinstance(result.completeness()[0], Completeness)
    assert result.completeness()[0].met == 0


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT $this ?value WHERE {", "error at"),
        ("SELECT $this WHERE { $this pg:hasMention ?m }", r"does not select \?value"),
        ("SELECT ?value WHERE { ?p pg:hasMention ?value }", r"does not select \$this"),
        ("ASK { $this pg:hasMention ?value }", "does not select"),
    ],
)
def test_a_query_that_cannot_be_run_names_its_rule(
    lantern: tuple[str, list[ox.Quad]], query: str, reason: str
) -> None:
    iri, quads = lantern
    of = small_profile(stated=query)
    with pytest.raises(ProfileError, match=rf"^try:item: its query cannot be run: .*{reason}") as caught:
        list(items(PreparedPolicy(iri, quads), (of,), broken=()))
    assert "write `SELECT $this ?value WHERE" in str(caught.value)
