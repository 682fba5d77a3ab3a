"""Names that a policy gives to data of its own: "your address and browser type (“Usage Data”)".

Where such a name comes again, it stands for the data of its definition. "Personal Data" is no such name: policies
define it in many ways, and mean all data by it.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.groups import Statement
from privagraph.loaders.extraction.outline import Outline
from privagraph.loaders.facts import Mention, Role

__all__ = ["defined_terms", "term_of"]

_TERM = r"[“\"](?P<term>(?!personal)(?-i:[A-Z])[\w' -]{1,40}\s(?:data|information|details))[”\"]"
_IN_BRACKETS = pattern(rf"\((?:[^()\n]{{0,30}}\s)?{_TERM}\)")
_MEANS = pattern(rf"\A\W{{0,3}}{_TERM}\s+(?:means|refers\s+to|includes|comprises|consists\s+of)\b")
_DETERMINER = pattern(r"\A(?:your|the|our|this|such|any|all)\s+")

_MOST = 60
"""So many mentions a name stands for, so that the time stays in line with the text."""


def term_of(words: str) -> str:
    """The words of a mention as a name is looked up: without article and quotation marks, in small letters."""
    return _DETERMINER.sub("", words.strip(" “”\"'")).casefold()


def defined_terms(outline: Outline) -> dict[str, list[Mention]]:
    """The data that each name stands for which a document gives; the first definition counts.

    Args:
        outline: The document, its statements read.
    """
    found: dict[str, list[Mention]] = {}
    for statements in list(outline.statements.values()):
        for statement in statements:
            for term, data in _definitions(statement):
                if data:
                    found.setdefault(term_of(term), data[:_MOST])
    return found


def _definitions(statement: Statement) -> list[tuple[str, list[Mention]]]:
    """The names that a sentence defines, each with its data."""
    at, data = statement.sentence.start, [m for m in statement.data() if m.role is Role.DATA_CATEGORY]
    found = [
        (match["term"], [m for m in data if m.start - at < match.start()])
        for match in _IN_BRACKETS.finditer(statement.text)
    ]
    if means := _MEANS.match(statement.text):
        found.append((means["term"], [m for m in data if m.start - at >= means.end("term")]))
    return found
