"""The page on the vocabulary says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from privagraph.ontology.axioms import practice_classes
from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import DPV_RELEASE, vocabulary

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md").read_text("utf-8")


def test_the_table_has_every_class_of_practices() -> None:
    table = PAGE[PAGE.index("| class |") : PAGE.index("The definitions are")]
    assert sorted(re.findall(r"^\| `(pg:\w+)` \|", table, re.MULTILINE)) == sorted(
        map(compact, practice_classes())
    )


def test_the_number_of_terms_and_the_release() -> None:
    terms = [term for term in vocabulary() if not term.curie.startswith("pg:")]
    assert f"{len(terms):,} terms of DPV {DPV_RELEASE}" in PAGE
