"""The graph of a policy: what it says, and what it must never say."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph._version import __version__
from privagraph.errors import InputError
from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, PolicyFacts, Role
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.ontology.namespaces import PREFIXES, expand


class Graph:
    """Quads, asked with CURIEs; instances are shown without their policy's IRI."""

    def __init__(self, mapped: MappedPolicy, **options: Any) -> None:
        self.policy = policy_iri(mapped.document, options.get("base", "https://w3id.org/privagraph/id/"))
        self.quads = list(policy_quads(mapped, **options))

    def node(self, iri: str) -> str:
        """The full IRI of a CURIE, of ``agent/...``, or of a node of the policy."""
        if iri.partition(":")[0] in PREFIXES:
            return expand(iri)
        if iri.startswith(("agent/", "software/")):
            return self.policy.partition("policy/")[0] + iri
        return f"{self.policy}/{iri}" if iri else self.policy

    def values(self, subject: str, predicate: str) -> set[str]:
        """What is said of a node by a property, CURIEs expanded."""
        return {
            quad.object.value
            for quad in self.quads
            if quad.subject.value == self.node(subject) and quad.predicate.value == expand(predicate)
        }

    def says(self, subject: str, predicate: str, *objects: str) -> bool:
        """Whether exactly these IRIs are said."""
        return self.values(subject, predicate) == {self.node(each) for each in objects}

    def instances(self, kind: str) -> set[str]:
        """The IRIs of all nodes of a type."""
        return {
            quad.subject.value
            for quad in self.quads
            if quad.predicate.value == expand("rdf:type") and quad.object.value == expand(kind)
        }

    def practice(self, processing: str, sentence: str) -> str:
        """The practice whose evidence is a sentence, as a node of the policy."""
        for iri in self.instances("pg:AffirmedPractice") | self.instances("pg:DeniedPractice"):
            local = iri.removeprefix(f"{self.policy}/")
            (span,) = self.values(local, "pg:evidence")
            quote = self.values(span.removeprefix(f"{self.policy}/") + "/quote", "oa:exact")
            if expand(processing) in self.values(local, "pg:processing") and any(
                sentence in each for each in quote
            ):
                return local
        raise AssertionError(f"no practice {processing} with evidence {sentence!r}")


@pytest.fixture(scope="module")
def graph(sample_policy: MappedPolicy) -> Graph:
    return Graph(sample_policy)


@pytest.fixture(scope="module")
def other(other_policy: MappedPolicy) -> Graph:
    return Graph(other_policy)


# What every graph has


def test_all_quads_are_in_the_policys_graph_once_and_without_blank_nodes(graph: Graph) -> None:
    assert len(graph.quads) == len(set(graph.quads)) > 500
    assert {quad.graph_name.value for quad in graph.quads} == {graph.policy}
    assert not [quad for quad in graph.quads if ox.BlankNode in (type(quad.subject), type(quad.object))]


def test_the_same_policy_gives_the_same_quads_in_the_same_order(
    sample_policy: MappedPolicy, graph: Graph
) -> None:
    assert list(policy_quads(sample_policy)) == graph.quads


def test_the_order_of_mentions_and_practices_does_not_change_the_graph(
    sample_policy: MappedPolicy, graph: Graph
) -> None:
    turned = dataclasses.replace(
        sample_policy, mentions=sample_policy.mentions[::-1], practices=sample_policy.practices[::-1]
    )
    assert set(policy_quads(turned)) == set(graph.quads)


def test_every_node_that_is_described_has_one_label(graph: Graph) -> None:
    subjects = {quad.subject.value for quad in graph.quads}
    labels = [quad.subject.value for quad in graph.quads if quad.predicate.value == expand("rdfs:label")]
    assert sorted(labels) == sorted(subjects)
    assert all(
        quad.object.value.strip() for quad in graph.quads if quad.predicate.value == expand("rdfs:label")
    )


def test_every_node_of_the_graph_that_is_referred_to_is_described(graph: Graph) -> None:
    subjects = {quad.subject.value for quad in graph.quads}
    base = graph.policy.partition("policy/")[0]
    referred = {quad.object.value for quad in graph.quads if isinstance(quad.object, ox.NamedNode)}
    assert {iri for iri in referred if iri.startswith(base)} <= subjects


