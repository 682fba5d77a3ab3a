"""Policies for runs, and an extractor that counts what it is given."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from privagraph.corpus.manifest import Manifest
from privagraph.corpus.worker import Job, Worker
from privagraph.errors import GraphError
from privagraph.loaders.document import Document
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, PolicyFacts, Practice, Role
from privagraph.ontology.namespaces import expand

POLICY = """Privacy Policy of {name}

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""


class Finder:
    """Finds two mentions and a denial in every policy, and stumbles where it is told to.

    Attributes:
        seen: The names of the documents it was given.
    """

    name = "finder/1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> MappedPolicy:
        self.seen.append(document.source)
        if "stumble" in document.text:
            raise ZeroDivisionError("a fault of ours")
        if "gobble" in document.text:
            raise MemoryError
        start = document.text.index("email address")
        data = Mention(start, start + 13, Role.DATA_CATEGORY, expand("pd:EmailAddress"))
        unknown = Mention(start, start + 5, Role.PURPOSE)
        denial = Practice(
            expand("dpv:Share"), start, start + 13, Polarity.DENIED, Modality.ASSERTED, None, None, (data,)
        )
        return MappedPolicy(document, PolicyFacts(), (data, unknown), (denial,), self.name)


@pytest.fixture
def finder() -> Finder:
    return Finder()


@pytest.fixture
def policy() -> Callable[[str], str]:
    """The text of a company's policy."""
    return lambda name: POLICY.format(name=name)


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Names documents whose time is over once a process is at them; the others have theirs on a busy machine too."""
    usual = Worker.late

    def hang(*names: str) -> None:
        def looked_at(worker: Worker, seconds: float | None) -> Job | None:
            over = bool(worker.jobs) and worker.jobs[0].name in names
            return usual(worker, 0.0 if over else seconds)

        monkeypatch.setattr(Worker, "late", looked_at)

    return hang


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two policies and much that is none."""
    place = tmp_path / "policies"
    place.mkdir()
    for name, company in (("acme.txt", "Acme"), ("birch.md", "Birch"), ("copy.txt", "Acme")):
        (place / name).write_text(POLICY.format(name=company))
    (place / "empty.txt").write_text("")
    (place / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (place / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (place / "stumble.txt").write_text(POLICY.format(name="stumble"))
    return place


@pytest.fixture
def closed_again(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Manifest]:
    """Opens shards whose manifest fails once it is open, sees that it is closed then, and hands it out."""

    def start(begin: Callable[[], object]) -> Manifest:
        opened: list[Manifest] = []

        def fail(self: Manifest) -> None:
            opened.append(self)
            raise GraphError("manifest", "odd", "look")

        monkeypatch.setattr(Manifest, "extents", fail)
        with pytest.raises(GraphError, match="odd"):
            begin()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            opened[0]._connection.execute("SELECT 1")
        return opened[0]

    return start
