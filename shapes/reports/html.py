"""The HTML form: one file that loads nothing, for people in a browser.

The page is written from templates of ``html_assets`` with Jinja's automatic escaping, for a policy holds whatever
somebody has published. A content security policy allows the file's own style and script alone, by their hashes.
Without the script everything is there; with it the findings can be filtered and the tables sorted.

Accessibility: https://www.w3.org/TR/WCAG22/. Content security policy: https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from privagraph._version import __version__
from privagraph.browser import text
from privagraph.ontology.pages import content_security
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.html_parts import PolicyPart, matrices, policy_parts, rows
from privagraph.shapes.reports.html_templates import asset, templates
from privagraph.shapes.reports.known import baseline_lines
from privagraph.shapes.reports.wording import counts_of, gravity, item_profiles, summary
from privagraph.shapes.results import ValidationReport

__all__ = ["write_html"]

_LARGEST = 24_000_000
"""How many characters of policies the file may hold; a browser still opens it within seconds."""
_MOST = 2000
"""How many policies the file may hold."""


def write_html(report: ValidationReport, stream: TextIO, context: ReportContext) -> None:
    """Write the report as one HTML file."""
    from markupsafe import Markup

    environment = templates()
    policies = list(policy_parts(report, context))
    shown = _rendered(report, policies)
    css, script = text("house.css") + asset("parts.css") + asset("report.css"), asset("report.js")
    table = rows(report, policies, shown)
    several = len(policies) > 1
    matrix = environment.get_template("matrix.html.j2")
    page = environment.get_template("report.html.j2").generate(
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
    template = templates().get_template("policy.html.j2")
    found: dict[str, str] = {}
    room = _LARGEST
    pairs = zip(policies, report.policies, strict=True)
    gravest = sorted(pairs, key=lambda pair: gravity(pair[1]), reverse=True)
    for part, _ in gravest[:_MOST]:
        made = template.render(policy=part, places=None, address=None)
        room -= len(made)
        if room < 0 and found:
            break
        found[part.id] = made
    return found
