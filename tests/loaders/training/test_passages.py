"""The project's own labelled passages, and the format that they are written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from privagraph.loaders.document import BlockKind
from privagraph.loaders.tagging.labels import LABELS, TRANSFER
from privagraph.loaders.training.corpus import Annotated, Span
from privagraph.loaders.training.passages import own_passages, unlabelled

Fragments = Callable[[str], list[Annotated]]

FLOOR = 20
"""Spans that each label has at least; what is taught with fewer is not learnt."""


def test_labels_are_taken_out_of_a_line() -> None:
    text, spans = unlabelled(
        "We collect [data_category your name] [purpose to open [data_category your account]]."
    )
    assert text == "We collect your name to open your account."
    assert {(text[span.start : span.end], span.label) for span in spans} == {
        ("your name", "data_category"),
        ("to open your account", "purpose"),
        ("your account", "data_category"),
    }


def test_a_label_may_name_an_article() -> None:
    assert unlabelled("[right:A7-3 withdraw]") == ("withdraw", (Span(0, 8, "right:A7-3"),))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[data your name]", "unknown label 'data'"),
        ("see [1] below", r"a bracket without a label at '\[1\] below'"),
        ("your name] here", r"a bracket is closed that was not opened, before '\] here'"),
        ("[purpose to [data_category see]", "the bracket of 'purpose' is not closed"),
        ("[purpose ]", "'purpose' labels no words"),
    ],
)
def test_a_line_that_is_not_in_the_format_is_an_error(fragments: Fragments, line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        unlabelled(line)
    with pytest.raises(ValueError, match=f"made.txt, line 4: {message}"):
        fragments(f"# Kestrel\n\nA line.\n- {line}\n")


def test_a_line_before_the_first_fragment_is_an_error(fragments: Fragments) -> None:
    with pytest.raises(ValueError, match=r"made.txt, line 2: no fragment has begun"):
        fragments("\nA line.\n# Kestrel\n")


def test_fragments_become_documents(fragments: Fragments) -> None:
    one, other = fragments(
        "# Kestrel, kites\n## Data\nWe collect:\n- [data_category names]\n- grades\n### Loans\n"
        "| Data | Kept |\n| [data_category loans] | [retention a year] |\n## End\nA line.\n\n# Heron\nBirds."
    )
    assert (one.name, other.name) == ("made/Kestrel, kites", "made/Heron")
    assert other.document.text == "Birds."
    document = one.document
    assert document.text.splitlines() == [
        *(
            "Data",
            "We collect:",
            "names",
            "grades",
            "Loans",
            "Data",
            "Kept",
            "loans",
            "a year",
            "End",
            "A line.",
        )
    ]
    assert [document.text_of(block) for block in document.blocks] == document.text.splitlines()
    kinds = {document.text_of(block): block.kind for block in document.blocks[1:]}
    assert kinds["names"] is BlockKind.LIST_ITEM
    assert kinds["End"] is BlockKind.HEADING
    assert [block.heading for block in document.blocks] == [None, 0, 0, 0, 0, 4, 4, 4, 4, None, 9]
    assert [block.intro for block in document.blocks[2:4]] == [1, 1]
    cells = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL]
    assert [(block.table, block.row, block.column) for block in cells] == [
        *((0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1))
    ]
    assert {document.text[span.start : span.end] for span in one.spans} == {"names", "loans", "a year"}
    assert one.judged == frozenset(LABELS) - {TRANSFER}


@pytest.fixture(scope="module")
def shipped() -> list[Annotated]:
    return own_passages()


def test_every_shipped_fragment_is_in_the_format(shipped: list[Annotated]) -> None:
    assert len(shipped) >= 500
    assert len({each.name for each in shipped}) == len(shipped)
    for each in shipped:
        text = each.document.text
        assert each.document.blocks, each.name
        for span in each.spans:
            words = text[span.start : span.end]
            assert words == words.strip(), (each.name, words)
            assert "\n" not in words


@pytest.mark.parametrize("label", [label for label in LABELS if label != TRANSFER])
def test_every_label_is_taught(shipped: list[Annotated], label: str) -> None:
    spans = Counter(span.label for each in shipped for span in each.spans)
    assert spans[label] >= FLOOR
    assert spans[TRANSFER] == 0


def test_no_label_ends_within_a_word(shipped: list[Annotated]) -> None:
    cut = [
        text[max(0, span.start - 10) : span.end + 10]
        for each in shipped
        for text in [each.document.text]
        for span in each.spans
        if text[max(0, span.start - 1) : span.start + 1].isalnum() * (span.start > 0)
        or text[span.end - 1 : span.end + 1].isalnum() * (span.end < len(text))
    ]
    assert cut == []
