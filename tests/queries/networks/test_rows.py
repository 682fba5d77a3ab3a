"""Networks as rows, in every format."""

from __future__ import annotations

import csv
import io
import json

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks import Filters, shortest_flow, view
from privagraph.queries.networks.rows import (
    FORMATS,
    Format,
    Rows,
    edge_rows,
    measure_rows,
    step_rows,
    write_rows,
)
from privagraph.queries.store import GraphStore


def written(rows: Rows, format_: Format, width: int | None = None) -> str:
    stream = io.BytesIO()
    write_rows(rows, format_, stream, width=width)
    return stream.getvalue().decode()


def test_edges_come_heaviest_first_each_with_words(birds: GraphStore) -> None:
    rows = edge_rows(view(birds, "flows"))
    table = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    assert len(rows) == 9
    assert [row["weight"] for row in table] == [2, 1, 1, 1, 1, 1, 1, 1, 1]
    first = table[0]
    assert (first["from_label"], first["to_label"]) == ("Data Subject", "Heron Bikes Ltd")
    assert first["data"] == ["Email Address", "Name"]
    assert first["words"] == "We collect your email address and your name to send news."
    assert first["policies"] == 1
    assert first["evidence"].startswith("https://w3id.org/privagraph/id/policy/")


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("sharing", ["data", "purposes"]),
        ("data", ["lift", "pmi", "narrower"]),
        ("similarity", ["cosine", "shared"]),
        ("full", []),
    ],
)
def test_only_columns_that_a_view_has(birds: GraphStore, name: str, columns: list[str]) -> None:
    found = edge_rows(view(birds, name)).columns
    optional = {"data", "purposes", "locations", "lift", "pmi", "narrower", "cosine", "shared"}
    assert {each for each in found if each in optional} <= set(columns)
    assert found[:7] == ("from", "from_label", "to", "to_label", "edge", "polarity", "weight")
    assert found[-3:] == ("policies", "words", "evidence")


def test_nodes_come_in_the_order_of_the_first_measure(birds: GraphStore) -> None:
    rows = measure_rows(view(birds, "flows"), ["in_strength", "degree"], top=2)
    assert rows.columns == ("node", "node_label", "kind", "in_strength", "degree")
    assert [row[1:] for row in rows.rows] == [
        ("Heron Bikes Ltd", "agent", 3, 5),
        ("Service Provider", "concept", 2, 2),
    ]
    communities = [row[-1] for row in measure_rows(view(birds, "flows"), ["community"]).rows]
    assert communities == sorted(communities)


def test_steps_have_a_row_for_each_passage(birds: GraphStore) -> None:
    flows = view(birds, "flows-by-data")
    steps = shortest_flow(flows, expand("pd:EmailAddress"), expand("loc:NO"))
    assert step_rows(steps).rows == ()
    steps = shortest_flow(
        flows, expand("pd:EmailAddress"), "https://w3id.org/privagraph/id/agent/heron-bikes"
    )
    assert [(row[0], row[8]) for row in step_rows(steps).rows] == [
        (1, "We collect your email address and your name to send news."),
        (1, "We collect your email address at the till."),
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_every_row(birds: GraphStore, format_: Format) -> None:
    text = written(edge_rows(view(birds, "flows")), format_)
    assert text.endswith("\n")
    assert text.count("Mapwright") >= 2  # in the edge, and in its words
    assert "We collect your email address and your name" in text


def test_programs_read_what_was_written(birds: GraphStore) -> None:
    rows = edge_rows(view(birds, "flows"))
    objects = json.loads(written(rows, "json"))
    assert [list(each) for each in objects] == [list(rows.columns)] * 9
    assert objects[0]["data"] == ["Email Address", "Name"]
    table = list(csv.DictReader(io.StringIO(written(rows, "csv"))))
    assert table[0]["data"] == "Email Address; Name"
    assert table[0]["from"] == expand("dpv:DataSubject")
    assert [row["words"] for row in table] == [each["words"] for each in objects]


def test_a_table_for_people_leaves_columns_out(birds: GraphStore) -> None:
    text = written(edge_rows(view(birds, "flows")), "table", width=120)
    head = next(line for line in text.splitlines() if "weight" in line)
    assert head.split() == ["from", "to", "edge", "weight", "data", "words"]
    assert max(map(len, text.splitlines())) <= 120
    assert written(edge_rows(view(birds, "flows"), top=1), "markdown").startswith("| from ")
    denied = edge_rows(view(birds, "flows", filters=Filters(polarity="both")))
    assert "denied" in written(denied, "table")


def test_nothing_is_a_head_alone(birds: GraphStore) -> None:
    assert written(step_rows(()), "csv").count("\n") == 1
    assert written(step_rows(()), "json") == "[]\n"
