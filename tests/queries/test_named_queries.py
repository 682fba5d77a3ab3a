"""Every named query gives exactly the expected rows, on rdflib and on Oxigraph.

A case is a folder ``cases/NAME`` or ``cases/NAME--VARIANT`` of the query NAME: ``expected.csv``, and where needed
``params.json`` and a graph: its own ``data.trig``, or one that several cases share, named in ``graph.txt``. Without
either it asks ``cases/base.trig``, two policies of invented companies. Every question is also asked of
``cases/silent.trig``, a policy that states next to nothing: there it has no rows, unless a case says otherwise.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query as Prepared

from privagraph.loaders.facts import Role
from privagraph.ontology.namespaces import PREFIXES, VOCABULARY_GRAPH, compact, expand
from privagraph.ontology.spreadsheets import restored
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.answers import run, write
from privagraph.queries.catalogue import Query, catalogue, load
from privagraph.queries.dataset import to_dataset
from privagraph.queries.store import GraphStore

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base.trig"
SILENT = CASES / "silent.trig"
ELSEWHERE = {
    "concept": "pd:Contact",
    "iri": "pd:Contact",
    "string": "contact",
    "integer": "1",
    "date": "2024-01-01",
}
"""A value of each type, for questions that need one."""
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())
QUERIES = catalogue()

# rdflib's own code uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning"
)

Row = list[str]


def query_of(folder: Path) -> Query:
    return load(folder.name.partition("--")[0])


def data_of(folder: Path) -> Path:
    own, shared = folder / "data.trig", folder / "graph.txt"
    if shared.exists():
        return CASES / shared.read_text("utf-8").strip()
    return own if own.exists() else BASE


def params_of(folder: Path) -> dict[str, str]:
    file = folder / "params.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def expected_of(folder: Path) -> list[Row]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def bindings_of(query: Query, params: dict[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
    bound: dict[str, ox.NamedNode | ox.Literal] = {}
    for name, value in params.items():
        param = query.param(name)
        assert param is not None, f"{query.id} takes no {name}"
        if param.type == "string":
            bound[name] = ox.Literal(value)
        elif param.type == "integer":
            bound[name] = ox.Literal(int(value))
        elif param.type == "date":
            bound[name] = ox.Literal(value, datatype=ox.NamedNode(expand("xsd:date")))
        else:
            bound[name] = ox.NamedNode(value if "://" in value else expand(value))
    return bound


@cache
def in_oxigraph(data: Path) -> ox.Store:
    store = ox.Store()
    store.load(data.read_bytes(), ox.RdfFormat.TRIG)
    return store


@cache
def in_rdflib(data: Path) -> rdflib.Dataset:
    return to_dataset(in_oxigraph(data))


def as_rdflib(term: ox.NamedNode | ox.Literal) -> rdflib.term.Node:
    """The term as a dataset of rdflib has it: text without a datatype."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    kind = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=None if kind == rdflib.XSD.string else kind)


@cache
def prepared(text: str) -> Prepared:
    """A query as rdflib has parsed it, which takes it longer than most answers."""
    return prepareQuery(text)


def rows_of(text: bytes) -> list[Row]:
    return list(csv.reader(io.StringIO(text.decode("utf-8"), newline="")))


def from_oxigraph(data: Path, query: Query, params: dict[str, str]) -> list[Row]:
    bound = {ox.Variable(name): value for name, value in bindings_of(query, params).items()}
    answer = in_oxigraph(data).query(query.text, substitutions=bound)
    assert isinstance(answer, ox.QuerySolutions)
    return rows_of(answer.serialize(format=ox.QueryResultsFormat.CSV))


def from_rdflib(data: Path, query: Query, params: dict[str, str]) -> list[Row]:
    bound = {name: as_rdflib(value) for name, value in bindings_of(query, params).items()}
    written = in_rdflib(data).query(prepared(query.text), initBindings=bound).serialize(format="csv")
    assert written is not None
    return rows_of(written)


