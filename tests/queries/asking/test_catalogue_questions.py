"""How often the right question of the catalogue is found, in other people's words.

``paraphrases.tsv`` and ``unanswerable.tsv`` were written before the matcher was. Nothing in it was made with a look at
them, so that the two figures say what people can expect.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from privagraph.ontology.namespaces import compact
from privagraph.queries.asking.matching import Match, matcher
from privagraph.queries.catalogue import catalogue
from privagraph.queries.summaries import PolicySummary

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Paraphrase:
    question: str
    queries: tuple[str, ...]
    params: dict[str, str]


def lines(name: str) -> Iterator[list[str]]:
    """The rows of a table, without the names of its columns."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if line.strip() and not line.startswith("#") and not (number == 0 and line.startswith("question")):
            yield line.split("\t")


@cache
def paraphrases() -> tuple[Paraphrase, ...]:
    rows = ((*row, "", "")[:3] for row in lines("paraphrases.tsv"))
    return tuple(
        Paraphrase(question, tuple(queries.split("|")), json.loads(params or "{}"))
        for question, queries, params in rows
        for question, queries, params in rows
    )


@cache
def policies() -> tuple[PolicySummary, ...]:
    """The policies that the paraphrases name: all that a graph of theirs would hold."""
    named = sorted({row.params["policy"] for row in paraphrases() if "policy" in row.params})
    return tuple(
        PolicySummary(f"https://example.org/policy/{number}", name, ()) for number, name in enumerate(named)
    )


@cache
def matched(question: str) -> Match:
    return matcher().match(question, policies())


def first(row: Paraphrase) -> bool:
    best = matched(row.question).best
    return best is not None and best.query.id in row.queries


def read(row: Paraphrase) -> bool:
    """Whether the values of a row's parameters, and no others of the same name, were read.

    Of a query that takes nothing but a policy, such as that on financial data, no other value can be wanted.
    """
    best = matched(row.question).best
    assert best is not None
    found = {reading.param: compact(reading.value).casefold() for reading in best.readings}
    others = any(param.type != "policy" for param in best.query.params)
    wanted = {
        name: compact(str(value)).casefold()
        for name, value in row.params.items()
        if others or name == "policy"
    }
    return set(wanted.values()) <= set(found.values()) and found.get("policy") == wanted.get("policy")


def test_the_questions_are_of_the_catalogue() -> None:
    known = {query.id for query in catalogue()}
    assert [row.question for row in paraphrases() if not known.intersection(row.queries)] == []
    assert len(paraphrases()) >= 120


def test_the_right_question_comes_first() -> None:
    known = {query.id for query in catalogue()}
    rows = [row for row in paraphrases() if known.intersection(row.queries)]
    share = sum(map(first, rows)) / len(rows)
    print(f"right first: {share:.1%} of {len(rows)}")
    assert share >= 0.85


def test_what_cannot_be_answered_is_refused() -> None:
    rows = [row[0] for row in lines("unanswerable.tsv")]
    share = sum(matched(question).best is None for question in rows) / len(rows)
    print(f"refused: {share:.1%} of {len(rows)}")
    assert share >= 0.9


def test_a_wrong_match_is_seldom_sure() -> None:
    known = {query.id for query in catalogue()}
    rows = [row for row in paraphrases() if known.intersection(row.queries)]
    sure = [row for row in rows if matched(row.question).sure]
    share = sum(map(first, sure)) / len(sure)
    print(f"sure: {len(sure) / len(rows):.1%}, of which right: {share:.1%}")
    assert share >= 0.93


def test_parameters_are_read() -> None:
    rows = [row for row in paraphrases() if row.params and first(row)]
    share = sum(map(read, rows)) / len(rows)
    print(f"parameters right: {share:.1%} of {len(rows)} questions with the right query")
    assert share >= 0.95


def test_a_question_takes_few_steps(work: Callable[..., int]) -> None:
    """What is known of the queries and the policies is made once, not for each question."""
    matched(paraphrases()[0].question)
    steps = sorted(work(matcher().match, row.question, policies()) for row in paraphrases()[:20])
    assert steps[10] < 100_000


@pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.id)
def test_a_query_is_found_by_its_own_question(query: object) -> None:
    from privagraph.queries.catalogue import Query

    assert isinstance(query, Query)
    best = matched(query.question).best
    assert best is not None
    assert best.query.id == query.id
