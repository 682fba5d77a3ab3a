"""The templates of the HTML form, for the file and for pages that show a part of it.

A template with places is given a function that says where the words of an evidence can be read: the file has no such
place, a page that shows the policy itself has one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from privagraph.ontology.pages import template_environment
from privagraph.ontology.shown import one_line
from privagraph.shapes.reports.html_parts import slug
from privagraph.shapes.reports.wording import (
    SEVERITY_SIGNS,
    STATUS_MEANINGS,
    STATUS_SIGNS,
    counted,
    cut,
    is_link,
    words_of,
)
from privagraph.shapes.results import ItemStatus
from privagraph.shapes.rules import Rule, Severity, short_source

if TYPE_CHECKING:
    import jinja2

__all__ = ["asset", "templates"]


@cache
def templates() -> jinja2.Environment:
    """The environment of the templates in ``html_assets``."""
    environment = template_environment(asset)
    environment.globals.update(severities=list(Severity), statuses=list(ItemStatus))
    environment.filters.update(
        citation=short_source,
        cut=cut,
        counted=counted,
        in_brief=lambda evidence: words_of(evidence, around=80, longest=160),
        in_context=lambda evidence: words_of(evidence, around=600, longest=2000),
        local=lambda name: name.partition(":")[2] or name,
        meaning=STATUS_MEANINGS.__getitem__,
        quoted=lambda evidence: cut(one_line(evidence.quote), 90),
        rule_id=_rule_id,
        sign=lambda word: SEVERITY_SIGNS.get(word) or STATUS_SIGNS[word],
        slug=slug,
    )
    environment.tests["link"] = is_link
    return environment


@cache
def asset(name: str) -> str:
    """The text of a file of ``html_assets``.

    Args:
        name: Its name.
    """
    return (files("privagraph.shapes.reports") / "html_assets" / name).read_text("utf-8")


def _rule_id(rule: Rule) -> str:
    return f"rule-{slug(rule.name)}"
