"""Windows: every word piece in exactly one, none too long, each with what stands above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.tagging.windows import LONGEST, Tokenizer, Window, windows

Read = Callable[[str], Document]


def pieces(document: Document, tokenizer: Tokenizer, *, start: int = 0) -> list[tuple[int, int, int, int]]:
    """Number, place and block of every word piece that windows should hold, in the order of the text."""
    return [
        (number, block.start + begin, block.start + end, index)
        for index, block in enumerate(document.blocks)
        if index >= start and block.language == document.language
        for encoding in tokenizer.encode_batch([document.text_of(block)], add_special_tokens=False)
        for number, (begin, end) in zip(encoding.ids, encoding.offsets, strict=True)
    ]


def held(found: list[Window]) -> list[tuple[int, int, int, int]]:
    """Number, place and block of every word piece that windows tag."""
    return [
        (number, *place, block)
        for window in found
        for number, place, block in zip(window.ids, window.offsets, window.blocks, strict=True)
        if block >= 0
    ]


def context(window: Window) -> set[int]:
    """Numbers of the word pieces of the first segment."""
    return {number for number, segment in zip(window.ids, window.segments, strict=True) if segment == 0}


def ids(tokenizer: Tokenizer, text: str) -> list[int]:
    return tokenizer.encode_batch([text], add_special_tokens=False)[0].ids


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents with blocks of all kinds and lengths, some in another language, some of signs beyond ASCII."""
    words = st.sampled_from(
        ["name", "We", "collect", "e-mail.", "géo", "📍", "e\u0301", "unfathomability;", "数据"]
    )
    text, blocks = "", list[Block]()
    for index in range(draw(st.integers(0, 8))):
        line = " ".join(draw(st.lists(words, max_size=6)) * draw(st.sampled_from([1, 2, 40, 120])))
        kind = draw(st.sampled_from(list(BlockKind)))
        above = st.none() if index == 0 else st.one_of(st.none(), st.integers(0, index - 1))
        blocks.append(
            Block(
                kind,
                len(text),
                len(text) + len(line),
                heading=draw(above),
                intro=draw(above) if kind is BlockKind.LIST_ITEM else None,
                language=draw(st.sampled_from(["en", "en", "de"])),
            )
        )
        text += line + "\n"
    return Document(text.rstrip("\n"), tuple(blocks), "made.txt", "text/plain", "")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents(), start=st.integers(0, 3))
def test_every_word_piece_is_in_exactly_one_window(
    tokenizer: Tokenizer, document: Document, start: int
) -> None:
    found = list(windows(document, tokenizer, start=start))
    assert held(found) == pieces(document, tokenizer, start=start)
    for window in found:
        assert len(window.ids) == len(window.segments) == len(window.offsets) == len(window.blocks) <= LONGEST
        assert list(window.segments) == sorted(window.segments)
        assert all(
            (block >= 0) == (place != (-1, -1))
            for block, place in zip(window.blocks, window.offsets, strict=True)
        )
        assert any(block >= 0 for block in window.blocks)


def test_no_document_no_window(document: Read, tokenizer: Tokenizer) -> None:
    nothing = Document("", (), "empty.txt", "text/plain", "")
    assert list(windows(nothing, tokenizer)) == []
    assert list(windows(document("We collect names."), tokenizer, start=5)) == []


def texts(document: Document, tokenizer: Tokenizer) -> list[set[int]]:
    """The blocks of each window."""
    return [set(window.blocks) - {-1} for window in windows(document, tokenizer)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("We collect:\n\n- names\n- grades\n\nNothing else.", [{0, 1, 2}, {3}]),
        ("# Title\n\n## Names\n\nWe keep them.\n\nWe do not sell them.", [{0, 1, 2}, {3}]),
        ("# Names\n\n# Grades\n\n- yours", [{0, 1, 2}]),
        ("We keep names.\n\n# Grades\n\nNone.", [{0}, {1, 2}]),
    ],
    ids=["list", "headings", "headings and items", "section"],
)
def test_a_window_is_a_passage(
    document: Read, tokenizer: Tokenizer, text: str, blocks: list[set[int]]
) -> None:
    assert texts(document(text), tokenizer) == blocks


def test_a_passage_is_read_the_same_wherever_it_stands(document: Read, tokenizer: Tokenizer) -> None:
    shared = (
        "## Couriers\n\nWe share your name with couriers.\n\nThey delete it after:\n\n- delivery\n- a week\n"
    )
    one = document(f"# Privacy at Kestrel Kites\n\nWe fly.\n\n{shared}\n## Schools\n\nWe visit schools.")
    other = document(f"# Heron Hats: your data\n\n## Hats\n\nWe make hats.\n\nAnd caps.\n\n{shared}")
    read = [{(window.ids, window.segments) for window in windows(each, tokenizer)} for each in (one, other)]
    assert len(read[0] & read[1]) == 2


def test_kinds_of_blocks_differ_in_the_piece_before_them(document: Read, tokenizer: Tokenizer) -> None:
    first = [
        next(iter(windows(document(text), tokenizer))).ids[2]  # after the two that open and part the segments
        for text in ("names", "# names", "- names")
    ]
    assert len(set(first)) == 3


def test_a_window_holds_the_heading_and_the_introduction_that_it_lacks(
    document: Read, tokenizer: Tokenizer
) -> None:
    item = "- the number of your library card and the books that you borrow with it every week\n"
    found = list(
        windows(document("# Zebra notice\n\n## Quokka section\n\nWombat line:\n\n" + item * 60), tokenizer)
    )
    assert len(found) > 3
    for window in found[1:]:
        for words in ("Quokka section", "Wombat line:"):
            assert set(ids(tokenizer, words)) <= context(window)
        assert not set(ids(tokenizer, "Zebra")) & context(window)  # the title names a company
    # The first window holds them as text, and needs no context.
    assert len(context(found[0])) == 2


def test_a_long_block_is_cut_after_sentences(document: Read, tokenizer: Tokenizer) -> None:
    read = document("# Title\n\n# Tapir rules\n\n" + "We keep the records of your loans for a year. " * 60)
    found = list(windows(read, tokenizer))
    assert len(found) > 2
    for window in found[1:]:
        assert read.text[: window.offsets[-1][1]].endswith("year.")
        assert set(ids(tokenizer, "Tapir rules")) <= context(window)


def test_a_block_without_sentences_is_cut_all_the_same(document: Read, tokenizer: Tokenizer) -> None:
    read = document("word " * 3000)
    found = list(windows(read, tokenizer))
    assert held(found) == pieces(read, tokenizer)
    assert max(len(window.ids) for window in found) <= LONGEST


@pytest.mark.parametrize("foreign", [0, 1, 2])
def test_blocks_in_other_languages_are_passed_over(
    document: Read, tokenizer: Tokenizer, foreign: int
) -> None:
    read = document("One name.\n\nTwo names.\n\nThree names.")
    blocks = [
        replace(block, language="de" if index == foreign else "en") for index, block in enumerate(read.blocks)
    ]
    held = texts(replace(read, blocks=tuple(blocks), language="en"), tokenizer)
    assert held == [{index} for index in range(3) if index != foreign]
