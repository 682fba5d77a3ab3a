"""The words of policies: planted phrases of each kind, words that only look like one, and the file itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.errors import UnknownTermError
from privagraph.ontology.lexicon import KINDS, LEXICON_BASE, Lexicon, lexicon
from privagraph.ontology.matching import Index
from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.ontology.words import stem

FOUND = [
    # kind, text, words found, concept
    ("data_category", "We store your e-mail addresses.", "e-mail addresses", "pd:EmailAddress"),
    ("data_category", "Enter your Email Address here", "Email Address", "pd:EmailAddress"),
    ("data_category", "your IP-address and MAC address", "IP-address", "pd:IPAddress"),
    ("data_category", "an Internet Protocol (“IP”) address", "Internet Protocol (“IP”) address", "pd:IPAddress"),
    ("data_category", "your MAC address", "MAC address", "pd:MACAddress"),
    ("data_category", "in addition to name and date of birth", "name", "pd:Name"),
    ("data_category", "in addition to name and date of birth", "date of birth", "pd:BirthDate"),
    ("data_category", "the child’s first and last name", "first and last name", "pd:Name"),
    ("data_category", "a user name is needed", "user name", "pd:Username"),
    ("data_category", "browser type(s) and more", "browser type(s)", "pd:UserAgent"),
    ("data_category", "referring/exit pages", "referring/exit pages", "pd:BrowsingReferral"),
    ("data_category", "clickstream data", "clickstream data", "pd:LinkClicked"),
    ("data_category", "web pages visited before", "web pages visited", "pd:BrowsingBehaviour"),
    ("data_category", "credit-card numbers", "credit-card numbers", "pd:CreditCardNumber"),
    ("data_category", "debit card number", "debit card number", "pd:PaymentCardNumber"),
    ("data_category", "bank account details", "bank account details", "pd:BankAccount"),
    ("data_category", "a Social Security number", "Social Security number", "pd:OfficialID"),
    ("data_category", "driver’s licence number", "driver’s licence number", "pd:OfficialID"),
    ("data_category", "drivers license numbers", "drivers license numbers", "pd:OfficialID"),
    ("data_category", "passport numbers", "passport numbers", "pd:Passport"),
    ("data_category", "latitude and longitude", "latitude and longitude", "pd:GPSCoordinate"),
    ("data_category", "your precise geo-location", "precise geo-location", "pd:CurrentLocation"),
    ("data_category", "heart rate and step counts", "heart rate", "pd:PhysicalHealth"),
    ("data_category", "heart rate and step counts", "step counts", "pd:PhysicalHealth"),
    ("data_category", "medical records", "medical records", "pd:HealthRecord"),
    ("data_category", "test scores of pupils", "test scores", "pd:School"),
    ("data_category", "class rosters", "class rosters", "pd:School"),
    ("data_category", "education records", "education records", "pd:Education"),
    ("data_category", "your behaviour, browsing behavior", "browsing behavior", "pd:BrowsingBehaviour"),
    ("data_category", "crash reports", "crash reports", "pd:DeviceBased"),
    ("data_category", "advertising IDs", "advertising IDs", "pd:UID"),
    ("data_category", "voice recordings", "voice recordings", "pd:VoiceCommunicationRecording"),
    ("data_category", "sexual orientation", "sexual orientation", "pd:SexualPreference"),
    ("data_category", "political opinions", "political opinions", "pd:PoliticalOpinion"),
    ("data_category", "trade-union membership", "trade-union membership", "pd:TradeUnionMembership"),
    ("data_category", "inferences drawn from it", "inferences drawn", "dpv:InferredPersonalData"),
    ("data_category", "anonymised data only", "anonymised data", "dpv:AnonymisedData"),
    ("data_category", "anonymized data only", "anonymized data", "dpv:AnonymisedData"),
    ("data_category", "some personally identifying data", "personally identifying data", "dpv:PersonalData"),
    ("data_category", "special category data", "special category data", "dpv:SpecialCategoryPersonalData"),
    ("purpose", "to improve our website", "improve our website", "dpv:ImproveExistingProductsAndServices"),
    ("purpose", "for improvement of the App", "improvement of the App", "dpv:ImproveExistingProductsAndServices"),
    ("purpose", "We send you newsletters.", "send you newsletters", "dpv:DirectMarketing"),
    ("purpose", "preventing fraud", "preventing fraud", "dpv:FraudPreventionAndDetection"),
    ("purpose", "personalising your experience", "personalising your experience", "dpv:Personalisation"),
    ("purpose", "to respond to your enquiries", "respond to your enquiries", "dpv:CommunicationForCustomerCare"),
    ("purpose", "answer your questions", "answer your questions", "dpv:CommunicationForCustomerCare"),
    ("purpose", "enforcing our Terms of Service", "enforcing our Terms of Service", "dpv:DisputeManagement"),
    ("purpose", "comply with our legal obligations", "comply with our legal obligations", "dpv:LegalCompliance"),
    ("purpose", "process your payments", "process your payments", "dpv:PaymentManagement"),
    ("purpose", "to create your account", "create your account", "dpv:ServiceRegistration"),
    ("purpose", "verify your identity", "verify your identity", "dpv:IdentityVerification"),
    ("purpose", "interest-based advertising", "interest-based advertising", "dpv:TargetedAdvertising"),
    ("purpose", "for market research", "market research", "dpv:CommercialResearch"),
    ("purpose", "troubleshooting", "troubleshooting", "dpv:RepairImpairments"),
    ("recipient", "our service providers", "service providers", "dpv:ServiceProvider"),
    ("recipient", "third-party vendors", "third-party vendors", "dpv:ServiceProvider"),
    ("recipient", "with law enforcement agencies", "law enforcement agencies", "dpv:LawEnforcementOrganisation"),
    ("recipient", "our parent company", "our parent company", "dpv:ParentLegalEntity"),
    ("recipient", "subsidiaries", "subsidiaries", "dpv:SubsidiaryLegalEntity"),
    ("recipient", "sub-processors", "sub-processors", "dpv:DataSubProcessor"),
    ("recipient", "your school district", "school district", "dpv:EducationalOrganisation"),
    ("recipient", "payment processors", "payment processors", "dpv:ServiceProvider"),
    ("recipient", "advertising networks", "advertising networks", "dpv:ThirdParty"),
    ("recipient", "the tax authorities", "tax authorities", "dpv:Authority"),
    ("recipient", "other users", "other users", "dpv:User"),
    ("legal_basis", "Article 6(1)(f) GDPR", "Article 6(1)(f)", "dpv:LegitimateInterest"),
    ("legal_basis", "Art. 6 para. 1 lit. a GDPR", "Art. 6 para. 1 lit. a", "dpv:Consent"),
    ("legal_basis", "your explicit consent", "your explicit consent", "dpv:ExplicitlyExpressedConsent"),
    ("legal_basis", "the performance of a contract", "performance of a contract", "dpv:ContractPerformance"),
    ("legal_basis", "verifiable parental consent", "verifiable parental consent", "dpv:Consent"),
    ("legal_basis", "our legitimate interests", "our legitimate interests", "dpv:LegitimateInterestOfController"),
    ("right", "the right of access", "right of access", "eu-gdpr:A15"),
    ("right", "have your information corrected: right to correct", "right to correct", "eu-gdpr:A16"),
    ("right", "erasure, or deletion of your data", "deletion of your data", "eu-gdpr:A17"),
    ("right", "restrict the processing", "restrict the processing", "eu-gdpr:A18"),
    ("right", "data portability", "data portability", "eu-gdpr:A20"),
    ("right", "object to processing", "object to processing", "eu-gdpr:A21"),
    ("right", "withdraw your consent at any time", "withdraw your consent at any time", "eu-gdpr:A7-3"),
    ("right", "You may lodge a complaint.", "lodge a complaint", "eu-gdpr:A77"),
    ("right", "Do Not Sell My Personal Information", "Do Not Sell My Personal Information", "pg:RightToOptOutOfSale"),
    ("right", "by opting out of targeted ads", "opting out of targeted ads", "pg:RightToOptOutOfTargetedAdvertising"),
    ("safeguard", "the model clauses (SCCs)", "model clauses", "eu-gdpr:StandardContractualClauses"),
    ("safeguard", "the EU-U.S. Data Privacy Framework", "EU-U.S. Data Privacy Framework", "pg:DataPrivacyFramework"),
    ("safeguard", "binding corporate rules", "binding corporate rules", "eu-gdpr:BindingCorporateRules"),
    ("safeguard", "an adequacy decision", "adequacy decision", "eu-gdpr:AdequacyDecision"),
    ("measure", "TLS", "TLS", "dpv:EncryptionInTransfer"),
    ("measure", "encrypted at rest", "encrypted at rest", "dpv:EncryptionAtRest"),
    ("measure", "two-factor authentication", "two-factor authentication", "dpv:MultiFactorAuthentication"),
    ("measure", "regular penetration tests", "penetration tests", "dpv:PenetrationTestingMethods"),
    ("measure", "firewalls", "firewalls", "dpv:NetworkSecurityProtocols"),
    ("data_subject", "children under the age of 13", "children under the age of 13", "dpv:Child"),
    ("data_subject", "parents or legal guardians", "parents or legal guardians", "dpv:ParentOfDataSubject"),
    ("data_subject", "website visitors", "website visitors", "dpv:Visitor"),
    ("data_subject", "job applicants", "job applicants", "dpv:JobApplicant"),
    ("tracking_technology", "cookies and web beacons", "cookies", "tech:Cookie"),
    ("tracking_technology", "cookies and web beacons", "web beacons", "pg:WebBeacon"),
    ("tracking_technology", "HTML5 local storage", "HTML5 local storage", "tech:LocalStorage"),
    ("tracking_technology", "session replay", "session replay", "pg:SessionReplay"),
    ("processing", "we collected it", "collected", "dpv:Collect"),
    ("processing", "the sale of data", "sale of data", "pg:Sell"),
    ("processing", "is being shared", "shared", "dpv:Share"),
    ("processing", "we will retain", "retain", "dpv:Store"),
    ("processing", "disclosing", "disclosing", "dpv:Disclose"),
    ("processing", "permanently deleted", "permanently deleted", "dpv:Erase"),
    ("retention", "for as long as necessary", "for as long as necessary", "dpv:UntilEventDuration"),
    ("retention", "kept indefinitely", "indefinitely", "dpv:EndlessDuration"),
    ("law", "under the GDPR and the CCPA", "GDPR", "pg:GDPR"),
    ("law", "under the GDPR and the CCPA", "CCPA", "legal-us:law-CA-CCPA"),
    ("law", "Children’s Online Privacy Protection Act", "Children’s Online Privacy Protection Act", "pg:COPPA"),
    ("location", "servers in the U.S.A.", "U.S.A", "loc:US"),
    ("location", "in the US and Canada", "US", "loc:US"),
    ("location", "the European Economic Area", "European Economic Area", "loc:EEA"),
    ("location", "Zürich, Switzerland", "Switzerland", "loc:CH"),
    ("location", "outside the EEA", "outside the EEA", "dpv:ThirdCountry"),
    ("automated_decision", "automated decision-making", "automated decision-making", "dpv:AutomatedDecisionMaking"),
    ("party", "our Data Protection Officer", "Data Protection Officer", "dpv:DataProtectionOfficer"),
]  # fmt: skip

GROUNDED = [
    ("data_category", "information about the devices you use to reach us", "pd:DeviceBased"),
    ("data_category", "the type of mobile telephone you own", "pd:DeviceBased"),
    ("data_category", "your e-mail address that you gave us", "pd:EmailAddress"),
    ("data_category", "name of your school", "pd:School"),
    ("data_category", "personal information", "dpv:PersonalData"),
    ("data_category", "the last four digits of your debit card number", "pd:PaymentCardNumber"),
    ("data_category", "blood glucose readings of the week", "pd:MedicalHealth"),
    ("data_category", "IP addresses of all your devices", "pd:IPAddress"),
    ("data_category", "grade", "pd:School"),
    ("data_category", "user's device brand", "pd:DeviceBased"),
    ("purpose", "giving every pupil a better user experience", "dpv:OptimisationForConsumer"),
    ("purpose", "make our game better", "dpv:ImproveExistingProductsAndServices"),
    ("purpose", "to detect and stop fraudulent orders", "dpv:FraudPreventionAndDetection"),
    ("purpose", "targeted ads on other sites", "dpv:TargetedAdvertising"),
    ("purpose", "so that we can bill you", "dpv:PaymentManagement"),
    ("purpose", "measuring how the platform is used", "dpv:ServiceUsageAnalytics"),
    ("purpose", "to fulfil our contract with the school", "dpv:FulfilmentOfContractualObligation"),
    ("legitimate_interest", "preventing fraud", "dpv:FraudPreventionAndDetection"),
    ("recipient", "trusted third-party service providers who help us run the shop", "dpv:ServiceProvider"),
    ("recipient", "third parties that provide services to us", "dpv:ServiceProvider"),
    ("recipient", "any court", "dpv:JudicialOrganisation"),
    ("recipient", "companies of our group", "dpv:Organisation"),
    ("recipient", "a buyer of our business", "dpv:ThirdParty"),
    ("legal_basis", "where the law obliges us: compliance with a legal obligation", "dpv:LegalObligation"),
    ("legal_basis", "to protect the vital interests of another person", "dpv:VitalInterestOfNaturalPerson"),
    ("right", "ask us to delete what we hold", "eu-gdpr:A17"),
    ("right", "obtain a copy of your data", "eu-gdpr:A15"),
    ("right", "have the data sent to another provider in a machine-readable form", "eu-gdpr:A20"),
    ("transfer_safeguard", "standard contractual clauses of the Commission", "eu-gdpr:StandardContractualClauses"),
    ("security_measure", "we encrypt the whole database", "dpv:Encryption"),
    ("source", "directly from you when you register", "dpv:DataSubjectDataSource"),
    ("source", "our advertising partners", "dpv:ThirdPartyDataSource"),
    ("source", "publicly available registers", "dpv:PublicDataSource"),
    ("data_subject", "teachers at partner schools", "dpv:User"),
    ("retention", "for three years", "dpv:TemporalDuration"),
    ("retention", "kept for 26 months", "dpv:TemporalDuration"),
    ("retention", "until you close your account", "dpv:UntilEventDuration"),
    ("jurisdiction", "the laws of Ireland", "loc:IE"),
    ("dpo", "our privacy officer", "dpv:DataProtectionOfficer"),
]  # fmt: skip

NOT_FOUND = [
    ("data_category", "We will address your concerns."),
    ("data_category", "We name them in this policy, to name a few."),
    ("data_category", "Please contact us."),
    ("data_category", "You may email us or call us."),
    ("data_category", "Contact us by e-mail."),
    ("data_category", "You can access the site."),
    ("data_category", "Our data protection officer answers."),
    ("data_category", "to exercise your rights"),
    ("data_category", "the legitimate interests of the company"),
    ("data_category", "the contact form"),
    ("data_category", "under the age of thirteen"),
    ("data_category", "the payment processor"),
    ("data_category", "by phone or via text"),
    ("data_category", "We may state otherwise."),
    ("data_category", "We process it"),
    ("purpose", "This privacy policy changes."),
    ("purpose", "the operating system"),
    ("purpose", "a social security number"),
    ("recipient", "Third-party cookies are blocked."),
    ("recipient", "customer support"),
    ("recipient", "our user agreement"),
    ("legal_basis", "section 6.1 The application"),
    ("legal_basis", "to withdraw your consent"),
    ("processing", "in the App Store"),
    ("processing", "our privacy terms of use"),
    ("data_subject", "the member states"),
    ("data_subject", "our customer service"),
    ("location", "Contact us"),
    ("location", "CONTACT US"),
    ("location", "turkey sandwiches"),
    ("measure", "your social security number"),
    ("law", "the company’s gross domestic product"),
    ("tracking_technology", "our cookie policy"),
    ("right", "changes to this policy"),
]  # fmt: skip


def spelt(kind: str, text: str) -> dict[str, str]:
    """Words found, and the concept of each."""
    return {text[match.start : match.end]: match.concept for match in lexicon().find(text, kinds={kind})}


def test_there_are_enough_cases() -> None:
    assert len(FOUND) + len(GROUNDED) + len(NOT_FOUND) >= 190
    assert {kind for kind, *_ in FOUND} | {"source"} == set(KINDS)


@pytest.mark.parametrize(("kind", "text", "quote", "concept"), FOUND)
def test_planted_words_are_found(kind: str, text: str, quote: str, concept: str) -> None:
    assert spelt(kind, text).get(quote) == expand(concept)


@pytest.mark.parametrize(("kind", "phrase", "concept"), GROUNDED)
def test_a_phrase_is_brought_to_its_concept(kind: str, phrase: str, concept: str) -> None:
    grounding = lexicon().ground(phrase, kind)
    assert grounding is not None
    assert grounding.concept == expand(concept)
    assert 0.7 < grounding.confidence < 1


@pytest.mark.parametrize(("kind", "text"), NOT_FOUND)
def test_what_only_looks_like_it_is_not_found(kind: str, text: str) -> None:
    assert spelt(kind, text) == {}


@pytest.mark.parametrize("phrase", ["", " ", "…", "blueness", "数据", "і дані"])
def test_a_phrase_without_a_label_has_no_concept(phrase: str) -> None:
    assert lexicon().ground(phrase, "data_category") is None


def test_confidence_falls_with_what_is_left_unexplained() -> None:
    exact, narrower, longer, hint = (
        lexicon().ground(phrase, "data_category")
        for phrase in (
            "email address",
            "crash report",
            "email address of the shop's best friend",
            "smartphones",
        )
    )
    assert exact is not None
    assert narrower is not None
    assert longer is not None
    assert hint is not None
    assert exact.confidence == narrower.confidence == 0.98
    assert exact.confidence > longer.confidence > hint.confidence


def test_matches_of_one_kind_do_not_overlap_and_the_longer_wins() -> None:
    text = "your billing address, your e-mail address and the IP address of your computer"
    matches = lexicon().find(text, kinds={"data_category"})
    assert [text[match.start : match.end] for match in matches] == [
        "billing address",
        "e-mail address",
        "IP address",
    ]
    assert all(first.end <= second.start for first, second in pairwise(matches))


def test_kinds_may_share_words() -> None:
    matches = lexicon().find("parents", kinds={"data_subject", "recipient"}, hints=True)
    assert {match.kind for match in matches} == {"data_subject", "recipient"}


def test_hints_are_found_only_when_asked_for() -> None:
    text = "name, language, state"
    assert "state" not in {text[m.start : m.end] for m in lexicon().find(text, kinds={"data_category"})}
    assert "state" in {
        text[m.start : m.end] for m in lexicon().find(text, kinds={"data_category"}, hints=True)
    }


def test_a_stretch_of_a_text_keeps_the_offsets_of_the_text() -> None:
    text = "Your name. Your e-mail address. Your age."
    (match,) = lexicon().find(text, text.index("Your e"), text.index(" Your age"), {"data_category"})
    assert text[match.start : match.end] == "e-mail address"


def test_a_label_does_not_run_across_a_sentence_or_a_block() -> None:
    assert spelt("data_category", "your credit. Card numbers are kept") == {
        "Card numbers": expand("pd:PaymentCardNumber")
    }
    assert "date\nof birth" not in spelt("data_category", "date\nof birth")


def test_offsets_hold_beyond_ascii() -> None:
    text = "😀 Ваші дані; your naïve nick\u00a0name – and e‑mail address 😀"
    matches = lexicon().find(text, kinds={"data_category"})
    assert "e‑mail address" in {text[match.start : match.end] for match in matches}


def test_a_role_is_a_kind_under_another_name() -> None:
    (match,) = lexicon().find("in Switzerland", kinds={"storage_location"})
    assert match.kind == "storage_location"


@pytest.mark.parametrize("kind", ["colour", "", "Purpose"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        lexicon().ground("anything", kind)
    assert caught.value.term == kind
    with pytest.raises(UnknownTermError):
        lexicon().find("anything", kinds={kind})


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for match in lexicon().find(text, hints=True):
        assert 0 <= match.start < match.end <= len(text)


@given(st.text(max_size=80), st.sampled_from(KINDS))
def test_any_phrase_can_be_grounded(phrase: str, kind: str) -> None:
    grounding = lexicon().ground(phrase, kind)
    assert grounding is None or grounding.concept in vocabulary()


# The file


@pytest.fixture(scope="module")
def statements() -> list[tuple[str, str, str]]:
    source = (files("privagraph.ontology") / "lexicon.ttl").read_bytes()
    return [
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in ox.parse(source, format=ox.RdfFormat.TURTLE)
    ]


FLOORS = {
    "data_category": 2500, "purpose": 1800, "recipient": 800, "legal_basis": 250, "right": 400, "safeguard": 120,
    "measure": 500, "source": 200, "data_subject": 250, "tracking_technology": 200, "processing": 300, "retention": 130,
    "automated_decision": 25, "party": 60, "law": 150, "location": 400,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_words(kind: str) -> None:
    assert lexicon().size(kind) >= FLOORS[kind]
    assert len(lexicon().concepts(kind)) >= 4


def test_every_concept_exists() -> None:
    unknown = {iri for kind in KINDS for iri in lexicon().concepts(kind) if iri not in vocabulary()}
    assert unknown == set()


TOPS = {
    "data_category": ("dpv:Data",), "purpose": ("dpv:Purpose",), "recipient": ("dpv:Entity",),
    "legal_basis": ("dpv:LegalBasis",), "right": ("dpv:Right",), "processing": ("dpv:Processing",), "law": ("dpv:Law",),
    "data_subject": ("dpv:HumanSubject",), "source": ("dpv:DataSource",), "party": ("dpv:Entity",),
    "safeguard": ("dpv:TechnicalOrganisationalMeasure", "dpv:LegalBasis"),
    "measure": ("dpv:TechnicalOrganisationalMeasure", "dpv:LegalBasis"),
    "location": ("dpv:Location", "dpv:StorageCondition", "dpv:SupraNationalUnion", "dpv:LocationLocality"),
    "tracking_technology": ("dpv:Technology", "dpv:StorageCondition"),
    "retention": ("dpv:Duration", "dpv:StorageCondition"),
    "automated_decision": ("dpv:ProcessingContext", "dpv:Processing"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_concept_is_of_its_kind(kind: str) -> None:
    terms = vocabulary()
    astray = {
        terms.term(iri).curie
        for iri in lexicon().concepts(kind)
        if not any(terms.is_a(iri, top) for top in TOPS[kind])
    }
    assert astray == set()


def test_an_entry_has_one_scheme_one_name_and_at_most_one_concept(
    statements: list[tuple[str, str, str]],
) -> None:
    said: dict[str, Counter[str]] = {}
    for subject, predicate, value in statements:
        said.setdefault(subject, Counter())[predicate] += 1
        if predicate == expand("skos:inScheme"):
            assert subject.startswith(f"{value}/")
            assert value.removeprefix(LEXICON_BASE) in {*KINDS, "ring"}
    entries = {subject: facts for subject, facts in said.items() if facts[expand("skos:inScheme")]}
    assert len(entries) >= 600
    for subject, facts in entries.items():
        assert facts[expand("skos:inScheme")] == 1, subject
        assert facts[expand("skos:prefLabel")] <= 1, subject
        assert facts[expand("skos:exactMatch")] + facts[expand("skos:broadMatch")] <= 1, subject
    assert sum(not f[expand("skos:exactMatch")] + f[expand("skos:broadMatch")] for f in entries.values()) >= 8


def test_no_words_stand_twice_in_a_kind(statements: list[tuple[str, str, str]]) -> None:
    """Neither as written, nor after plural, spelling, inflection and rings are taken away."""
    labels = {expand("skos:prefLabel"), expand("skos:altLabel"), expand("skos:hiddenLabel")}
    nouns, stems = Index(str), Index(stem)
    for head, *members in _rings(statements, "things"):
        nouns.ring(head, members)
    acts = {"automated_decision", "legal_basis", "measure", "processing", "retention", "right"}
    purposes = Index(stem)
    for head, *members in _rings(statements, "purposes"):
        purposes.ring(head, members)
    plain = Index(str, fillers=None)
    seen: dict[tuple[str, ...], str] = {}
    twice = []
    for subject, predicate, value in statements:
        kind = subject.removeprefix(LEXICON_BASE).partition("/")[0]
        if predicate not in labels or kind not in KINDS or subject == LEXICON_BASE + kind:
            continue
        index = (
            purposes
            if kind == "purpose"
            else stems
            if kind in acts
            else plain
            if kind in ("law", "location")
            else nouns
        )
        key = (kind, *index.forms(value))
        if key in seen:
            twice.append(f"{kind}: {value!r} and {seen[key]!r}")
        seen[key] = value
    assert twice == []
    assert len(seen) >= 9000


def test_no_label_is_a_sentence(statements: list[tuple[str, str, str]]) -> None:
    labels = [value for _, predicate, value in statements if predicate.endswith("Label")]
    assert [label for label in labels if len(re.findall(r"\w+", label)) > 8] == []


def _rings(statements: list[tuple[str, str, str]], group: str) -> list[list[str]]:
    rings: dict[str, list[str]] = {}
    for subject, predicate, value in statements:
        if subject.startswith(f"{LEXICON_BASE}ring/{group}/") and predicate.endswith("Label"):
            rings.setdefault(subject, []).append(value)
    return list(rings.values())


# Speed


def test_it_matches_in_proportion_to_the_text(work: Callable[..., int]) -> None:
    text = " ".join(text for _, text, *_ in FOUND)
    fresh: Lexicon = lexicon()
    fresh.find(text)  # what is made once
    assert work(fresh.find, text * 20) < 12 * work(
        fresh.find, text * 2
    )  # others: a text is not searched twice


def test_it_loads_in_few_steps(work: Callable[..., int]) -> None:
    """A fraction of a second: every process of a map loads it. Versions of Python count differently; there is room."""
    lexicon.cache_clear()
    assert work(lexicon) < 1_600_000
