"""What a rule asks for, why, and what to do, in lines to read on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

import click

from privagraph.shapes.rules import Rule, rule_named, short_source

__all__ = ["explanation"]


def explanation(name: str) -> str:
    """The explanation of a rule.

    Args:
        name: Its name, such as ``gdpr:right-access``, or the part after the colon, where no other rule has it.

    Raises:
        ProfileError: There is no such rule, or there are several; the error names them.
    """
    return "\n".join(_lines(rule_named(name)))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.name} ({rule.severity})"
    parts = {
        "asks": rule.title,
        "why": rule.reason,
        "finding": rule.message,
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


def _part(label: str, text: str) -> str:
    return click.wrap_text(text, width=100, initial_indent=f"  {label:<8}  ", subsequent_indent=" " * 12)
