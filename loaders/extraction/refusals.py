"""Rights that a policy says people do not have ("You have no right to erasure", "You cannot withdraw your consent").

Words that name a right read alike whether it is granted or refused. What refuses it stands before them in their clause
or among them: :func:`is_refused` looks for it, and :func:`find_refused` finds the acts that people are told they cannot
do, which say nothing about rights elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from privagraph.loaders.extraction.clauses import clauses
from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.negation_cues import REFUSED
from privagraph.loaders.extraction.passages import Passage
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["find_refused", "is_refused"]

_ADVERB = (
    r"(?:(?:also|therefore|generally|currently|however|thus|then|unfortunately|normally|yourself|please)\s+)*"
)
_READERS = (
    r"\b(?:you|users?|parents?|guardians?|individuals|data\s+subjects?|customers?|members?|consumers?|residents?|visitors?"
    r"|children|pupils?|students?|patients?|employees|applicants)"
)

_NO_RIGHT = Sieve(
    pattern(
        rf"""
    (?<!\bwe\s)
    \b(?: (?:have|has|having|get|gives?\s+you|grants?\s+you|enjoy|there\s+(?:is|are|exists?)|with)\s+{_ADVERB}no
        | (?:do|does|did|will)(?:\s+not|n['’]t)\s+{_ADVERB}(?:have|get|enjoy|(?:give|grant)\s+you)\s+
          (?:the|any|an?|such\s+an?|your)
        | there\s+(?:is|are)(?:\s+not|n['’]t)\s+(?:the|any|an?)
        | without\s+(?:the|any|a) )
    \s+(?:(?!and\b|or\b|but\b)[\w-]+\s+){{0,2}}?(?:rights?|possibility|option|ability)\b
    """
    )
)
"""Words that say that there is no right."""

_CANNOT = Sieve(
    pattern(
        rf"""
    {_READERS}\s+{_ADVERB}
    (?: cannot | can\s+not | can['’]t | may\s+not(?!\s+be\s+able) | will\s+not\s+be\s+able\s+to
      | (?:is|are)(?:\s+not|n['’]t)\s+(?:able|entitled|allowed|permitted)\s+to | (?:is|are)\s+unable\s+to )
    (?!\s+(?:only|just|yet|opt|be)\b)
    | \bconsents?\s+(?:cannot|can\s+not|can['’]t|may\s+not)(?=\s+be\b)
    """
    )
)
"""Words that say that people cannot do something; from which mail they cannot opt out is another matter."""

_ENDS = pattern(
    r"""
    ; | \bbut\b | \bhowever\b | \b(?:because|since|although|whereas|while|unless|except|until)\b | \.\s
    | \b(?:and|or|so)\s+(?:you|we|they|it)\b | \b(?:and|or)\s+(?:can|may|have|has|will|are)\b
    | ,\s+(?:you|we|they|it|please)\b
    """
)
"""Where the reach of a refusal ends."""

_GRANTED = pattern(r"\b(?:rights?|can|may|entitled)\b")
"""Before a refusal among the words of a right, that they grant one first."""

_OBJECT = (
    r"\b[^.;:,()]{0,60}?\b(?:data|information|details|records?|profiles?|accounts?|it|them)\b"
    r"(?:\s+of\s+[^.;:,()]{1,40})?"
)
_ACTS = tuple(
    (expand(concept), pattern(words))
    for concept, words in (
        ("eu-gdpr:A15", rf"\b(?:access|review|inspect|see|view){_OBJECT} | \bcop(?:y|ies)\s+of{_OBJECT}"),
        ("eu-gdpr:A16", rf"\b(?:correct|rectify|update|amend){_OBJECT}"),
        ("eu-gdpr:A17", rf"\b(?:delete|erase|remove){_OBJECT}"),
        ("eu-gdpr:A18", r"\b(?:restrict|limit)\s[^.;:,()]{0,60}?\b(?:processing|use)\b"),
        (
            "eu-gdpr:A20",
            r"\b(?:port|transfer|transmit|move)\s[^.;:,()]{0,60}?\b(?:data|information)\s+to\s+another\b",
        ),
        ("eu-gdpr:A21", r"\bobject\s+to\b[^.;:()]{0,80}"),
        ("eu-gdpr:A7-3", r"\b(?:withdraw|revoke)\s[^.;:,()]{0,40}?\b(?:consents?|permissions?)\b"),
        ("eu-gdpr:A77", r"\b(?:lodge|file|submit|make)\s[^.;:,()]{0,30}?\bcomplaints?\b[^.;()]{0,80}"),
    )
)

_NOT_THEIRS = pattern(
    r"\b(?:contents?|services?|(?:web)?sites?|apps?|software|(?:of|about)\s+(?:any\s+)?others?|someone|without)\b"
)
"""Among the words of an act, that it is about something else than data of one's own."""

_CONFIDENCE = 0.75
_OWNER = 20
"""So many characters after an act may say whose data it is about."""

_ACT_WITHIN = 100
"""So many characters after the refusal an act may begin."""


def is_refused(text: str, start: int, end: int) -> bool:
    """Whether a right that some words of a sentence name is one that the sentence says people do not have.

    Args:
        text: The sentence.
        start: Offset of the words.
        end: Offset after them.
    """
    if _NOT_THEIRS.search(text, start, min(len(text), end + _OWNER)):
        return False
    return any(
        left < end
        and not _GRANTED.search(text, start, max(start, left))
        and not _ENDS.search(text, right, max(right, start))
        for left, right in _refusals(text)
    )


def find_refused(passage: Passage) -> Iterator[Mention]:
    """The acts of a passage by which people use a right, and that they are told they cannot do."""
    text = passage.text
    for _, right in _refusals(text):
        stop = _ENDS.search(text, right)
        last = min(len(text) if stop is None else stop.start(), right + 2 * _ACT_WITHIN)
        for concept, act in _ACTS:
            match = act.search(text, right, last)
            if match is None or match.start() - right > _ACT_WITHIN:
                continue
            if not _NOT_THEIRS.search(text, *match.span()):
                words = len(match.group().rstrip())
                mention = passage.mention(
                    match.start(), match.start() + words, Role.RIGHT, concept, confidence=_CONFIDENCE
                )
                yield replace(mention, polarity=Polarity.DENIED)


def _refusals(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that refuse something to people.

    A refusal in a condition refuses nothing, and what people cannot do because they refused something themselves is a
    consequence.
    """
    conditions = clauses(text).conditions
    for cue in (_NO_RIGHT, _CANNOT):
        for match in cue.finditer(text):
            start = match.start()
            if any(condition.start <= start < condition.end for condition in conditions):
                continue
            if cue is _CANNOT and any(
                c.fronted and c.end <= start and REFUSED.search(text, c.start, c.end) for c in conditions
            ):
                continue
            yield match.span()
