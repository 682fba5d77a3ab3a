from __future__ import annotations

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import Span

TEXT = """1. Cookies

We set cookies. They last a day.

We share data with:

couriers, who bring your parcel;
banks.

Nobody else gets them. However, a court might.

2. Children

No data of children are kept.

We keep data except in these cases:

1. you agree;

2. a court asks.

That is all."""


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def words_of(span: Span | None) -> str:
    return "" if span is None else TEXT[span.start : span.end]


def test_the_sentence_of_a_place() -> None:
    layout = Layout(TEXT)
    assert words_of(layout.sentence(at("cookies. They"))) == "We set cookies."
    assert [words_of(each) for each in layout.sentences(at("We set"))] == [
        "We set cookies.",
        "They last a day.",
    ]


def test_the_sentence_after_a_place() -> None:
    layout = Layout(TEXT)
    assert words_of(layout.after(at("Nobody else gets them."))) == "However, a court might."
    assert words_of(layout.after(at("They last a day."))) == "We share data with:"
    assert layout.after(at("However, a court might.")) is None  # a heading follows
    assert layout.after(at("That is all.")) is None


def test_the_heading_above_a_place() -> None:
    layout = Layout(TEXT)
    assert layout.heading(at("They last")) == "1. Cookies"
    assert layout.heading(at("No data of children")) == "2. Children"
    assert Layout("No heading here.").heading(Span(0, 2)) == ""


def test_an_item_hangs_on_the_line_with_a_colon_above_its_list() -> None:
    layout = Layout(TEXT)
    assert layout.lead_in(at("banks.")) == "We share data with:"
    assert layout.lead_in(at("couriers, who")) == "We share data with:"
    assert layout.lead_in(at("They last")) == ""
    assert layout.lead_in(at("Nobody else")) == ""


def test_the_list_that_hangs_on_a_colon() -> None:
    layout = Layout(TEXT)
    assert words_of(layout.items_after(at("We share data with:"))).startswith("couriers")
    assert words_of(layout.items_after(at("We share data with:"))).endswith("banks.")
    assert words_of(layout.items_after(at("We keep data except in these cases:"))).endswith(
        "2. a court asks."
    )
    assert layout.items_after(at("They last a day.")) is None
    assert Layout("Only this:").items_after(Span(0, 10)) is None


def test_a_text_without_lines() -> None:
    layout = Layout("")
    nowhere = Span(0, 0)
    assert layout.sentences(nowhere) == []
    assert layout.sentence(nowhere) == nowhere
    assert (layout.heading(nowhere), layout.lead_in(nowhere), layout.after(nowhere)) == ("", "", None)


def test_lines_know_their_group_and_whether_they_are_headings() -> None:
    lines = list(Layout(TEXT).lines())
    assert [TEXT[line.span.start : line.span.end] for line in lines] == [
        each for each in TEXT.split("\n") if each
    ]
    assert [line.group for line in lines][:6] == [0, 1, 2, 3, 3, 4]
    assert [TEXT[line.span.start : line.span.end] for line in lines if line.is_heading] == [
        "1. Cookies",
        "2. Children",
    ]
