"""Names of attributes, classes and relations for formats that allow letters, digits and underscores alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

__all__ = ["camel", "constant", "distinct", "snake"]

_WORDS = re.compile(r"[A-Za-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def camel(name: str) -> str:
    """A name in letters and digits alone.

    Example:
        >>> camel("dct:title@en")
        'dctTitleEn'
    """
    first, *others = _WORDS.findall(name) or ["x"]
    joined = first + "".join(word[0].upper() + word[1:] for word in others)
    return joined if joined[0].isalpha() else f"x{joined}"


def snake(name: str) -> str:
    """A name in letters, digits and underscores, its capitals kept.

    Example:
        >>> snake("dct:title@en")
        'dct_title_en'
    """
    joined = "_".join(_WORDS.findall(name)) or "x"
    return joined if joined[0].isalpha() else f"x_{joined}"


def constant(name: str) -> str:
    """A property's CURIE as the type of a relationship, without its prefix.

    Example:
        >>> constant("dpv:hasPersonalData")
        'HAS_PERSONAL_DATA'
    """
    return snake(_HUMP.sub("_", name.rpartition(":")[2])).upper()


def distinct(
    names: Iterable[str], make: Callable[[str], str], *, taken: Iterable[str] = ()
) -> dict[str, str]:
    """A new name for each name, no two alike.

    Args:
        names: The names; their order does not matter.
        make: Makes a new name of one; where that is taken, a number is added.
        taken: Names that no name may get.

    Example:
        >>> distinct(["a:b", "a.b"], snake)
        {'a.b': 'a_b', 'a:b': 'a_b2'}
    """
    found: dict[str, str] = {}
    used = {name.casefold() for name in taken}
    for name in sorted(set(names)):
        made, number = make(name), 1
        while made.casefold() in used:
            number += 1
            made = f"{make(name)}{number}"
        used.add(made.casefold())
        found[name] = made
    return found
