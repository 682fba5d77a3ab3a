"""The extractor as a whole: what comes out of a document, always the same, always with its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.sentences import LONGEST
from privagraph.ontology.vocabulary import vocabulary

LINES = (
    "# Tidewell privacy notice",
    "Last updated: 5 March 2024",
    'Tidewell Labs Ltd ("Tidewell", "we") respects the GDPR and COPPA.',
    "# What we collect 🌊",
    "We collect:",
    "- Email address",
    "- Crash logs",
    "# Sharing",
    "We never sell your personal information.",
    "If you consent, we share your e-mail address with Mailchimp to send you newsletters.",
    "You may sign in with Facebook, and we receive your name from third parties.",
    "# Retention",
    "We keep crash logs for ninety (90) days.",
)


@pytest.fixture
def mapped(document):
    return LexiconExtractor().extract(document(*LINES))


def quotes(mapped, role):
    return [mapped.document.text[m.start : m.end] for m in mapped.mentions if m.role is role]


def test_every_mention_lies_within_one_stretch_of_text(mapped):
    assert len(mapped.mentions) > 12
    for mention in mapped.mentions:
        words = mapped.document.text[mention.start : mention.end]
        assert words
        assert words == words.strip()


def test_every_concept_is_in_the_vocabulary(mapped):
    concepts = {m.concept for m in mapped.mentions if m.concept} | {p.processing for p in mapped.practices}
    assert len(concepts) > 8
    assert all(concept in vocabulary() for concept in concepts)


def test_mentions_are_sorted_and_single(mapped):
    keys = [(m.start, m.end, m.role.value) for m in mapped.mentions]
    assert keys == sorted(set(keys))


def test_the_same_document_gives_the_same_policy(mapped):
    assert LexiconExtractor().extract(mapped.document) == mapped


def test_facts_about_the_policy(mapped):
    assert mapped.facts.controller == "Tidewell Labs Ltd"
    assert mapped.facts.updated is not None
    assert mapped.facts.updated.isoformat() == "2024-03-05"
    assert len(mapped.facts.regulations) == 2


def test_a_denial_is_denied(mapped):
    (sale,) = [
        m for m in mapped.mentions if mapped.document.text[m.start : m.end] == "your personal information"
    ]
    assert sale.polarity is Polarity.DENIED


def test_a_sign_in_service_is_a_source_and_no_recipient(mapped):
    assert "Facebook" in quotes(mapped, Role.SOURCE)
    assert "Facebook" not in quotes(mapped, Role.RECIPIENT)
    assert "Mailchimp" in quotes(mapped, Role.RECIPIENT)


def test_a_duration_is_normalised(mapped):
    (period,) = [m for m in mapped.mentions if m.role is Role.RETENTION]
    assert period.value == "P90D"


def test_a_block_in_another_language_is_not_read(document):
    made = document("We collect your name.", "We collect your e-mail address.")
    foreign = replace(made, blocks=(made.blocks[0], replace(made.blocks[1], language="uk")))
    assert quotes(LexiconExtractor().extract(foreign), Role.DATA_CATEGORY) == ["your name"]


def test_an_empty_document_states_nothing(document):
    mapped = LexiconExtractor().extract(document())
    assert (mapped.mentions, mapped.practices, mapped.facts.controller) == ((), (), None)


@pytest.mark.parametrize(
    "piece",
    [
        "we ",
        "A",
        "to provide and ",
        "share with third parties ",
        "(",
        "we retain until ",
        '"we" or ',
        "x@",
        "12 Main Street ",
        "May 5, ",
        "🐝 ",
    ],
)
def test_text_that_is_no_language_is_read_to_its_end(document, piece):
    """Time is in proportion to the text: a pattern that is not would never come back from these."""
    mapped = LexiconExtractor().extract(document((piece * 60_000)[:60_000].strip()))
    assert all(0 <= m.start < m.end <= len(mapped.document.text) for m in mapped.mentions)
    assert all(end - start <= LONGEST for start, end in ((p.start, p.end) for p in mapped.practices))


@pytest.mark.parametrize(
    ("line", "denied"),
    [
        ("We share your e-mail address with Mailchimp, but not with Facebook.", "Facebook"),
        ("We share your e-mail address with our partners, except Facebook.", "Facebook"),
    ],
)
def test_what_is_excepted_is_denied_and_no_part_of_the_practice(document, line, denied):
    mapped = LexiconExtractor().extract(document("# Sharing", line))
    words = {mapped.document.text[m.start : m.end]: m.polarity for m in mapped.mentions}
    assert words[denied] is Polarity.DENIED
    (practice,) = mapped.practices
    assert denied not in {mapped.document.text[a.start : a.end] for a in practice.arguments}


def test_every_right_of_an_enumeration_is_found(document):
    mapped = LexiconExtractor().extract(
        document("You have the right of access, rectification, erasure, portability, and to object.")
    )
    rights = {(m.concept or "").rpartition("#")[2] for m in mapped.mentions if m.role is Role.RIGHT}
    assert rights == {"A15", "A16", "A17", "A20", "A21"}


def test_letters_that_look_like_others_stop_nothing(document):
    """Patterns that ignore case take İ, ı, ſ and the sign of kelvin for Latin letters."""
    odd = str.maketrans({"i": "İ", "s": "ſ", "k": "K", "I": "ı"})
    lines = (
        "Last updated: 5 August 2024",
        "We are using your e-mail address under Article 6(1)(a) GDPR and keep it for six months and 2 days.",
        "We record calls without asking. Our collection of your location without disclosing it is limited.",
    )
    plain = LexiconExtractor().extract(document(*lines))
    mapped = LexiconExtractor().extract(document(*(line.translate(odd) for line in lines)))
    assert mapped.facts.updated == plain.facts.updated


def test_services_to_sign_in_with_take_as_long_for_each_in_a_long_text(document, work):
    def steps(services: int) -> int:
        text = document("name " * services)
        places = [(role, 5 * number) for role in (Role.SOURCE, Role.RECIPIENT) for number in range(services)]
        found = [Mention(start, start + 4, role, agent="lupa") for role, start in places]
        return work(lambda: assemble(text, (), found, controller=None, extractor="none"))

    assert steps(1000) < 12 * steps(100)
