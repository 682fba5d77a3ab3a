"""What a rule asks for, why, and what to do; or which rules a profile has, in lines to read on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from privagraph.shapes.rules import Profile, Rule, profiles, rule_named, short_source

__all__ = ["explanation"]


def explanation(name: str) -> str:
    """The explanation of a rule, or the rules of a profile.

    Args:
        name: The rule's name, such as ``gdpr:right-access``, or the part after the colon, where no other rule has
            it; or the name of a profile.

    Raises:
        ProfileError: There is no such rule, or there are several; the error names them.
    """
    named = {each.name: each for each in profiles()}.get(name.lower())
    return "\n".join(_lines(rule_named(name)) if named is None else _rules(named))


def _rules(profile: Profile) -> Iterator[str]:
    yield f"{profile.name}: {profile.title}; `privagraph validate --explain RULE` says more of each rule"
    width = max(len(rule.name) for rule in profile.rules)
    for rule in profile.rules:
        yield f"  {rule.severity:<7}  {rule.name:<{width}}  {rule.title}"


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.severity})"
    parts = {
        "asks": rule.title,
        "why": rule.reason,
        "finding": _without_places(rule.message),
        "remedy": rule.remedy,
        "passes": rule.passes and f"“{rule.passes}”",
        "fails": rule.fails and f"“{rule.fails}”",
    }
    for label, text in parts.items():
        if text:
            yield _part(label, " ".join(text.split()))
    for number, source in enumerate(rule.sources):
        yield f"  {'source' if number == 0 else '':<8}  {short_source(source)}"
        yield f"  {'':<8}  {source}"
    if rule.page:
        yield f"  {'page':<8}  {rule.page}"


def _without_places(message: str) -> str:
    """The message with three dots where the words of a policy come in."""
    return re.sub(r"\{\?\w+\}", "…", message.removesuffix("{?note}"))


def _part(label: str, text: str) -> str:
    return click.wrap_text(text, width=100, initial_indent=f"  {label:<8}  ", subsequent_indent=" " * 12)
