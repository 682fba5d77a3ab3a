"""One list from rules and tagger: what the policy of merging says, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.loaders.tagging.card import Card
from privagraph.loaders.tagging.decoding import Pieces, Tagged
from privagraph.loaders.tagging.merging import Merged, merged
from privagraph.loaders.tagging.tagger import Reading
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand

TEXT = (
    "We at Kestrel Kites keep your full email address and phone number for ten years. "
    "Ask us for a copy of your personal data, which goes to Norway."
)
Merge = Callable[..., Merged]


def found(words: str, role: Role, concept: str | None = None, **fields: Any) -> Mention:
    """What rules found."""
    start = TEXT.index(words)
    return Mention(
        start, start + len(words), role, expand(concept) if concept else None, confidence=0.5, **fields
    )


def span(words: str, label: str, score: float = 0.9) -> Tagged:
    """What the tagger labelled."""
    start = TEXT.index(words)
    return Tagged(start, start + len(words), label, score)


@pytest.fixture
def merge(pieces_of: Callable[..., Pieces], card: Card, document: Callable[[str], Document]) -> Merge:
    """Merges findings and spans; ``inside`` has the probabilities of a label by words, low where it is silent."""

    def made(
        findings: Sequence[Mention],
        spans: Sequence[Tagged] = (),
        *,
        label: str = "data_category",
        inside: Mapping[str, float] | None = None,
    ) -> Merged:
        return merged(
            document(TEXT), findings, Reading(tuple(spans), pieces_of(TEXT, label=label, inside=inside)), card
        )

    return made


def words(mention: Mention) -> str:
    return TEXT[mention.start : mention.end]


def test_the_document_of_these_tests_is_its_text(document: Callable[[str], Document]) -> None:
    assert document(TEXT).text == TEXT


def test_a_span_that_overlaps_one_finding_is_that_finding_with_its_own_boundaries(merge: Merge) -> None:
    mention = found("email address", Role.DATA_CATEGORY, "pd:EmailAddress")
    (made,) = merge([mention], [span("your full email address", "data_category")]).mentions
    assert (words(made), made.concept, made.confidence) == (
        "your full email address",
        expand("pd:EmailAddress"),
        0.9,
    )


@pytest.mark.parametrize(
    ("finding", "tagged", "placed"),
    [
        ("phone number for ten years", "phone number for", "phone number for ten years"),
        ("phone number for ten years", "phone", "phone"),  # less than half: the rules ran on too far
        ("full email address", "full email", "full email address"),
        ("email address and phone number", "full email address", "full email address"),
    ],
)
def test_a_phrase_that_rules_read_to_its_end_is_not_cut_off(
    merge: Merge, finding: str, tagged: str, placed: str
) -> None:
    (made,) = merge([found(finding, Role.DATA_CATEGORY)], [span(tagged, "data_category")]).mentions
    assert words(made) == placed


@pytest.mark.parametrize("role", [Role.TRACKING_TECHNOLOGY, Role.LEGITIMATE_INTEREST])
def test_a_label_with_few_examples_keeps_the_confidence_of_its_rule(merge: Merge, role: Role) -> None:
    mention = found("phone number", role)
    (made,) = merge([mention], label=role.value, inside={"phone": 0.1, "number": 0.1}).mentions
    assert made.confidence == mention.confidence


def test_several_findings_in_a_span_keep_their_boundaries(merge: Merge) -> None:
    findings = [
        found("email address", Role.DATA_CATEGORY, "pd:EmailAddress"),
        found("phone number", Role.DATA_CATEGORY, "pd:TelephoneNumber"),
    ]
    made = merge(findings, [span("your full email address and phone number", "data_category")]).mentions
    assert [(words(each), each.confidence) for each in made] == [
        ("email address", 0.9),
        ("phone number", 0.9),
    ]
    assert [each.concept for each in made] == [each.concept for each in findings]


def test_a_span_that_no_rule_found_is_new_and_grounded(merge: Merge) -> None:
    (made,) = merge([], [span("email address", "data_category", 0.77)]).mentions
    grounding = lexicon().ground("email address", "data_category")
    assert grounding is not None
    assert (words(made), made.role, made.concept) == ("email address", Role.DATA_CATEGORY, grounding.concept)
    assert made.confidence == 0.77


@pytest.mark.parametrize(
    ("label", "role", "concept"),
    [
        ("right:A15", Role.RIGHT, "eu-gdpr:A15"),
        ("child_rule", Role.CHILD_RULE, None),
        ("transfer", Role.TRANSFER_DESTINATION, None),
    ],
)
def test_a_label_brings_its_own_concept_or_none(
    merge: Merge, label: str, role: Role, concept: str | None
) -> None:
    (made,) = merge([], [span("Ask us for a copy", label)]).mentions
    assert (made.role, made.concept) == (role, expand(concept) if concept else None)


def test_a_finding_of_another_label_does_not_make_a_span_its_own(merge: Merge) -> None:
    findings = [found("email address", Role.SOURCE)]
    made = merge(
        findings, [span("email address", "data_category")], label="source", inside={"email": 0.9}
    ).mentions
    assert sorted(each.role for each in made) == [Role.DATA_CATEGORY, Role.SOURCE]


@pytest.mark.parametrize(("probability", "stays"), [(0.41, True), (0.39, False)])
def test_a_finding_that_no_span_covers_stays_from_the_lower_threshold_on(
    merge: Merge, probability: float, stays: bool
) -> None:
    mention = found("phone number", Role.DATA_CATEGORY, "pd:TelephoneNumber")
    made = merge([mention], inside={"phone": probability, "number": probability})
    assert [(words(each), each.confidence) for each in made.mentions] == (
        [("phone number", probability)] if stays else []
    )
    assert made.references == ()


@pytest.mark.parametrize(
    ("role", "label"),
    [(Role.CONTROLLER, "controller"), (Role.CONTACT, "contact"), (Role.DPO, "dpo")],
)
def test_what_has_a_form_of_its_own_stays_in_any_case(merge: Merge, role: Role, label: str) -> None:
    mention = found("Kestrel Kites", role)
    assert [words(each) for each in merge([mention], label=label).mentions] == ["Kestrel Kites"]
    (made,) = merge([mention], [span("We at Kestrel Kites", label)]).mentions
    assert (words(made), made.confidence) == ("Kestrel Kites", 0.9)


@pytest.mark.parametrize("field", ["value", "agent"])
def test_what_has_a_value_or_an_agent_keeps_its_boundaries(merge: Merge, field: str) -> None:
    mention = found("ten years", Role.RETENTION, **{field: "P10Y"})
    (made,) = merge([mention], [span("for ten years", "retention")]).mentions
    assert (words(made), getattr(made, field)) == ("ten years", "P10Y")


def test_your_personal_data_is_a_reference_where_the_tagger_sees_no_data(merge: Merge) -> None:
    mention = found("your personal data", Role.DATA_CATEGORY, "dpv:PersonalData")
    made = merge([mention])
    assert made.mentions == ()
    assert [(words(each), each.concept) for each in made.references] == [
        ("your personal data", expand("dpv:PersonalData"))
    ]
    sure = merge([mention], [span("your personal data", "data_category")])
    assert [words(each) for each in sure.mentions] == ["your personal data"]
    assert sure.references == ()


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("We like student data.", True),
        ("We like pupils' information.", True),
        ("We like exam data.", False),
    ],
)
def test_the_data_of_some_people_is_a_reference_too(
    card: Card, pieces_of: Callable[..., Pieces], document: Callable[[str], Document], text: str, refers: bool
) -> None:
    start = text.index("like ") + len("like ")
    doubted = Mention(start, len(text) - 1, Role.DATA_CATEGORY, expand("pd:School"), confidence=0.5)
    made = merged(document(text), [doubted], Reading((), pieces_of(text, label="data_category")), card)
    assert made.mentions == ()
    assert [(each.start, each.end) for each in made.references] == [(start, len(text) - 1)] * refers


def test_a_finding_that_the_tagger_has_not_read_stays_as_it_is(
    card: Card, pieces_of: Callable[..., Pieces], document: Callable[[str], Document]
) -> None:
    mention = found("phone number", Role.DATA_CATEGORY)
    made = merged(document(TEXT), [mention], Reading((), pieces_of("")), card)
    assert made.mentions == (mention,)


def test_a_transfer_gives_way_where_destination_is_told(merge: Merge) -> None:
    precise = span("Norway", "transfer_destination")
    general = span("goes to Norway", "transfer")
    assert [words(each) for each in merge([], [general, precise]).mentions] == ["Norway"]
    assert [words(each) for each in merge([], [general]).mentions] == ["goes to Norway"]


def test_a_transfer_takes_the_finding_of_its_destination(merge: Merge) -> None:
    mention = found("Norway", Role.TRANSFER_DESTINATION, "loc:NO")
    (made,) = merge([mention], [span("goes to Norway", "transfer")]).mentions
    assert (words(made), made.concept) == ("Norway", expand("loc:NO"))


RIGHTS = "You may ask us to access, correct or delete your data. You may see, or print, the menu."


@pytest.mark.parametrize(
    ("words", "concept", "stays"),
    [
        ("access, correct or delete your data", "eu-gdpr:A15", True),
        ("correct or delete your data", "eu-gdpr:A16", True),
        ("see, or print", "eu-gdpr:A15", False),  # beside no right that is kept
        ("delete your data", "eu-gdpr:A20", False),  # no verb of the same string
    ],
)
def test_a_right_stays_with_the_one_that_shares_its_object(
    card: Card,
    pieces_of: Callable[..., Pieces],
    document: Callable[[str], Document],
    words: str,
    concept: str,
    stays: bool,
) -> None:
    start = RIGHTS.index(words)
    doubted = Mention(start, start + len(words), Role.RIGHT, expand(concept), confidence=0.5)
    last = RIGHTS.index("delete")
    erasure = Tagged(last, last + len("delete your data"), "right:A17", 0.8)
    reading = Reading((erasure,), pieces_of(RIGHTS, label="right:A15"))
    made = merged(document(RIGHTS), [doubted], reading, card).mentions
    beside = [each for each in made if each.concept == expand(concept)]
    assert [each.confidence for each in beside] == ([0.8] if stays else [])


def test_three_rights_strung_together_stay_and_so_does_one_by_its_name(
    card: Card, pieces_of: Callable[..., Pieces], document: Callable[[str], Document]
) -> None:
    text = "Write to us to see, amend or erase your data. You have the right to complain to the regulator. Erase it."
    spots = {
        "see, amend or erase your data": "eu-gdpr:A15",
        "amend or erase your data": "eu-gdpr:A16",
        "erase your data": "eu-gdpr:A17",
        "the right to complain to the regulator": "eu-gdpr:A77",
        "Erase it": "eu-gdpr:A17",
    }
    doubted = [
        Mention(
            text.index(words), text.index(words) + len(words), Role.RIGHT, expand(concept), confidence=0.5
        )
        for words, concept in spots.items()
    ]
    reading = Reading((), pieces_of(text, label="right:A15"))
    made = merged(document(text), doubted, reading, card).mentions
    assert sorted(text[each.start : each.end] for each in made) == sorted(spots)[1:]


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("Shoe sizes serve us for these purposes:\n\n- fitting", True),
        ("We use shoe sizes to:\n\n- fit shoes", True),
        ("We use shoe sizes to fit shoes.\n\n- fitting", False),
        ("Shoe sizes are:\n\n- small", False),
        ("Shoe sizes are used to:\n\n- fit shoes", True),
        ("We hand shoe sizes over to:\n\n- couriers", False),
        ("We use, and pass shoe sizes on to:\n\n- couriers", False),
        ("We keep shoe sizes for a week.", True),
        ("All shoe sizes are kept in Norway.", True),
    ],
)
def test_data_that_something_is_done_with_is_referred_to(
    card: Card, pieces_of: Callable[..., Pieces], document: Callable[[str], Document], text: str, refers: bool
) -> None:
    made = document(text)
    start = made.text.lower().index("shoe sizes")
    doubted = Mention(start, start + 10, Role.DATA_CATEGORY, expand("pd:PhysicalTrait"), confidence=0.5)
    both = merged(made, [doubted], Reading((), pieces_of(made.text, label="data_category")), card)
    assert both.mentions == ()
    assert len(both.references) == refers


@pytest.mark.parametrize(
    ("text", "words", "role", "stays"),
    [
        ("We get details (e.g. your shoe size).", "your shoe size", Role.DATA_CATEGORY, True),
        ("We get other data, such as hat sizes and shoe sizes.", "shoe sizes", Role.DATA_CATEGORY, True),
        ("We get data. Shoes such as clogs have a shoe size.", "shoe size", Role.DATA_CATEGORY, False),
        ("Read our details (e.g. here) on your shoe size.", "your shoe size", Role.DATA_CATEGORY, False),
        (
            "We use data such as your age to guess your shoe size.",
            "your shoe size",
            Role.DATA_CATEGORY,
            False,
        ),
        (
            "We get information like the weather where you find your shoe size.",
            "your shoe size",
            Role.DATA_CATEGORY,
            False,
        ),
        ("We currently share your name with cobblers.", "cobblers", Role.RECIPIENT, True),
        ("Where needed we share your address with cobblers.", "cobblers", Role.RECIPIENT, True),
        ("Acme shares your name with cobblers.", "cobblers", Role.RECIPIENT, True),
        ("Nobody shares your name with cobblers.", "cobblers", Role.RECIPIENT, False),
        ("We send our newsletter to cobblers.", "cobblers", Role.RECIPIENT, False),
        ("We sell tickets to cobblers.", "cobblers", Role.RECIPIENT, False),
        ("We may transfer you to cobblers.", "cobblers", Role.RECIPIENT, False),
        ("We may also share your name with cobblers.", "cobblers", Role.RECIPIENT, True),
        ("If you order, we give your name to cobblers.", "cobblers", Role.RECIPIENT, True),
        ("We do not share your name with cobblers.", "cobblers", Role.RECIPIENT, False),
        ("You share your name with cobblers.", "cobblers", Role.RECIPIENT, False),
        ("We share names. Talk to cobblers.", "cobblers", Role.RECIPIENT, False),
    ],
)
def test_what_words_announce_is_not_silenced(
    card: Card,
    pieces_of: Callable[..., Pieces],
    document: Callable[[str], Document],
    text: str,
    words: str,
    role: Role,
    stays: bool,
) -> None:
    start = text.index(words)
    doubted = Mention(start, start + len(words), role, expand("pd:PhysicalTrait"), confidence=0.5)
    made = merged(document(text), [doubted], Reading((), pieces_of(text, label=role.value)), card)
    assert made.mentions == ((doubted,) if stays else ())


@pytest.mark.parametrize(
    ("text", "words", "stays"),
    [
        ("You may correct it, object to its use, and move it.", "object to its use", True),
        ("You may correct it or object to its use.", "object to its use", True),
        ("You may correct it. We may object to its use.", "object to its use", False),
        ("You may correct it by mail, and we object to its use.", "object to its use", False),
    ],
)
def test_a_right_in_a_row_of_rights_is_not_silenced(
    card: Card,
    pieces_of: Callable[..., Pieces],
    document: Callable[[str], Document],
    text: str,
    words: str,
    stays: bool,
) -> None:
    start, first = text.index(words), text.index("correct it")
    doubted = Mention(start, start + len(words), Role.RIGHT, expand("eu-gdpr:A21"), confidence=0.5)
    reading = Reading((Tagged(first, first + 10, "right:A16", 0.8),), pieces_of(text, label="right:A21"))
    made = merged(document(text), [doubted], reading, card).mentions
    assert [each.confidence for each in made if each.concept == doubted.concept] == [0.8] * stays


@pytest.mark.parametrize("kept", ["access it", "object to its use"])
def test_a_row_of_rights_is_kept_to_its_end(
    card: Card, pieces_of: Callable[..., Pieces], document: Callable[[str], Document], kept: str
) -> None:
    text = "You may access it, correct it, object to its use."
    rights = {"access it": "A15", "correct it": "A16", "object to its use": "A21"}
    doubted = [
        Mention(text.index(each), text.index(each) + len(each), Role.RIGHT, expand(f"eu-gdpr:{article}"))
        for each, article in rights.items()
        if each != kept
    ]
    begin = text.index(kept)
    spans = (Tagged(begin, begin + len(kept), f"right:{rights[kept]}", 0.8),)
    made = merged(document(text), doubted[::-1], Reading(spans, pieces_of(text, label="right:A16")), card)
    assert sorted(text[each.start : each.end] for each in made.mentions) == sorted(rights)


@pytest.mark.parametrize(("concept", "stays"), [("dpv:Required", True), (None, False)])
def test_that_data_must_be_provided_is_not_silenced(merge: Merge, concept: str | None, stays: bool) -> None:
    made = merge([found("Ask us", Role.MANDATORY_PROVISION, concept)], label="mandatory_provision").mentions
    assert len(made) == stays


@pytest.mark.parametrize("polarity", Polarity)
def test_that_a_right_is_refused_is_not_silenced(merge: Merge, polarity: Polarity) -> None:
    made = merge([found("Ask us", Role.RIGHT, "eu-gdpr:A21", polarity=polarity)], label="right:A21").mentions
    assert [each.polarity for each in made] == [Polarity.DENIED] * (polarity is Polarity.DENIED)


def test_findings_of_nothing_are_nothing(merge: Merge) -> None:
    assert merge([]) == Merged((), ())