def test_every_span_says_what_stands_in_the_text(sample_policy: MappedPolicy, graph: Graph) -> None:
    text = sample_policy.document.text
    spans = graph.instances("oa:SpecificResource")
    assert len(spans) >= 30
    for span in spans:
        local = span.removeprefix(f"{graph.policy}/")
        (start,), (end,) = (
            graph.values(f"{local}/position", "oa:start"),
            graph.values(f"{local}/position", "oa:end"),
        )
        assert graph.values(f"{local}/quote", "oa:exact") == {text[int(start) : int(end)]}
        assert graph.values(f"{local}/quote", "oa:prefix") == {text[max(0, int(start) - 32) : int(start)]}
        assert graph.values(f"{local}/quote", "oa:suffix") == {text[int(end) : int(end) + 32]}


# The policy


def test_a_policy_says_what_it_is_and_where_it_came_from(sample_policy: MappedPolicy, graph: Graph) -> None:
    assert graph.says("", "rdf:type", "pg:PrivacyPolicy", "dpv:PrivacyNotice")
    assert graph.values("", "dct:title") == {"Privacy at Lantern Books 📚"}
    assert graph.values("", "pg:text") == {sample_policy.document.text}
    assert graph.values("", "pg:effectiveDate") == {"2024-03-01"}
    assert graph.values("", "pg:lastUpdated") == {"2024-05-05"}
    assert graph.says("", "dpv:hasDataController", "agent/lantern-books")
    (source,) = graph.values("", "prov:wasDerivedFrom")
    local = source.removeprefix(f"{graph.policy}/")
    assert graph.values(local, "pg:fileName") == {"lantern.html"}
    assert graph.values(local, "dct:format") == {"text/html"}
    assert graph.values(local, "schema:url") == {"https://lantern.example/privacy"}


@pytest.mark.parametrize("collected", [None, "2021-07-03", "2021-07-03T08:30:00Z"])
def test_a_source_says_when_it_was_collected(sample_policy: MappedPolicy, collected: str | None) -> None:
    document = dataclasses.replace(sample_policy.document, collected=collected)
    graph = Graph(dataclasses.replace(sample_policy, document=document))
    (source,) = graph.values("", "prov:wasDerivedFrom")
    assert graph.values(source.removeprefix(f"{graph.policy}/"), "dct:date") == (
        {collected} if collected else set()
    )


def test_a_policy_has_the_rights_and_measures_that_it_affirms(graph: Graph) -> None:
    assert graph.says("", "dpv:hasRight", "eu-gdpr:A15")
    assert graph.says("", "dpv:hasTechnicalOrganisationalMeasure", "dpv:EncryptionInTransfer")


