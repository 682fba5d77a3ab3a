"""The policies of a graph as a list that is searched, narrowed, sorted and paged, as its address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from privagraph.web.links import page_number
from privagraph.web.policies import PolicyCard

__all__ = ["COLUMNS", "PAGE_SIZE", "Column", "Listed", "Wanted", "languages_of", "listed"]

PAGE_SIZE = 50
"""How many policies a page lists."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column by which the list can be sorted.

    Attributes:
        name: Its name in addresses.
        title: Its heading.
        value: What of a policy it shows.
        is_number: Whether that is a number; then the largest come first at the first click.
        note: What the heading means.
    """

    name: str
    title: str
    value: Callable[[PolicyCard], Any]
    is_number: bool = False
    note: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("name", "Policy", lambda card: card.name.casefold()),
    Column("file", "File", lambda card: tuple(each.casefold() for each in card.sources)),
    Column("language", "Language", lambda card: card.language),
    Column("effective", "In force", lambda card: card.effective, note="The day from which it says it holds"),
    Column("updated", "Changed", lambda card: card.updated, note="The day of its last change"),
    Column("practices", "Practices", lambda card: card.practices, True, "What it says is done with data"),
    Column("denials", "Denials", lambda card: card.denials, True, "What it says is not done"),
    Column("open", "No concept", lambda card: card.ungrounded, True, "Mentions that no concept fits"),
)
"""The columns, in their order."""

_BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is wanted.

    Attributes:
        words: Each of these words is in the name, title, file or IRI of a policy that is listed.
        language: Tag of their language; any when empty.
        versions: ``current`` leaves out those that were replaced; all when empty.
        sort: Name of the column to sort by; the order of the files when empty.
        down: Whether the largest come first.
        page: The page, from 1.
    """

    words: str = ""
    language: str = ""
    versions: str = ""
    sort: str = ""
    down: bool = False
    page: int = 1

    @classmethod
    def read(
        cls, *, words: str = "", language: str = "", versions: str = "", sort: str = "", page: str = ""
    ) -> Wanted:
        """What an address asks for; what makes no sense in it is passed over."""
        name = sort.removeprefix("-")
        return cls(
            words=" ".join(words.split())[:_LONGEST],
            language=language,
            versions="current" if versions == "current" else "",
            sort=name if name in _BY_NAME else "",
            down=sort.startswith("-") and name in _BY_NAME,
            page=page_number(page),
        )

    @property
    def order(self) -> str:
        """The column to sort by as addresses say it, with a minus where the largest come first."""
        return f"-{self.sort}" if self.down else self.sort

    def url(self, **changes: object) -> str:
        """The address of the list with something else wanted; its first page unless a page is named."""
        other = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # checked by the class
        asked = {
            "q": other.words,
            "language": other.language,
            "versions": other.versions,
            "sort": other.order,
            "page": str(other.page) if other.page > 1 else "",
        }
        given = {name: value for name, value in asked.items() if value}
        return "/" + ("?" + urlencode(given) if given else "")

    def sorted_by(self, column: Column) -> str:
        """The address of the list sorted by a column; the other way round where it is sorted by it."""
        down = not self.down if self.sort == column.name else column.is_number
        return self.url(sort=column.name, down=down)

    def direction(self, column: Column) -> str:
        """How the list is sorted by a column, as ``aria-sort`` says it; empty where it is not."""
        if self.sort != column.name:
            return ""
        return "descending" if self.down else "ascending"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list.

    Attributes:
        cards: The policies on it.
        found: How many policies fit, on all pages.
        wanted: What was wanted; its page is one that there is.
        pages: How many pages there are, at least one.
    """

    cards: tuple[PolicyCard, ...]
    found: int
    wanted: Wanted
    pages: int

    @property
    def first(self) -> int:
        """The number of the first policy on the page, from 1."""
        return (self.wanted.page - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        """The number of the last policy on the page."""
        return self.first + len(self.cards) - 1


def listed(cards: Iterable[PolicyCard], wanted: Wanted) -> Listed:
    """The page of the list that is wanted.

    Args:
        cards: All policies, in the order of their files.
        wanted: What is wanted.
    """
    fitting = [card for card in cards if _fits(card, wanted)]
    if wanted.sort:
        column = _BY_NAME[wanted.sort]
        fitting.sort(key=column.value, reverse=wanted.down)
        fitting.sort(key=lambda card: column.value(card) in ("", ()))  # what is not known comes last
    pages = max(1, -(-len(fitting) // PAGE_SIZE))
    page = min(wanted.page, pages)
    shown = fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Listed(tuple(shown), len(fitting), replace(wanted, page=page), pages)


def languages_of(cards: Sequence[PolicyCard]) -> tuple[tuple[str, int], ...]:
    """The languages of policies, each with the number of policies, the most frequent first."""
    counted = Counter(card.language for card in cards if card.language)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _fits(card: PolicyCard, wanted: Wanted) -> bool:
    if wanted.language and card.language != wanted.language:
        return False
    if wanted.versions == "current" and card.newer:
        return False
    return card.holds(wanted.words)
