"""From what a model claims to mentions: the words have to stand in the passage, the concept in the vocabulary.

A quote is looked for as it is, and where it is not found, without regard to the kind of blanks, quotation marks and
dashes, which models like to tidy; letters have to agree. A quote that begins or ends within a word is none. The span is
always that of the text's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from privagraph.errors import UnknownTermError
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.loaders.llm.answers import Claim
from privagraph.loaders.llm.prompt import ASKED
from privagraph.loaders.llm.questions import Question
from privagraph.loaders.llm.usage import Usage
from privagraph.ontology.durations import find_durations
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.ontology.organisations import organisations
from privagraph.ontology.vocabulary import Branch, vocabulary

__all__ = ["checked"]

_FOLDED = str.maketrans("‘’‚‛“”„‟«»‐‑‒–—―\u2212", '\'\'\'\'""""""-------')
_NAMED_BY_MODEL, _NAMED_BY_LEXICON, _UNNAMED = 0.85, 0.75, 0.6
"""Confidence of a mention: both agree on the kind of thing, the lexicon alone knows it, nobody does."""

_ONE_CONCEPT = {
    Role.BREACH_NOTICE: "dpv:DataBreachNotice",
    Role.AUTOMATED_DECISION: "dpv:AutomatedDecisionMaking",
    Role.PROCESSOR_ROLE: "dpv:DataProcessor",
    Role.JURISDICTION: "dpv:Jurisdiction",
}
"""What words of these roles mean where they mean nothing more special."""
_NAMED = {
    Role.RECIPIENT: "dpv:ThirdParty",
    Role.SOURCE: "dpv:ThirdPartyDataSource",
    Role.TRACKING_TECHNOLOGY: "dpv:TrackingByThirdParty",
}
"""Roles in which words can name an organisation, and what an organisation is there that nothing more is known of."""
_PLACES = (Role.STORAGE_LOCATION, Role.TRANSFER_DESTINATION)


def checked(question: Question, claims: Sequence[Claim], usage: Usage) -> Iterator[Mention]:
    """The mentions of a passage that hold.

    Args:
        question: The passage.
        claims: What the model says that it states.
        usage: Is told what did not hold.
    """
    folded, places = _folded(question.text)
    taken: dict[tuple[str, str], int] = {}
    for claim in claims:
        if claim.role not in ASKED:
            usage.lost_roles += 1
            continue
        role = Role(claim.role)
        quote = claim.quote.strip()
        after = taken.get((role, quote), 0)
        span = _find(question.text, quote, after)
        if span is None and (again := _find(folded, _folded(quote)[0], after)) is not None:
            span = places[again[0]], places[again[1] - 1] + 1
        if span is None:
            # The same words again, once more than the text has them, are said twice and lost once.
            usage.lost_quotes += 0 if after else 1
            continue
        taken[role, quote] = span[1]
        yield _mention(question, span, role, claim, usage)


def _find(text: str, quote: str, after: int) -> tuple[int, int] | None:
    """Where a quote stands as whole words, from an offset on."""
    at = text.find(quote, after) if quote else -1
    while at >= 0:
        end = at + len(quote)
        if not (_inside(text, at) or _inside(text, end)):
            return at, end
        at = text.find(quote, at + 1)
    return None


def _inside(text: str, at: int) -> bool:
    """Whether an offset lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _folded(text: str) -> tuple[str, list[int]]:
    """A text with one blank for many and plain quotation marks and dashes, and where each character stood."""
    characters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text.translate(_FOLDED)):
        blank = character.isspace()
        if blank and characters and characters[-1] == " ":
            continue
        characters.append(" " if blank else character)
        places.append(at)
    return "".join(characters), places


def _mention(question: Question, span: tuple[int, int], role: Role, claim: Claim, usage: Usage) -> Mention:
    """A mention of words that do stand there, with the concept, value and organisation that they name."""
    words = question.text[span[0] : span[1]]
    concept, confidence = _concept(claim, role, words, usage)
    value = agent = None
    if role in _NAMED:
        for named in organisations().find(words):
            if named.end - named.start > 0.5 * len(words):
                value, agent = named.name, named.key
                known = organisations().get(named.key)
                own = known.role if known is not None and role is Role.RECIPIENT else None
                concept = concept or own or expand(_NAMED[role])
                break
    elif role is Role.RETENTION:
        value = next((found[2] for found in find_durations(words, 0, len(words))), None)
        concept = concept or expand("dpv:TemporalDuration" if value else "dpv:StorageDuration")
    elif role in _PLACES and concept is not None and concept.startswith(PREFIXES["loc"]):
        value = concept.removeprefix(PREFIXES["loc"])
    return Mention(
        question.start + span[0],
        question.start + span[1],
        role,
        concept,
        Polarity.DENIED if claim.denied else Polarity.AFFIRMED,
        confidence,
        value,
        agent,
    )


def _concept(claim: Claim, role: Role, words: str, usage: Usage) -> tuple[str | None, float]:
    """The concept of a mention: the model's where it is one of the role's kind, else the lexicon's."""
    if claim.concept is not None:
        concept = claim.concept.strip()
        if concept in vocabulary() and _fits(vocabulary().iri(concept), role):
            return vocabulary().iri(concept), _NAMED_BY_MODEL
        usage.lost_concepts += 1
    try:
        grounding = lexicon().ground(words, role)
    except UnknownTermError:  # a role that has no words of its own
        grounding = None
    if grounding is not None and grounding.concept in vocabulary():
        return grounding.concept, _NAMED_BY_LEXICON
    return (expand(_ONE_CONCEPT[role]), _NAMED_BY_LEXICON) if role in _ONE_CONCEPT else (None, _UNNAMED)


@cache
def _fits(concept: str, role: Role) -> bool:
    """Whether a concept is of the kind that words of a role have: one that they have, or one of the same hierarchy."""
    try:
        known = lexicon().concepts(role)
    except UnknownTermError:
        known = frozenset()
    if concept in known or (role in _ONE_CONCEPT and concept == expand(_ONE_CONCEPT[role])):
        return True
    return bool(vocabulary().branches(concept) & _branches(role))


@cache
def _branches(role: Role) -> frozenset[Branch]:
    """The hierarchies that all concepts of a role's words lie in, or nearly all."""
    try:
        known = lexicon().concepts(role)
    except UnknownTermError:
        return frozenset()
    counts: dict[Branch, int] = {}
    for concept in known:
        for branch in vocabulary().branches(concept):
            counts[branch] = counts.get(branch, 0) + 1
    return frozenset(branch for branch, count in counts.items() if 2 * count > len(known))
