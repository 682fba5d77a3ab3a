"""Words that point back: "this information", "such data", "it", "these purposes", "that third party".

Which words they point at is decided in :mod:`~privagraph.loaders.extraction.practices`, which knows the order of the
document; here they are only told apart from words that say what they mean.
"""

from __future__ import annotations

import re

from privagraph.loaders.extraction.verbs import Operation, Voice

__all__ = [
    "LISTED_ABOVE",
    "continues_statement",
    "elaborates",
    "is_anaphoric",
    "is_pronoun",
    "points_back",
    "refers_to_practice",
    "refers_to_purposes",
    "refers_to_recipients",
]

_DATA = r"(?:information|data|details|identifiers?|categories|content|records|photos?|images?|messages?|documents?|addresses|numbers?)"
_POINTER = (
    r"(?:this|these|that(?=\s+(?:personal\s+|same\s+)?(?:information|data|content)\b)|those|such|said|all\s+(?:of\s+)?(?:this|these|such|that)|any\s+such|the\s+(?:above|aforementioned|foregoing"
    r"|above[\s-]mentioned|aforesaid|same|said|listed|collected|latter|information\s+(?:above|collected|so))|both\s+(?:of\s+)?these"
    r"|(?:some|any|all|each|either|none)\s+of\s+(?:this|these|that|those|the\s+above))"
)
_WITH_NOUN = re.compile(
    rf"\b{_POINTER}\s+(?:[\w-]+\s+){{0,3}}?{_DATA}\b"
    rf"|\b(?:the|your|any|all)\s+(?:[\w-]+\s+){{0,2}}{_DATA}\s+(?:mentioned|listed|described|specified|referred\s+to|named|set\s+out|stated|collected)\s+(?:above|here)\b"
    r"|\b(?:the\s+above|the\s+foregoing|all\s+of\s+the\s+above)\b",
    re.IGNORECASE,
)
LISTED_ABOVE = re.compile(
    r"\b(?:above|above-mentioned|aforementioned|foregoing|previously\s+(?:mentioned|listed))\b", re.IGNORECASE
)
"""A pointer that may reach over a heading."""

