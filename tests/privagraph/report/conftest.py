"""Reports on three invented policies, one of which holds what would break a careless page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from lxml import html

from privagraph.loaders.document import BlockKind
from privagraph.loaders.facts import Polarity, PolicyFacts, Role
from privagraph.loaders.quads import policy_quads
from privagraph.queries.store import GraphStore
from privagraph.report import Report, report_on
from privagraph.report.html import html_pieces
from privagraph.report.markdown import markdown_pieces

LONG = "Datenschutz" * 40
HOSTILE = (
    f"We share </style><script>alert('x')</script> {LONG}, עברית מימין לשמאל \u202e and 👩‍👩‍👧‍👦 photos with "
    "<img src=x onerror=alert(1)> | Partners [click](javascript:alert(1))."
)


@pytest.fixture(scope="session")
def report_store(sample_quads: tuple[Any, ...], policy_builder: Callable[..., Any]) -> Iterator[GraphStore]:
    """The two sample policies, and one with markup, two directions of writing, emoji and a word without end."""
    made = policy_builder("<b>evil</b>.txt", title="<script>alert('title')</script>")
    made.line("Sharing & <i>more</i>", BlockKind.HEADING, level=1)
    made.line(HOSTILE, heading=0)
    made.line("We do not sell <u>contacts</u>.", heading=0)
    name = made.mention(
        "<img src=x onerror=alert(1)> | Partners", Role.RECIPIENT, "dpv:ThirdParty", agent="<img src=x>"
    )
    photos = made.mention("👩‍👩‍👧‍👦 photos", Role.DATA_CATEGORY, "pd:Picture")
    word = made.mention(LONG, Role.DATA_CATEGORY)
    made.practice(HOSTILE, "dpv:Share", photos, word, name, condition="</style><script>alert('x')</script>")
    contacts = made.mention("<u>contacts</u>", Role.DATA_CATEGORY, "pd:Contact", polarity=Polarity.DENIED)
    made.practice("We do not sell <u>contacts</u>.", "pg:Sell", contacts, denied=True)
    graphs: dict[str, list[Any]] = {}
    for quad in (*sample_quads, *policy_quads(made.build(PolicyFacts()))):
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    with GraphStore.in_memory() as store:
        for policy, quads in graphs.items():
            store.write_policy(policy, quads)
        yield store


@pytest.fixture(scope="session")
def report(report_store: GraphStore) -> Report:
    """A report on all three, checked against one profile."""
    return report_on(report_store, profiles=["gdpr"], on=date(2026, 6, 1))


@pytest.fixture(scope="session")
def single(report_store: GraphStore) -> Report:
    """A report on one policy, without findings."""
    return report_on(report_store, policies=["lantern.html"], profiles=[])


@pytest.fixture(scope="session")
def page(report: Report) -> Any:
    """The page of the report on three policies, parsed."""
    return html.fromstring("".join(html_pieces(report)))


@pytest.fixture(scope="session")
def markdown(report: Report) -> str:
    """The report on three policies as Markdown."""
    return "".join(markdown_pieces(report))
