from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.reading import Span
from privagraph.web.blocks import blocks_of

TEXT = """Privacy at Heron Kilns

Last updated: 4 May 2025

2. What we keep

2.1 For each class

We fire pots. We keep these for each class:

your name 🏺
the glaze you chose

(a) the day;
(b) the kiln.

Data
Kept for
Invoices
ten years
Letters
one year

Heron Kilns
3 Clay Road
Stoke 4AB"""


def at(words: str, end: str = "") -> Span:
    start = TEXT.index(words)
    return Span(start, TEXT.index(end, start) + len(end) if end else start + len(words))


def test_blocks_are_told_from_how_their_lines_stand() -> None:
    rows = [at("Invoices", "ten years"), at("Letters", "one year")]
    found = list(blocks_of(TEXT, rows))
    assert [(block.kind, block.level, block.columns) for block in found] == [
        ("heading", 1, 0),
        ("paragraph", 0, 0),
        ("heading", 1, 0),
        ("heading", 2, 0),
        ("paragraph", 0, 0),
        ("list", 0, 0),
        ("numbered", 0, 0),
        ("table", 0, 2),
        ("lines", 0, 0),
    ]
    table = found[7]
    assert table.has_head
    assert [TEXT[cell.start : cell.end] for cell in table.lines[:2]] == ["Data", "Kept for"]


def test_a_table_whose_rows_do_not_come_out_even_is_a_list() -> None:
    rows = [at("Kept for", "Invoices"), at("Letters", "one year")]
    assert "table" not in [block.kind for block in blocks_of(TEXT, rows)]


def test_a_table_has_no_head_where_a_practice_rests_on_its_first_row() -> None:
    rows = [at("Data", "Kept for"), at("Invoices", "ten years")]
    assert [block.has_head for block in blocks_of(TEXT, rows) if block.kind == "table"] == [False]


@given(
    st.text(alphabet="ab1.: \n🦔", max_size=120),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120))),
)
def test_no_line_is_lost(text: str, places: list[tuple[int, int]]) -> None:
    lines = [span for block in blocks_of(text, [Span(*each) for each in places]) for span in block.lines]
    assert lines == sorted(lines)
    assert [text[span.start : span.end] for span in lines] == [
        each for each in text.split("\n") if each.strip()
    ]