_OBJECT_PRONOUN = re.compile(
    r"\s*(?:,?\s*(?:and|or)\s+\w+\s+)?(?:(?:only|also|all\s+of)\s+)?(?:it|them|these|this|that)\b(?!\s+[\w-]+)"
    r"|\s+(?:it|them)\b"
    r"|\s+(?:this|these)\s+(?:to|for|in|with|on|by|as|when|if|only|and|or)\b",
    re.IGNORECASE,
)
_SUBJECT_PRONOUN = re.compile(
    r"\s*(?:[,;]\s*)?(?:and|but|however,?|so|then|also|instead,?|in\s+addition,?|all\s+of|,|\s)*\b(?:it|they|this|these|both|all\s+of\s+(?:it|this))\s+"
    r"(?:(?:is|are|will|would|may|can|could|might|shall|must|has|have|does|do|was|were)\b)",
    re.IGNORECASE,
)
_BEFORE_MENTION = re.compile(
    r"\b(?:this|these|that|those|such|said|the\s+(?:above|aforementioned|foregoing|same|said|collected))\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_MENTION_START = re.compile(rf"(?:{_POINTER})\b|(?:it|they|them)$|the\s+(?:data|information)$", re.IGNORECASE)
_ELABORATES = re.compile(
    rf"""
    \s*(?:[•*–—-]\s*)?(?:
      (?:{_POINTER}|it|they|which)\s*(?:[\w-]+\s+){{0,6}}?\b(?:may\s+|can\s+|could\s+|might\s+|will\s+|also\s+|typically\s+|usually\s+)*(?:include|includes|consist|consists|comprise|comprises|contain|contains|are|is|be)\b(?!\s+(?:\w+ly\s+)?(?:used|collected|stored|shared|processed|kept|sent|disclosed|necessary|required|based|retained|deleted))
      | (?:examples?|e\.g\.|such\s+as|for\s+(?:example|instance)\s*[:,]|including|namely|in\s+particular\s*[:,]|specifically\s*[:,]|among\s+others)\b
      | (?:(?:this|these|such|the|your|our)\s+)?(?:[\w-]+\s+){{0,3}}{_DATA}\s+(?:(?:may|can|could|might|will|also)\s+)*(?:includes?|consists?|comprises?)\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTINUES = re.compile(
    r"""
    \s*(?: (?:this|these|that|such|it)\s+(?:(?:\w+\s+){0,3}?(?:is|are|helps?|allows?|enables?|serves?|takes?\s+place|may|will|can|has|happens|occurs|constitutes?|lets?|also|makes?))\b
      | (?:we|they)\s+(?:also\s+)?(?:do|did)\s+(?:so|this|that)\b
      | (?:the|our|its)\s+(?:sole\s+|main\s+|only\s+|primary\s+)?(?:legal\s+|lawful\s+)?(?:purposes?|basis|bases|grounds?|reason|aim|legitimate\s+interests?)\b
      | (?:the|this|such|our)\s+(?:data\s+)?(?:processing|collection|use|storage|transfer|disclosure|sharing|transmission|evaluation|analysis|recording|logging|information|data)\b
      | legal\s+bas(?:is|es)\b | purposes?\s*(?:of\s+[\w\s]{1,40})?: | for\s+(?:this|these)\s+purposes? | in\s+(?:this|these|doing)\s+\w+
      | here(?:by|in)?,?\b | insofar | otherwise | (?:to|for|in\s+order\s+to)\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REFERS = re.compile(
    r"""
    \b(?: (?:do|doing|did|does)\s+(?:so|this|that) | (?:this|such|the|these|that|said|our|aforementioned)\s+(?:data\s+|kind\s+of\s+|type\s+of\s+)?(?:processing|collection|use|usage|storage|transfer|disclosure|sharing|transmission
        |evaluation|analysis|recording|logging|processes|processing\s+activit\w+|activit(?:y|ies)|procedure) | (?:this|it|these)\s+(?:is|are|processing) | hereby | thereby | in\s+(?:this|these|such)\s+(?:cases?|respect|context)
        | (?:the|our)\s+(?:legal|lawful)\s+(?:basis|bases|grounds?) | legal\s+bas(?:is|es)\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PURPOSES = re.compile(
    r"\b(?:such|these|those|this|that|the\s+(?:same|above|aforementioned|foregoing|latter|aforesaid))\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:purposes?|functions?|tasks?|reasons?|services|objectives?|goals?|interests?)\b",
    re.IGNORECASE,
)
_RECIPIENTS = re.compile(
    r"\b(?:that|these|those|such|the\s+(?:same|above|aforementioned|foregoing|said))\s+(?:\w+\s+){0,2}?(?:third\s+part\w+|part(?:y|ies)|providers?|partners?|compan(?:y|ies)|recipients?|vendors?"
    r"|entit(?:y|ies)|organi[sz]ations?|processors?|contractors?|individuals|agents|suppliers?|authorit\w+|services|networks|advertisers)\b|\b(?:to|with|by)\s+them\b|^\s*they\b",
    re.IGNORECASE,
)


def is_anaphoric(sentence: str, start: int, end: int) -> bool:
    """Whether the words of a mention only point back ("this information"), so that they name no data themselves."""
    words = sentence[start:end]
    if _MENTION_START.match(words) and len(words) < 60:
        return True
    return bool(_BEFORE_MENTION.search(sentence[max(0, start - 30) : start])) and len(words) < 45


def points_back(sentence: str, operation: Operation, last: Operation, limit: int) -> re.Match[str] | None:
    """The words with which the object (active) or subject (passive) of a verb points back, or None.

    Args:
        sentence: The sentence.
        operation: The first verb of a group that shares its objects.
        last: The last verb of that group.
        limit: Offset at which the group's objects end.
    """
    if operation.voice is Voice.PASSIVE:
        words = sentence[operation.subject : operation.start]
        found = _SUBJECT_PRONOUN.match(sentence, operation.subject, operation.start)
        if found:
            return found
        del words
        return _WITH_NOUN.search(sentence, operation.subject, operation.start)
    if found := _OBJECT_PRONOUN.match(sentence, last.end, limit):
        return found
    return _WITH_NOUN.search(sentence, last.end, min(limit, last.end + 160))


def is_pronoun(words: str) -> bool:
    """Whether words that point back do so without a noun ("it", "these"), so that they reach one sentence back only."""
    return not _WITH_NOUN.search(words) and not re.search(_DATA, words, re.IGNORECASE)


def elaborates(sentence: str) -> bool:
    """Whether a sentence says what the data of the sentence before it is ("This includes your name.")."""
    return bool(_ELABORATES.match(sentence))


def continues_statement(sentence: str) -> bool:
    """Whether a sentence goes on about the practice before it ("The legal basis is consent.")."""
    return bool(_CONTINUES.match(sentence))


def refers_to_practice(sentence: str) -> bool:
    """Whether a sentence names the practice before it ("this processing", "we do so")."""
    return bool(_REFERS.search(sentence))


def refers_to_purposes(sentence: str) -> bool:
    """Whether a sentence points back at purposes ("for these purposes", "such a function")."""
    return bool(_PURPOSES.search(sentence))


def refers_to_recipients(sentence: str) -> bool:
    """Whether a sentence points back at recipients ("to that third party", "with them")."""
    return bool(_RECIPIENTS.search(sentence))
