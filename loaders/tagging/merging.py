"""One list of mentions from what the rules found and what the tagger labelled.

The tagger has seen the rules' findings and learned how far to trust each, so its probability speaks for both:

- A span that overlaps findings of its own label is those findings: they bring concept, value and agent. One finding takes
  the span's boundaries, several keep their own (a list of data that the tagger read as one run).
- A span that no rule found is a new mention; its words are grounded.
- A finding that no span covers stays while its probability is at least the label's lower threshold. What has a form of its
  own (an e-mail address, a name, a normalised value) keeps its boundaries; contacts and controllers stay in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from privagraph.loaders.document import Document
from privagraph.loaders.facts import Mention, Role
from privagraph.loaders.tagging.decoding import Tagged
from privagraph.loaders.tagging.labels import TRANSFER, concept_of, role_of
from privagraph.loaders.tagging.marks import labels_of
from privagraph.loaders.tagging.tagger import Reading
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand

__all__ = ["merged"]

_GROUNDED = frozenset(
    {
        Role.DATA_CATEGORY,
        Role.PURPOSE,
        Role.LEGITIMATE_INTEREST,
        Role.RECIPIENT,
        Role.LEGAL_BASIS,
        Role.SOURCE,
        Role.RETENTION,
        Role.SECURITY_MEASURE,
        Role.TRACKING_TECHNOLOGY,
        Role.TRANSFER_SAFEGUARD,
        Role.DATA_SUBJECT,
        Role.RIGHT,
    }
)
"""Roles whose words the lexicon brings to a concept; a place or a rule about children is more than a phrase."""

_WRITTEN = frozenset({Role.CONTROLLER, Role.CONTACT, Role.DPO})
"""Roles that rules find by their form: names, addresses, numbers."""


def merged(
    document: Document, found: Sequence[Mention], reading: Reading, *, lower: Mapping[str, float]
) -> Iterator[Mention]:
    """The mentions of a document, by rules and tagger together.

    Args:
        document: The document.
        found: What the rules found.
        reading: What the tagger read.
        lower: For each label the probability from which a finding stays that no span covers.

    Yields:
        Mentions in no particular order; their confidence is the tagger's probability, not yet calibrated. The polarity of
        those that no rule found is affirmed until their sentence is read.
    """
    spans = _without_general_transfers(reading.spans)
    taken: set[int] = set()
    for span in spans:
        ours = [
            index
            for index, mention in enumerate(found)
            if mention.start < span.end and span.start < mention.end and span.label in labels_of(mention)
        ]
        taken.update(ours)
        if not ours:
            yield _new(document, span)
        elif len(ours) == 1:
            mention = found[ours[0]]
            if _keeps_place(mention):
                yield replace(mention, confidence=span.score)
            else:
                yield replace(mention, start=span.start, end=span.end, confidence=span.score)
        else:
            yield from (replace(found[index], confidence=span.score) for index in ours)
    for index, mention in enumerate(found):
        if index in taken:
            continue
        probability = _probability(reading, mention)
        if probability is None:
            yield mention
        elif probability >= lower[labels_of(mention)[0]] or mention.role in _WRITTEN:
            yield replace(mention, confidence=probability)


def _keeps_place(mention: Mention) -> bool:
    """Whether rules know better than the tagger where the words begin and end."""
    return mention.role in _WRITTEN or mention.value is not None or mention.agent is not None


def _probability(reading: Reading, mention: Mention) -> float | None:
    """How likely the tagger takes the words for what the rules take them; None where it has not read them."""
    labels = labels_of(mention)
    if not labels:
        return None
    values = [reading.pieces.support(mention.start, mention.end, label) for label in labels]
    known = [value for value in values if value is not None]
    return max(known, default=None)


def _new(document: Document, span: Tagged) -> Mention:
    role = role_of(span.label)
    curie = concept_of(span.label)
    concept = expand(curie) if curie else None
    if concept is None and role in _GROUNDED:
        grounding = lexicon().ground(document.text[span.start : span.end], role.value)
        concept = grounding.concept if grounding is not None else None
    return Mention(span.start, span.end, role, concept, confidence=span.score)


def _without_general_transfers(spans: Sequence[Tagged]) -> list[Tagged]:
    """The spans without transfers where destination or safeguard are told apart."""
    precise = [span for span in spans if span.label in ("transfer_destination", "transfer_safeguard")]
    return [
        span
        for span in spans
        if span.label != TRANSFER
        or not any(other.start < span.end and span.start < other.end for other in precise)
    ]
