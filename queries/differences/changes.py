"""What differs between two versions of a policy, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from privagraph.ontology.reading import Span
from privagraph.queries.frames import data_frame

if TYPE_CHECKING:
    import pandas

__all__ = ["COLUMNS", "Change", "Effect", "Kind", "Place", "PolicyDiff", "Side", "TextChange"]


class Kind(StrEnum):
    """What became of a statement."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Effect(StrEnum):
    """What a change means for the privacy of the people whose data they are."""

    WEAKER = "weaker"
    STRONGER = "stronger"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one version.

    Attributes:
        words: The words that the change is about.
        span: Where they stand in the version's text.
        passage: The sentence, list item or row that they stand in.
        passage_span: Where that stands.
        section: The heading above it; empty where there is none.
        concept: IRI of what the words were grounded to; None where nothing fits.
        practices: IRIs of the practices that the passage states.
    """

    words: str
    span: Span
    passage: str
    passage_span: Span
    section: str
    concept: str | None = None
    practices: tuple[str, ...] = ()

    @property
    def before(self) -> str:
        """What of the passage stands before the words."""
        return self.passage[: self.span.start - self.passage_span.start]

    @property
    def after(self) -> str:
        """What of the passage stands behind the words."""
        return self.passage[self.span.end - self.passage_span.start :]


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: Whether something was added, dropped or changed.
        aspect: What it is about: ``practice``, ``polarity``, ``data``, ``purpose``, ``recipient``, ``legal basis``,
            ``retention``, ``location``, ``safeguard``, ``right``, ``condition``, ``modality``, ``date`` and others.
        direction: ``broader``, ``narrower``, ``longer``, ``shorter``, ``named``, ``now denied``, ``now done``; else
            empty.
        effect: What it means for the people.
        sentence: The change in plain words.
        old: The words of the old version; None where something was added.
        new: The words of the new version; None where something was dropped.
    """

    kind: Kind
    aspect: str
    direction: str
    effect: Effect
    sentence: str
    old: Place | None = None
    new: Place | None = None

    @property
    def section(self) -> str:
        """The heading under which it stands, in the new version where it is there."""
        place = self.new or self.old
        return place.section if place is not None else ""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A passage that differs in its words, without a change of what it states that could be told.

    Attributes:
        old: The passage of the old version; None where it is new.
        new: The passage of the new version; None where it is gone.
    """

    old: Place | None
    new: Place | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions.

    Attributes:
        policy: Its IRI.
        name: What to call it: its file, else its title.
    """

    policy: str
    name: str


COLUMNS = (
    "kind", "aspect", "direction", "effect", "sentence", "section", "old_words", "old_start", "old_end",
    "old_concept", "old_passage", "old_practices", "new_words", "new_start", "new_end", "new_concept", "new_passage",
    "new_practices",
)  # fmt: skip
"""The columns of the changes as a table."""


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What differs between two versions of a policy; iterating gives the changes.

    Attributes:
        old: The old version.
        new: The new version.
        changes: The changes, in the order of the new text; what was dropped stands where it stood.
        text_changes: Passages whose words differ without a change of what they state.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    text_changes: tuple[TextChange, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __repr__(self) -> str:
        return f"<PolicyDiff of {self.old.name} and {self.new.name}: {len(self)} changes>"

    def count(self, effect: Effect | str) -> int:
        """How many changes have an effect."""
        return Counter(each.effect for each in self.changes)[Effect(effect)]

    def rows(self) -> list[Mapping[str, object]]:
        """The changes as rows with the columns :data:`COLUMNS`."""
        return [_row(each) for each in self.changes]

    def to_pandas(self) -> pandas.DataFrame:
        """The changes as a data frame.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        return data_frame(self.rows(), COLUMNS)

    def _repr_html_(self) -> str:
        """The changes for a notebook."""
        from privagraph.queries.differences.writing import fragment

        return fragment(self)


def _row(change: Change) -> Mapping[str, object]:
    row: dict[str, object] = {
        "kind": str(change.kind),
        "aspect": change.aspect,
        "direction": change.direction,
        "effect": str(change.effect),
        "sentence": change.sentence,
        "section": change.section,
    }
    for side, place in (("old", change.old), ("new", change.new)):
        row[f"{side}_words"] = place and place.words
        row[f"{side}_start"] = place and place.span.start
        row[f"{side}_end"] = place and place.span.end
        row[f"{side}_concept"] = place and place.concept
        row[f"{side}_passage"] = place and place.passage
        row[f"{side}_practices"] = " ".join(place.practices) if place else None
    return row
