"""Practices and mentions as rows, for spreadsheets and data frames.

One row is one practice, or one mention, of one policy. Where there can be several values (data, recipients), a cell is
a list, and beside the names stand the IRIs, in the same order; words that no concept fits stand for themselves, with
the IRI of their mention. A denied practice is a row like any other, with the polarity ``denied``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from privagraph.ontology.reading import MentionView
from privagraph.queries.export.policies import Policy, parts_of, says_purpose

__all__ = ["MENTIONS", "PRACTICES", "Cell", "Column", "Kind", "Table"]

Cell: TypeAlias = str | int | float | list[str] | None
Row: TypeAlias = Mapping[str, Cell]
Kind: TypeAlias = type[str] | type[int] | type[float] | type[list[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its name.
        kind: What its cells are: ``str``, ``int``, ``float`` or ``list`` of text.
    """

    name: str
    kind: Kind = str


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table.

    Attributes:
        name: What a row is, in the plural.
        columns: Its columns.
        rows: The rows of a policy.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Policy], Iterator[Row]]


_PARTS: Mapping[str, tuple[str, ...]] = {
    "data": ("data_category",),
    "data_subject": ("data_subject",),
    "purpose": ("purpose", "legitimate_interest"),
    "recipient": ("recipient",),
    "legal_basis": ("legal_basis", "legitimate_interest"),
    "data_source": ("source",),
    "location": ("storage_location", "transfer_destination"),
    "safeguard": ("transfer_safeguard", "security_measure"),
    "technology": ("tracking_technology",),
}
"""The parts of a practice: the start of the names of the two columns, and the roles of its mentions."""
_PLURALS = {
    "data": "data",
    "data_subject": "data_subjects",
    "purpose": "purposes",
    "recipient": "recipients",
    "legal_basis": "legal_bases",
    "data_source": "data_sources",
    "location": "locations",
    "safeguard": "safeguards",
    "technology": "technologies",
}
_SEVERAL = list[str]


def _of_policy(policy: Policy) -> dict[str, Cell]:
    view = policy.view
    return {
        "policy": view.iri,
        "source": [*view.sources],
        "title": policy.value(view.iri, "dct:title") or view.label,
        "policy_controller": policy.name(policy.controller) or None,
    }


def _practice_rows(policy: Policy) -> Iterator[Row]:
    for practice in policy.view.practices:
        actor = policy.actor(practice)
        stated, excepted = parts_of(practice)
        row = _of_policy(policy)
        row |= {
            "practice": practice.iri,
            "controller": policy.name(actor) or None,
            "controller_iri": actor,
            "processing": policy.name(practice.processing),
            "processing_iri": practice.processing,
            "polarity": "denied" if practice.denied else "affirmed",
            "modality": practice.modality,
            "condition": practice.condition or None,
        }
        for part, roles in _PARTS.items():
            chosen = [each for each in stated if each.role in roles and _fits(each, part)]
            row[_PLURALS[part]] = [policy.named(each) for each in chosen]
            row[f"{part}_iris"] = [each.agent or each.concept or each.iri for each in chosen]
        kept = [each for each in stated if each.role == "retention"]
        known = {role for roles in _PARTS.values() for role in roles} | {"retention"}
        row |= {
            "retention": [each.quote for each in kept],
            "retention_durations": [policy.duration(each) for each in kept],
            "other": [f"{each.role}: {policy.named(each)}" for each in stated if each.role not in known],
            "except": [f"{each.role}: {policy.named(each)}" for each in excepted],
            "sentence": practice.quote,
            "start": practice.evidence.start,
            "end": practice.evidence.end,
            "confidence": practice.confidence,
        }
        yield row


def _fits(mention: MentionView, part: str) -> bool:
    return mention.role != "legitimate_interest" or says_purpose(mention) == (part == "purpose")


def _mention_rows(policy: Policy) -> Iterator[Row]:
    practices: dict[str, list[str]] = {}
    for practice in policy.view.practices:
        for each in practice.arguments:
            practices.setdefault(each.iri, []).append(practice.iri)
    for each in policy.view.mentions:
        row = _of_policy(policy)
        row |= {
            "mention": each.iri,
            "role": each.role,
            "polarity": "denied" if each.denied else "affirmed",
            "concept": policy.name(each.concept) or None,
            "concept_iri": each.concept,
            "organisation": policy.name(each.agent) or None,
            "organisation_iri": each.agent,
            "value": each.value or None,
            "words": each.quote,
            "start": each.span.start,
            "end": each.span.end,
            "confidence": each.confidence,
            "practices": practices.get(each.iri, []),
        }
        yield row


def _columns(names: Iterable[str]) -> tuple[Column, ...]:
    several = {
        "source",
        "retention",
        "retention_durations",
        "other",
        "except",
        "practices",
        *_PLURALS.values(),
    }
    kinds: dict[str, Kind] = {"start": int, "end": int, "confidence": float}
    return tuple(
        Column(name, _SEVERAL if name in several or name.endswith("_iris") else kinds.get(name, str))
        for name in names
    )


_PAIRS = tuple(name for part in _PARTS for name in (_PLURALS[part], f"{part}_iris"))

PRACTICES = Table(
    "practices",
    _columns(
        (
            *("policy", "source", "title", "policy_controller", "practice", "controller", "controller_iri"),
            *("processing", "processing_iri", "polarity", "modality", "condition"),
            *_PAIRS,
            *("retention", "retention_durations", "other", "except"),
            *("sentence", "start", "end", "confidence"),
        )
    ),
    _practice_rows,
)
"""One row for each practice, denied ones included."""

MENTIONS = Table(
    "mentions",
    _columns(
        (
            *("policy", "source", "title", "policy_controller"),
            *("mention", "role", "polarity", "concept", "concept_iri"),
            *(
                "organisation",
                "organisation_iri",
                "value",
                "words",
                "start",
                "end",
                "confidence",
                "practices",
            ),
        )
    ),
    _mention_rows,
)
"""One row for each mention."""
