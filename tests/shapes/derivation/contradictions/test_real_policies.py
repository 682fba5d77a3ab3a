"""The example of the project, and real policies, which are not part of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from privagraph.loaders.extractors import make_extractor
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.readers.reading import read_bytes
from privagraph.ontology.reading import read_policy
from privagraph.shapes.derivation.contradictions import contradictions

ROOT = Path(__file__).parents[4]
SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="module")
def kinds_in() -> Callable[[Path], list[str]]:
    """The kinds of contradictions in a file, narrowings left out."""
    extractor = make_extractor()

    def read(path: Path) -> list[str]:
        document = read_bytes(path.read_bytes(), name=path.name)
        policy = read_policy(policy_iri(document), policy_quads(extractor.extract(document)))
        return [each.kind for each in contradictions(policy) if each.kind != "pg:Narrowing"]

    return read


def test_the_example_holds_one_on_purpose(kinds_in: Callable[[Path], list[str]]) -> None:
    assert kinds_in(ROOT / "examples" / "woerterwald.html") == ["pg:RecipientContradiction"]
    assert kinds_in(ROOT / "examples" / "pinata-habits.md") == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "kinds"),
    [("classerium.txt", ["pg:RecipientContradiction"]), ("classtime.txt", []), ("11classes.txt", [])],
)
def test_real_policies(kinds_in: Callable[[Path], list[str]], name: str, kinds: list[str]) -> None:
    path = SHARED / "policies" / name
    if not path.is_file():
        pytest.skip(
            "the real policies are not at hand; set PRIVAGRAPH_SHARED to the folder that holds policies/"
        )
    assert kinds_in(path) == kinds
