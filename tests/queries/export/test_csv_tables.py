"""CSV holds every practice and every word; spreadsheets run none of it, and programs get every text as it is."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privagraph.ontology.spreadsheets import restored
from privagraph.queries.export import export
from privagraph.queries.export.csv_tables import joined, split
from privagraph.queries.store import GraphStore

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(path: Path, *, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def practices(written: Callable[..., Path]) -> list[dict[str, str]]:
    return rows(written("csv-plain"))


def one(found: list[dict[str, str]], sentence: str) -> dict[str, str]:
    (row,) = (each for each in found if each["sentence"].startswith(sentence))
    return row


def test_a_practice_is_a_row(policies: GraphStore, practices: list[dict[str, str]]) -> None:
    ask = """SELECT ?x ?policy ?quote ?start ?end ?text { GRAPH ?policy {
        ?policy dpv:hasProcess|pg:deniesPractice ?x ; pg:text ?text . ?x pg:evidence/oa:hasSelector ?a, ?b .
        ?a oa:start ?start ; oa:end ?end . ?b oa:exact ?quote } }"""
    wanted = [
        tuple(row[name].value for name in ("x", "policy", "quote", "start", "end"))
        for row in policies.query(ask)
    ]
    found = [
        tuple(row[name] for name in ("practice", "policy", "sentence", "start", "end")) for row in practices
    ]
    assert sorted(found) == sorted(wanted)
    assert len(found) == 16


def test_a_denial_is_told_from_a_practice(policies: GraphStore, practices: list[dict[str, str]]) -> None:
    ask = "SELECT ?x { GRAPH ?g { ?x a pg:DeniedPractice } }"
    denied = {row["practice"] for row in practices if row["polarity"] == "denied"}
    assert denied == {row["x"].value for row in policies.query(ask)}
    assert {row["polarity"] for row in practices} == {"affirmed", "denied"}


def test_cells_have_names_and_iris_in_the_same_order(practices: list[dict[str, str]]) -> None:
    for row in practices:
        for names, iris in [
            ("data", "data_iris"),
            ("purposes", "purpose_iris"),
            ("legal_bases", "legal_basis_iris"),
        ]:
            assert len(split(row[names])) == len(split(row[iris]))
    row = one(practices, "=SUM")
    assert split(row["data"]) == ["Email Address", "بريد\\إلكتروني 📧"]
    mail, arabic = split(row["data_iris"])
    assert mail == "https://w3id.org/dpv/pd#EmailAddress"
    assert arabic.endswith("-data_category")  # words that no concept fits: the mention
    assert split(row["purposes"]) == ["Delivery of Goods", "& more"]


def test_whose_policy_it_is_stands_beside_denials_too(practices: list[dict[str, str]]) -> None:
    row = one(practices, "We do not sell")
    assert (row["policy_controller"], row["controller"]) == ("Lantern Books Ltd", "")


def test_what_a_practice_excepts_is_not_what_it_does(practices: list[dict[str, str]]) -> None:
    row = one(practices, "+We may")
    assert (row["recipients"], row["except"]) == ("Acme\\; Sons", "recipient: Third Party")
    assert (row["controller"], row["modality"], row["polarity"]) == ("Acme; Sons", "possible", "affirmed")
    assert row["condition"] == "if you \"agree\"; 'twice'"


def test_retention_has_its_words_and_its_length(practices: list[dict[str, str]]) -> None:
    row = one(practices, "We must keep")
    assert split(row["retention"]) == ["ten years", "as long as the law asks"]
    assert split(row["retention_durations"]) == ["P10Y", ""]
    assert row["modality"] == "required"


def test_a_confidence_is_a_number(practices: list[dict[str, str]]) -> None:
    assert {Decimal(row["confidence"]) for row in practices} >= {Decimal("0.8"), Decimal("0.05")}


def test_spreadsheets_run_no_cell(written: Callable[..., Path], practices: list[dict[str, str]]) -> None:
    path = written("csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfpolicy,source,title,policy_controller,practice,")
    safe = rows(path, encoding="utf-8-sig")
    assert not [cell for row in safe for cell in row.values() if cell.startswith(FORMULA)]
    assert [
        cell for row in practices for cell in row.values() if cell.startswith(FORMULA)
    ]  # or it would prove nothing
    assert [{name: restored(cell) for name, cell in row.items()} for row in safe] == practices


def test_pandas_reads_both(written: Callable[..., Path]) -> None:
    for to in ("csv", "csv-plain"):
        frame = pandas.read_csv(written(to, f"{to}.csv"), keep_default_na=False)
        assert len(frame) == 16
        assert frame.columns[0] == "policy"
        assert frame["start"].dtype.kind == "i"


def test_a_folder_has_the_mentions_too(policies: GraphStore, tmp_path: Path) -> None:
    told = export(policies, "csv-plain", f"{tmp_path}/tables/")
    assert [path.name for path in told.files] == ["practices.csv", "mentions.csv"]
    found = rows(tmp_path / "tables" / "mentions.csv")
    ask = """SELECT ?x ?words ?start { GRAPH ?policy { ?policy pg:hasMention ?x .
        ?x oa:hasTarget/oa:hasSelector ?a, ?b . ?a oa:start ?start . ?b oa:exact ?words } }"""
    wanted = [tuple(row[name].value for name in ("x", "words", "start")) for row in policies.query(ask)]
    assert sorted((row["mention"], row["words"], row["start"]) for row in found) == sorted(wanted)
    assert told.rows == 16 + len(found) == 16 + told.mentions
    denied = next(row for row in found if row["words"] == "no right to a copy")
    assert (denied["polarity"], denied["role"], denied["concept"]) == (
        "denied",
        "right",
        "A15 Right of Access",
    )
    shared = [row for row in found if len(split(row["practices"])) == 2]
    assert [row["words"] for row in shared] == ["you agree"]


def test_one_policy_alone(written: Callable[..., Path], hostile: str) -> None:
    assert {row["policy"] for row in rows(written("csv-plain", policy=hostile))} == {hostile}


@given(st.lists(st.text(), min_size=1).filter(lambda values: values != [""]))
def test_joined_values_come_apart_again(values: list[str]) -> None:
    assert split(joined(values)) == values


def test_no_value_is_an_empty_cell() -> None:
    assert joined([]) == ""
    assert split("") == []
