"""What the documentation says of the rules, made from the shapes files: a page for each profile and rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.shapes.rules import Profile, Rule, profile, profiles, short_source

__all__ = ["profile_page", "rule_page", "rules_index"]


_LAST = re.compile(r" \.\n(?=\n|\Z)")
"""How the last statement about a shape ends."""


def profile_page(each: Profile) -> str:
    """The page of a profile, as Markdown: what it checks, and a table of its rules that leads to their pages.

    Args:
        each: The profile.
    """
    lines = [f"# {each.name}: {each.title}", "", each.description, ""]
    lines += ["| rule | severity | what must hold, and why | source |", "|---|---|---|---|"]
    for rule in each.rules:
        link = f"[`{rule.name}`]({_local(rule)}.md)"
        lines.append(f"| {link} | {rule.severity} | **{rule.title}.** {rule.reason} | {_sources(rule)} |")
    return "\n".join(lines) + "\n"


def rules_index() -> str:
    """All profiles as a Markdown table whose rows lead to their pages."""
    lines = ["| profile | rules | what it is about |", "|---|---|---|"]
    lines += [
        f"| [`{each.name}`]({each.name}/README.md) | {len(each.rules)} | {each.title} |"
        for each in profiles()
    ]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule, difference: str = "") -> str:
    """The page of a rule, as Markdown.

    Args:
        rule: The rule.
        difference: How a graph that fails differs from one that passes, as a unified diff; empty for none.
    """
    return "\n\n".join(_parts(rule, difference)) + "\n"


def _parts(rule: Rule, difference: str) -> Iterator[str]:
    yield f"# {rule.name}"
    yield f"**{rule.title}.** {rule.reason}"
    yield f"Severity: {rule.severity}. Source: {_sources(rule)}. {_applies(rule)}"
    yield f"## What a finding says\n\n{rule.message}"
    yield f"## What to do\n\n{rule.remedy}"
    if rule.passes:
        yield f"## Words that pass\n\n{_quoted(rule.passes)}"
    if rule.fails:
        yield f"## Words that fail\n\n{_quoted(rule.fails)}"
    if difference:
        yield f"## A graph that fails\n\nIts difference from one that passes:\n\n```diff\n{difference.rstrip()}\n```"
    yield f"## The shape\n\n```turtle\n{_shape(rule)}\n```"


def _applies(rule: Rule) -> str:
    if not rule.is_item:
        return "It looks at every policy."
    if rule.applies_when:
        return "It is asked for only where the policy itself shows that it applies."
    return "It is asked for in every policy."


def _sources(rule: Rule) -> str:
    return ", ".join(f"[{short_source(source)}]({source})" for source in rule.sources)


def _quoted(words: str) -> str:
    return "\n".join(f"> {line.strip()}" for line in words.strip().splitlines())


def _shape(rule: Rule) -> str:
    """The statements of the shape, as they stand in the file."""
    text = profile(rule.profile).turtle.decode()
    start = text.index(f"\n{rule.profile}:{_local(rule)} a ") + 1
    for end in _LAST.finditer(text, start):
        if text.count('"""', start, end.start()) % 2 == 0:  # not within the words of an example
            return text[start : end.end()].rstrip()
    return ""


def _local(rule: Rule) -> str:
    return rule.name.partition(":")[2]
