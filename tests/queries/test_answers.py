"""Answers: rows of Python values, the standard formats, and parameters that are bound, never pasted."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars
import pyoxigraph as ox
import pytest

from privagraph.errors import (
    GraphError,
    MissingDependencyError,
    QueryError,
    QuerySyntaxError,
    UnknownQueryError,
)
from privagraph.queries.answers import FORMATS, Answer, Format, answer_to, run, write
from privagraph.queries.catalogue import load
from privagraph.queries.store import GraphStore
from privagraph.queries.values import Iri, value_of

BASE = Path(__file__).parent / "cases" / "base.trig"
LINDENBERG = "https://example.org/id/policy/1111111111111111"
KESTREL = "https://example.org/id/policy/2222222222222222"


@pytest.fixture(scope="module")
def store() -> Iterator[GraphStore]:
    with GraphStore.open(BASE) as opened:
        yield opened


def written(answer: Answer, format_: Format, width: int | None = None) -> str:
    stream = io.BytesIO()
    write(answer, format_, stream, width=width)
    return stream.getvalue().decode("utf-8")


# -- rows


def test_rows_hold_python_values(store: GraphStore) -> None:
    answer = answer_to(store, "mentions", policy="lindenberg.html")
    assert answer.kind == "select"
    assert answer.columns == load("mentions").columns
    first = next(iter(answer))
    assert first == {
        "source": "lindenberg.html",
        "policy": LINDENBERG,
        "role": "controller",
        "quote": "Lindenberg Books",
        "prefix": "Privacy notice of ",
        "suffix": "\nWe collect your e-mail address ",
        "start": 18,
        "end": 34,
        "concept": None,
        "polarity": "affirmed",
        "confidence": Decimal("0.9"),
    }
    assert isinstance(first["policy"], Iri)
    assert not isinstance(first["source"], Iri)
    assert len(answer) == len(answer.rows) == 36
    assert repr(answer) == "<Answer of 36 rows>"


def test_quotes_are_the_text_at_their_offsets(store: GraphStore) -> None:
    texts = dict(run(store, "SELECT ?p ?t { GRAPH ?p { ?p pg:text ?t } }").rows)
    rows = list(answer_to(store, "mentions"))
    assert len(rows) >= 50
    for row in rows:
        assert texts[row["policy"]][row["start"] : row["end"]] == row["quote"]


def test_pandas_gets_the_rows(store: GraphStore) -> None:
    frame = answer_to(store, "policies").to_pandas()
    assert list(frame.columns) == list(load("policies").columns)
    assert frame["mentions"].tolist() == [8, 36, 8]
    assert frame["controller"].tolist()[1] == "Lindenberg Books"


def test_pandas_missing_says_how_to_get_it(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'privagraph\[pandas\]'") as caught:
        answer_to(store, "policies").to_pandas()
    assert caught.value.needed == "pandas"


def test_only_rows_make_a_frame(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="a data frame needs rows"):
        run(store, "ASK { ?s ?p ?o }").to_pandas()


# -- formats


def test_json_is_sparql_results_json(store: GraphStore) -> None:
    data = json.loads(written(answer_to(store, "retention"), "json"))
    assert data["head"]["vars"] == list(load("retention").columns)
    untied, tied = data["results"]["bindings"]
    assert tied["duration"] == {"type": "literal", "value": "P6M"}
    assert tied["data"] == {"type": "uri", "value": "https://w3id.org/dpv/pd#Name"}
    assert tied["data_label"] == {"type": "literal", "value": "Name", "xml:lang": "en"}
    assert "duration" not in untied


def test_csv_and_tsv_are_sparql_s(store: GraphStore) -> None:
    answer = run(
        store, 'SELECT ?a ?b ?c ?d WHERE { BIND("x, \\"y\\"" AS ?a) BIND(pd:Name AS ?b) BIND(7 AS ?c) }'
    )
    assert written(answer, "csv") == 'a,b,c,d\r\n"x, ""y""",https://w3id.org/dpv/pd#Name,7,\r\n'
    assert written(answer, "tsv") == '?a\t?b\t?c\t?d\n"x, \\"y\\""\t<https://w3id.org/dpv/pd#Name>\t7\t\n'
    rows = list(csv.reader(io.StringIO(written(answer_to(store, "denials"), "csv"), newline="")))
    assert len(rows) == len(answer_to(store, "denials")) + 1
    assert any("München 🦊" in row[8] for row in rows)


def test_a_table_is_for_people(store: GraphStore) -> None:
    text = written(answer_to(store, "retention", policy=LINDENBERG), "table")
    assert "pd:Name" in text
    assert "https://" not in text


