"""The report as one page of HTML that loads nothing, works without its script, and prints.

The page is written from the templates of ``assets`` with Jinja's automatic escaping, for a policy holds whatever
somebody has published. Accessibility: https://www.w3.org/TR/WCAG22/. Content security policy:
https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from privagraph._version import __version__
from privagraph.browser import text as browser_text
from privagraph.ontology.pages import content_security, template_environment
from privagraph.report.naming import anchor, verb_phrase
from privagraph.report.parts import PolicyPart, Report
from privagraph.report.story import PARTS, figures, policy_story, report_story
from privagraph.shapes.reports.wording import SEVERITY_SIGNS, counted, cut

if TYPE_CHECKING:
    import jinja2

__all__ = ["html_pieces"]

_MANY = 20
"""With more policies the page is drawn part by part, and their list is folded."""

_HUES = {
    "data_category": "data",
    "purpose": "purpose",
    "legitimate_interest": "purpose",
    "legal_basis": "purpose",
    "recipient": "party",
    "source": "party",
    "controller": "party",
    "tracking_technology": "party",
    "transfer_destination": "where",
    "storage_location": "where",
    "transfer_safeguard": "where",
    "retention": "where",
}
"""What the words of a role are marked as; the others are ``other``."""


def html_pieces(report: Report) -> Iterator[str]:
    """The page, piece by piece.

    Args:
        report: The report.
    """
    templates = _templates()
    css = browser_text("house.css") + _asset("report.css")
    script = _asset("report.js")
    shared = {
        "report": report,
        "several": report.several,
        "checked": bool(report.checked),
        "explained": report.concepts.anchor,
        "many": len(report.shown) > _MANY,
        "left_out": len(report.policies) - len(report.shown),
    }
    # What names concepts is written before they are explained, at the end of the page.
    part = templates.get_template("policy.html.j2")
    policies = [
        Markup(part.render(policy=each, sentence=policy_story(each), lang=_lang(each), **shared))
        for each in report.shown
    ]
    evidence = templates.get_template("words.html.j2")
    words = [Markup(evidence.render(policy=each, lang=_lang(each), **shared)) for each in report.shown]
    several = templates.get_template("several.html.j2").render(**shared) if report.several else ""
    yield from templates.get_template("report.html.j2").generate(
        **shared,
        parts=[each for each in PARTS if report.checked or each[0] != "findings"],
        story=report_story(report),
        figures=figures(report),
        several_part=Markup(several),
        policies=policies,
        words=words,
        concepts=report.concepts.explained,
        security=content_security(css, script, pictures=True),
        css=Markup(css),
        script=Markup(script),
        version=__version__,
    )


def _lang(policy: PolicyPart) -> Markup:
    """The attribute for words in another language than the report's."""
    other = policy.language and not policy.language.lower().startswith("en")
    return Markup(' lang="{}"').format(policy.language) if other else Markup()


@cache
def _templates() -> jinja2.Environment:
    environment = template_environment(_asset)
    environment.filters.update(
        anchor=anchor,
        counted=counted,
        cut=cut,
        hue=lambda role: _HUES.get(role, "other"),
        phrase=lambda verb, modality, denied: verb_phrase(verb, modality, denied=denied),
        sentence=lambda text: text[:1].upper() + text[1:],
        sign=SEVERITY_SIGNS.__getitem__,
    )
    return environment


@cache
def _asset(name: str) -> str:
    return (files("privagraph.report") / "assets" / name).read_text("utf-8")
