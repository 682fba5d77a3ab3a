"""Hostile files end well or under a name, within time and memory, and the run of the others goes on."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from privagraph.mapping import map_policies

DOCS = Path(__file__).resolve().parents[2] / "docs" / "robustness.md"
QUICK = {
    "docx: billion laughs": "unreadable",
    "docx: 100,000 elements deep": "unreadable",
    "docx: entity from a file": "mapped",
    "html: table of 1,000 × 1,000": "too-large",
    "markdown: 100,000 brackets": "not-a-policy",
    "mhtml: 2,000 parts deep": "unreadable",
    "pdf: a million pages": "too-large",
    "pdf: arrays 100,000 deep": "unreadable",
    "pdf: page tree in a circle": "unreadable",
    "pdf: page tree that doubles": "too-large",
    "text: a million short lines": "too-large",
    "text: 1 MB of NUL bytes": "binary",
}


def test_each_has_its_line_and_the_others_are_mapped(hostile: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    expected: dict[str, str] = {}
    for number, (case, code) in enumerate(QUICK.items()):
        name, make = hostile.CASES[case]
        file = f"{number:02}{Path(name).suffix}"
        (folder / file).write_bytes(make())
        expected[file] = code
    for name in ("00-first.txt", "99-last.txt"):
        (folder / name).write_bytes(b"Privacy Policy. We share your name with partners. " + name.encode())
    report = map_policies(folder, tmp_path / "out.nq", extractor="lexicon")
    assert report.failed == ()
    found = {each.source: each.code for each in report.left_out}
    found |= {each.source: "mapped" for each in report.mapped}
    assert found == {**expected, "00-first.txt": "mapped", "99-last.txt": "mapped"}
    assert "root:" not in (tmp_path / "out.nq").read_text("utf-8")  # no file of this machine got in


def test_the_documentation_names_every_hostile_file(hostile: ModuleType) -> None:
    table = DOCS.read_text("utf-8").partition("<!-- hostile -->")[2].partition("<!-- /hostile -->")[0]
    named = re.findall(r"^\| (\w+: .*?) \|", table, re.MULTILINE)
    assert named == list(hostile.CASES)


@pytest.mark.slow
def test_every_hostile_file_within_time_and_memory(hostile: ModuleType) -> None:
    for case in hostile.CASES:
        what, seconds, peak, before = hostile.measured(case)
        assert what
        assert seconds < 60, case
        assert peak - before < 1500, case
