"""What must not be in the project: real policies' sentences, invented DPV terms, paths of a machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PRIVAGRAPH_SHARED", ROOT.parent / "shared"))
PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w./:~-])/(?:home|Users|root|tmp|mnt)/\w[\w.-]*/\w")
TEXT = {
    ".py",
    ".md",
    ".ttl",
    ".rq",
    ".trig",
    ".json",
    ".jsonld",
    ".toml",
    ".tsv",
    ".yml",
    ".html",
    "",
}


def tracked_files() -> list[Path]:
    """The files under version control, or all of the source folders in an unpacked archive."""
    if (ROOT / ".git").exists():
        command = ["git", "-C", str(ROOT), "ls-files", "-z"]
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    folders = ("privagraph", "ontology", "loaders", "queries", "shapes", "tests", "examples", "docs")
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]


def texts(suffixes: set[str]) -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in tracked_files()
        if path.suffix in suffixes and path.stat().st_size < 3_000_000
    ]


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="no folder of real policies beside the project")
def test_the_checker_finds_nothing() -> None:
    checker = SHARED / "tools" / "check_boundaries.py"
    done = subprocess.run(
        [sys.executable, str(checker), str(ROOT)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    # Tests of the closed vocabulary hold terms that are wrong on purpose.
    found = [line for line in done.stdout.splitlines() if not line.startswith("term: tests/")]
    assert done.returncode in (0, 1), done.stderr
    assert found == []


def test_no_path_of_a_machine() -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts(TEXT)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_one_prefix_is_one_namespace() -> None:
    from privagraph.ontology.namespaces import PREFIXES

    bound = {
        (prefix, namespace)
        for _, text in texts({".ttl", ".rq", ".trig", ".md", ".py"})
        for prefix, namespace in PREFIX.findall(text)
        if prefix not in {"", "ex", "e"}
    }
    assert len(bound) >= 8
    assert {pair for pair in bound if pair[0] in PREFIXES} - set(PREFIXES.items()) == set()
    assert len({prefix for prefix, _ in bound}) == len(bound)