def test_denied_rights_and_measures_stay_mentions(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We do not encrypt, and you have no right of access.")
    made.mention("encrypt", Role.SECURITY_MEASURE, "dpv:Encryption", polarity=Polarity.DENIED)
    made.mention("right of access", Role.RIGHT, "eu-gdpr:A15", polarity=Polarity.DENIED)
    found = Graph(made.build())
    assert found.says("", "dpv:hasRight")
    assert found.says("", "dpv:hasTechnicalOrganisationalMeasure")
    assert len(found.instances("pg:Mention")) == 2


def test_contacts_are_the_controllers(graph: Graph) -> None:
    assert graph.values("agent/lantern-books", "schema:email") == {"privacy@lantern.example"}
    assert graph.says("", "dpv:hasDataProtectionOfficer", "agent/lantern-books/dpo")
    assert graph.says("agent/lantern-books", "dpv:hasDataProtectionOfficer", "agent/lantern-books/dpo")
    assert graph.values("agent/lantern-books/dpo", "schema:email") == {"dpo@lantern.example"}


def test_contacts_of_an_unnamed_controller_are_the_policys(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("Write to us@merle.example, call +41 44 000 00 00, or visit 1 Birch Road. Our officer helps.")
    for quote in ("us@merle.example", "+41 44 000 00 00", "1 Birch Road"):
        made.mention(quote, Role.CONTACT, value=quote)
    made.mention("officer", Role.DPO, "dpv:DataProtectionOfficer")
    found = Graph(made.build())
    assert found.values("", "schema:email") == {"us@merle.example"}
    assert found.values("", "schema:telephone") == {"+41 44 000 00 00"}
    assert found.values("", "schema:address") == {"1 Birch Road"}
    assert found.says("", "dpv:hasDataProtectionOfficer", "dpo")
    assert found.says("", "dpv:hasDataController")


def test_provenance_tells_program_extractor_and_options(sample_policy: MappedPolicy) -> None:
    found = Graph(sample_policy, options={"zeta": 1, "alpha": "ü"})
    (mapping,) = found.values("", "prov:wasGeneratedBy")
    local = mapping.removeprefix(f"{found.policy}/")
    assert found.values(local, "pg:extractor") == {"by-hand/1"}
    assert json.loads(found.values(local, "pg:options").pop()) == {"alpha": "ü", "zeta": 1}
    assert found.says(local, "prov:wasAssociatedWith", f"software/privagraph-{__version__}")
    assert found.values(local, "prov:used") == found.values("", "prov:wasDerivedFrom")


def test_other_options_are_another_mapping_of_the_same_policy(sample_policy: MappedPolicy) -> None:
    first, second = Graph(sample_policy), Graph(sample_policy, options={"x": 1})
    assert first.policy == second.policy
    assert first.values("", "prov:wasGeneratedBy") != second.values("", "prov:wasGeneratedBy")


# Mentions


def test_a_grounded_mention_has_its_concept_as_body(graph: Graph, sample_policy: MappedPolicy) -> None:
    mention = next(each for each in sample_policy.mentions if each.concept == expand("pd:EmailAddress"))
    local = f"mention/{mention.start}-{mention.end}-data_category"
    assert graph.says(local, "rdf:type", "pg:Mention", "oa:Annotation")
    assert graph.says(local, "oa:hasBody", "pd:EmailAddress")
    assert graph.says(local, "pg:concept", "pd:EmailAddress")
    assert graph.says(local, "pg:role", "pg:data_category")
    assert graph.says(local, "pg:polarity", "pg:affirmed")
    assert graph.says(local, "oa:hasTarget", f"span/{mention.start}-{mention.end}")
    assert graph.values(local, "pg:confidence") == {"0.9"}


def test_an_ungrounded_mention_keeps_its_words_and_gets_no_concept(
    graph: Graph, sample_policy: MappedPolicy
) -> None:
    mention = next(
        each for each in sample_policy.mentions if each.concept is None and each.role is Role.DATA_CATEGORY
    )
    local = f"mention/{mention.start}-{mention.end}-data_category"
    assert graph.values(local, "rdfs:label") == {"café club number"}
    assert graph.says(local, "oa:hasBody")
    assert graph.says(local, "pg:concept")
    assert expand("dpv:PersonalData") not in {quad.object.value for quad in graph.quads}


def test_two_concepts_for_the_same_words_are_two_mentions(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We use usage data.")
    made.mention("usage data", Role.DATA_CATEGORY, "pd:BrowsingBehaviour")
    made.mention("usage data", Role.DATA_CATEGORY, "pd:ServiceConsumptionBehaviour")
    found = Graph(made.build())
    assert len(found.instances("pg:Mention")) == 2
    for iri in found.instances("pg:Mention"):
        assert len(found.values(iri.removeprefix(f"{found.policy}/"), "pg:concept")) == 1


def test_retention_has_a_node_with_its_duration(graph: Graph, other: Graph) -> None:
    (period,) = graph.instances("pg:RetentionPeriod")
    local = period.removeprefix(f"{graph.policy}/")
    assert graph.values(local, "pg:duration") == {"P10Y"}
    assert graph.values(local, "rdfs:label") == {"ten years"}
    (period,) = other.instances("pg:RetentionPeriod")
    local = period.removeprefix(f"{other.policy}/")
    assert other.values(local, "pg:duration") == {"P14D"}
    (mention,) = other.values(local, "pg:mention")
    assert other.values(mention.removeprefix(f"{other.policy}/"), "pg:value") == {"P2W"}


# Practices


def test_an_affirmed_practice_is_a_process_with_its_grounded_arguments(graph: Graph) -> None:
    practice = graph.practice("dpv:Collect", "When you order")
    assert f"{graph.policy}/{practice}" in graph.values("", "dpv:hasProcess")
    assert graph.says(practice, "rdf:type", "dpv:Process", "pg:AffirmedPractice")
    assert graph.says(practice, "dpv:hasProcessing", "dpv:Collect")
    assert graph.says(practice, "dpv:hasPersonalData", "pd:EmailAddress")
    assert graph.says(practice, "dpv:hasPurpose", "dpv:DeliveryOfGoods")
    assert graph.says(practice, "dpv:hasDataController", "agent/lantern-books")
    assert graph.values(practice, "rdfs:label") == {"Collect: e-mail address, café club number"}
    assert len(graph.values(practice, "pg:hasArgument")) == 3


def test_a_transfer_has_place_safeguard_and_basis(graph: Graph) -> None:
    practice = graph.practice("dpv:Disclose", "To print labels")
    assert graph.says(practice, "dpv:hasLocation", "loc:CH")
    assert graph.says(practice, "dpv:hasTechnicalOrganisationalMeasure", "eu-gdpr:SCCByCommission")
    assert graph.says(practice, "dpv:hasLegalBasis", "eu-gdpr:A6-1-b")
    assert graph.says(practice, "dpv:hasRecipient", "dpv:ThirdParty")


def test_storing_has_its_retention_period(graph: Graph) -> None:
    practice = graph.practice("dpv:Store", "ten years")
    assert graph.values(practice, "dpv:hasStorageCondition") == graph.instances("pg:RetentionPeriod")


def test_a_named_recipient_is_an_organisation(graph: Graph) -> None:
    practice = graph.practice("dpv:Use", "Google Analytics")
    assert graph.says(practice, "dpv:hasRecipient", "agent/google-analytics")
    assert {expand("dpv:Organisation"), expand("dpv:DataProcessor")} <= graph.values(
        "agent/google-analytics", "rdf:type"
    )
    assert graph.values("agent/google-analytics", "foaf:name") == {"Google Analytics"}


def test_modality_and_condition_are_said(graph: Graph, other: Graph) -> None:
    assert graph.says(graph.practice("dpv:Use", "where you are"), "pg:modality", "pg:possible")
    practice = other.practice("dpv:Disclose", "records")
    assert other.says(practice, "pg:modality", "pg:required")
    assert other.values(practice, "pg:condition") == {"where the law of the canton demands it"}
    (span,) = other.values(practice, "pg:conditionSpan")
    assert other.values(span.removeprefix(f"{other.policy}/") + "/quote", "oa:exact") == other.values(
        practice, "pg:condition"
    )


def test_an_ungrounded_argument_is_no_personal_data(other: Graph) -> None:
    practice = other.practice("dpv:Disclose", "records")
    assert other.says(practice, "dpv:hasPersonalData")
    assert len(other.values(practice, "pg:hasArgument")) == 3


def denied(graph: Graph) -> set[str]:
    return graph.instances("pg:DeniedPractice")


@pytest.mark.parametrize("which", ["graph", "other"])
def test_a_denied_practice_is_out_of_reach_of_a_dpv_consumer(
    which: str, request: pytest.FixtureRequest
) -> None:
    found: Graph = request.getfixturevalue(which)
    assert len(denied(found)) == 1
    for quad in found.quads:
        if quad.subject.value in denied(found):
            assert not quad.predicate.value.startswith(PREFIXES["dpv"])
            is_type = quad.predicate.value == expand("rdf:type")
            assert not (is_type and quad.object.value.startswith(PREFIXES["dpv"]))
        if quad.object.value in denied(found):
            assert quad.predicate.value == expand("pg:deniesPractice")
    assert not denied(found) & found.values("", "dpv:hasProcess")
    assert found.values("", "pg:deniesPractice") == denied(found)


def test_a_denied_practice_says_what_is_denied(graph: Graph, other: Graph) -> None:
    practice = graph.practice("pg:Sell", "We do not sell")
    assert graph.says(practice, "rdf:type", "pg:DeniedPractice")
    assert graph.says(practice, "pg:polarity", "pg:denied")
    assert graph.says(practice, "pg:deniedPersonalData", "pd:EmailAddress")
    assert graph.says(practice, "pg:deniedRecipient", "dpv:ThirdParty")
    assert graph.values(practice, "rdfs:label") == {"Not sell: e-mail address"}
    practice = other.practice("dpv:Share", "share nothing")
    assert other.says(practice, "pg:deniedRecipient", "agent/google-analytics")


def test_what_only_a_denial_calls_an_organisation_is_not_its_type(other: Graph) -> None:
    assert other.says("agent/google-analytics", "rdf:type", "dpv:Organisation")


def test_a_denied_argument_of_an_affirmed_practice_is_no_property(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We share your name with schools but not with advertisers.")
    name = made.mention("name", Role.DATA_CATEGORY, "pd:Name")
    schools = made.mention("schools", Role.RECIPIENT, "dpv:AcademicScientificOrganisation")
    others = made.mention("advertisers", Role.RECIPIENT, "dpv:ThirdParty", polarity=Polarity.DENIED)
    made.practice(
        "We share your name with schools but not with advertisers.", "dpv:Share", name, schools, others
    )
    found = Graph(made.build())
    practice = found.practice("dpv:Share", "schools")
    assert found.says(practice, "dpv:hasRecipient", "dpv:AcademicScientificOrganisation")
    assert len(found.values(practice, "pg:hasArgument")) == 3


def test_what_somebody_else_does_has_no_controller(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    sentence = "Your bank may collect your name."
    made.line(sentence)
    ours = made.practice(sentence, "dpv:Collect", made.mention("name", Role.DATA_CATEGORY, "pd:Name"))
    mapped = made.build(PolicyFacts(controller="Kestrel Kites Ltd"))
    theirs = dataclasses.replace(mapped, practices=(dataclasses.replace(ours, foreign=True),))
    found, foreign = Graph(mapped), Graph(theirs)
    assert found.says(found.practice("dpv:Collect", "bank"), "dpv:hasDataController", "agent/kestrel-kites")
    assert foreign.says(foreign.practice("dpv:Collect", "bank"), "dpv:hasDataController")
    assert found.practice("dpv:Collect", "bank") != foreign.practice("dpv:Collect", "bank")


def test_who_says_that_it_is_a_processor_is_no_controller_there(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    sentence = "As a processor for schools we store your name."
    made.line(sentence)
    made.mention("As a processor", Role.PROCESSOR_ROLE, "dpv:DataProcessor")
    made.practice(sentence, "dpv:Store", made.mention("name", Role.DATA_CATEGORY, "pd:Name"))
    found = Graph(made.build(PolicyFacts(controller="Kestrel Kites Ltd")))
    practice = found.practice("dpv:Store", "As a processor")
    assert found.says(practice, "dpv:hasDataController")
    assert found.says(practice, "dpv:hasDataProcessor", "agent/kestrel-kites")


@pytest.mark.parametrize(
    ("concept", "predicate"),
    [
        ("dpv:LegitimateInterest", "dpv:hasLegalBasis"),
        ("eu-gdpr:A6-1-f", "dpv:hasLegalBasis"),
        ("dpv:FraudPreventionAndDetection", "dpv:hasPurpose"),
    ],
)
def test_a_legitimate_interest_is_a_purpose_unless_it_is_the_basis_itself(
    concept: str, predicate: str, policy_builder: Callable[..., Any]
) -> None:
    made = policy_builder("p.txt")
    made.line("We log visits in our legitimate interest.")
    made.practice(
        "We log visits", "dpv:Record", made.mention("legitimate interest", Role.LEGITIMATE_INTEREST, concept)
    )
    found = Graph(made.build())
    assert found.says(found.practice("dpv:Record", "We log"), predicate, concept)


def test_practices_that_differ_only_in_modality_are_two(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("We use your name.")
    name = made.mention("name", Role.DATA_CATEGORY, "pd:Name")
    made.practice("We use your name.", "dpv:Use", name)
    made.practice("We use your name.", "dpv:Use", name, modality=Modality.POSSIBLE)
    found = Graph(made.build())
    assert len(found.instances("pg:AffirmedPractice")) == 2


# Text of all kinds


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("🧾📍 We use ", "your 📇 address book"),
        ("👩‍👩‍👧‍👦 share ", "family 👨‍👩‍👦 photos"),
        ("Cafe\u0301 guests give ", "their re\u0301sume\u0301"),
        ("我们收集", "您的电子邮件地址"),
        ("نحن نجمع ", "عنوان بريدك الإلكتروني"),
        ("\u202bאנו אוספים\u202c ", "שם מלא"),
        ("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ", "𝒷𝑒𝓎𝑜𝓃𝒹 the plane"),
        ('Quotes " and \\ ', 'back\\slash "quoted"'),
    ],
)
def test_quotes_are_exact_in_every_script(
    before: str, words: str, policy_builder: Callable[..., Any]
) -> None:
    made = policy_builder("p.txt")
    made.line(f"{before}{words} 🙂.")
    made.mention(words, Role.DATA_CATEGORY)
    written = ox.serialize(policy_quads(made.build()), format=ox.RdfFormat.TRIG)
    again = list(ox.parse(written, format=ox.RdfFormat.TRIG))
    exact = [quad.object.value for quad in again if quad.predicate.value == expand("oa:exact")]
    text = next(quad.object.value for quad in again if quad.predicate.value == expand("pg:text"))
    assert exact == [words]
    assert text[len(before) : len(before) + len(words)] == words


@given(st.data())
def test_any_span_of_any_text_is_quoted_exactly(data: st.DataObject) -> None:
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    text = data.draw(st.text(letters, min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), "p.txt", "text/plain", "00")
    mapped = MappedPolicy(document, PolicyFacts(), (Mention(start, end, Role.PURPOSE),), (), "x/1")
    exact = [quad.object.value for quad in policy_quads(mapped) if quad.predicate.value == expand("oa:exact")]
    assert exact == [text[start:end]]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 999)])
def test_a_span_outside_the_text_is_an_internal_error(
    start: int, end: int, policy_builder: Callable[..., Any]
) -> None:
    made = policy_builder("p.txt")
    made.line("We use your name.")
    made.mentions.append(Mention(start, end, Role.PURPOSE))
    with pytest.raises(RuntimeError, match="is not in the text of 17 characters"):
        policy_quads(made.build())


def test_half_a_character_is_an_internal_error(policy_builder: Callable[..., Any]) -> None:
    made = policy_builder("p.txt")
    made.line("broken \ud83d here")
    with pytest.raises(ValueError, match="surrogates not allowed"):
        list(policy_quads(made.build()))


def test_a_bad_base_is_said_at_once(sample_policy: MappedPolicy) -> None:
    with pytest.raises(InputError, match="absolute IRI"):
        policy_quads(sample_policy, base="nowhere")


def test_another_base_names_everything_under_it(sample_policy: MappedPolicy) -> None:
    found = Graph(sample_policy, base="https://example.org/x")
    ours = [quad.subject.value for quad in found.quads]
    assert all(iri.startswith("https://example.org/x/") for iri in ours)


def test_only_terms_of_the_vocabulary_are_used(graph: Graph, other: Graph) -> None:
    from privagraph.ontology.namespaces import DPV_PREFIXES
    from privagraph.ontology.vocabulary import vocabulary

    words = vocabulary()
    spaces = tuple(PREFIXES[prefix] for prefix in (*DPV_PREFIXES, "pg"))

    def terms(quads: Iterable[ox.Quad]) -> set[str]:
        return {
            term.value
            for quad in quads
            for term in (quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(spaces)
        }

    used = terms(graph.quads) | terms(other.quads)
    assert len(used) > 60
    assert sorted(iri for iri in used if iri not in words) == []
