"""The steps from a phrase to a concept, each on its own phrases, and on labels that the lexicon was not given."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cache

import pytest

from privagraph.ontology.lexicon import Lexicon, lexicon, read_lexicon
from privagraph.ontology.matching import Label
from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary

STEPS = [
    # kind, phrase, concept
    # the labels in it: the longer one, and the one before the clause
    ("data_category", "potentially personally-identifying information", "dpv:PersonalData"),
    ("data_category", "your precise geolocation when you use the app", "pd:CurrentLocation"),
    ("legal_basis", "the legal basis of this is your consent", "dpv:Consent"),
    # the nearest label: other order, other words between
    ("data_category", "logs for food", "pd:PhysicalHealth"),
    ("data_category", "identifiers for mobile devices", "pd:UID"),
    ("data_category", "debit/credit card numbers", "pd:PaymentCardNumber"),
    ("purpose", "protect the public and its safety", "dpv:EnforceSecurity"),
    ("purpose", "attend to the many requests", "dpv:RequestedServiceProvision"),
    # an organisation that is named, known or not
    ("recipient", "Google LLC", "dpv:ThirdParty"),
    ("recipient", "Amazon Web Services, Inc. (AWS)", "dpv:ServiceProvider"),
    ("recipient", "Zybbl Widgets GmbH", "dpv:Organisation"),
    # the head alone
    ("data_category", "the information", "dpv:PersonalData"),
    ("data_category", "certain data that we need for it", "dpv:PersonalData"),
]


@pytest.mark.parametrize(("kind", "phrase", "concept"), STEPS)
def test_a_step_brings_a_phrase_to_its_concept(kind: str, phrase: str, concept: str) -> None:
    grounding = lexicon().ground(phrase, kind)
    assert grounding is not None
    assert grounding.concept == expand(concept)


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("data_category", "size"),  # no "company size"
        ("data_category", "style"),  # no "learning style"
        ("data_category", "various alternatives"),
        ("legal_basis", "Article 99 (9) z"),  # no other article
        ("purpose", "any other purpose"),
        ("purpose", "the purposes set out below"),
        ("recipient", "our limited stock"),  # no company
        ("retention", "blue"),
    ],
)
def test_what_no_step_can_tell_is_not_guessed(kind: str, phrase: str) -> None:
    assert lexicon().ground(phrase, kind) is None


def test_a_role_takes_its_words_from_a_kind() -> None:
    assert lexicon().ground("fraud prevention", "legitimate_interest") == lexicon().ground(
        "fraud prevention", "purpose"
    )


MEASURED = ("data_category", "purpose", "recipient", "measure")


def kept_out(label: Label) -> bool:
    """A fifth of the labels of some kinds, hints aside."""
    if label.target is None or label.hint or label.kind not in MEASURED:
        return False
    return int(hashlib.sha256(f"{label.kind}{label.text}".encode()).hexdigest(), 16) % 5 == 0


@cache
def rest() -> Lexicon:
    return read_lexicon(leave_out=kept_out)


def outcomes() -> dict[str, Counter[str]]:
    """What the rest of the lexicon makes of the labels that it was not given."""
    labels: list[Label] = []
    read_lexicon(leave_out=lambda label: kept_out(label) and labels.append(label) is None)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in MEASURED}
    for label in labels:
        found = rest().ground(label.text, label.kind)
        right = found is not None and vocabulary().is_a(label.target or "", found.concept)
        counts[label.kind]["right" if right else "wrong" if found else "none"] += 1
    return counts


def test_words_that_the_lexicon_lacks_come_to_their_concept_more_often_than_not() -> None:
    counts = outcomes()
    assert sum(counts["data_category"].values()) > 450
    for kind, right in (("data_category", 0.55), ("purpose", 0.66), ("recipient", 0.42), ("measure", 0.60)):
        of_kind = counts[kind]
        assert of_kind["right"] / of_kind.total() >= right, kind
        assert of_kind["right"] > 1.8 * of_kind["wrong"], kind


def test_more_confident_groundings_are_more_often_right() -> None:
    surer, less = Counter[bool](), Counter[bool]()
    labels: list[Label] = []
    read_lexicon(leave_out=lambda label: kept_out(label) and labels.append(label) is None)
    for label in labels:
        found = rest().ground(label.text, label.kind)
        if found is not None:
            side = surer if found.confidence >= 0.9 else less
            side[vocabulary().is_a(label.target or "", found.concept)] += 1
    assert min(surer.total(), less.total()) > 200
    assert surer[True] / surer.total() > less[True] / less.total() + 0.05