def test_an_ask_is_written_as_a_truth_value(store: GraphStore) -> None:
    yes, no = run(store, "ASK { ?s a pg:DeniedPractice }"), run(store, "ASK { ?s a dpv:Consent }")
    assert (yes.truth, no.truth, yes.kind, len(yes)) == (True, False, "ask", 0)
    assert written(yes, "table") == "true\n"
    assert written(no, "csv") == "false\n"
    assert json.loads(written(yes, "json"))["boolean"] is True
    assert repr(no) == "<Answer False>"


@pytest.mark.parametrize(
    "text",
    ["CONSTRUCT { ?p dct:title ?t } WHERE { ?p dct:title ?t }", f"DESCRIBE <{LINDENBERG}/source/s1>"],
)
def test_triples_are_written_as_turtle(store: GraphStore, text: str) -> None:
    answer = run(store, text)
    turtle = written(answer, "turtle")
    assert answer.kind == "construct"
    assert len(answer) >= 2
    assert set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == {
        ox.Quad(*triple) for triple in answer.triples
    }
    assert written(run(store, text), "turtle") == turtle
    assert "dct:" in turtle


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "turtle"])
def test_triples_have_no_rows(store: GraphStore, format_: Format) -> None:
    answer = run(store, "CONSTRUCT WHERE { ?s dct:title ?o }")
    with pytest.raises(QueryError, match="use --format turtle"):
        written(answer, format_)


def test_rows_are_no_turtle(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="table, csv, tsv, json, xml, markdown, html, parquet"):
        written(answer_to(store, "policies"), "turtle")
    with pytest.raises(QueryError, match="no format 'xls'"):
        written(answer_to(store, "policies"), "xls")  # type: ignore[arg-type]  # what a program may pass


# -- parameters


@pytest.mark.parametrize(
    "name", ["kestrel.md", "Kestrel Maps: your privacy", KESTREL, f"<{KESTREL}>", "2222222222222222"]
)
def test_a_policy_goes_by_several_names(store: GraphStore, name: str) -> None:
    assert {row["policy"] for row in answer_to(store, "policies", policy=name)} == {KESTREL}


def test_an_unknown_policy_gets_the_nearest_name(store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"did you mean kestrel\.md"):
        answer_to(store, "policies", policy="kestral.md")


@pytest.mark.parametrize(
    "value",
    ["pd:Tracking", "https://w3id.org/dpv/pd#Tracking", ox.NamedNode("https://w3id.org/dpv/pd#Tracking")],
)
def test_a_concept_is_a_curie_an_iri_or_a_term(store: GraphStore, value: str | ox.NamedNode) -> None:
    rows = answer_to(store, "data-by-category", category=value)
    assert {row["data_label"] for row in rows} == {"Email Address"}


def test_parameters_are_checked(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="has no parameter 'polcy'; did you mean 'policy'"):
        answer_to(store, "policies", polcy="x")
    with pytest.raises(QueryError, match="it takes none"):
        answer_to(store, "ungrounded-phrases", zzz="x")
    with pytest.raises(QueryError, match="'evidence-of' needs concept; give it as --param concept=VALUE"):
        answer_to(store, "evidence-of")
    with pytest.raises(QueryError, match="takes an IRI or a CURIE"):
        answer_to(store, "evidence-of", concept="e-mail address")


def test_a_value_is_bound_and_never_pasted(store: GraphStore) -> None:
    spite = 'kestrel.md") } # <x>'
    assert len(answer_to(store, "practices", source=spite)) == 0
    assert len(answer_to(store, "practices", source="kestrel.md")) > 0


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("pg:denied", 8),
        ("<https://w3id.org/privagraph/ns#denied>", 8),
        ("https://w3id.org/privagraph/ns#denied", 8),
        ("denied", 0),
    ],
)
def test_a_text_guesses_what_a_value_is(store: GraphStore, value: str, found: int) -> None:
    text = "SELECT ?mention ?polarity { ?mention a pg:Mention ; pg:polarity ?polarity }"
    assert len(run(store, text, {"polarity": value})) == found


def test_a_text_takes_numbers_and_words(store: GraphStore) -> None:
    by_number = run(store, "SELECT ?position ?start { ?position oa:start ?start }", {"start": "18"})
    assert by_number.rows[0][1] == 18
    by_word = run(store, "SELECT ?file ?name { ?file pg:fileName ?name }", {"name": "kestrel.md"})
    assert len(by_word) == 1


