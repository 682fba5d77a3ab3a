"""Rules and tagger as one extractor, down to the graph and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Role
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.reviews.decisions import Reviewed
from privagraph.loaders.reviews.rereading import reread
from privagraph.loaders.tagging.extractor import HybridExtractor, hints
from privagraph.loaders.tagging.tagger import Tagger
from privagraph.ontology.namespaces import expand
from privagraph.shapes.validation import validate

Read = Callable[[str], Document]
Make = Callable[..., Tagger]

POLICY = """# Privacy Policy of Kestrel Kites Ltd

Kestrel Kites Ltd runs this shop. You can reach us at privacy@kestrel.example.

## What we do with data

We collect your email address and your phone number 📞 to send you newsletters.

We share your personal data with couriers.

We do not sell your email address to advertisers. We keep invoices for ten years.

You have the right to request the erasure of your data.
"""


def words(mapped: MappedPolicy, role: Role) -> list[str]:
    text = mapped.document.text
    return [text[each.start : each.end] for each in mapped.mentions if each.role is role]


@pytest.fixture(scope="module")
def doubting(trusting: Make, document: Read) -> MappedPolicy:
    """The policy with a tagger that takes no words for data; what is more than "your personal data" is then gone."""
    return HybridExtractor(trusting("data_category")).extract(document(POLICY))


def test_hints_are_the_findings_by_place_each_label_once() -> None:
    data = Mention(5, 9, Role.DATA_CATEGORY)
    place = Mention(0, 4, Role.TRANSFER_DESTINATION)
    assert hints((data, place, data)) == (
        (0, 4, "transfer"),
        (0, 4, "transfer_destination"),
        (5, 9, "data_category"),
    )
    assert hints(()) == ()


def test_the_shipped_tagger_finds_what_a_small_policy_says(document: Read) -> None:
    extractor = HybridExtractor()
    mapped = extractor.extract(document(POLICY))
    assert extractor.extract(mapped.document) == mapped
    assert mapped.extractor == extractor.name
    assert extractor.name.startswith("hybrid/1 tagger/")
    assert any("email address" in each for each in words(mapped, Role.DATA_CATEGORY))
    assert words(mapped, Role.CONTACT) == ["privacy@kestrel.example"]
    assert mapped.facts.controller == "Kestrel Kites Ltd"
    text = mapped.document.text
    assert all(text[each.start : each.end].strip() for each in mapped.mentions)
    assert all(0 <= each.confidence <= 1 for each in mapped.mentions)
    assert mapped.practices


def test_a_tagger_that_agrees_leaves_the_findings_of_the_rules(trusting: Make, document: Read) -> None:
    read = document(POLICY)
    mapped, rules = HybridExtractor(trusting()).extract(read), LexiconExtractor().extract(read)
    for role in (Role.DATA_CATEGORY, Role.RECIPIENT, Role.RETENTION, Role.RIGHT):
        assert words(mapped, role) == words(rules, role), role
    assert [each.processing for each in mapped.practices] == [each.processing for each in rules.practices]


def test_polarity_is_that_of_the_sentence(trusting: Make, document: Read) -> None:
    mapped = HybridExtractor(trusting()).extract(document(POLICY))
    text = mapped.document.text
    denied = [each for each in mapped.mentions if each.polarity is Polarity.DENIED]
    sentence = text.index("We do not sell"), text.index("We keep invoices")
    assert any("email address" in text[each.start : each.end] for each in denied)
    assert all(sentence[0] <= each.start < sentence[1] for each in denied)
    assert [text[each.start :][:14] for each in mapped.practices if each.polarity is Polarity.DENIED] == [
        "We do not sell"
    ]


def test_references_are_arguments_and_no_mentions(doubting: MappedPolicy) -> None:
    text = doubting.document.text
    assert words(doubting, Role.DATA_CATEGORY) == []
    (shared,) = [each for each in doubting.practices if each.processing == expand("dpv:Share")]
    data = [each for each in shared.arguments if each.role is Role.DATA_CATEGORY]
    assert [text[each.start : each.end] for each in data] == ["your personal data"]
    assert set(data).isdisjoint(doubting.mentions)


def test_references_are_in_the_graph_and_its_structure_is_whole(doubting: MappedPolicy) -> None:
    quads = list(policy_quads(doubting))
    referred = {quad.object for quad in quads if quad.predicate.value == expand("pg:hasReference")}
    listed = {quad.object for quad in quads if quad.predicate.value == expand("pg:hasMention")}
    argued = {quad.object for quad in quads if quad.predicate.value == expand("pg:hasArgument")}
    assert len(referred) == 3  # what is collected, what is shared, and what is never sold
    assert referred <= argued
    assert not referred & listed
    report = validate(quads, profiles=["structure"])
    assert report.conforms, report


def test_the_graph_comes_back_with_its_references(doubting: MappedPolicy) -> None:
    quads = set(policy_quads(doubting))
    again = reread(policy_iri(doubting.document), quads)
    assert set(again.found.mentions) == set(doubting.mentions)
    assert {each.arguments for each in again.found.practices} == {
        each.arguments for each in doubting.practices
    }
    assert again.quads(Reviewed(again.found, again.found)) == quads


def test_a_document_without_words_has_nothing(trusting: Make) -> None:
    empty = Document("", (), "empty.txt", "text/plain", "")
    mapped = HybridExtractor(trusting()).extract(empty)
    assert (mapped.mentions, mapped.practices) == ((), ())


@pytest.mark.slow
def test_time_grows_with_the_text_and_no_faster(
    trusting: Make, document: Read, work: Callable[..., int]
) -> None:
    section = POLICY.partition("## ")[2]
    extractor = HybridExtractor(trusting())
    extractor.extract(document(POLICY))  # what is made once

    def steps(characters: int) -> int:
        read = document(
            # Headings of its own: what was found in a passage is kept in memory for the next policy.
            "\n\n".join(
                f"## Part {number} of {characters}\n\n{section}"
                for number in range(characters // len(section))
            )
        )
        return work(extractor.extract, read)

    assert steps(50_000) < 12 * steps(5_000)


def test_the_controller_is_its_name_and_no_recipient_of_its_own(document: Read) -> None:
    mapped = HybridExtractor().extract(
        document(
            "# Privacy Policy of Kestrel Ltd\n\nKestrel Ltd will share your name with couriers. It sells nothing.\n"
        )
    )
    assert set(words(mapped, Role.CONTROLLER)) == {"Kestrel Ltd"}
    assert words(mapped, Role.RECIPIENT) == ["couriers"]


def test_a_list_of_data_is_never_silenced(trusting: Make, document: Read) -> None:
    listed = ["e-mail address", "phone number", "billing address", "IP address"]
    text = f"# Privacy Policy\n\nWe collect your name, {', '.join(listed[:3])} and {listed[3]}. We store a nickname.\n"
    found = words(HybridExtractor(trusting("data_category")).extract(document(text)), Role.DATA_CATEGORY)
    assert found[-4:] == listed


@pytest.mark.parametrize(
    "line",
    [
        "We never share student data with third parties.",
        "We never disclose customer data.",
        "We do not sell children's personal information.",
    ],
)
def test_a_denial_about_the_data_of_people_is_a_practice(document: Read, line: str) -> None:
    made = HybridExtractor().extract(document(f"# Privacy policy of Lanternwood Ltd\n\n{line}\n"))
    assert [practice.polarity for practice in made.practices] == [Polarity.DENIED]
    assert any(argument.role is Role.DATA_CATEGORY for argument in made.practices[0].arguments)


@pytest.mark.parametrize("name", ["Kettle Ltd", "Kettle Corp.", "Kettle"])
def test_whose_policy_it_is_receives_nothing(document: Read, name: str) -> None:
    told = f"This privacy policy explains how {name} collects and uses your personal data."
    made = HybridExtractor().extract(document(f"{told}\n\nWe share your e-mail address with couriers.\n"))
    assert {each.agent for each in made.mentions if each.role is Role.CONTROLLER} == {"kettle"}
    assert words(made, Role.RECIPIENT) == ["couriers"]
