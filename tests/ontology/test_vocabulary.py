"""The closed vocabulary."""

from __future__ import annotations

import pytest

from privagraph.errors import UnknownTermError
from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, expand
from privagraph.ontology.vocabulary import Branch, TermKind, vocabulary, vocabulary_quads


def test_a_term_is_found_by_curie_and_by_iri() -> None:
    words = vocabulary()
    term = words.term("pd:EmailAddress")
    assert term is words.term("https://w3id.org/dpv/pd#EmailAddress")
    assert (term.label, term.curie, term.kind) == ("Email Address", "pd:EmailAddress", TermKind.CLASS)
    assert term.broader == (expand("pd:Contact"),)
    assert words.iri("pd:EmailAddress") == term.iri


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("dpv:Collect", TermKind.CLASS),
        ("dpv:hasPurpose", TermKind.PROPERTY),
        ("pg:hasArgument", TermKind.PROPERTY),
        ("pg:confidence", TermKind.PROPERTY),
        ("pg:data_category", TermKind.INDIVIDUAL),
        ("pg:DeniedPractice", TermKind.CLASS),
        ("loc:US-CA", TermKind.CLASS),
    ],
)
def test_what_a_term_is_in_rdf(name: str, kind: TermKind) -> None:
    assert vocabulary().term(name).kind is kind


@pytest.mark.parametrize(
    ("start", "name", "scheme", "nearest"),
    [
        ("dpv:", "Colect", "dpv", "dpv:Collect"),
        ("pd:", "Emailaddress", "pd", "pd:EmailAddress"),
        (PREFIXES["pd"], "EmailAdress", "pd", "pd:EmailAddress"),
        ("pg:", "Mentions", "pg", "pg:Mention"),
        ("", "Targeted Advertisng", "vocabulary", "dpv:TargetedAdvertising"),
    ],
)
def test_an_unknown_term_is_an_error_that_names_the_nearest(
    start: str, name: str, scheme: str, nearest: str
) -> None:
    wrong = start + name
    with pytest.raises(UnknownTermError) as caught:
        vocabulary().term(wrong)
    assert (caught.value.term, caught.value.scheme, caught.value.near[0]) == (wrong, scheme, nearest)
    assert wrong not in vocabulary()


def test_every_way_in_refuses_an_unknown_term() -> None:
    words, wrong = vocabulary(), ":".join(("dpv", "Sell"))
    for ask in (words.label, words.broader, words.narrower, words.branches, words.iri):
        with pytest.raises(UnknownTermError):
            ask(wrong)
    with pytest.raises(UnknownTermError):
        words.is_a("dpv:Collect", wrong)
    with pytest.raises(UnknownTermError):
        words.is_a(wrong, "dpv:Collect")


def test_broader_goes_all_the_way_up_the_nearest_first() -> None:
    broader = vocabulary().broader("pd:CreditCardNumber")
    assert broader[0] == expand("pd:PaymentCardNumber")
    assert set(map(expand, ("pd:Financial", "dpv:PersonalData", "dpv:Data"))) <= set(broader)
    assert expand("pd:CreditCardNumber") not in broader
    assert len(set(broader)) == len(broader)
    assert broader.index(expand("pd:FinancialAccount")) < broader.index(expand("dpv:PersonalData"))


def test_the_way_up_is_broader_not_subclass() -> None:
    """Under Marketing no term has rdfs:subClassOf."""
    words = vocabulary()
    below = {term.curie for term in words if words.is_a(term.iri, "dpv:Marketing")}
    assert {"dpv:Marketing", "dpv:TargetedAdvertising", "dpv:DirectMarketing"} <= below
    assert len(below) >= 10
    assert not words.is_a("dpv:Marketing", "dpv:TargetedAdvertising")


def test_narrower_turns_broader_around() -> None:
    words = vocabulary()
    pairs = {(term.iri, above) for term in words for above in term.broader}
    assert {(below, term.iri) for term in words for below in words.narrower(term.iri)} == pairs
    assert len(pairs) > 2000


def test_every_broader_term_exists_and_none_is_above_itself() -> None:
    words = vocabulary()
    for term in words:
        assert all(iri in words for iri in term.broader), term.curie
        assert term.iri not in words.broader(term.iri), term.curie


@pytest.mark.parametrize(
    ("name", "branches"),
    [
        ("pd:Health", {Branch.PERSONAL_DATA}),
        ("dpv:Share", {Branch.PROCESSING}),
        ("pg:Sell", {Branch.PROCESSING}),
        ("dpv:TargetedAdvertising", {Branch.PURPOSE}),
        ("eu-gdpr:StandardContractualClauses", {Branch.LEGAL_BASIS, Branch.MEASURE}),
        ("pg:AdvertisingNetwork", {Branch.ENTITY}),
        ("pg:RightToKnow", {Branch.RIGHT}),
        ("eu-gdpr:A15", {Branch.RIGHT}),
        ("loc:US-CA", {Branch.LOCATION}),
        ("pg:COPPA", {Branch.LAW}),
        ("tech:UserAgent", {Branch.ENTITY, Branch.TECHNOLOGY}),
        ("dpv:hasPurpose", set()),
    ],
)
def test_branches(name: str, branches: set[Branch]) -> None:
    assert vocabulary().branches(name) == branches


def test_search_ranks_the_closest_first() -> None:
    words = vocabulary()
    assert words.search("email address")[0].curie == "pd:EmailAddress"
    assert words.search("dpv:Collect")[0].curie == "dpv:Collect"
    hits = [term.curie for term in words.search("advertising", limit=4)]
    assert hits[0] == "dpv:Advertising"
    assert len(hits) == 4
    assert words.search("   ") == ()
    assert words.search("advertsing") == ()
    assert words.nearest("advertsing")[0] == "dpv:Advertising"


def test_the_quads_are_labels_types_and_hierarchy_of_every_term() -> None:
    words = vocabulary()
    quads = list(vocabulary_quads())
    assert {quad.graph_name.value for quad in quads} == {VOCABULARY_GRAPH}
    assert {quad.predicate.value for quad in quads} == {
        expand("rdf:type"),
        expand("skos:broader"),
        expand("skos:prefLabel"),
    }
    labelled = {quad.subject.value for quad in quads if quad.predicate.value == expand("skos:prefLabel")}
    assert labelled == {term.iri for term in words}
    broader = {
        (quad.subject.value, quad.object.value)
        for quad in quads
        if quad.predicate.value == expand("skos:broader")
    }
    assert broader == {(term.iri, above) for term in words for above in term.broader}
