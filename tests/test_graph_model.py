"""The page on the graph model: its example is run, and what it shows is what is written."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.cli import cli
from privagraph.loaders.facts import Role
from privagraph.loaders.quads import ARGUMENT_PROPERTIES, DENIED_PROPERTIES, POLICY_PROPERTIES
from privagraph.ontology.namespaces import PREFIXES
from privagraph.ontology.vocabulary import vocabulary
from privagraph.shapes.derivation import DERIVATIONS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "graph-model.md"
TEXT = PAGE.read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's policy and its graph."""
    place = tmp_path_factory.mktemp("example")
    (policy,) = blocks("text")
    (place / "kestrel.txt").write_text(policy, "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["map", str(place / "kestrel.txt"), "--output", str(place / "kestrel.trig")])
    assert ended.value.code == 0
    return place


def test_every_statement_that_is_shown_is_written(folder: Path) -> None:
    """Hashes of practices and files are left open on the page, so they are variables here."""
    (shown,) = blocks("trig")
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    quads = list(ox.parse((head + shown).encode(), format=ox.RdfFormat.TRIG))
    assert len(quads) >= 40

    def written(term: object) -> str:
        place = re.fullmatch(r"<.*/(?:practice|source)/([A-Z]\d?)>", str(term))
        return f"?{place[1]}" if place else str(term)

    store = ox.Store()
    store.load(path=str(folder / "kestrel.trig"))
    pattern = " .\n".join(" ".join(map(written, quad.triple)) for quad in quads)
    (graph,) = {str(quad.graph_name) for quad in quads}
    answers = list(store.query(f"SELECT * WHERE {{ GRAPH {graph} {{ {pattern} }} }}"))
    assert len(answers) == 1


def test_the_python_on_the_page_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) >= 5
    result = doctest.DocTestRunner().run(examples)
    assert result.failed == 0


def rows(title: str) -> dict[str, set[str]]:
    """The CURIEs of each row of a section's table, by the role names in its first cell."""
    found: dict[str, set[str]] = {}
    for line in section(title).splitlines():
        cells = line.split("|")
        if len(cells) >= 4:
            for role in re.findall(r"`([a-z_]+)`", cells[1]):
                found[role] = set(re.findall(r"`([a-z-]+:\w+)`", cells[2]))
    return found


def test_the_table_of_arguments_is_the_programs() -> None:
    table = rows("Practices")
    assert set(table) == {str(role) for role in ARGUMENT_PROPERTIES}
    for role, predicate in ARGUMENT_PROPERTIES.items():
        assert predicate in table[str(role)]


def test_denied_and_policy_properties_are_listed() -> None:
    denied = set(re.findall(r"`(pg:denied[A-Z]\w+)`", section("Denied practices")))
    assert denied == set(DENIED_PROPERTIES.values())
    for role, predicate in POLICY_PROPERTIES.items():
        assert f"`{predicate}`" in section("The policy")
        assert f"`{role}`" in section("The policy")


def test_every_role_on_the_page_is_one() -> None:
    named = set(re.findall(r"`pg:([a-z]+_[a-z_]+|recipient|retention)`", TEXT))
    assert named
    assert named <= {str(role) for role in Role}


def test_the_kinds_of_observations_are_those_of_the_vocabulary_and_the_derivations() -> None:
    lines = [line.split("|") for line in section("Observations").splitlines() if line.startswith("| `pg:")]
    derived = [cells for cells in lines if cells[2].strip().strip("`") in DERIVATIONS]
    assert {cells[2].strip().strip("`") for cells in derived} == set(DERIVATIONS)
    named = {kind for cells in derived for kind in re.findall(r"`(pg:\w+)`", cells[1])}
    direct = {term.curie for term in vocabulary() if vocabulary().iri("pg:Observation") in term.broader}
    assert named == direct


def test_the_properties_of_an_observation_exist() -> None:
    named = set(re.findall(r"`(pg:\w+)`", section("Observations")))
    assert {"pg:hasObservation", "pg:observes", "pg:evidence", "pg:otherEvidence", "pg:checkedOn"} <= named
    assert [each for each in named if each not in vocabulary()] == []
