from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.reading import Span
from privagraph.web.marks import Run, cut, grouped, within

WORDS = "Wir 🦔 teilen\nIhre Adresse 👩‍👩‍👧 mit <b>Boten</b>,\n\nשלום עולם und niemand sonst.\n"
spans = st.lists(
    st.tuples(st.integers(-5, 95), st.integers(-5, 95)).map(lambda each: Span(*each)), max_size=40
)
texts = st.text(max_size=80)


@given(texts, spans)
def test_the_runs_joined_are_the_text(text: str, marks: list[Span]) -> None:
    runs = cut(Span(0, len(text)), marks)
    assert "".join(text[run.start : run.end] for run in runs) == text
    assert all(run.start < run.end for run in runs)


@given(texts, spans)
def test_each_character_has_the_marks_that_lie_over_it(text: str, marks: list[Span]) -> None:
    for run in cut(Span(0, len(text)), marks):
        for at in range(run.start, run.end):
            assert set(run.marks) == {n for n, mark in enumerate(marks) if mark.start <= at < mark.end}


@given(texts, spans)
def test_neighbours_differ_and_the_shortest_mark_is_first(text: str, marks: list[Span]) -> None:
    runs = cut(Span(0, len(text)), marks)
    assert all(left.marks != right.marks for left, right in pairwise(runs))
    for run in runs:
        lengths = [marks[each].end - marks[each].start for each in run.marks]
        assert lengths == sorted(lengths)


@given(texts, spans)
def test_the_lines_have_their_own_runs(text: str, marks: list[Span]) -> None:
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    found = list(within(cut(Span(0, len(text)), marks), lines))
    assert len(found) == len(lines)
    for line, runs in zip(lines, found, strict=True):
        assert "".join(text[run.start : run.end] for run in runs) == text[line.start : line.end]


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    start = WORDS.index("Adresse")
    runs = cut(Span(0, len(WORDS)), [Span(start, start + 7)])
    assert [WORDS[run.start : run.end] for run in runs if run.marks] == ["Adresse"]


def test_marks_nest_overlap_and_touch() -> None:
    runs = cut(Span(0, 10), [Span(0, 8), Span(2, 4), Span(4, 6), Span(6, 10), Span(3, 3), Span(20, 30)])
    assert runs == [
        Run(0, 2, (0,)),
        Run(2, 4, (1, 0)),
        Run(4, 6, (2, 0)),
        Run(6, 8, (3, 0)),
        Run(8, 10, (3,)),
    ]


def test_a_text_without_marks_is_one_run() -> None:
    assert cut(Span(3, 9), []) == [Run(3, 9)]
    assert cut(Span(3, 3), [Span(0, 5)]) == []


def test_runs_are_grouped_by_what_lies_over_them() -> None:
    runs = [Run(0, 1, (5,)), Run(1, 2, (1, 5)), Run(2, 3)]
    found = [(sentence, len(each)) for sentence, each in grouped(runs, lambda run: 5 in run.marks)]
    assert found == [(True, 2), (False, 1)]
