"""Rights in a row: the quick way finds what the plain definition finds, and looks at neighbours only."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from privagraph.loaders.facts import Mention, Role
from privagraph.loaders.tagging import rows
from privagraph.ontology.namespaces import expand

TOKENS = (*"acox", "and", "AND", "or", "and/or", "to", ",", ", ", "  ", " ", " ", ".", "\n", "/")
CONCEPTS = tuple(expand(f"eu-gdpr:{article}") for article in ("A15", "A16", "A17", "A18", "A21"))


def overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def plain_coordinated(text: str, kept: Sequence[Mention], doubted: Sequence[Mention]) -> Iterator[Mention]:
    rights = [each for each in kept if each.role is Role.RIGHT and each.concept in rows._ONE_OBJECT]
    doubted = [each for each in doubted if each.concept in rows._ONE_OBJECT]
    for mention in doubted:
        beside = [other.confidence for other in rights if overlap(other, mention)]
        if beside and rows._AND.search(text, mention.start, mention.end):
            yield replace(mention, confidence=max(beside))
        elif len({other.concept for other in doubted if overlap(other, mention)}) >= 3:
            yield mention


def plain_in_a_row(text: str, kept: Sequence[Mention], doubted: Sequence[Mention]) -> Iterator[Mention]:
    rights = [each for each in kept if each.role is Role.RIGHT]
    forwards = sorted(doubted, key=lambda mention: (mention.start, mention.end))
    for mention in (*forwards, *reversed(forwards)):
        near = [
            other.confidence
            for other in rights
            if other.concept != mention.concept
            and any(
                first.end < second.start and rows._ROW.fullmatch(text, first.end, second.start)
                for first, second in ((mention, other), (other, mention))
            )
        ]
        if near and not any(other.concept == mention.concept and overlap(other, mention) for other in rights):
            rights.append(replace(mention, confidence=min(near)))
            yield rights[-1]


def drawn(dice: random.Random) -> tuple[str, list[Mention], list[Mention]]:
    """A text, and rights and others anywhere in it: kept ones and doubted ones."""
    tokens = dice.choices(TOKENS, k=dice.randrange(4, 60))
    text = "".join(tokens)
    edges = [len("".join(tokens[:number])) for number in range(len(tokens) + 1)]
    if dice.random() < 0.3:
        edges = [*range(len(text) + 1)]
    made = []
    for _ in range(dice.randrange(2, 16)):
        first = dice.randrange(len(edges))
        last = min(len(edges) - 1, first + dice.choice((0, 1, 1, 1, 1, 2, 3, 8)))
        role = dice.choice((Role.RIGHT, Role.RIGHT, Role.RIGHT, Role.PURPOSE))
        concept = dice.choice((*CONCEPTS, None))
        made.append(Mention(edges[first], edges[last], role, concept, confidence=dice.random()))
    doubted = [replace(each, role=Role.RIGHT) for each in made if dice.random() < 0.6]
    return text, [each for each in made if dice.random() < 0.6], doubted


def test_the_quick_way_finds_what_the_plain_one_does() -> None:
    dice, found = random.Random(7), [0, 0]
    for _ in range(2000):
        text, kept, doubted = drawn(dice)
        coordinated = list(plain_coordinated(text, kept, doubted))
        in_a_row = list(plain_in_a_row(text, kept, doubted))
        assert list(rows.coordinated(text, kept, doubted)) == coordinated, (text, kept, doubted)
        assert list(rows.in_a_row(text, kept, doubted)) == in_a_row, (text, kept, doubted)
        found[0] += len(coordinated)
        found[1] += len(in_a_row)
    assert min(found) > 200  # they are not all of nothing


def test_each_right_is_looked_at_beside_its_neighbours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    class Counting:
        def fullmatch(self, *given: object) -> re.Match[str] | None:
            nonlocal looks
            looks += 1
            return row.fullmatch(*given)  # type: ignore[arg-type]

    row = rows._ROW
    monkeypatch.setattr(rows, "_ROW", Counting())
    unit = "You may correct it, erase it. "
    text = unit * 300
    kept = [Mention(at + 8, at + 18, Role.RIGHT, CONCEPTS[1]) for at in range(0, len(text), len(unit))]
    doubted = [Mention(at + 20, at + 28, Role.RIGHT, CONCEPTS[2]) for at in range(0, len(text), len(unit))]
    assert len(list(rows.in_a_row(text, kept, doubted))) == 300
    assert looks == 300
