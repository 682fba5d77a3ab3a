"""Every DPV and pg: term written anywhere in the project exists, and every prefix means one namespace.

A test that needs a term that does not exist puts it together from prefix and name.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from privagraph.ontology.namespaces import DPV_PREFIXES, PREFIXES
from privagraph.ontology.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "benchmarks",
    "docs",
    "examples",
    "loaders",
    "ontology",
    "privagraph",
    "queries",
    "shapes",
    "tests",
)
SUFFIXES = {".json", ".jsonld", ".md", ".nq", ".nt", ".py", ".rq", ".trig", ".tsv", ".ttl"}
CHECKED = (*DPV_PREFIXES, "pg")
_SPACES = sorted((re.escape(PREFIXES[prefix]) for prefix in CHECKED), key=len, reverse=True)
CURIE = re.compile(rf"(?<![\w/:.@%#<-])({'|'.join(CHECKED)}):([A-Za-z](?:[\w-]*\w)?)(?![\w:])")
IRI = re.compile(rf"({'|'.join(_SPACES)})([A-Za-z](?:[\w-]*\w)?)")
BINDING = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)

WRONG_ON_PURPOSE = (
    "docs/rules/structure/term-known.md",  # made of the case
    "tests/privagraph/cli/test_explain_command.py",
    "tests/privagraph/cli/test_query_command.py",
    "tests/privagraph/web/pages/test_resource.py",
    "tests/privagraph/web/sparql/test_answering.py",
    "tests/queries/explaining/test_explaining.py",
    "tests/queries/test_sparql.py",
    "tests/shapes/cases/structure/term-known/fail",
    "tests/shapes/test_graphs.py",
    "tests/shapes/test_validation.py",
)
"""Where tests of what is said about unknown terms write some, by the start of the files' names."""


def project_files() -> list[Path]:
    """The files under version control or about to be; all of the source folders in an unpacked archive."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        files = [ROOT / name for name in names if name]
    else:
        files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in files if path.suffix in SUFFIXES and path.is_file())


def terms_in(text: str) -> list[str]:
    """The terms that a text names, short or in full, as CURIEs."""
    spaces = {PREFIXES[prefix]: prefix for prefix in CHECKED}
    short = [f"{prefix}:{name}" for prefix, name in CURIE.findall(text)]
    return short + [f"{spaces[space]}:{name}" for space, name in IRI.findall(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dpv:Collect, pd:EmailAddress.", ["dpv:Collect", "pd:EmailAddress"]),
        ("eu-gdpr:A6-1-a-explicit-consent ;", ["eu-gdpr:A6-1-a-explicit-consent"]),
        ("<https://w3id.org/dpv/legal/eu/gdpr#A15>", ["eu-gdpr:A15"]),
        ("<https://w3id.org/privagraph/ns#Sell>", ["pg:Sell"]),
        ("@prefix dpv: <https://w3id.org/dpv#> .", []),
        ("xdpv:Collect", []),
    ],
)
def test_terms_are_found_in_text(text: str, found: list[str]) -> None:
    assert terms_in(text) == found


def test_every_term_exists() -> None:
    words = vocabulary()
    unknown: list[str] = []
    seen: set[str] = set()
    for path in project_files():
        name = path.relative_to(ROOT).as_posix()
        if name == "ontology/dpv.ttl" or name.startswith(WRONG_ON_PURPOSE):
            continue
        for term in terms_in(path.read_text("utf-8")):
            seen.add(term)
            if term not in words:
                unknown.append(f"{name}: {term}")
    assert sorted(set(unknown)) == []
    assert len(seen) >= 500


def test_every_prefix_is_bound_as_in_python() -> None:
    spaces = {space: prefix for prefix, space in PREFIXES.items()}
    wrong: list[str] = []
    count = 0
    for path in project_files():
        if path.suffix not in {".ttl", ".trig", ".rq"}:
            continue
        for prefix, space in BINDING.findall(path.read_text("utf-8")):
            count += 1
            if PREFIXES.get(prefix, space) != space or spaces.get(space, prefix) != prefix:
                wrong.append(f"{path.relative_to(ROOT)}: {prefix}: <{space}>")
    assert wrong == []
    assert count >= 25
