"""What is known of the sources of a run, and what came of them: nothing is done twice, and nothing is lost.

The graph is written first and the manifest after it, every few seconds. Whoever is stopped in between has done some
work for nothing; the next run does it again and comes to the same graph.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from privagraph.corpus.frames import unpacked
from privagraph.corpus.manifest import Entry, Manifest, Piece
from privagraph.corpus.places import part_name
from privagraph.corpus.tally import Tally
from privagraph.corpus.troubles import add_troubles, write_troubles
from privagraph.corpus.work import Decisions, Outcome, Settings, Task, input_of, map_within
from privagraph.errors import GraphError
from privagraph.loaders.inputs import About, LeftOut, Source
from privagraph.loaders.pipeline import Failure, MappedSource
from privagraph.loaders.readers.reading import LARGEST
from privagraph.queries.folders import ERRORS, MANIFEST

if TYPE_CHECKING:
    from privagraph.corpus.remote import RemoteShards
    from privagraph.corpus.shards import Shards
    from privagraph.corpus.targets import Target
    from privagraph.corpus.work import Step
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.pipeline import MapReport, Progress
    from privagraph.loaders.sources import SourceStream

__all__ = ["Books"]

_TOLD_FROM = 0.01
"""The share of the input from which on it is estimated how many sources there are."""
_SECONDS = 2.0
"""After how long what was done is put down, and cannot be lost any more; later where that takes long itself:"""
_SHARE = 10
"""so many times as long as the last time took."""
_SOURCES = 500
"""After how many sources it is."""
_IN_VAIN = 5000
"""How many sources may come to nothing before a store is made for the mere news of that."""


class Books:
    """What is known of the sources of one run, and what came of them.

    Args:
        settings: How documents are mapped.
        extractor: What the extractor calls itself; and the extractor, where it is none that is made by a name.
        limits: The longest time for a document and the most memory, as far as there are any.
        target: The graph, or None.
        shards: The shards, or None; their manifest counts then.
        open_: What is closed at the end of the run.
        again: Whether inputs that have not changed are mapped again.

    Attributes:
        done: How many sources are done.
    """

    def __init__(
        self,
        settings: Settings,
        extractor: tuple[str, Extractor | None],
        limits: tuple[float | None, int | None],
        target: Target | None,
        shards: Shards | RemoteShards | None,
        open_: ExitStack,
        *,
        again: bool,
    ) -> None:
        self._settings, self._limits = settings, limits
        self._extractor, self._made = extractor
        self._target, self._shards, self._again = target, shards, again
        self._decides = target is not None and target.has_decisions()
        self._way = settings.mapping("", self._extractor).rpartition("/")[2]
        self._open = open_
        self._manifest: Manifest | None = shards.manifest if shards is not None else None
        self._known: deque[tuple[str, Task | None, Entry | None]] = deque()
        self._waiting: list[Entry] = []
        self._news: list[LeftOut | Failure] = []
        self._read = 0
        self._since, self._pause = time.monotonic(), _SECONDS
        self._tally, self._damaged = Tally(), Counter[int]()
        self.done = 0

    def steps(
        self, going: Iterable[Source | LeftOut], sources: SourceStream, progress: Progress | None
    ) -> Iterator[Step]:
        """What is to be done, or known already, of each source."""
        for source in going:
            self._read += 1
            if isinstance(source, LeftOut):
                self._known.append((source.key, None, None))
                yield Outcome(source)
                continue
            if progress is not None:
                progress(self.done, self.expected(sources), source.name)
            source = _with_content(source)
            entry = self._entry(source.key)
            kept = None if entry is None else self._kept(entry, source)
            if kept is not None:
                self._known.append((source.key, None, entry))
                yield kept
                continue
            task = Task(source, self._decisions(None, source.name))
            self._known.append((source.key, task if self._decides else None, None))  # its content is large
            yield task

    def expected(self, sources: SourceStream) -> int:
        """How many sources there are, or :class:`About` how many; 0 where it cannot be told yet."""
        if sources.expected is not None:
            return sources.expected
        return About(round(self._read / sources.share)) if _TOLD_FROM < sources.share < 1 else 0

    def take(self, outcome: Outcome) -> None:
        """Write down what came of the next source."""
        key, task, entry = self._known.popleft()
        outcome = self._decided(outcome, task)
        account, piece = outcome.account, None
        if isinstance(account, MappedSource):
            if entry is not None:
                piece = entry.piece
            elif self._shards is not None:
                piece = outcome.piece or self._shards.add(outcome.frame())
                if outcome.piece is not None and self._target is not None:
                    outcome = replace(outcome, packed=self._shards.read(piece))
            changed = entry is None if self._target is None else self._written(account, outcome)
            account = replace(account, changed=changed)
        elif entry is None:
            self._news.append(account)
        self._tally.add(account)
        self._waiting.append(Entry(self.done, outcome.input, self._way_of(account), account, piece, key))
        self.done += 1
        if len(self._waiting) >= _SOURCES or time.monotonic() - self._since > self._pause:
            self.put_down()

    def put_down(self) -> None:
        """See that nothing of what was done can be lost: first the graph, then the manifest."""
        began = time.monotonic()
        if self._target is not None:
            self._target.commit()
        if self._shards is not None:
            self._shards.sync()
        manifest = self._opened()
        if manifest is not None:
            manifest.note(self._waiting)
            if (place := self._place) is not None:
                add_troubles(place / ERRORS, self._news)
            self._waiting.clear()
            self._news.clear()
        self._since = time.monotonic()
        self._pause = max(_SECONDS, _SHARE * (self._since - began))

    def finished(self, sources: SourceStream) -> MapReport:
        """What became of all sources, which were gone through to their end."""
        passed_over = sources.passed_over
        self.put_down()
        if self._manifest is not None:
            self._manifest.forget_troubles(sources.gone_through)
        if self._shards is not None:
            self._shards.tidy()
        errors = None
        if self._manifest is not None and (place := self._place) is not None:
            errors = write_troubles(place / ERRORS, self._manifest.troubles())
            if errors is not None and self._shards is not None:
                errors = self._shards.where(ERRORS)
        policies = self._manifest.policies() if self._manifest is not None else 0
        if self._shards is None:
            return self._tally.report(policies, passed_over, errors)
        damaged = (
            f"{self._shards.where(part_name(shard))} is damaged, and the graphs of {number:,} of its sources "
            "could not be read, so that they were mapped again"
            for shard, number in sorted(self._damaged.items())
        )
        losses, lost = (*self._shards.losses, *damaged), self._shards.manifest.lost()
        return self._tally.report(policies, passed_over, errors, losses, lost)

    @property
    def _place(self) -> Path | None:
        """The folder of the manifest."""
        if self._shards is not None:
            return self._shards.folder
        return None if self._target is None else self._target.folder

    def _opened(self) -> Manifest | None:
        """The manifest, once there is a place for it; one that does not stay where the graph is in no folder."""
        if self._manifest is None and self._target is not None:
            folder = self._target.folder
            if len(self._waiting) >= _IN_VAIN:
                self._target.begin()
            if folder is None or self._target.is_begun:
                self._manifest = self._open.enter_context(Manifest(folder and folder / MANIFEST))
        return self._manifest

    def _entry(self, key: str) -> Entry | None:
        manifest = self._opened()
        return None if manifest is None or self._again else manifest.known(key)

    def _kept(self, entry: Entry, source: Source) -> Outcome | None:
        """What an earlier run has made of the same input in the same way; None where it is to be mapped."""
        account = entry.account
        if isinstance(account, Failure) or entry.way != self._way_of(account):
            return None
        if not entry.input or entry.input != input_of(source):
            return None
        if isinstance(account, LeftOut):
            return Outcome(account, entry.input)
        account = replace(account, kept=True)
        if self._shards is not None and entry.piece is None:
            return None
        if self._target is None or self._is_there(account):
            return Outcome(account, entry.input)
        if self._shards is None or entry.piece is None:
            return None
        frame = self._frame(entry.piece)
        return None if frame is None else Outcome(account, entry.input, frame)

    def _frame(self, piece: Piece) -> bytes | None:
        """A frame of the shards; None, and a line in the report, where it is damaged."""
        assert self._shards is not None  # who asks has looked
        frame = self._shards.read(piece)
        try:
            unpacked(frame)  # a policy that cannot be taken from here costs less now than the run would later
        except GraphError:
            self._damaged[piece.shard] += 1
            return None
        return frame

    def _is_there(self, account: MappedSource) -> bool:
        assert self._target is not None  # who asks has looked
        mapping = self._settings.mapping(account.policy, self._extractor)
        return self._target.was_mapped(account.policy, account.source, mapping)

    def _way_of(self, account: MappedSource | LeftOut | Failure) -> str:
        """How a source was mapped; for one that took too much, with the limits."""
        if isinstance(account, LeftOut) and account.code in ("time", "memory"):
            return f"{self._way} {self._limits}"
        return self._way

    def _written(self, account: MappedSource, outcome: Outcome) -> bool:
        """Write a graph, unless it is there; says whether anything changed."""
        assert self._target is not None  # who asks has looked
        if account.kept and not outcome.packed:
            return False
        return self._target.write(account.policy, account.source, outcome.text())

    def _decisions(self, policy: str | None, source: str) -> Decisions:
        """The graphs with decisions of reviewers that concern a source, as far as it is known."""
        from privagraph.queries.formats import serialized

        if self._target is None or not self._decides:
            return ()
        found = self._target.reviewed(policy, source)
        return tuple((iri, serialized(quads, RdfFormat.N_QUADS)) for iri, quads in found)

    def _decided(self, outcome: Outcome, task: Task | None) -> Outcome:
        """The outcome with all decisions of reviewers, some of which only the policy's IRI leads to."""
        account = outcome.account
        if task is None or not isinstance(account, MappedSource) or account.kept:
            return outcome
        decisions = self._decisions(account.policy, account.source)
        if decisions == task.decisions:
            return outcome
        return map_within(Task(task.source, decisions), self._settings, self._made, self._limits)


def _with_content(source: Source) -> Source:
    """Standard input with what it holds, by which it is known, since other processes and runs have another one."""
    if source.content is None and source.path is None and source.address is None:
        content = sys.stdin.buffer.read(LARGEST + 1)
        return replace(source, content=content, origin=f"-#{hashlib.sha256(content).hexdigest()}")
    return source
