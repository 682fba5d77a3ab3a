"""What a model answered, checked against the form that it was asked for.

The check is by hand, because what is wrong with one passage must not cost the others: each passage of an answer is
accepted or refused alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Claim", "claims", "read_answer"]

_KEYS = frozenset({"role", "quote", "concept", "polarity"})
_MOST = 300
"""More mentions than this for one passage come from a model that repeats itself."""
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
"""A fence of Markdown, which models put around JSON when the server does not keep them from it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A mention as the model gave it, right in form and not yet checked against the text.

    Attributes:
        role: The name of the role.
        quote: The words.
        concept: What the model takes for the concept's CURIE, or None.
        denied: Whether the model says that the policy denies it.
    """

    role: str
    quote: str
    concept: str | None
    denied: bool


def read_answer(content: str, count: int) -> dict[int, Any]:
    """The usable parts of an answer.

    Args:
        content: What the model said.
        count: How many passages it was asked about, numbered from 1.

    Returns:
        For each passage with a usable answer its mentions as they came, which :func:`claims` reads; passages without
        one are missing.
    """
    fenced = _FENCE.match(content)
    try:
        said = json.loads(fenced[1] if fenced else content)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict) or set(said) != {"passages"} or not isinstance(said["passages"], list):
        return {}
    found: dict[int, Any] = {}
    doubled: set[int] = set()
    for passage in said["passages"]:
        if not isinstance(passage, dict) or set(passage) != {"id", "mentions"}:
            continue
        number = passage["id"]
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= count:
            continue
        if number in found:
            doubled.add(number)
        if claims(passage["mentions"]) is not None:
            found[number] = passage["mentions"]
    return {number: mentions for number, mentions in found.items() if number not in doubled}


def claims(mentions: object) -> tuple[Claim, ...] | None:
    """The mentions of a passage, or None when they are not of the form.

    Args:
        mentions: What stands at ``mentions`` in an answer, or in the cache.
    """
    if not isinstance(mentions, list) or len(mentions) > _MOST:
        return None
    found: list[Claim] = []
    for each in mentions:
        if not isinstance(each, dict) or set(each) != _KEYS:
            return None
        role, quote, concept, polarity = (each[name] for name in ("role", "quote", "concept", "polarity"))
        if not isinstance(role, str) or not isinstance(quote, str) or polarity not in ("affirmed", "denied"):
            return None
        if concept is not None and not isinstance(concept, str):
            return None
        found.append(Claim(role, quote, concept, polarity == "denied"))
    return tuple(found)
