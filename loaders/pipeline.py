"""The whole way for many policies: read, admit, extract, write; and an account of what became of each source.

One bad file never stops a run: what cannot be used is left out with its reason, and even a fault of ours in
one policy leaves the others alone. Policies are taken one at a time and handed on at once, so memory does not
grow with their number.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from privagraph.errors import (
    AddressNotAllowedError,
    GraphError,
    InputError,
    RejectedDocumentError,
    UnsupportedFormatError,
)
from privagraph.loaders.document import Document
from privagraph.loaders.facts import MappedPolicy, Polarity
from privagraph.loaders.iris import checked_base, policy_iri
from privagraph.loaders.quads import policy_quads
from privagraph.loaders.sources import Source, SourceList, sources
from privagraph.ontology.namespaces import BASE

if TYPE_CHECKING:
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.web import WebOptions

__all__ = ["Failure", "LeftOut", "MapReport", "MappedSource", "PolicyWriter", "Progress", "map_sources"]

Progress = Callable[[int, int, str], None]
"""Is told before each source: how many are done, how many there are, and the name of the next."""

PolicyWriter = Callable[[str, Iterator[Quad]], bool]
"""Takes a policy's IRI and quads; says whether the graph changed."""


@dataclass(frozen=True, slots=True)
class MappedSource:
    """A source whose policy is in the graph.

    Attributes:
        source: The source's name.
        policy: IRI of the policy.
        mentions: How many mentions were found.
        ungrounded: How many of them no concept fits.
        practices: How many practices were found, denied ones included.
        denied: How many of them the policy denies.
        changed: Whether the graph changed; mapping the same file again changes nothing.
        notes: What reading cut or repaired.
    """

    source: str
    policy: str
    mentions: int
    ungrounded: int
    practices: int
    denied: int
    changed: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that is not in the graph, for a reason.

    Attributes:
        source: The source's name.
        code: The reason as a short stable word: that of a rejected document; ``unreadable`` where nothing
            could be opened, ``format`` for a format that is not read, ``address`` for an address that is not
            allowed.
        reason: The reason in one clause.
        advice: What to do next, in one clause.
    """

    source: str
    code: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that a fault of ours kept out of the graph.

    Attributes:
        source: The source's name.
        error: The type of the error, and what it says.
        trace: Where it was raised, for a report of the fault.
    """

    source: str
    error: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class MapReport:
    """What became of the sources of a run, in their order.

    Attributes:
        mapped: Those whose policies are in the graph.
        left_out: Those that cannot be used.
        failed: Those that a fault of ours kept out.
        passed_over: Names of files in folders that are of no format that is read.
    """

    mapped: tuple[MappedSource, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    failed: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def policies(self) -> int:
        """The number of different policies; two files with the same content are one."""
        return len({each.policy for each in self.mapped})

    @property
    def mentions(self) -> int:
        """The number of mentions, over all sources."""
        return sum(each.mentions for each in self.mapped)

    @property
    def practices(self) -> int:
        """The number of practices, over all sources."""
        return sum(each.practices for each in self.mapped)


def map_sources(
    named: Sequence[str | os.PathLike[str]],
    write: PolicyWriter,
    *,
    base: str = BASE,
    extractor: Extractor | None = None,
    web: WebOptions | None = None,
    options: Mapping[str, object] | None = None,
    progress: Progress | None = None,
) -> MapReport:
    """Map everything that the user named.

    Args:
        named: Files, folders, patterns, addresses, or ``-`` for standard input.
        write: Is given each policy's graph as soon as it is made.
        base: The IRI under which everything is named.
        extractor: What finds the practices; the one with lexicon and grammar when None.
        web: Limits and permissions for addresses; the defaults when None.
        options: Options that change what is found, for the graph's provenance.
        progress: Is told how far the run is.

    Returns:
        What became of each source.

    Raises:
        InputError: The base is not an absolute IRI.
        GraphError: The graph cannot be written; policies that were written before stay.
    """
    base = checked_base(base)
    if extractor is None:
        from privagraph.loaders.extraction import LexiconExtractor

        extractor = LexiconExtractor()
    found, left_out = _enumerated([os.fspath(name) for name in named])
    mapped: list[MappedSource] = []
    failed: list[Failure] = []
    for done, source in enumerate(found):
        if progress is not None:
            progress(done, len(found), source.name)
        try:
            policy = extractor.extract(_admitted(source, web))
            iri = policy_iri(policy.document, base)
            told = {"base": base, **(options or {})}
            changed = write(iri, policy_quads(policy, base=base, options=told))
            mapped.append(_account(policy, iri, changed=changed))
        except InputError as error:
            left_out.append(_left_out(source.name, error))
        except GraphError:
            raise  # it cannot be written: nothing after this could be either
        except Exception as error:  # noqa: BLE001  # a fault of ours in one policy must not stop the others
            failed.append(Failure(source.name, f"{type(error).__name__}: {error}", traceback.format_exc()))
    if progress is not None:
        progress(len(found), len(found), "")
    return MapReport(tuple(mapped), tuple(left_out), tuple(failed), found.passed_over)


def _enumerated(named: Sequence[str]) -> tuple[SourceList, list[LeftOut]]:
    """The sources, and which of the user's words name none."""
    try:
        return sources(named), []
    except InputError:
        left_out: list[LeftOut] = []
        good: list[str] = []
        for name in named:
            try:
                sources([name])
                good.append(name)
            except InputError as error:
                left_out.append(_left_out(name, error))
        return sources(good), left_out


def _admitted(source: Source, web: WebOptions | None) -> Document:
    """The document of a source, read and found to be a policy."""
    from privagraph.loaders.admission import check
    from privagraph.loaders.readers import read

    document = read(source, web=web)
    notes = check(document)
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def _account(policy: MappedPolicy, iri: str, *, changed: bool) -> MappedSource:
    return MappedSource(
        source=policy.document.source,
        policy=iri,
        mentions=len(policy.mentions),
        ungrounded=sum(1 for mention in policy.mentions if mention.concept is None and mention.agent is None),
        practices=len(policy.practices),
        denied=sum(1 for practice in policy.practices if practice.polarity is Polarity.DENIED),
        changed=changed,
        notes=policy.document.notes,
    )


def _left_out(source: str, error: InputError) -> LeftOut:
    if isinstance(error, RejectedDocumentError):
        code = error.code
    elif isinstance(error, UnsupportedFormatError):
        code = "format"
    elif isinstance(error, AddressNotAllowedError):
        code = "address"
    else:
        code = "unreadable"
    return LeftOut(source, code, error.reason, error.advice)
