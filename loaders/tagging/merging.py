"""One list of mentions from what the rules found and what the tagger labelled.

The tagger has seen the rules' findings and learned how far to trust each, so its probability speaks for both:

- A span that overlaps findings of its own label is those findings: they bring concept, value and agent. One finding
  takes the span's boundaries, but not so that the end of its phrase is cut off; several keep their own (a list of
  data that the tagger read as one run).
- A span that no rule found is a new mention; its words are grounded.
- A finding that no span covers stays while its probability is at least the label's lower threshold, which is none for
  labels of which the tagger has seen few examples. What has a form of its own (an e-mail address, a name, a normalised
  value) keeps its boundaries; contacts and controllers stay in any case, and so does a list of four or more kinds of
  data, and data that is given as an example ("other details, such as your shoe size"), whom "we share your name with",
  a right that shares the words of one that is kept ("to access, correct or delete your data") or stands beside it in a
  row, that a right is refused, and that people must provide their data: a lawyer must not miss these.
- "Your personal data" and "student data" are no categories of data; where neither holds they are references, to which
  practices are tied, and so is any data that a list of purposes follows ("shoe sizes serve us for these purposes:"), or
  that is the object or subject of a verb of processing ("we keep shoe sizes", "shoe sizes are kept").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.general_data import is_handled
from privagraph.loaders.extraction.parties import DATA_GIVEN
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.loaders.tagging.card import Card
from privagraph.loaders.tagging.decoding import Tagged
from privagraph.loaders.tagging.labels import TRANSFER, concept_of, role_of
from privagraph.loaders.tagging.marks import labels_of
from privagraph.loaders.tagging.rows import coordinated, in_a_row
from privagraph.loaders.tagging.spots import Spots
from privagraph.loaders.tagging.tagger import Reading
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand

__all__ = ["Merged", "merged"]

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

_GENERAL = frozenset(
    map(expand, ("dpv:PersonalData", "dpv:CollectedPersonalData", "dpv:ProvidedPersonalData"))
)
"""Concepts of words that say no more than "your personal data"."""

_BY_NAME = re.compile(r"(?:have\s+)?(?:(?:the|your|an?)\s+)?rights?\s+(?:to|of)\b", re.IGNORECASE)
"""How words begin that call a right by its name."""

_OF_PEOPLE = re.compile(
    r"(?:(?:the|our|any|their)\s+)?(?:student|pupil|child|children|user|customer|client|consumer|visitor|member|patient"
    r"|employee|parent)(?:s?['’]s?|s)?\s+(?:personal\s+)?(?:data|information)",
    re.IGNORECASE,
)
"""Words that say whose data is meant, and not which."""

_EXAMPLES = re.compile(
    r"\b(?:information|data|details)\s*[(,]?\s*(?:such as|e\.g\.|for example|for instance|including(?: but not limited "
    r"to)?|like),?\s(?:(?!\b(?:to|so that|where|when|which|from|with)\b)[^().;:\n])*\Z",
    re.IGNORECASE,
)
"""Words that end where an example of data begins."""

_GIVEN_TO = re.compile(
    r"(?:\b(?<!do )(?<!nor )(?<!will )(?:we|i) (?:(?:may|might|will|can|also|sometimes|then|(?!hardly)\w+ly) )*"
    r"(?:share|disclose|sell|rent|transfer|give|send|pass on|forward)|"
    r"\b(?!(?:no|any|every)(?:body|one)\b|you\b|it\b)(?-i:[A-Z])[\w&-]+ (?:(?:also|sometimes|then|(?!hardly)\w+ly) )*"
    r"(?:shares|discloses|sells|rents|transfers|gives|sends|passes on|forwards)) "
    rf"(?:[^.;:\n]{{0,70}} )?{DATA_GIVEN}[^.;:\n]{{0,60}} (?:with|to)\s*\Z",
    re.IGNORECASE,
)
"""Words that end where a recipient begins."""

_BEFORE = 160
"""So many characters before a finding may announce it."""

_FOR_THESE = re.compile(
    r"[^.;:\n]{0,80}\b(?:for|(?P<to>to)|purposes?|reasons?|so that (?:we|it) (?:can|may)):\s*\n",
    re.IGNORECASE,
)
"""Words that follow data, and after which a list of purposes does: the list is of this data, whatever it is called."""

_USED = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|process\w*|need\w*)\b(?:(?!\b(?:disclos|shar|transfer|sen[dt]|sell|pass|hand|giv)\w*)"
    r"[^.;:\n])*\Z",
    re.IGNORECASE,
)
"""Words before "to:" that tell a list of purposes from one of recipients ("we hand shoe sizes over to:")."""

_PLACES = expand("loc:")
"""Countries and regions are found by their names."""

_SOMEWHERE = frozenset({Role.STORAGE_LOCATION, Role.TRANSFER_DESTINATION})
"""Roles whose words are grounded to the one place that they name."""

_WRITTEN = frozenset({Role.CONTROLLER, Role.CONTACT, Role.DPO})
"""Roles that rules find by their form: names, addresses, numbers."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What rules and tagger found together.

    Attributes:
        mentions: The mentions, in no particular order.
        references: Words that rules took for data, and that refer to data without saying which.
    """

    mentions: tuple[Mention, ...]
    references: tuple[Mention, ...]


def merged(document: Document, found: Sequence[Mention], reading: Reading, card: Card) -> Merged:
    """The mentions of a document, by rules and tagger together.

    Args:
        document: The document.
        found: What the rules found.
        reading: What the tagger read.
        card: The tagger's card, for its lower thresholds and its calibration.

    Returns:
        Mentions and references. The polarity of those that no rule found is affirmed until their sentence is read.
    """
    index = Spots(
        (label, number, mention) for number, mention in enumerate(found) for label in labels_of(mention)
    )
    enumerated = _enumerated(document.text, found)
    taken: set[int] = set()
    mentions: list[Mention] = []
    references: list[Mention] = []
    doubted: list[Mention] = []
    for span in _without_general_transfers(reading.spans):
        confidence = card.calibration[span.label].confidence(span.score)
        ours = index.overlapping(span.label, span)
        taken.update(ours)
        if not ours:
            mentions.append(_new(document, span, confidence))
        elif len(ours) == 1 and not _keeps_place(found[ours[0]]):
            mentions.append(_sure(_placed(document, found[ours[0]], span), confidence, card))
        else:
            mentions.extend(_sure(found[number], confidence, card) for number in ours)
    for number, mention in enumerate(found):
        if number in taken:
            continue
        likely = _probabilities(reading, mention)
        if not likely:
            mentions.append(mention)
            continue
        label = max(likely, key=likely.__getitem__)
        known = _sure(mention, card.calibration[label].confidence(likely[label]), card)
        kept = any(probability >= card.lower[label] for label, probability in likely.items())
        if kept:
            mentions.append(known)
        elif (
            mention.role in _WRITTEN
            or number in enumerated
            or _is_example(document, mention)
            or _is_given_to(document, mention)
            or _tells_necessity(mention)
            or _refuses(mention)
        ):
            mentions.append(mention)
        elif mention.role is Role.RIGHT:
            (mentions if _BY_NAME.match(document.text, mention.start, mention.end) else doubted).append(
                mention
            )
        elif (
            mention.concept in _GENERAL
            or _OF_PEOPLE.fullmatch(document.text, mention.start, mention.end)
            or (mention.role is Role.DATA_CATEGORY and _is_done_to(document.text, mention))
        ):
            references.append(known)
    mentions.extend(coordinated(document.text, mentions, doubted))
    mentions.extend(in_a_row(document.text, mentions, doubted))
    return Merged(tuple(mentions), tuple(references))


def _placed(document: Document, mention: Mention, span: Tagged) -> Mention:
    """A finding with the span's boundaries.

    A phrase that rules read to its end is not cut off in its last half. Where most of the words are not the
    finding's, the span may be one of several in it, and is grounded by its own words.
    """
    shared = min(mention.end, span.end) - max(mention.start, span.start)
    whole = max(mention.end, span.end) - min(mention.start, span.start)
    if 2 * shared >= whole:
        return replace(mention, start=span.start, end=max(mention.end, span.end))
    new = _new(document, span, mention.confidence)
    return replace(mention, start=span.start, end=span.end, concept=new.concept)


def _enumerated(text: str, found: Sequence[Mention]) -> set[int]:
    """Numbers of the findings that stand in a list of data, each close to the next."""
    order = sorted(
        (
            number
            for number, mention in enumerate(found)
            if mention.role is Role.DATA_CATEGORY and mention.concept and mention.concept not in _GENERAL
        ),
        key=lambda number: found[number].start,
    )
    lists: list[list[int]] = []
    for number in order:
        between = text[found[lists[-1][-1]].end : found[number].start] if lists else "\n"
        if len(between) <= _CLOSE and "\n" not in between and "." not in between:
            lists[-1].append(number)
        else:
            lists.append([number])
    return {number for some in lists if len(some) >= _LIST for number in some}


def _is_example(document: Document, mention: Mention) -> bool:
    """Whether the words before a kind of data announce it as one: "other details (such as your shoe size)"."""
    if mention.role is not Role.DATA_CATEGORY or mention.concept is None or mention.concept in _GENERAL:
        return False
    return _EXAMPLES.search(document.text, max(0, mention.start - _BEFORE), mention.start) is not None


def _is_given_to(document: Document, mention: Mention) -> bool:
    """Whether the words before a recipient say that data goes there: "we may share your name with"."""
    if mention.role is not Role.RECIPIENT:
        return False
    return _GIVEN_TO.search(document.text, max(0, mention.start - _BEFORE), mention.start) is not None


def _is_done_to(text: str, mention: Mention) -> bool:
    """Whether the words around data say what is done with it, or that a list of purposes is of it."""
    return is_handled(text, mention.start, mention.end) or _serves(text, mention)


def _serves(text: str, mention: Mention) -> bool:
    """Whether a list of purposes follows the words: "we use shoe sizes to:"."""
    ahead = _FOR_THESE.match(text, mention.end)
    if ahead is None or ahead["to"] is None:
        return ahead is not None
    return _USED.search(text, max(0, mention.start - _BEFORE), ahead.start("to")) is not None


def _tells_necessity(mention: Mention) -> bool:
    """Whether rules read that data must, or need not, be provided: some annotators mark it, some do not."""
    return mention.role is Role.MANDATORY_PROVISION and mention.concept is not None


def _refuses(mention: Mention) -> bool:
    """Whether rules read that people do not have a right; the tagger has learnt from rights that are granted."""
    return mention.role is Role.RIGHT and mention.polarity is Polarity.DENIED


def _sure(mention: Mention, confidence: float, card: Card) -> Mention:
    """A finding with the tagger's confidence, or the rule's own where the tagger saw too few examples to judge."""
    if all(card.lower[label] for label in labels_of(mention)):
        return replace(mention, confidence=confidence)
    return replace(mention, confidence=max(mention.confidence, confidence))


_CLOSE = 15  # characters between two members of a list
_LIST = 4  # members of a list that the tagger cannot silence


def _keeps_place(mention: Mention) -> bool:
    """Whether rules know better than the tagger where the words begin and end."""
    named = mention.value is not None or mention.agent is not None
    return named or mention.role in _WRITTEN or (mention.concept or "").startswith(_PLACES)


def _probabilities(reading: Reading, mention: Mention) -> dict[str, float]:
    """How likely the labels of what the rules found are; empty where the tagger has not read the words."""
    return {
        label: probability
        for label in labels_of(mention)
        if (probability := reading.pieces.support(mention.start, mention.end, label)) is not None
    }


def _new(document: Document, span: Tagged, confidence: float) -> Mention:
    role = role_of(span.label)
    curie = concept_of(span.label)
    concept = expand(curie) if curie else None
    if concept is None and role in _GROUNDED:
        grounding = lexicon().ground(document.text[span.start : span.end], role.value)
        concept = grounding.concept if grounding is not None else None
    elif role in _SOMEWHERE:
        named = {match.concept for match in lexicon().find(document.text, span.start, span.end, {"location"})}
        concept = named.pop() if len(named) == 1 else None
    return Mention(span.start, span.end, role, concept, confidence=confidence)


def _without_general_transfers(spans: Sequence[Tagged]) -> list[Tagged]:
    """The spans without transfers where destination or safeguard are told apart."""
    precise = Spots(
        ("", number, span)
        for number, span in enumerate(spans)
        if span.label in ("transfer_destination", "transfer_safeguard")
    )
    return [span for span in spans if span.label != TRANSFER or not precise.overlapping("", span)]
