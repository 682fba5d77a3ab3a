"""The reasoner: the vocabulary holds, and practices get the classes that a plain rule would give them."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError, MissingDependencyError
from privagraph.ontology import reasoning
from privagraph.ontology.axioms import practice_classes
from privagraph.ontology.namespaces import PREFIXES, compact, expand
from privagraph.ontology.places import is_third_country
from privagraph.ontology.reasoning import infer, prove
from privagraph.ontology.vocabulary import Branch, TermKind, vocabulary

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java here, which HermiT needs")
GRAPH = ox.NamedNode("https://example.org/id/policy/1")
HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items()) + (
    "@prefix e: <https://example.org/id/> .\n"
)


def quads(turtle: str) -> list[ox.Quad]:
    parsed = ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH) for quad in parsed]


def classes_of(inferred: Iterable[ox.Quad]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in inferred:
        found.setdefault(quad.subject.value.rpartition("/")[2], set()).add(compact(quad.object.value)[3:])
    return found


# -- the vocabulary


@needs_java
@pytest.mark.slow
def test_the_vocabulary_is_consistent_and_every_class_can_have_members() -> None:
    proof = prove()
    assert proof.consistent
    assert proof.unsatisfiable == ()
    assert proof.holds
    assert proof.classes > 2000


@needs_java
@pytest.mark.slow
def test_classes_that_can_have_no_member_are_found() -> None:
    """A kind of data that is a purpose as well; and that the class tree is really read."""
    extension = quads(
        "".join(
            f"e:Impossible{number} a owl:Class ; rdfs:subClassOf pd:EmailAddress, dpv:DirectMarketing ."
            for number in range(5)
        )
        + "e:Possible a owl:Class ; rdfs:subClassOf pd:EmailAddress, pd:Location ."
    )
    proof = prove(quad.triple for quad in extension)
    assert (proof.consistent, proof.holds) == (True, False)
    assert proof.unsatisfiable == tuple(f"https://example.org/id/Impossible{number}" for number in range(5))


@needs_java
@pytest.mark.slow
def test_a_contradiction_is_found() -> None:
    extension = quads("e:x a pg:DeniedPractice, dpv:Process, owl:NamedIndividual .")
    proof = prove(quad.triple for quad in extension)
    assert (proof.consistent, proof.holds) == (False, False)


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingDependencyError, match="Java") as caught:
        infer(quads("e:p a pg:AffirmedPractice ; dpv:hasProcessing dpv:Collect ."))
    assert caught.value.needed == "Java"
    assert "install" in caught.value.install


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Java is a shell script")
def test_a_java_that_cannot_run_hermit_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'Error: class file has wrong version'\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="class file has wrong version") as caught:
        infer(quads("e:p a pg:AffirmedPractice ; dpv:hasProcessing dpv:Collect ."))
    assert "HermiT" in caught.value.needed


# -- practices, one by one

AGENTS = """
e:policy dpv:hasDataController e:shop .
e:shop a dpv:Organisation . e:unknown a dpv:Organisation .
e:host a dpv:Organisation ; pg:kindOfService pg:HostingProvider .
e:ads a dpv:Organisation ; pg:kindOfService pg:AdvertisingNetwork .
"""
CASES: dict[str, tuple[str, set[str]]] = {
    "shared-with-third-parties": (
        "dpv:hasProcessing dpv:Share ; dpv:hasRecipient dpv:ThirdParty",
        {"Disclosure", "ThirdPartySharing"},
    ),
    "shared-with-nobody-named": ("dpv:hasProcessing dpv:Share ; dpv:hasPersonalData pd:Name", set()),
    "used-with-third-parties": ("dpv:hasProcessing dpv:Use ; dpv:hasRecipient dpv:ThirdParty", set()),
    "shared-with-unknown-organisation": (
        "dpv:hasProcessing dpv:Disclose ; dpv:hasRecipient e:unknown",
        {"Disclosure", "ThirdPartySharing"},
    ),
    "shared-with-host": (
        "dpv:hasProcessing dpv:Share ; dpv:hasRecipient e:host",
        {"Disclosure", "ProcessorDisclosure"},
    ),
    "shared-with-advertiser": (
        "dpv:hasProcessing dpv:Share ; dpv:hasRecipient e:ads",
        {"Disclosure", "ThirdPartySharing"},
    ),
    "shared-with-what-is-called-a-processor": (
        "dpv:hasProcessing dpv:Share ; dpv:hasRecipient e:unknown ; pg:hasArgument e:called",
        {"Disclosure", "ProcessorDisclosure"},
    ),
    "received-by-controller": ("dpv:hasProcessing dpv:Transmit ; dpv:hasRecipient e:shop", {"Disclosure"}),
    "received-by-own-controller": (
        "dpv:hasProcessing dpv:Transmit ; dpv:hasRecipient e:unknown ; dpv:hasDataController e:unknown",
        {"Disclosure"},
    ),
    "police": (
        "dpv:hasProcessing dpv:Disclose ; dpv:hasRecipient dpv:LawEnforcementOrganisation",
        {"Disclosure", "AuthorityDisclosure"},
    ),
    "sold": ("dpv:hasProcessing pg:Sell", {"SaleOfData"}),
    "sold-as-purpose": (
        "dpv:hasProcessing dpv:Use ; dpv:hasPurpose dpv:SellDataToThirdParties",
        {"SaleOfData"},
    ),
    "products-sold": ("dpv:hasProcessing dpv:Use ; dpv:hasPurpose dpv:SellProducts", set()),
    "health-two-levels-down": (
        "dpv:hasProcessing dpv:Collect ; dpv:hasPersonalData pd:MentalHealth",
        {"SensitiveDataProcessing", "SpecialCategoryProcessing"},
    ),
    "sensitive-only": (
        "dpv:hasProcessing dpv:Collect ; dpv:hasPersonalData pd:Vulnerability",
        {"SensitiveDataProcessing"},
    ),
    "health-shared": (
        "dpv:hasProcessing dpv:Share ; dpv:hasPersonalData pd:Health ; dpv:hasRecipient dpv:ThirdParty",
        {
            "Disclosure",
            "SensitiveDataProcessing",
            "SpecialCategoryProcessing",
            "SpecialCategorySharing",
            "ThirdPartySharing",
        },
    ),
    "child-profiled-for-ads": (
        "dpv:hasProcessing dpv:Profiling ; dpv:hasDataSubject dpv:Child ; dpv:hasPurpose dpv:TargetedAdvertising",
        {
            "AdvertisingPractice",
            "ChildAdvertising",
            "ChildDataProcessing",
            "MarketingPractice",
            "PersonalisedAdvertisingPractice",
            "ProfilingPractice",
            "TargetedAdvertisingPractice",
        },
    ),
    "student-is-no-child": ("dpv:hasProcessing dpv:Use ; dpv:hasDataSubject dpv:Student", set()),
    "newsletter": (
        "dpv:hasProcessing dpv:Use ; dpv:hasPurpose dpv:DirectMarketing",
        {"MarketingPractice"},
    ),
    "to-california": ("dpv:hasProcessing dpv:Transfer ; dpv:hasLocation loc:US-CA", {"ThirdCountryTransfer"}),
    "to-norway": ("dpv:hasProcessing dpv:Transfer ; dpv:hasLocation loc:NO", set()),
    "outside-the-area": (
        "dpv:hasProcessing dpv:CrossBorderTransfer ; dpv:hasLocation loc:non-EEA",
        {"ThirdCountryTransfer"},
    ),
    "stored-in-canada": ("dpv:hasProcessing dpv:Store ; dpv:hasLocation loc:CA", {"ThirdCountryStorage"}),
    "to-the-states-under-clauses": (
        "dpv:hasProcessing dpv:Transfer ; dpv:hasLocation loc:US ;"
        " dpv:hasTechnicalOrganisationalMeasure eu-gdpr:SCCByCommission",
        {"SafeguardedTransfer", "ThirdCountryTransfer"},
    ),
    "encrypted-to-the-states": (
        "dpv:hasProcessing dpv:Transfer ; dpv:hasLocation loc:US ;"
        " dpv:hasTechnicalOrganisationalMeasure dpv:EncryptionInTransfer",
        {"ThirdCountryTransfer"},
    ),
    "from-registers": (
        "dpv:hasProcessing dpv:Collect ; dpv:hasDataSource dpv:PublicDataSource",
        {"IndirectCollection"},
    ),
    "from-organisation": (
        "dpv:hasProcessing dpv:Obtain ; dpv:hasDataSource e:unknown",
        {"IndirectCollection"},
    ),
    "from-people": ("dpv:hasProcessing dpv:Collect ; dpv:hasDataSource dpv:DataSubjectDataSource", set()),
    "consent": ("dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis eu-gdpr:A6-1-a", {"ConsentBasedProcessing"}),
    "parents-consent": (
        "dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis pg:ParentalConsent",
        {"ConsentBasedProcessing"},
    ),
    "contract": ("dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis eu-gdpr:A6-1-b", {"ContractBasedProcessing"}),
    "duty": (
        "dpv:hasProcessing dpv:Store ; dpv:hasLegalBasis dpv:LegalObligation",
        {"LegalObligationProcessing"},
    ),
    "life": ("dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis eu-gdpr:A6-1-d", {"VitalInterestProcessing"}),
    "public-task": ("dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis eu-gdpr:A6-1-e", {"PublicTaskProcessing"}),
    "interest": (
        "dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis dpv:LegitimateInterestOfController",
        {"LegitimateInterestProcessing"},
    ),
    "tracked": ("dpv:hasProcessing dpv:TrackingByThirdParty", {"TrackingPractice"}),
    "nothing-said": ("rdfs:label 'nothing'", set()),
}
MENTIONS = "e:called pg:agent e:unknown ; pg:concept dpv:DataProcessor .\n"


@pytest.fixture(scope="module")
def one_by_one() -> dict[str, set[str]]:
    """The classes of every case, affirmed and denied, from one run of the reasoner."""
    turtle = AGENTS + MENTIONS
    for name, (links, _) in CASES.items():
        turtle += (
            f"e:policy dpv:hasProcess e:{name} . e:{name} a dpv:Process, pg:AffirmedPractice ; {links} .\n"
        )
        turtle += f"e:not-{name} a pg:DeniedPractice ; {links} .\n"
    return classes_of(infer(quads(turtle)).quads)


@needs_java
@pytest.mark.parametrize("name", CASES)
def test_an_affirmed_practice_has_exactly_its_classes(name: str, one_by_one: Mapping[str, set[str]]) -> None:
    assert one_by_one.get(name, set()) == CASES[name][1]


@needs_java
@pytest.mark.parametrize("name", CASES)
def test_a_denied_practice_never_has_a_class(name: str, one_by_one: Mapping[str, set[str]]) -> None:
    assert f"not-{name}" not in one_by_one


def test_every_class_of_practices_has_a_case() -> None:
    covered = {name for _, expected in CASES.values() for name in expected}
    assert covered == {compact(iri)[3:] for iri in practice_classes()}


# -- many at random, against plain rules

RULES: dict[str, Callable[[Mapping[str, set[str]]], bool]] = {
    "MarketingPractice": lambda has: below(has["hasPurpose"], "dpv:Marketing"),
    "AdvertisingPractice": lambda has: below(has["hasPurpose"], "dpv:Advertising"),
    "TargetedAdvertisingPractice": lambda has: below(has["hasPurpose"], "dpv:TargetedAdvertising"),
    "SpecialCategoryProcessing": lambda has: below(has["hasPersonalData"], "dpv:SpecialCategoryPersonalData"),
    "ChildDataProcessing": lambda has: below(has["hasDataSubject"], "dpv:Child"),
    "ConsentBasedProcessing": lambda has: below(has["hasLegalBasis"], "dpv:Consent"),
    "LegitimateInterestProcessing": lambda has: below(has["hasLegalBasis"], "dpv:LegitimateInterest"),
    "SaleOfData": lambda has: (
        below(has["hasProcessing"], "pg:Sell") or below(has["hasPurpose"], "dpv:SellDataToThirdParties")
    ),
    "ThirdPartySharing": lambda has: (
        below(has["hasProcessing"], "dpv:Disclose", "dpv:Transfer")
        and below(has["hasRecipient"], "dpv:ThirdParty", "pg:SeparateOrganisation")
    ),
    "ThirdCountryTransfer": lambda has: (
        below(has["hasProcessing"], "dpv:Disclose", "dpv:Transfer")
        and any(is_third_country(place) for place in has["hasLocation"])
    ),
    "ThirdCountryStorage": lambda has: (
        below(has["hasProcessing"], "dpv:Store")
        and any(is_third_country(place) for place in has["hasLocation"])
    ),
}


def below(concepts: Iterable[str], *tops: str) -> bool:
    return any(vocabulary().is_a(concept, top) for concept in concepts for top in tops)


@needs_java
@pytest.mark.slow
def test_many_practices_at_random_agree_with_plain_rules() -> None:
    chance = random.Random(20240301)
    words = vocabulary()
    pools = {
        link: [
            term.curie
            for term in words
            if branch in words.branches(term.iri) and term.kind is TermKind.CLASS and "." not in term.curie
        ]
        for link, branch in (
            ("hasProcessing", Branch.PROCESSING),
            ("hasPersonalData", Branch.PERSONAL_DATA),
            ("hasPurpose", Branch.PURPOSE),
            ("hasRecipient", Branch.ENTITY),
            ("hasLegalBasis", Branch.LEGAL_BASIS),
            ("hasLocation", Branch.LOCATION),
        )
    }
    pools["hasDataSubject"] = ["dpv:Child", "dpv:Student", "dpv:Customer"]
    turtle, expected = "", {}
    for number in range(150):
        has = {link: set(chance.sample(pool, chance.randint(0, 2))) for link, pool in pools.items()}
        links = "".join(f" ; dpv:{link} {concept}" for link, found in has.items() for concept in found)
        turtle += f"e:p{number} a pg:AffirmedPractice{links} .\n"
        expected[f"p{number}"] = {name for name, rule in RULES.items() if rule(has)}
    found = classes_of(infer(quads(turtle)).quads)
    assert sum(map(len, expected.values())) >= 60
    for name, classes in expected.items():
        assert found.get(name, set()) & RULES.keys() == classes, name


# -- whole graphs


@needs_java
def test_the_sample_policies(sample_quads: tuple[ox.Quad, ...]) -> None:
    found = infer(sample_quads)
    label = ox.NamedNode(expand("rdfs:label"))
    labels = {quad.subject: quad.object.value for quad in sample_quads if quad.predicate == label}
    classes: dict[str, set[str]] = {}
    for quad in found.quads:
        classes.setdefault(labels[quad.subject], set()).add(compact(quad.object.value))
    disclosure = next(name for name in classes if name.startswith("Disclose") and "ddress" in name)
    assert classes[disclosure] == {
        "pg:ContractBasedProcessing",
        "pg:Disclosure",
        "pg:SafeguardedTransfer",
        "pg:ThirdCountryTransfer",
        "pg:ThirdPartySharing",
    }
    denied = {
        quad.subject for quad in sample_quads if quad.object == ox.NamedNode(expand("pg:DeniedPractice"))
    }
    assert len(denied) == 2
    assert denied.isdisjoint(quad.subject for quad in found.quads)
    assert found.practices == 10
    graphs = {
        quad.subject: quad.graph_name for quad in sample_quads if quad.predicate.value == expand("rdf:type")
    }
    assert all(graphs[quad.subject] == quad.graph_name for quad in found.quads)


@needs_java
def test_what_the_graph_has_already_is_counted_but_not_inferred_again() -> None:
    graph = quads("e:p a pg:AffirmedPractice ; dpv:hasProcessing pg:Sell . e:q a pg:AffirmedPractice .")
    first = infer(graph)
    second = infer([*graph, *first.quads])
    assert [compact(quad.object.value) for quad in first.quads] == ["pg:SaleOfData"]
    assert second.quads == ()
    assert second.members == first.members
    assert first.members[expand("pg:SaleOfData")] == ("https://example.org/id/p",)
    assert sum(map(len, first.members.values())) == 1
    assert first.practices == 2


@needs_java
def test_batches_give_what_one_run_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = quads(
        "e:p a pg:AffirmedPractice ; dpv:hasProcessing pg:Sell ."
        "e:q a pg:AffirmedPractice ; dpv:hasProcessing dpv:Use ; dpv:hasPurpose dpv:Marketing ."
        "e:r a pg:AffirmedPractice ; dpv:hasProcessing dpv:Use ; dpv:hasLegalBasis dpv:Consent ."
    )
    whole = infer(graph)
    monkeypatch.setattr(reasoning, "_BATCH", 2)
    assert infer(graph) == whole
    assert len(whole.quads) == 3


def test_a_graph_without_practices_needs_no_reasoner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = infer(quads("e:policy a pg:PrivacyPolicy ; pg:text 'nothing'@en ."))
    assert (found.quads, found.practices) == ((), 0)
    assert set(found.members) == set(practice_classes())
    assert not any(found.members.values())


@needs_java
@pytest.mark.parametrize(
    "graph",
    [
        "e:both a pg:AffirmedPractice, pg:DeniedPractice ; dpv:hasProcessing dpv:Use .",
        "e:both a dpv:Process, pg:DeniedPractice .",
        "e:policy dpv:hasProcess e:both . e:both a pg:DeniedPractice .",
    ],
)
def test_a_practice_affirmed_and_denied_is_an_error_that_names_it(graph: str) -> None:
    with pytest.raises(GraphError, match="both an affirmed and a denied practice") as caught:
        infer(quads(graph + " e:fine a pg:AffirmedPractice ; dpv:hasProcessing dpv:Use ."))
    assert "https://example.org/id/both" in caught.value.reason
    assert "fine" not in caught.value.reason


@needs_java
def test_a_thing_in_two_classes_that_exclude_each_other_is_an_error() -> None:
    graph = quads("e:p a pg:AffirmedPractice ; dpv:hasRecipient e:x . e:x a dpv:Organisation, dpv:Purpose .")
    with pytest.raises(GraphError, match="exclude each other"):
        infer(graph)
