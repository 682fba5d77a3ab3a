"""A graph for exports of documents and tables: the sample policies, and one whose words are against its readers.

The hostile one begins cells like formulas, and has quotes, semicolons, backslashes, markup, emoji, Arabic and
characters that XML forbids. It also has what documents must get right: an exception in a practice, a denied right,
contacts without a controller, an obligation, retention with and without a length, several legal bases, a transfer with
a safeguard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph as ox
import pytest

from privagraph.loaders.facts import Modality, Polarity, Role
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import expand
from privagraph.queries.export import export
from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore

PUBLISHED = Path(__file__).parent / "published"


def _hostile(builder: Callable[..., Any]) -> list[ox.Quad]:
    made = builder("=cmd|' /C calc'!A0.txt", title='=HYPERLINK("https://evil.example"; "click")')
    made.line("=SUM(A1) We keep your “e-mail; address” and your بريد\\إلكتروني 📧 to <b>deliver</b> & more.")
    made.line("+We may share @names with Acme; Sons, but not with brokers, if you \"agree\"; 'twice'.")
    made.line("-We do not sell your e-mail address to anyone.")
    made.line("We must keep invoices for ten years and letters as long as the law asks.")
    made.line(
        "Data go to Japan under an adequacy decision, on our legitimate interest or your consent (Art. 6(1)(a) GDPR)."
    )
    made.line("You can object. There is no right to a copy. Complain to the authority. We decide by machine.")
    made.line("You have to give us your name, else nothing works.")

    mail = made.mention("“e-mail; address”", Role.DATA_CATEGORY, "pd:EmailAddress")
    arabic = made.mention("بريد\\إلكتروني 📧", Role.DATA_CATEGORY)
    deliver = made.mention("<b>deliver</b>", Role.PURPOSE, "dpv:DeliveryOfGoods")
    more = made.mention("& more", Role.PURPOSE)
    made.practice(
        "=SUM(A1) We keep your “e-mail; address” and your بريد\\إلكتروني 📧 to <b>deliver</b> & more.",
        "dpv:Store",
        *(mail, arabic, deliver, more),
        confidence=0.05,
    )
    names = made.mention("@names", Role.DATA_CATEGORY, "pd:Name")
    acme = made.mention("Acme; Sons", Role.RECIPIENT, "dpv:ThirdParty", agent="acme-sons", value="Acme; Sons")
    brokers = made.mention("brokers", Role.RECIPIENT, "dpv:ThirdParty", polarity=Polarity.DENIED)
    made.practice(
        "+We may share @names with Acme; Sons, but not with brokers, if you \"agree\"; 'twice'.",
        "dpv:Share",
        *(names, acme, brokers),
        modality=Modality.POSSIBLE,
        condition="if you \"agree\"; 'twice'",
        controller="acme-sons",
    )
    sold = made.mention(
        "e-mail address", Role.DATA_CATEGORY, "pd:EmailAddress", after="-We do", polarity=Polarity.DENIED
    )
    made.practice("-We do not sell your e-mail address to anyone.", "pg:Sell", sold, denied=True)
    invoices = made.mention("invoices", Role.DATA_CATEGORY, "pd:Transactional")
    years = made.mention("ten years", Role.RETENTION, "dpv:StorageDuration", value="P10Y")
    law = made.mention("as long as the law asks", Role.RETENTION)
    made.practice(
        "We must keep invoices for ten years and letters as long as the law asks.",
        "dpv:Store",
        *(invoices, years, law),
        modality=Modality.REQUIRED,
    )
    japan = made.mention("Japan", Role.TRANSFER_DESTINATION, "loc:JP", value="JP")
    decision = made.mention("an adequacy decision", Role.TRANSFER_SAFEGUARD, "eu-gdpr:AdequacyDecision")
    interest = made.mention("our legitimate interest", Role.LEGAL_BASIS, "dpv:LegitimateInterestOfController")
    consent = made.mention("your consent (Art. 6(1)(a) GDPR)", Role.LEGAL_BASIS, "dpv:Consent")
    made.practice(
        "Data go to Japan under an adequacy decision, on our legitimate interest or your consent (Art. 6(1)(a) GDPR).",
        "dpv:Transfer",
        *(japan, decision, interest, consent),
    )
    made.mention("You can object", Role.RIGHT, "eu-gdpr:A21")
    made.mention("no right to a copy", Role.RIGHT, "eu-gdpr:A15", polarity=Polarity.DENIED)
    made.mention("Complain to the authority", Role.RIGHT, "eu-gdpr:A77")
    made.mention("We decide by machine", Role.AUTOMATED_DECISION, "dpv:AutomatedDecisionMaking")
    name = made.mention("your name", Role.DATA_CATEGORY, "pd:Name")
    made.mention("else nothing works", Role.MANDATORY_PROVISION, "dpv:Required")
    made.practice("You have to give us your name, else nothing works.", "dpv:Collect", name)
    return list(policy_quads(made.build()))


@pytest.fixture(scope="package")
def policies(sample_quads: tuple[ox.Quad, ...], policy_builder: Callable[..., Any]) -> Iterator[GraphStore]:
    """The two sample policies and the hostile one; only for reading."""
    hostile = _hostile(policy_builder)
    home = hostile[0].graph_name
    assert isinstance(home, ox.NamedNode)
    for text in ("\x08 <![CDATA[ \r\n\ufffe", "line\rline", SPITE):
        hostile.append(ox.Quad(home, ox.NamedNode(expand("rdfs:comment")), ox.Literal(text), home))
    hostile.append(
        ox.Quad(home, ox.NamedNode(expand("schema:email")), ox.Literal("who@hostile.example"), home)
    )
    hostile.append(ox.Quad(home, ox.NamedNode(expand("schema:telephone")), ox.Literal("call me"), home))
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in (*sample_quads, *hostile):
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    with GraphStore.in_memory() as store:
        for policy, quads in graphs.items():
            store.write_policy(policy, quads)
        yield store


@pytest.fixture(scope="package")
def network_store(policies: GraphStore) -> Iterator[GraphStore]:
    """The policies, with an organisation whose name is against every format of networks; only for reading."""
    first = min(policies.policies())
    home, agent = ox.NamedNode(first), ox.NamedNode("https://example.org/id/agent/spite")
    said = {
        "rdf:type": ox.NamedNode(expand("dpv:Organisation")),
        "rdfs:label": ox.Literal(NASTY),
        "foaf:name": ox.Literal(NASTY),
        "dct:title": ox.Literal("x" * 40_000),
    }
    with GraphStore.in_memory() as store:
        for policy in policies.policies():
            quads = list(policies.quads(policy))
            if policy == first:
                quads += [
                    ox.Quad(agent, ox.NamedNode(expand(name)), value, home) for name, value in said.items()
                ]
                quads.append(ox.Quad(home, ox.NamedNode(expand("dpv:hasDataController")), agent, home))
            store.write_policy(policy, quads)
        yield store


@pytest.fixture(scope="package")
def network(network_store: GraphStore) -> networkx.MultiDiGraph[str]:
    """All of that as a network; only for reading."""
    return view(network_store, "full")


@pytest.fixture
def exported(network_store: GraphStore, tmp_path: Path) -> Callable[..., Path]:
    """Writes an export of the policies and the organisation, and says where."""

    def write(to: str, name: str = "export", **options: Any) -> Path:
        export(network_store, to, f"{tmp_path}/{name}", **options)
        return tmp_path / name

    return write


@pytest.fixture(scope="package")
def hostile(policies: GraphStore) -> str:
    """The IRI of the hostile policy."""
    ask = 'SELECT ?p { GRAPH ?p { ?p rdfs:comment "line\\rline" } }'
    (row,) = policies.query(ask)
    return str(row["p"].value)


@pytest.fixture
def written(policies: GraphStore, tmp_path: Path) -> Callable[..., Path]:
    """Writes an export of the policies, and says where."""

    def write(to: str, name: str = "export", **options: Any) -> Path:
        path = tmp_path / name
        export(policies, to, path, **options)
        return path

    return write


@pytest.fixture(scope="package")
def spite() -> str:
    return SPITE


SPITE = 'say "hi" \\N \\ {|} <b>&amp;\nnext; ünï 🦊 ひ\\'
NASTY = (
    SPITE
    + "]; end %%{init: {}}%% #quot; style:x#35; `**b**` \u0001\x7f 'it's' $1 {{x}} a:b; -- > "
    + "بريد\r\n\t- 1. \\u0041"
)
