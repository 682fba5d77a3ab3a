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
    ServiceError,
    UnsupportedFormatError,
)
from privagraph.loaders.document import Document
from privagraph.loaders.facts import Polarity
from privagraph.loaders.inputs import LeftOut, Source
from privagraph.loaders.iris import PolicyIris, checked_base, policy_iri
from privagraph.loaders.quads import policy_quads
from privagraph.loaders.reviews.remapping import Remapped, ReviewedGraphs, remapped
from privagraph.loaders.sources import SourceList, sources
from privagraph.ontology.evidence import shortened
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
        unsure: How many mentions and practices were left out as less sure than was asked for.
        reviewed: How many findings are as they are by a decision of a reviewer, rejected ones included.
        carried: How many decisions were carried over from another version of the text.
        unfitting: Decisions of reviewers that fit nothing in this policy, each as a line to show.
    """

    source: str
    policy: str
    mentions: int
    ungrounded: int
    practices: int
    denied: int
    changed: bool
    notes: tuple[str, ...] = ()
    unsure: tuple[int, int] = (0, 0)
    reviewed: int = 0
    carried: int = 0
    unfitting: tuple[str, ...] = ()


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
        revisions: The policies that turned out to be newer versions, each with the one before it, by IRI.
    """

    mapped: tuple[MappedSource, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    failed: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()
    revisions: tuple[tuple[str, str], ...] = ()

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
    named: Sequence[str | os.PathLike[str] | Source],
    write: PolicyWriter,
    *,
    base: str = BASE,
    extractor: Extractor | str | None = None,
    web: WebOptions | None = None,
    options: Mapping[str, object] | None = None,
    min_confidence: float = 0.0,
    reviews: ReviewedGraphs | None = None,
    progress: Progress | None = None,
) -> MapReport:
    """Map everything that the user named.

    Args:
        named: Files, folders, patterns, addresses, ``-`` for standard input, or sources.
        write: Is given each policy's graph as soon as it is made.
        base: The IRI under which everything is named.
        extractor: What finds the practices, or its name (see :mod:`privagraph.loaders.extractors`); the usual one
            when None.
        web: Limits and permissions for addresses; the defaults when None.
        options: Options that change what is found, for the graph's provenance.
        min_confidence: Mentions and practices that are less sure are left out, from 0 to 1.
        reviews: Hands out graphs with decisions of reviewers, which are applied again.
        progress: Is told how far the run is.

    Returns:
        What became of each source.

    Raises:
        InputError: The base is not an absolute IRI, or there is no extractor of that name.
        GraphError: The graph cannot be written; policies that were written before stay.
        ServiceError: A service that the extractor needs cannot be used; policies that were written before stay.
    """
    base = checked_base(base)
    told: dict[str, object] = {"base": base, **(options or {})}
    if not 0 <= min_confidence <= 1:
        raise InputError(str(min_confidence), "no confidence", "give a number from 0 to 1")
    if min_confidence:
        told["min_confidence"] = min_confidence
    if extractor is None or isinstance(extractor, str):
        from privagraph.loaders.extractors import DEFAULT_EXTRACTOR, make_extractor

        extractor = make_extractor(extractor or DEFAULT_EXTRACTOR)
    found, left_out = _enumerated([name if isinstance(name, Source) else os.fspath(name) for name in named])
    mapped: list[MappedSource] = []
    failed: list[Failure] = []
    for done, source in enumerate(found):
        if progress is not None:
            progress(done, len(found), source.name)
        try:
            policy = extractor.extract(_admitted(source, web))
            iri = policy_iri(policy.document, base)
            known = reviews(iri, policy.document.source) if reviews is not None else ()
            made = remapped(policy, PolicyIris(base, iri), known, min_confidence=min_confidence)
            holds = made.review.mapped
            changed = write(iri, policy_quads(holds, base=base, options=told, review=made.review))
            mapped.append(_account(made, iri, changed=changed))
        except InputError as error:
            left_out.append(_left_out(source.name, error))
        except (GraphError, ServiceError):
            raise  # it cannot be written, or nobody answers: nothing after this would fare better
        except Exception as error:  # noqa: BLE001  # a fault of ours in one policy must not stop the others
            failed.append(Failure(source.name, f"{type(error).__name__}: {error}", traceback.format_exc()))
    if progress is not None:
        progress(len(found), len(found), "")
    return MapReport(tuple(mapped), tuple(left_out), tuple(failed), found.passed_over)


def _enumerated(named: Sequence[str | Source]) -> tuple[SourceList, list[LeftOut]]:
    """The sources, and which of the user's words name none."""
    try:
        return sources(named), []
    except InputError:
        left_out: list[LeftOut] = []
        good: list[str | Source] = []
        for name in named:
            try:
                sources([name])
                good.append(name)
            except InputError as error:
                left_out.append(_left_out(name if isinstance(name, str) else name.name, error))
        return sources(good), left_out


def _admitted(source: Source, web: WebOptions | None) -> Document:
    """The document of a source, read and found to be a policy."""
    from privagraph.loaders.admission import check
    from privagraph.loaders.readers import read

    document = read(source, web=web)
    notes = check(document)
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def _account(made: Remapped, iri: str, *, changed: bool) -> MappedSource:
    review, policy = made.review, made.review.mapped
    unfitting = [(policy.document.text[each.start : each.end], each) for each in review.unfitting] + list(
        made.behind
    )
    return MappedSource(
        source=policy.document.source,
        policy=iri,
        mentions=len(policy.mentions),
        ungrounded=sum(1 for mention in policy.mentions if mention.concept is None and mention.agent is None),
        practices=len(policy.practices),
        denied=sum(1 for practice in policy.practices if practice.polarity is Polarity.DENIED),
        changed=changed,
        notes=policy.document.notes,
        unsure=(made.mentions, made.practices),
        reviewed=len(review.applied),
        carried=made.carried,
        unfitting=tuple(
            f"{each.found.role or 'practice'} “{shortened(words, 60)}”, {each.by.name}, {each.on.isoformat()}"
            for words, each in unfitting
        ),
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
