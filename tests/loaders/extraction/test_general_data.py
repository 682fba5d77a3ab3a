"""Words for people's data as a whole: practices have them, the policy does not list them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.extraction.general_data import is_handled
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import MappedPolicy, Mention, Role
from privagraph.ontology.namespaces import compact, expand

Build = Callable[..., Document]

ALL, COLLECTED = "dpv:PersonalData", "dpv:CollectedPersonalData"


def data_of(policy: MappedPolicy) -> Iterator[tuple[str, str, str]]:
    """Operation, concept and words of the data of each practice."""
    for practice in policy.practices:
        for each in practice.arguments:
            if each.role is Role.DATA_CATEGORY:
                words = policy.document.text[each.start : each.end]
                yield compact(practice.processing), compact(each.concept or ""), words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We keep your information for two years.", ("dpv:Store", ALL, "your information")),
        (
            "The Company will retain your personal data for ten weeks.",
            ("dpv:Store", ALL, "your personal data"),
        ),
        ("Users' personal data is erased after a month.", ("dpv:Erase", ALL, "Users' personal data")),
        ("Your details may be retained for the tax office.", ("dpv:Store", ALL, "Your details")),
        ("We analyse your data to plan kite races.", ("dpv:Analyse", ALL, "your data")),
        ("We retain personal information for our books.", ("dpv:Store", ALL, "personal information")),
        ("We may disclose collected data to judges.", ("dpv:Disclose", COLLECTED, "collected data")),
        ("Any data we hold is erased in May.", ("dpv:Erase", COLLECTED, "Any data we hold")),
        ("We keep your information on servers.", ("dpv:Store", ALL, "your information")),
        ("We retain customer data for a year.", ("dpv:Store", ALL, "customer data")),
        (
            "We keep the details that you give us for a year.",
            ("dpv:Store", ALL, "the details that you give us"),
        ),
        ("We store information about you for a year.", ("dpv:Store", ALL, "information about you")),
        ("We reserve the right to retain your data.", ("dpv:Store", ALL, "your data")),
    ],
)
def test_what_is_done_with_all_data_is_a_practice_of_it(
    document: Build, line: str, expected: tuple[str, str, str]
) -> None:
    mapped = LexiconExtractor().extract(document("# How long", line))
    assert list(data_of(mapped)) == [expected]
    assert [m for m in mapped.mentions if m.role is Role.DATA_CATEGORY] == []


@pytest.mark.parametrize(
    "line",
    [
        "You have the right to object to the use of your personal data.",
        "You send your personal data at your own risk, as we store letters.",
        "Our post box keeps mail for our data protection and personal data security staff.",
        "What we keep is not considered personal data.",
        "We keep personal data such as kites.",
        "You can ask us to keep your data for longer.",
        "This notice explains how we keep your data.",
        "Please keep your data safe.",
    ],
)
def test_words_with_which_nobody_does_anything_are_no_data(document: Build, line: str) -> None:
    assert list(data_of(LexiconExtractor().extract(document("# How long", line)))) == []


def test_data_that_is_named_is_not_joined_by_data_as_a_whole(document: Build) -> None:
    mapped = LexiconExtractor().extract(document("We keep your personal data, such as your e-mail address."))
    assert {concept for _, concept, _ in data_of(mapped)} == {"pd:EmailAddress"}


def test_words_that_point_back_are_what_they_point_at(document: Build) -> None:
    mapped = LexiconExtractor().extract(
        document("We collect your e-mail address. The collected data is kept for a week.")
    )
    assert {(verb, concept) for verb, concept, _ in data_of(mapped)} == {
        ("dpv:Collect", "pd:EmailAddress"),
        ("dpv:Store", "pd:EmailAddress"),
    }


def test_data_as_a_whole_does_not_stand_between_words_and_what_they_point_at(document: Build) -> None:
    mapped = LexiconExtractor().extract(
        document(
            "We collect your e-mail address. We keep your data safe. We share this information with schools."
        )
    )
    assert ("dpv:Share", "pd:EmailAddress") in {(verb, concept) for verb, concept, _ in data_of(mapped)}


def test_this_document_is_no_data(document: Build) -> None:
    mapped = LexiconExtractor().extract(
        document("We keep your e-mail address.", "We may modify the prices by updating this document.")
    )
    assert [verb for verb, _, _ in data_of(mapped)] == ["dpv:Store"]


@pytest.mark.parametrize(("shift", "kept"), [(0, 1), (3, 1), (-5, 1), (40, 2)])
def test_a_reference_that_shares_words_with_a_mention_is_left_out(
    document: Build, shift: int, kept: int
) -> None:
    whole = document("We keep your shoe size for ten days, and we keep your letters for a week.")
    start = whole.text.index("your shoe size")

    def data(at: int) -> Iterable[Mention]:
        return [Mention(at, at + 14, Role.DATA_CATEGORY, expand("pd:PhysicalCharacteristic"))]

    mapped = assemble(
        whole,
        sentences(whole),
        data(start),
        controller=None,
        extractor="test",
        references=data(start + shift),
    )
    assert len({each for practice in mapped.practices for each in practice.arguments}) == kept


@pytest.mark.parametrize(
    ("text", "handled"),
    [
        ("We keep [shoe sizes] for a week.", True),
        ("All [shoe sizes] are only kept by the shop.", True),
        ("We delete any [shoe sizes] in May.", True),
        ("We use [shoe sizes] and shops.", False),
        ("We write to [shoe sizes] with love.", False),
        ("What we keep\n[shoe sizes]\nare kept", False),
        ("[shoe sizes] are small.", False),
    ],
)
def test_what_something_is_done_with(text: str, handled: bool) -> None:
    bare = text.replace("[", "").replace("]", "")
    assert is_handled(bare, text.index("["), text.index("]") - 1) is handled
