"""The whole way of one policy: read, admit, extract, decide as reviewers did, and say it in quads.

What becomes of a source is an account: it was mapped, or left out for a named reason, or a fault of ours kept it out.
Runs over many sources are in :mod:`privagraph.corpus`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from privagraph.loaders.inputs import LeftOut
from privagraph.loaders.iris import PolicyIris, policy_iri
from privagraph.loaders.naming import names_of
from privagraph.loaders.quads import policy_nquads
from privagraph.loaders.reviews.remapping import Remapped, remapped
from privagraph.loaders.views import policy_view
from privagraph.ontology.evidence import shortened
from privagraph.ontology.reading import PolicyView

if TYPE_CHECKING:
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.inputs import Source
    from privagraph.loaders.web import WebOptions

__all__ = [
    "LISTED",
    "Account",
    "Failure",
    "LeftOut",
    "MapReport",
    "Mapped",
    "MappedSource",
    "Progress",
    "Totals",
    "left_out",
    "map_source",
]

LISTED = 1000
"""How many accounts of each kind a report holds; its totals are those of all sources, however many there are."""

Progress = Callable[[int, int, str], None]
"""Is told how far a run is: how many sources are done, how many there are (0 where that is not known yet), and the name
of the one that was just begun or done; empty at the end."""


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
        kept: Whether an earlier run had mapped the same input in the same way, so that this one did not.
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
    kept: bool = False


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


Account = MappedSource | LeftOut | Failure
"""What became of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The counts of a run over all of its sources.

    Attributes:
        mapped: Sources whose policies are in the graph.
        policies: Different policies; two files with the same content are one.
        mentions: Mentions that were found.
        ungrounded: How many of them no concept fits.
        practices: Practices that were found, denied ones included.
        denied: How many of them their policy denies.
        unsure_mentions: Mentions that were left out as less sure than was asked for.
        unsure_practices: Practices that were left out so.
        reviewed: Findings that are as they are by a decision of a reviewer.
        carried: Decisions that were carried over from another version of a text.
        same: Mapped sources that changed nothing.
        kept: How many of these were not even mapped again, since an earlier run had.
        notes: Notes of what reading cut or repaired.
        unfitting: Decisions of reviewers that fit nothing.
        left_out: Sources that cannot be used.
        failed: Sources that a fault of ours kept out.
        passed_over: Files in folders that are of no format that is read.
        revisions: Policies that turned out to be newer versions.
        lost: Sources whose graphs are gone from the shards, and that were not mapped again since.
    """

    mapped: int = 0
    policies: int = 0
    mentions: int = 0
    ungrounded: int = 0
    practices: int = 0
    denied: int = 0
    unsure_mentions: int = 0
    unsure_practices: int = 0
    reviewed: int = 0
    carried: int = 0
    same: int = 0
    kept: int = 0
    notes: int = 0
    unfitting: int = 0
    left_out: int = 0
    failed: int = 0
    passed_over: int = 0
    revisions: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class MapReport:
    """What became of the sources of a run, in their order.

    Of a large run it holds the first :data:`LISTED` accounts of each kind; the totals are those of all.

    Attributes:
        mapped: Those whose policies are in the graph.
        left_out: Those that cannot be used.
        failed: Those that a fault of ours kept out.
        passed_over: Names of files in folders that are of no format that is read.
        revisions: The policies that turned out to be newer versions, each with the one before it, by IRI.
        totals: The counts over all sources.
        errors: The file in which all sources stand that were left out or failed; None where there is none.
        losses: What this run found to be gone from the shards, or damaged in them, each as a line to show.
    """

    mapped: tuple[MappedSource, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    failed: tuple[Failure, ...] = ()
    passed_over: tuple[str, ...] = ()
    revisions: tuple[tuple[str, str], ...] = ()
    totals: Totals = field(default_factory=Totals)
    errors: str | None = None
    losses: tuple[str, ...] = ()

    @property
    def policies(self) -> int:
        """The number of different policies; two files with the same content are one."""
        return self.totals.policies

    @property
    def mentions(self) -> int:
        """The number of mentions, over all sources."""
        return self.totals.mentions

    @property
    def practices(self) -> int:
        """The number of practices, over all sources."""
        return self.totals.practices


@dataclass(frozen=True, slots=True)
class Mapped:
    """A policy on its way into a graph.

    Attributes:
        account: What became of its source.
        nquads: Its graph, as N-Quads.
        input: What the bytes that were read hash to.
        view: What the graph says, as :func:`~privagraph.ontology.reading.read_policy` reads it.
    """

    account: MappedSource
    nquads: bytes
    input: str
    view: PolicyView


def map_source(
    source: Source,
    extractor: Extractor,
    *,
    base: str,
    options: Mapping[str, object] | None = None,
    min_confidence: float = 0.0,
    web: WebOptions | None = None,
    reviews: Iterable[tuple[str, Iterable[Quad]]] = (),
) -> Mapped | LeftOut | Failure:
    """Map one source.

    Args:
        source: The source.
        extractor: What finds the practices.
        base: The IRI under which everything is named, with its separator.
        options: Options that change what is found, for the graph's provenance.
        min_confidence: Mentions and practices that are less sure are left out, from 0 to 1.
        web: Limits and permissions for addresses; the defaults when None.
        reviews: Graphs with decisions of reviewers, which are applied again.

    Returns:
        The policy with its graph, or why there is none. Its account says that it changed the graph; who writes it knows
        better.

    Raises:
        GraphError: A graph with decisions cannot be read.
        ServiceError: A service that the extractor needs cannot be used.
        MemoryError: The memory that this process may take is used up.
    """
    try:
        policy = extractor.extract(_admitted(source, web))
        iri = policy_iri(policy.document, base)
        iris = PolicyIris(base, iri)
        made = remapped(policy, iris, reviews, min_confidence=min_confidence)
        mapped = made.review.mapped
        names = names_of(mapped, iris)
        nquads = policy_nquads(mapped, iris, names, options=options, review=made.review)
        view = policy_view(mapped, iris, names)
        return Mapped(_account(made, iri), nquads, policy.document.input_hash, view)
    except InputError as error:
        return left_out(source.name, error)
    except (GraphError, ServiceError, MemoryError):
        raise  # nobody answers, or nothing fits: nothing after this would fare better
    except Exception as error:  # noqa: BLE001  # a fault of ours in one policy must not stop the others
        return Failure(source.name, f"{type(error).__name__}: {error}", traceback.format_exc())


def _admitted(source: Source, web: WebOptions | None) -> Document:
    """The document of a source, read and found to be a policy."""
    from privagraph.loaders.admission import check
    from privagraph.loaders.readers import read

    document = read(source, web=web)
    notes = check(document)
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def _account(made: Remapped, iri: str) -> MappedSource:
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
        changed=True,
        notes=policy.document.notes,
        unsure=(made.mentions, made.practices),
        reviewed=len(review.applied),
        carried=made.carried,
        unfitting=tuple(
            f"{each.found.role or 'practice'} “{shortened(words, 60)}”, {each.by.name}, {each.on.isoformat()}"
            for words, each in unfitting
        ),
    )


def left_out(source: str, error: InputError) -> LeftOut:
    """The account of a source that cannot be used, from the error that says why.

    Args:
        source: The source's name.
        error: Why.
    """
    if isinstance(error, RejectedDocumentError):
        code = error.code
    elif isinstance(error, UnsupportedFormatError):
        code = "format"
    elif isinstance(error, AddressNotAllowedError):
        code = "address"
    else:
        code = "unreadable"
    return LeftOut(source, code, error.reason, error.advice)
