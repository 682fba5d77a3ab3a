"""No table that is written for people holds a cell which a spreadsheet would run, whoever wrote the policy.

Every command that writes CSV or TSV, and every such download of the pages, is run on policies whose words, headings
and file names begin like formulas. The tables that are for programs alone keep every text as it is, and are named here.
"""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from privagraph.cli import cli
from privagraph.ontology.spreadsheets import restored
from privagraph.queries.answers import Answer, write
from privagraph.web import create_app

RUN = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NAME = "=1+1 tents.md"

POLICY = """# =HYPERLINK("https://tents.example") Privacy policy of Marrow Tents

Marrow Tents Ltd, 4 Quay Lane, Cork, Ireland, is the controller. Last updated: {when}

## =SUM(A1) What we collect

=cmd|' /C calc'!A0 we collect your email address and your location to send you news.

## +Sharing

+We share your email address with @Mailchimp and with =Stripe in the United States.

-We do not sell your personal data. @We keep your name for {years} years. We never share your location.

- "=1+1" we share your location with our partners if you agree.
"""

COMMANDS = {
    "query csv": "query practices --graph ../graph --format csv",
    "query tsv": "query practices --graph ../graph --format tsv",
    "query, a text": "query --text {text} --graph ../graph --format csv",
    "ask": "ask {question} --graph ../graph --format csv",
    "compare": "compare {old} {new} --graph ../graph --format csv",
    "diff": "diff {name} ../new/{name} --format csv",
    "network": "network practices --graph ../graph --format csv",
    "network, its nodes": "network full --graph ../graph --measure degree --format csv",
    "review": "review --graph ../graph --below 1",
    "review tsv": "review --graph ../graph --below 1 --output sheet.tsv",
    "validate": "validate {name} --format csv",
    "export": "export --graph ../graph --to csv",
}
WORDS = "SELECT ?said { ?s oa:exact ?said }"
QUESTION = "Which policies are in the graph?"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two versions of the policy and their graph."""
    folder = tmp_path_factory.mktemp("formulas")
    for version, when, years in (("old", "1 March 2025", "ten"), ("new", "1 March 2026", "six")):
        (folder / version).mkdir()
        (folder / version / NAME).write_text(POLICY.format(when=when, years=years), "utf-8")
    done = CliRunner().invoke(
        cli, ["map", str(folder / "old"), str(folder / "new"), "-o", str(folder / "graph")]
    )
    assert done.exit_code == 0, done.output
    return folder


def cells(table: str, delimiter: str = ",") -> list[str]:
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    return [cell for row in rows for cell in row]


def check(table: str, delimiter: str = ",") -> None:
    """No cell is run; and some would be, had nobody looked."""
    found = cells(table, delimiter)
    assert [cell for cell in found if RUN.match(cell) and not NUMBER.fullmatch(cell)] == []
    assert any(cell.startswith("'") and RUN.match(restored(cell)) for cell in found), "nothing was dangerous"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_cell_of_a_table_is_run(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "old")
    keys = {"name": NAME, "old": f"old/{NAME}", "new": f"new/{NAME}"}
    keys |= {"text": WORDS, "question": QUESTION}
    done = CliRunner().invoke(cli, [part.format(**keys) for part in COMMANDS[name].split()])
    assert done.exit_code in (0, 1), done.output
    table = Path("sheet.tsv").read_text("utf-8") if name == "review tsv" else done.stdout
    check(table, "\t" if "tsv" in name else ",")


def test_every_command_that_writes_such_tables_is_tried() -> None:
    writing = {
        name
        for name in cli.list_commands(click.Context(cli))
        for parameter in cli.get_command(click.Context(cli), name).params  # type: ignore[union-attr]  # it is listed
        if {"csv", "tsv"} & set(getattr(parameter.type, "choices", ()))
    }
    assert writing | {"review"} == {words.split()[0] for words in COMMANDS.values()}
    assert {"query", "compare", "diff", "network", "validate", "export"} <= writing


def test_no_cell_of_a_download_is_run(place: Path) -> None:
    with TestClient(create_app(str(place / "graph")), base_url="http://127.0.0.1") as client:
        page = client.get("/query", params={"query": WORDS, "whole": "1"}).text
        links = [html.unescape(each) for each in re.findall(r'href="(/sparql[^"]*format=[ct]sv[^"]*)"', page)]
        links += ["/questions/practices/answer.csv", "/questions/practices/answer.tsv"]
        assert len(links) == 4
        for link in links:
            answer = client.get(link)
            assert answer.status_code == 200, link
            check(answer.text, "\t" if "tsv" in link else ",")


def test_what_is_for_programs_keeps_every_text(place: Path) -> None:
    """The endpoint as the W3C says, the plain tables, and what Neo4j reads: no spreadsheet is meant."""
    with TestClient(create_app(str(place / "graph")), base_url="http://127.0.0.1") as client:
        assert "@Mailchimp" in cells(client.get("/sparql", params={"query": WORDS, "format": "csv"}).text)
    for kind, table in (("csv-plain", "csv-plain/practices.csv"), ("neo4j", "neo4j/nodes.csv")):
        (place / kind).mkdir()
        done = CliRunner().invoke(
            cli, ["export", "-g", str(place / "graph"), "--to", kind, "-o", str(place / kind)]
        )
        assert done.exit_code == 0, done.output
        assert any(RUN.match(cell) for cell in cells((place / table).read_text("utf-8")))


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (ox.Literal("=1+1"), "'=1+1"),
        (ox.Literal("\tone"), "'\tone"),
        (ox.Literal("＝1"), "'＝1"),
        (ox.Literal("'-"), "''-"),
        (ox.Literal("-5", datatype=ox.NamedNode("https://example.org/amount")), "'-5"),
        (ox.Literal(-5), "-5"),
        (ox.Literal("-1.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")), "-1.5"),
        (ox.Literal("plain = plain"), "plain = plain"),
        (ox.NamedNode("https://example.org/=1"), "https://example.org/=1"),
    ],
    ids=repr,
)
def test_answers_are_guarded_by_what_a_cell_is(term: ox.Literal | ox.NamedNode, cell: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term))
    answer = Answer(store.query("SELECT ?said { ?s ?p ?said }"))  # type: ignore[arg-type]  # rows
    exact, tsv, table = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write(answer, "xml", exact)
    write(answer, "csv", table)
    write(answer, "tsv", tsv)
    assert cells(table.getvalue().decode()) == ["said", cell]
    assert tsv.getvalue().decode().partition("\n")[2].lstrip('"<').startswith(cell.replace("\t", "\\t"))
    (said,) = Answer(ox.parse_query_results(exact.getvalue(), format=ox.QueryResultsFormat.XML)).rows  # type: ignore[arg-type]
    assert str(said[0]) == term.value
