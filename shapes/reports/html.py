"""The HTML form: one file that loads nothing, for people in a browser.

The page is written from templates of ``html_assets`` with Jinja's automatic escaping, for a policy holds whatever
somebody has published. A content security policy allows the file's own style and script alone, by their hashes.
Without the script everything is there; with it the findings can be filtered and the tables sorted.

Accessibility: https://www.w3.org/TR/WCAG22/. Content security policy: https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TextIO

from privagraph._version import __version__
from privagraph.browser import text
from privagraph.ontology.pages import content_security, template_environment
from privagraph.ontology.shown import one_line
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.html_parts import PolicyPart, matrices, policy_parts, rows, slug
from privagraph.shapes.reports.known import baseline_lines
from privagraph.shapes.reports.wording import (
    SEVERITY_SIGNS,
    STATUS_MEANINGS,
    STATUS_SIGNS,
    counted,
    counts_of,
    cut,
    gravity,
    is_link,
    item_profiles,
    summary,
    words_of,
)
from privagraph.shapes.results import ItemStatus, ValidationReport
from privagraph.shapes.rules import Rule, Severity, short_source

if TYPE_CHECKING:
    import jinja2

__all__ = ["write_html"]

_LARGEST = 24_000_000
"""How many characters of policies the file may hold; a browser still opens it within seconds."""
_MOST = 2000
"""How many policies the file may hold."""


def write_html(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as one HTML file."""
    from markupsafe import Markup

    templates = _templates()
    policies = list(policy_parts(report, context))
    shown = _rendered(report, policies)
    css, script = text("house.css") + _asset("report.css"), _asset("report.js")
    table = rows(report, policies, shown)
    several = len(policies) > 1
    matrix = templates.get_template("matrix.html.j2")
    page = templates.get_template("report.html.j2").generate(
        report=report,
        summary=summary(report),
        known=list(baseline_lines(report, context.baseline)),
        counts=counts_of(report.findings).items(),
        broken=report.by_rule(),
        several=several,
        table=table,
        item_profiles=[profile.name for profile, _ in item_profiles(report)],
        matrices=(Markup(matrix.render(matrix=each)) for each in matrices(report, policies, table))
        if several
        else (),
        policies=[Markup(shown[part.id]) for part in policies if part.id in shown],
        left_out=len(policies) - len(shown),
        security=content_security(css, script, pictures=True),
        css=Markup(css),
        script=Markup(script),
        version=__version__,
    )
    stream.writelines(page)


def _rendered(report: ValidationReport, policies: Sequence[PolicyPart]) -> dict[str, str]:
    """The policies as HTML by their ids: all where they fit, else those with the most errors."""
    template = _templates().get_template("policy.html.j2")
    found: dict[str, str] = {}
    room = _LARGEST
    pairs = zip(policies, report.policies, strict=True)
    gravest = sorted(pairs, key=lambda pair: gravity(pair[1]), reverse=True)
    for part, _ in gravest[:_MOST]:
        made = template.render(policy=part)
        room -= len(made)
        if room < 0 and found:
            break
        found[part.id] = made
    return found


@cache
def _templates() -> jinja2.Environment:
    environment = template_environment(_asset)
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
def _asset(name: str) -> str:
    return (files("privagraph.shapes.reports") / "html_assets" / name).read_text("utf-8")


def _rule_id(rule: Rule) -> str:
    return f"rule-{slug(rule.name)}"