def named(folder: Path) -> str:
    return folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_oxigraph_gives_exactly_the_expected_rows(folder: Path) -> None:
    assert from_oxigraph(data_of(folder), query_of(folder), params_of(folder)) == expected_of(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_rdflib_gives_exactly_the_expected_rows(folder: Path) -> None:
    assert from_rdflib(data_of(folder), query_of(folder), params_of(folder)) == expected_of(folder)


@pytest.fixture(scope="module")
def opened() -> Iterator[Callable[[Path], GraphStore]]:
    """Opens a graph as the program does; one that several cases share is opened once."""
    with ExitStack() as stores:
        yield cache(lambda data: stores.enter_context(GraphStore.open(data)))


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_the_program_gives_exactly_the_expected_rows(
    folder: Path, opened: Callable[[Path], GraphStore]
) -> None:
    """As ``privagraph query --all-versions`` asks: with the whole vocabulary, parameters read by their types."""
    answer = run(opened(data_of(folder)), query_of(folder), params_of(folder), all_versions=True)
    stream = io.BytesIO()
    write(answer, "csv", stream)
    shown = [[restored(cell) for cell in row] for row in rows_of(stream.getvalue())]
    assert shown == expected_of(folder)


NOT_SILENT = {query_of(folder).id for folder in FOLDERS if data_of(folder) == SILENT}
"""Questions that have an answer even there, such as how many policies there are; a case has it."""
EMPTY = [query for query in QUERIES if query.id not in NOT_SILENT]


@pytest.mark.parametrize("query", EMPTY, ids=lambda query: query.id)
def test_a_policy_that_states_nothing_of_the_kind_has_no_rows(query: Query) -> None:
    params = {param.name: ELSEWHERE[param.type] for param in query.params if param.required}
    assert from_oxigraph(SILENT, query, params) == [list(query.columns)]
    assert from_rdflib(SILENT, query, params) == [list(query.columns)]


def test_a_policy_that_states_next_to_nothing_answers_few_questions() -> None:
    assert len(NOT_SILENT) < len(QUERIES) / 2


@pytest.fixture(scope="module")
def words_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The words of the vocabulary that policies use, and no policy."""
    words = ox.Store()
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    words.extend(in_oxigraph(BASE).quads_for_pattern(None, None, None, graph))
    file = tmp_path_factory.mktemp("words") / "vocabulary.trig"
    words.dump(file, ox.RdfFormat.TRIG)
    return file


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_graph_without_policies_has_no_rows(query: Query, words_alone: Path) -> None:
    params = {param.name: ELSEWHERE[param.type] for param in query.params if param.required}
    assert from_oxigraph(words_alone, query, params) == [list(query.columns)]
    assert from_rdflib(words_alone, query, params) == [list(query.columns)]


# -- the cases are a fair test


def test_every_query_has_a_case_with_rows() -> None:
    full = {query_of(folder).id for folder in FOLDERS if len(expected_of(folder)) > 1}
    assert full == {query.id for query in QUERIES}
    assert len(full) >= 26
    assert len(FOLDERS) >= 34


def test_every_check_has_a_case_that_passes() -> None:
    checks = {query.id for query in QUERIES if query.kind == "check"}
    clean = {query_of(folder).id for folder in FOLDERS if len(expected_of(folder)) == 1}
    assert len(checks) >= 2
    assert checks <= clean


def test_every_parameter_has_a_case() -> None:
    tried = {(query_of(folder).id, name) for folder in FOLDERS for name in params_of(folder)}
    types = {param.type for query in QUERIES for param in query.params}
    tried_types = {param.type for query, name in tried if (param := load(query).param(name))}
    assert tried_types == types
    special = {
        (query.id, param.name) for query in QUERIES for param in query.params if param.name != "policy"
    }
    assert special <= tried


@pytest.mark.parametrize("graph", sorted(CASES.glob("*.trig")), ids=lambda path: path.name)
def test_shared_graphs_are_sound(graph: Path) -> None:
    """Quotes are the words at their offsets, and the concepts and labels are those of the vocabulary."""
    store = in_oxigraph(graph)
    prefixes = dict(PREFIXES)
    spans = store.query(
        """SELECT ?text ?start ?end ?quote ?prefix ?suffix WHERE { GRAPH ?policy {
             ?policy pg:text ?text .
             ?span oa:hasSource ?policy ; oa:hasSelector ?position, ?words .
             ?position oa:start ?start ; oa:end ?end .
             ?words oa:exact ?quote ; oa:prefix ?prefix ; oa:suffix ?suffix } }""",
        prefixes=prefixes,
    )
    count = 0
    for text, start, end, quote, prefix, suffix in spans:
        first, last = int(start.value), int(end.value)
        assert text.value[first:last] == quote.value
        assert text.value[max(0, first - 32) : first] == prefix.value
        assert text.value[last : last + 32] == suffix.value
        count += 1
    assert count >= (2 if graph == SILENT else 30)
    labels = store.query("SELECT ?c ?l WHERE { GRAPH ?g { ?c skos:prefLabel ?l } }", prefixes=prefixes)
    known = [(compact(term.value), label.value) for term, label in labels]
    assert len(known) >= (2 if graph == SILENT else 30)
    assert [curie for curie, label in known if vocabulary().label(curie) != label] == []


def test_coverage_knows_every_role() -> None:
    rows = expected_of(CASES / "coverage--one-policy")[1:]
    assert {row[1] for row in rows} == {str(role) for role in Role}
