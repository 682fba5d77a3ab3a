"""Of whose data a sentence speaks, where it is not everybody's: children's or students'.

A promise about them is compared with what is done with their data, and with nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from privagraph.ontology.memory import Remembered

__all__ = ["EVERYBODY", "People", "people_of", "same_people"]

_CHILDREN = (
    r"(?:child(?:ren)?|minors?|kids?|(?:anyone|persons?|people|individuals|users?|visitors|those)\s+(?:who\s+(?:is|are)\s+)?"
    r"(?:under|below|younger))"
)
_STUDENTS = r"(?:students?|pupils?|learners?)"
_AGE = re.compile(
    r"\b(?:under|below|younger\s+than|age\s+of|aged?)\s+(?:the\s+age\s+of\s+)?\(?(\d\d)\b", re.IGNORECASE
)


def _theirs(nouns: str) -> re.Pattern[str]:
    """Words for data that belong to some people, not for people who get data."""
    return re.compile(
        rf"""
        \b{nouns}(?:['’]s?)(?!\w)
      | \b{nouns}\s+(?:personal\s+|account\s+)?(?:data|information|details|records?|names?|e-?mail
          |address(?:es)?|accounts?|profiles?)\b
      | \b(?:of|from|about|on|concerning|regarding|relating\s+to)\s+
          (?:(?:an?|any|all|our|the|your|their|these|those|young)\s+){{0,2}}{nouns}(?!\w)
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_GROUPS = {"children": _theirs(_CHILDREN), "students": _theirs(_STUDENTS)}


@dataclass(frozen=True, slots=True)
class People:
    """Some people whom a statement is about alone.

    Attributes:
        groups: What they are called; empty for everybody.
        ages: The ages that tell them from others.
    """

    groups: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()


EVERYBODY = People()
"""All people."""


def people_of(sentence: str) -> People:
    """The people whose data a sentence is about.

    Example:
        >>> sorted(people_of("We never share the names of pupils.").groups)
        ['students']
        >>> people_of("We share your name with pupils.") == EVERYBODY
        True
    """
    return _people(sentence)


@Remembered
def _people(sentence: str) -> People:
    groups = frozenset(group for group, pattern in _GROUPS.items() if pattern.search(sentence))
    return People(groups, frozenset(_AGE.findall(sentence))) if groups else EVERYBODY


def same_people(promised: People, done: People) -> bool:
    """Whether a promise about some people speaks of those with whose data something is done."""
    if not promised.groups & done.groups:
        return False
    return not promised.ages or not done.ages or promised.ages == done.ages
