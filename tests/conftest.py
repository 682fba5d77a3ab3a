"""Fixtures that several test folders share: hand-made policies, as an extractor would hand them over.

``sample_policy`` is a shop, ``other_policy`` a school service; both were invented for these tests. Between
them they hold what the graph has to get right: affirmed, possible and denied practices, a condition, words
that no concept fits, named organisations, a retention period, a transfer, rights, contacts, a table, a nested
list, and characters beyond ASCII before and inside the spans.

``sparql_server`` and ``loaded`` are SPARQL servers of another make, Oxigraph's program.

``listening`` is another computer that waits to be asked.

``work`` and ``patience`` are for tests of speed: the first counts steps, for a clock says more about the machine; the
second is a clock all the same, which ends what would take minutes.

``served_graph`` and ``server`` are for the tests of the pages: the examples and ``hostile.txt``, whose words are HTML
that must never run, with a file name to match.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import FrameType

import psutil
import pyoxigraph
import pytest

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, PolicyFacts, Practice, Role
from privagraph.loaders.quads import policy_quads
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries.endpoints.addresses import address_of
from privagraph.queries.endpoints.connection import Connection
from privagraph.queries.endpoints.loading import load_graph
from privagraph.queries.endpoints.record import graph_digest
from privagraph.queries.store import GraphStore
from privagraph.queries.vocabulary import vocabulary_graph

TESTS = Path(__file__).resolve().parent
OXIGRAPH = Path(sys.executable).parent / "oxigraph"
PATIENCE = 90
HOSTILE_NAME = 'hostile <b> & "co".txt'
PAGES = {
    "overview": "/",
    "policy": "/policies/{small}",
    "policy from a page": "/policies/{large}",
    "policy of markup": "/policies/{hostile}",
    "policy at words": "/policies/{large}?at=200-240#at",
    "policy, one role": "/policies/{hostile}?role=data_category",
    "policy, a mention": "/policies/{hostile}?mention={mention}",
    "policy, a practice": "/policies/{hostile}?practice={practice}",
    "explorer": "/explorer",
    "explorer, a policy": "/explorer?policy={hostile}",
    "explorer, a node": "/explorer?node=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress&hops=2",
    "questions": "/questions",
    "question": "/questions/practices",
    "question, a concept": "/questions/evidence-of?concept=pd%3AEmailAddress",
    "editor": "/query",
    "editor, a query": "/query?query=SELECT+*+%7B+%3Fpolicy+dct%3Atitle+%3Ftitle+%7D",
    "validation": "/validation",
    "validation, a policy": "/validation?policy={hostile}&profile=gdpr",
    "compare": "/compare",
    "compare, three": "/compare?policy={small}&policy={large}&policy={hostile}",
    "upload": "/upload",
    "resource": "/resource?iri={iri}",
    "resource, a practice": "/resource?iri={practice}",
    "resource, a concept": "/resource?iri=https%3A%2F%2Fw3id.org%2Fdpv%2Fpd%23EmailAddress",
    "endpoint": "/sparql",
    "about the graph": "/void",
}
"""Every page, at addresses that readers hand on; what stands in braces is known once the graph is there."""


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_auto_num_workers() -> int | None:
    """How many processes ``-n auto`` starts: three for two processors, since many tests wait for others or the disk."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept in the user's cache folder is neither used nor changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Java as it starts soonest: runs of the reasoner are short here, and half their time goes into compiling."""
    java = shutil.which("java")
    with pytest.MonkeyPatch.context() as patched:
        if java is not None and os.name != "nt":
            program = tmp_path_factory.mktemp("java") / "java"
            options = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
            program.write_text(f'#!/bin/sh\nexec {shlex.quote(java)} {options} "$@"\n', "utf-8")
            program.chmod(0o755)
            patched.setenv("PATH", str(program.parent), prepend=os.pathsep)
        yield


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as they need, whatever the width of the terminal that tests are run from."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="session")
def work() -> Callable[..., int]:
    """Counts the steps of a call: lines and loops of Python, and calls, of Python and of C.

    The number is the same however fast or busy the machine, and differs a little between versions of Python; so
    tests of speed compare steps, and leave room where they name a number.
    What happens within one call of C counts as one step: for regular expressions see ``patience``.
    """

    def counted(call: Callable[..., object], *arguments: object) -> int:
        steps = 0

        def line(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
            nonlocal steps
            steps += 1
            return line

        def profile(frame: FrameType, event: str, argument: object) -> None:
            nonlocal steps
            steps += event == "c_call"

        before = sys.gettrace(), sys.getprofile()
        gc.disable()  # or finalisers of other tests would count
        sys.settrace(line)
        sys.setprofile(profile)
        try:
            call(*arguments)
        finally:
            sys.setprofile(before[1])
            sys.settrace(before[0])
            gc.enable()
        return steps

    return counted


@pytest.fixture(scope="session")
def patience() -> Callable[[], AbstractContextManager[None]]:
    """Ends what takes minutes: for regular expressions that search back and forth, whose steps cannot be counted.

    A test gives them a text that takes a second or two where all is well, and else far longer than the limit: nobody's
    machine decides whether it passes.
    """

    def ended(number: int, frame: FrameType | None) -> None:
        pytest.fail(f"took more than {PATIENCE} seconds of processor time")

    @contextmanager
    def limited() -> Iterator[None]:
        before = signal.signal(signal.SIGPROF, ended)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    return limited


class PolicyBuilder:
    """Builds a :class:`MappedPolicy` from lines of text, naming spans by their words."""

    def __init__(
        self, source: str, *, title: str | None = None, language: str = "en", url: str | None = None
    ) -> None:
        self.source, self.title, self.language, self.url = source, title, language, url
        self.text = ""
        self.blocks: list[Block] = []
        self.mentions: list[Mention] = []
        self.practices: list[Practice] = []

    def line(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, **layout: int | None) -> int:
        """Add a block; returns its index."""
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += text
        self.blocks.append(Block(kind, start, len(self.text), **layout))  # type: ignore[arg-type]  # by name
        return len(self.blocks) - 1

    def place(self, quote: str, after: str = "") -> tuple[int, int]:
        """Where the words stand; ``after`` names words that come before them."""
        start = self.text.index(quote, self.text.index(after) if after else 0)
        return start, start + len(quote)

    def mention(
        self,
        quote: str,
        role: Role,
        concept: str | None = None,
        *,
        after: str = "",
        polarity: Polarity = Polarity.AFFIRMED,
        confidence: float = 0.9,
        value: str | None = None,
        agent: str | None = None,
    ) -> Mention:
        """Add a mention; the concept is a CURIE."""
        start, end = self.place(quote, after)
        iri = expand(concept) if concept else None
        found = Mention(start, end, role, iri, polarity, confidence, value, agent)
        self.mentions.append(found)
        return found

    def practice(
        self,
        sentence: str,
        processing: str,
        *arguments: Mention,
        denied: bool = False,
        modality: Modality = Modality.ASSERTED,
        condition: str | None = None,
        controller: str | None = None,
        confidence: float = 0.8,
    ) -> Practice:
        """Add a practice that a sentence states."""
        start, end = self.place(sentence)
        made = Practice(
            processing=expand(processing),
            start=start,
            end=end,
            polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
            modality=modality,
            condition=self.place(condition, sentence) if condition else None,
            controller=controller,
            arguments=tuple(sorted(arguments, key=lambda each: (each.start, each.role))),
            confidence=confidence,
        )
        self.practices.append(made)
        return made

    def document(self) -> Document:
        """The document alone."""
        return Document(
            text=self.text,
            blocks=tuple(self.blocks),
            source=self.source,
            media_type="text/html" if self.source.endswith("html") else "text/plain",
            input_hash=hashlib.sha256(self.text.encode()).hexdigest(),
            title=self.title,
            language=self.language,
            encoding="utf-8",
            url=self.url,
        )

    def build(self, facts: PolicyFacts | None = None) -> MappedPolicy:
        """The policy with all that was added."""
        return MappedPolicy(
            document=self.document(),
            facts=facts or PolicyFacts(),
            mentions=tuple(sorted(self.mentions, key=lambda each: (each.start, each.end, each.role))),
            practices=tuple(sorted(self.practices, key=lambda each: (each.start, each.end))),
            extractor="by-hand/1",
        )


@pytest.fixture(scope="session")
def policy_builder() -> Callable[..., PolicyBuilder]:
    """The class that builds policies by hand."""
    return PolicyBuilder


@pytest.fixture(scope="session")
def sample_policy() -> MappedPolicy:
    """The policy of Lantern Books, an invented shop."""
    made = PolicyBuilder(
        "lantern.html", title="Privacy at Lantern Books 📚", url="https://lantern.example/privacy"
    )
    made.line("Privacy at Lantern Books 📚", BlockKind.HEADING, level=1)
    made.line(
        "Lantern Books Ltd runs this shop. In force since 1 March 2024, last changed on 5 May 2024.",
        heading=0,
    )
    section = made.line("What we collect 🧾", BlockKind.HEADING, level=2, heading=0)
    made.line(
        "When you order, we collect your e-mail address and your café club number to deliver books.",
        heading=section,
    )
    intro = made.line("If you agree, we may also use:", heading=section)
    item = made.line(
        "where you are 📍, to show offers nearby;", BlockKind.LIST_ITEM, level=1, heading=section, intro=intro
    )
    made.line(
        "what you browse, to measure the shop with Google Analytics.",
        BlockKind.LIST_ITEM,
        level=2,
        heading=section,
        intro=item,
    )
    made.line("We do not sell your e-mail address to advertisers.", heading=section)
    sharing = made.line("Who receives data", BlockKind.HEADING, level=2, heading=0)
    made.line(
        "To print labels we disclose your postal address to couriers in Switzerland under standard "
        "contractual clauses, because the contract with you needs it.",
        heading=sharing,
    )
    head = made.line("Data", BlockKind.TABLE_CELL, table=0, row=0, column=0, heading=sharing)
    made.line("Kept for", BlockKind.TABLE_CELL, table=0, row=0, column=1, heading=sharing)
    row = made.line(
        "Invoices", BlockKind.TABLE_CELL, table=0, row=1, column=0, column_header=head, heading=sharing
    )
    made.line("ten years", BlockKind.TABLE_CELL, table=0, row=1, column=1, row_header=row, heading=sharing)
    made.line(
        "Data travels encrypted. You may ask for a copy of your data. Reach us at privacy@lantern.example.",
        heading=sharing,
    )
    made.line("Our data protection officer answers at dpo@lantern.example.", heading=sharing)

    made.mention(
        "Lantern Books Ltd",
        Role.CONTROLLER,
        "dpv:DataController",
        value="Lantern Books Ltd",
        agent="lantern-books",
    )
    email = made.mention("e-mail address", Role.DATA_CATEGORY, "pd:EmailAddress")
    club = made.mention("café club number", Role.DATA_CATEGORY, confidence=0.55)
    deliver = made.mention("deliver books", Role.PURPOSE, "dpv:DeliveryOfGoods")
    made.practice(
        "When you order, we collect your e-mail address and your café club number to deliver books.",
        "dpv:Collect",
        email,
        club,
        deliver,
    )
    place = made.mention("where you are 📍", Role.DATA_CATEGORY, "pd:Location")
    offers = made.mention("show offers nearby", Role.PURPOSE, "dpv:Advertising")
    consent = made.mention("you agree", Role.LEGAL_BASIS, "dpv:Consent")
    made.practice(
        "where you are 📍, to show offers nearby;",
        "dpv:Use",
        place,
        offers,
        consent,
        modality=Modality.POSSIBLE,
    )
    browse = made.mention("what you browse", Role.DATA_CATEGORY, "pd:BrowsingBehaviour")
    measure = made.mention("measure the shop", Role.PURPOSE, "dpv:OptimisationForController")
    analytics = made.mention(
        "Google Analytics", Role.RECIPIENT, "dpv:DataProcessor", agent="google-analytics"
    )
    made.practice(
        "what you browse, to measure the shop with Google Analytics.",
        "dpv:Use",
        browse,
        measure,
        analytics,
        consent,
        modality=Modality.POSSIBLE,
    )
    sold = made.mention(
        "e-mail address",
        Role.DATA_CATEGORY,
        "pd:EmailAddress",
        after="We do not sell",
        polarity=Polarity.DENIED,
    )
    buyers = made.mention("advertisers", Role.RECIPIENT, "dpv:ThirdParty", polarity=Polarity.DENIED)
    made.practice("We do not sell your e-mail address to advertisers.", "pg:Sell", sold, buyers, denied=True)
    labels = made.mention("print labels", Role.PURPOSE, "dpv:DeliveryOfGoods")
    postal = made.mention("postal address", Role.DATA_CATEGORY, "pd:PhysicalAddress")
    couriers = made.mention("couriers", Role.RECIPIENT, "dpv:ThirdParty")
    country = made.mention("Switzerland", Role.TRANSFER_DESTINATION, "loc:CH", value="CH")
    clauses = made.mention("standard contractual clauses", Role.TRANSFER_SAFEGUARD, "eu-gdpr:SCCByCommission")
    contract = made.mention("the contract with you", Role.LEGAL_BASIS, "eu-gdpr:A6-1-b")
    made.practice(
        "To print labels we disclose your postal address to couriers in Switzerland under standard "
        "contractual clauses, because the contract with you needs it.",
        "dpv:Disclose",
        labels,
        postal,
        couriers,
        country,
        clauses,
        contract,
    )
    invoices = made.mention("Invoices", Role.DATA_CATEGORY, "pd:Transactional")
    years = made.mention("ten years", Role.RETENTION, "dpv:StorageDuration", value="P10Y")
    made.practice("ten years", "dpv:Store", invoices, years)
    made.mention("encrypted", Role.SECURITY_MEASURE, "dpv:EncryptionInTransfer")
    made.mention("ask for a copy of your data", Role.RIGHT, "eu-gdpr:A15")
    made.mention("privacy@lantern.example", Role.CONTACT, value="privacy@lantern.example")
    made.mention("data protection officer", Role.DPO, "dpv:DataProtectionOfficer")
    made.mention("dpo@lantern.example", Role.DPO, "dpv:DataProtectionOfficer", value="dpo@lantern.example")
    return made.build(
        PolicyFacts(controller="Lantern Books Ltd", effective=date(2024, 3, 1), updated=date(2024, 5, 5))
    )


@pytest.fixture(scope="session")
def other_policy() -> MappedPolicy:
    """The policy of Merle, an invented school service; it shares an organisation with ``sample_policy``."""
    made = PolicyBuilder("merle.txt", title="Merle: how we treat data")
    made.line("Merle: how we treat data", BlockKind.HEADING, level=1)
    made.line(
        "We receive the names of pupils from schools. Naïve as it sounds, we share nothing with Google "
        "Analytics.",
        heading=0,
    )
    made.line(
        "We are required to disclose records to authorities where the law of the canton demands it.",
        heading=0,
    )
    made.line("Names are deleted after two weeks. You can object at any time.", heading=0)

    names = made.mention("names", Role.DATA_CATEGORY, "pd:Name")
    pupils = made.mention("pupils", Role.DATA_SUBJECT, "dpv:Student")
    schools = made.mention("schools", Role.SOURCE, "dpv:AcademicScientificOrganisation")
    made.practice("We receive the names of pupils from schools.", "dpv:Obtain", names, pupils, schools)
    google = made.mention(
        "Google Analytics",
        Role.RECIPIENT,
        "dpv:DataProcessor",
        polarity=Polarity.DENIED,
        agent="google-analytics",
    )
    made.practice(
        "Naïve as it sounds, we share nothing with Google Analytics.", "dpv:Share", google, denied=True
    )
    records = made.mention("records", Role.DATA_CATEGORY)
    authorities = made.mention("authorities", Role.RECIPIENT, "dpv:Authority")
    law = made.mention("the law of the canton", Role.LEGAL_BASIS, "dpv:LegalObligation")
    made.practice(
        "We are required to disclose records to authorities where the law of the canton demands it.",
        "dpv:Disclose",
        records,
        authorities,
        law,
        modality=Modality.REQUIRED,
        condition="where the law of the canton demands it",
    )
    kept = made.mention("after two weeks", Role.RETENTION, "dpv:StorageDuration", value="P2W")
    later = made.mention("Names", Role.DATA_CATEGORY, "pd:Name", after="demands it.")
    made.practice("Names are deleted after two weeks.", "dpv:Erase", later, kept)
    made.mention("object at any time", Role.RIGHT, "eu-gdpr:A21")
    return made.build()


@pytest.fixture(scope="session")
def sample_quads(sample_policy: MappedPolicy, other_policy: MappedPolicy) -> tuple[pyoxigraph.Quad, ...]:
    """The graphs of ``sample_policy`` and ``other_policy``, without the vocabulary."""
    return (*policy_quads(sample_policy), *policy_quads(other_policy))


@pytest.fixture(scope="session")
def sample_store(sample_quads: tuple[pyoxigraph.Quad, ...]) -> Iterator[GraphStore]:
    """Both policies and the vocabulary in a store in memory; only for reading."""
    graphs: dict[str, list[pyoxigraph.Quad]] = {}
    for quad in sample_quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    with GraphStore.in_memory() as store:
        for policy, quads in graphs.items():
            store.write_policy(policy, quads)
        yield store


@pytest.fixture(scope="session")
def served_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example policies and ``hostile.txt``; only for reading."""
    from privagraph import KnowledgeGraph

    place = tmp_path_factory.mktemp("served")
    hostile = place / HOSTILE_NAME
    hostile.write_bytes((TESTS / "hostile.txt").read_bytes())
    with KnowledgeGraph.map([TESTS.parent / "examples", hostile], output=place / "graph"):
        return place / "graph"


@pytest.fixture(scope="session")
def server(served_graph: Path) -> Iterator[str]:
    """The address of a server of ``served_graph`` on this machine, without a final slash."""
    command = [sys.executable, "-m", "privagraph", "serve", "--graph", str(served_graph), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, said + process.stderr.read()
            yield address[0]
        finally:
            process.send_signal(signal.SIGINT)
            try:
                more = process.communicate(timeout=20)[1]
            except subprocess.TimeoutExpired:
                process.kill()
                raise
    assert more.strip() in ("", "privagraph: interrupted"), more


@pytest.fixture(scope="session")
def served_places(served_graph: Path) -> dict[str, str]:
    """What stands in braces in the addresses of pages."""
    from urllib.parse import quote

    from privagraph.web.policies import policy_index

    with GraphStore.open(served_graph) as store:
        cards = {card.sources[0]: card for card in policy_index(store)}
        hostile = cards[HOSTILE_NAME]

        def first(kind: str, words: str = "") -> str:
            found = store.query(
                f"SELECT ?it {{ GRAPH <{hostile.iri}> {{ ?it a {kind} ; rdfs:label ?label }} "
                f"FILTER(CONTAINS(?label, '{words}')) }} ORDER BY ?it LIMIT 1"
            )
            return quote(next(iter(found))["it"].value, safe="")

        return {
            "hostile": hostile.key,
            "iri": quote(hostile.iri, safe=""),
            "large": cards["woerterwald.html"].key,
            "mention": first("pg:Mention"),
            "practice": first("pg:AffirmedPractice", "email address"),
            "small": cards["pinata-habits.md"].key,
        }


@pytest.fixture(params=PAGES.values(), ids=PAGES.keys())
def page_address(request: pytest.FixtureRequest, served_places: dict[str, str]) -> str:
    """The address of a page; a test that uses it is run for each."""
    address: str = request.param.format(**served_places)
    return address


class Listener:
    """Another computer, as far as anybody can tell; it notes what it is asked."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(404)
                self.end_headers()

            do_POST = do_HEAD = do_GET  # noqa: N815  # the names that the base class looks for

            def log_message(self, *_: object) -> None:
                pass

        self.asked = asked
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="session")
def listening() -> Iterator[Listener]:
    """A server that has nothing."""
    made = Listener()
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join(10)
    made.server.server_close()


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """Run a server in memory; gives where it takes queries."""
    command = [str(OXIGRAPH), "serve", "--bind", "127.0.0.1:0", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://127.0.0.1:{_port(process)}/query"
        finally:
            process.kill()
            process.wait(timeout=20)


def _port(server: subprocess.Popen[bytes]) -> int:
    """Where a server listens that took a free port, and does not say which."""
    for _ in range(600):
        with suppress(psutil.Error):
            for each in psutil.Process(server.pid).net_connections("tcp4"):
                if each.status == psutil.CONN_LISTEN:
                    return int(each.laddr.port)
        time.sleep(0.05)
    pytest.fail(f"the server does not listen; its exit code: {server.poll()}")


@pytest.fixture(scope="session")
def sample_file(sample_store: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two sample policies as N-Quads."""
    path = tmp_path_factory.mktemp("samples") / "samples.nq"
    sample_store.save(path)
    return path


@pytest.fixture(scope="session")
def loaded(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that holds the two sample policies; only for reading."""
    with oxigraph() as url:
        report = load_graph(
            sample_file, endpoint=url, state=tmp_path_factory.mktemp("record") / "sent.sqlite"
        )
        assert (report.policies, report.sent, report.requests) == (
            2,
            2,
            2,
        )  # the vocabulary is the other request
        yield url


@pytest.fixture(scope="session")
def kept_server() -> Iterator[str]:
    """A server that holds the vocabulary."""
    with oxigraph() as url, Connection(address_of(url)) as connection:
        triples, _ = graph_digest(vocabulary_graph())
        store = address_of(url.replace("/query", "/store"))
        kind = "application/n-triples"
        connection.send("PUT", store, triples, media_type=kind, params=[("graph", VOCABULARY_GRAPH)])
        yield url


@pytest.fixture
def sparql_server(kept_server: str) -> Iterator[str]:
    """A server that holds the vocabulary and no policy."""
    yield kept_server
    with Connection(address_of(kept_server)) as connection:
        text = (
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE "
            f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{VOCABULARY_GRAPH}>) }}"
        )
        update = address_of(kept_server.replace("/query", "/update"))
        connection.send("POST", update, text.encode(), media_type="application/sparql-update")