def test_a_text_must_select_what_is_bound(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="not"):
        run(store, "SELECT ?s { ?s pg:fileName ?name }", {"name": "kestrel.md"})


# -- texts


def test_prefixes_need_not_be_declared_but_may_be(store: GraphStore) -> None:
    plain = run(store, "SELECT ?s { ?s a pg:PrivacyPolicy } ORDER BY ?s")
    declared = run(
        store, "PREFIX x: <https://w3id.org/privagraph/ns#> SELECT ?s { ?s a x:PrivacyPolicy } ORDER BY ?s"
    )
    other = run(store, "PREFIX pg: <http://example.org/else#> SELECT ?s { ?s a pg:PrivacyPolicy }")
    assert plain.rows == declared.rows == ((LINDENBERG,), (KESTREL,))
    assert other.rows == ()


def test_a_syntax_error_names_the_place(store: GraphStore) -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column 10") as caught:
        run(store, "SELECT ?s\n{ ?s ?p }", where="my.rq")
    assert caught.value.where == "my.rq"


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "SELECT ?s { SERVICE <http://localhost/> { } }"]
)
def test_texts_only_read_this_graph(store: GraphStore, text: str) -> None:
    before = len(store)
    with pytest.raises(QueryError):
        run(store, text)
    assert len(store) == before


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("", [KESTREL, LINDENBERG]),
        (f"FROM <{KESTREL}>", [KESTREL]),
        (f"from <{KESTREL}> FROM <{LINDENBERG}>", [KESTREL, LINDENBERG]),
        ("FROM <https://example.org/none>", []),
    ],
)
def test_a_text_can_name_the_graphs_that_it_asks(store: GraphStore, clause: str, found: list[str]) -> None:
    text = f"SELECT ?policy {clause} {{ ?policy a pg:PrivacyPolicy }} ORDER BY DESC(?policy)"
    assert [row["policy"] for row in run(store, text)] == found


def test_a_day_does_not_go_with_named_graphs(store: GraphStore) -> None:
    text = f"SELECT ?policy FROM <{KESTREL}> {{ ?policy a pg:PrivacyPolicy }}"
    with pytest.raises(QueryError, match="leave one of them out"):
        run(store, text, on=date(2026, 1, 1))


def test_a_question_is_a_name_or_a_text(store: GraphStore) -> None:
    assert len(answer_to(store, "ASK { ?s ?p ?o }")) == 0
    with pytest.raises(UnknownQueryError):
        answer_to(store, "ASK")


def test_a_check_tells_its_findings(store: GraphStore) -> None:
    assert answer_to(store, "purposes-without-legal-basis").findings
    assert not answer_to(store, "denied-as-process").findings
    assert not answer_to(store, "policies").findings


# -- other forms


@pytest.mark.parametrize("format_", ["xml", "markdown", "html", "parquet"])
def test_every_form_holds_every_row(store: GraphStore, format_: Format) -> None:
    answer = answer_to(store, "recipients-by-data")
    stream = io.BytesIO()
    write(answer, format_, stream)
    made = stream.getvalue()
    if format_ == "xml":
        solutions = ox.parse_query_results(made, format=ox.QueryResultsFormat.XML)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [tuple(map(value_of, row)) for row in solutions] == list(answer.rows)
        return
    counted = {
        "markdown": made.count(b"\n") - 2,
        "html": made.count(b"<tr>") - 1,
        "parquet": len(polars.read_parquet(io.BytesIO(made))) if format_ == "parquet" else 0,
    }
    assert counted[format_] == len(answer) >= 3


@pytest.mark.parametrize("format_", ["markdown", "html", "parquet", "turtle"])
def test_a_yes_or_no_has_its_own_forms(store: GraphStore, format_: Format) -> None:
    answer = answer_to(store, "ASK { ?s ?p ?o }")
    with pytest.raises(
        QueryError, match=r"a yes or no cannot be written as .* use --format table, csv, tsv, json, xml"
    ):
        write(answer, format_, io.BytesIO())
    stream = io.BytesIO()
    write(answer, "xml", stream)
    assert b"<boolean>true</boolean>" in stream.getvalue()


def test_a_notebook_shows_an_answer(store: GraphStore) -> None:
    assert answer_to(store, "policies")._repr_html_().count("<tr>") == 4
    assert "yes" in answer_to(store, "ASK { ?s ?p ?o }")._repr_html_()
    made = answer_to(store, "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t ; a pg:PrivacyPolicy }")._repr_html_()
    assert "&lt;" in made
    assert "pg:PrivacyPolicy" in made
