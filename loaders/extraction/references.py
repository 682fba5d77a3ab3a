"""Words that point back: "this information", "such data", "it", "these purposes", "that third party".

Here they are only told apart from words that say what they mean; what they point at is found by
:mod:`~privagraph.loaders.extraction.discourse`, which knows the order of the document.
"""

from __future__ import annotations

import re

from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.verbs import Operation, Voice

__all__ = [
    "LISTED_ABOVE",
    "acts_as_help",
    "continues_statement",
    "data_pointer",
    "elaborates",
    "is_anaphoric",
    "is_anaphoric_recipient",
    "is_pronoun",
    "names_recipients",
    "opens_with_pronoun",
    "points_back",
    "refers_to_practice",
    "refers_to_purposes",
    "refers_to_recipients",
    "section_named",
]

_DATA = (
    r"(?:information|data|details|identifiers?|categories|content|records|photos?|images?|messages?|documents?|addresses"
    r"|numbers?)"
)
_POINTER = (
    r"(?:this|these|those|such|said|that(?=\s+(?:personal\s+|same\s+)?(?:information|data|content)\b)"
    r"|all\s+(?:of\s+)?(?:this|these|such|that)|any\s+such"
    r"|the\s+(?:above|aforementioned|foregoing|above[\s-]mentioned|aforesaid|same|said|listed|latter)"
    r"|the\s+collected(?=\s+(?:personal\s+)?(?:information|data|details))|the\s+information\s+above|both\s+(?:of\s+)?these"
    r"|(?:some|any|all|each|either|none)\s+of\s+(?:this|these|that|those|the\s+above))"
)
_MAY = r"(?:(?:may|can|could|might|will|also|typically|usually)\s+)*"
_DOING = (
    r"(?:processing|collection|use|usage|storage|transfer|disclosure|sharing|transmission|evaluation|analysis|recording"
    r"|logging)"
)

_WITH_NOUN = pattern(
    rf"""
    \b(?!this\s+document\b){_POINTER}\s+(?:[\w-]+\s+){{0,3}}?{_DATA}\b
  | \b(?:the|your|any|all)\s+(?:[\w-]+\s+){{0,2}}{_DATA}\s+
      (?:(?:we|that|which|is|are|as|have|has|been)\s+)*
      (?:mentioned|listed|described|specified|referred\s+to|named|set\s+(?:out|forth)|stated|collected|identified|outlined)
      \s+(?:above|here\b|(?:in|under)\s+(?:(?:the|our)\s+)?(?:(?:section|paragraph|part|article|clause|point)s?\s+\w|[“"‘']))
  | \bthe\s+(?:information|data)\s+(?:so\s+|we\s+|we\s+have\s+)?collected\b
      (?!\s+(?:by|from|with|through|via|in|on|when|about|during|automatically|under|using|at|for|and|is\s+not))
  | \b(?:the\s+above|the\s+foregoing|all\s+of\s+the\s+above)\b
    """
)
_SECTION = pattern(
    r"""
    \b(?:information|data|details|categories|identifiers)\s+(?:[\w-]+\s+){0,5}?(?:in|under)\s+(?:(?:the|our)\s+)?
    (?: (?:section|paragraph|part|article|clause|point)s?\s+[“"‘']?
        (?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|(?-i:[A-Z])|(?-i:[IVX]{1,5}))\b
      | [“"‘'](?P<title>[^”"’'\n]{3,80})[”"’'] )
    """
)
"""Data that another section names ("the information listed in section 2", "the data described in “Logs”")."""

LISTED_ABOVE = pattern(
    r"\b(?:above|above-mentioned|aforementioned|foregoing|previously\s+(?:mentioned|listed))\b"
)
"""A pointer that may reach over a heading."""

_OBJECT_PRONOUN = pattern(
    r"""
    \s*(?:,?\s*(?:and|or)\s+\w+\s+)?(?:(?:only|also|all\s+of)\s+)?(?:it|them|these|this|that)\b(?!\s+[\w-]+)
  | \s+(?:it|them)\b
  | \s+(?:this|these)\s+(?:to|for|in|with|on|by|as|when|if|only|and|or)\b
    """
)
_SUBJECT_PRONOUN = pattern(
    r"""
    \s*(?:[,;]\s*)?(?:and|but|however,?|so|then|also|instead,?|in\s+addition,?|all\s+of|,|\s)*
    (?:
      \b(?:(?:all|none|any|not\s+one)\s+of\s+(?:it|this|these|them)|it|they|this|these|both)
      (?:['’](?:s|re|ll|d|ve)\b|\s+(?:is|are|will|would|may|can|could|might|shall|must|has|have|does|do|was|were)\b
        |\s+\w+n['’]t\b)
    | \b(?:neither|nor|never|at\s+no\s+(?:time|point|stage)|in\s+no\s+(?:case|event|way)|under\s+no\s+circumstances?
        |on\s+no\s+account|by\s+no\s+means)\s+(?:(?:is|are|will|would|may|can|shall|must|has|have|was|were)\s+)?
      (?:it|they|this|these)\b(?!\s+(?:\w+\s+)?(?:information|data|details))
    | \b(?:it|they|this|these)\s+(?:(?:\w+ly|ever|be|been)\s+)*$
    )
    """
)
_PRONOUN_AFTER_MARK = pattern(
    r"\s[–—-]+\s+(?:it|they|this|these)\s+(?:is|are|will|would|may|can|must|has|have|was|were|does|do)\s+(?:[\w’'-]+\s+){0,4}$"
)
"""A pronoun as the subject after a dash ("it is safe with us - it will not be sold")."""

_BEFORE_MENTION = pattern(
    r"\b(?:this|these|that|those|such|said|the\s+(?:above|aforementioned|foregoing|same|said))\s+(?:\w+\s+)?$"
)
_COLLECTED_BEFORE = pattern(r"\bthe\s+collected\s+$")
_BARE = pattern(r"(?:personal\s+)?(?:information|data|details)")
_MENTION_START = pattern(rf"(?:{_POINTER})\b|(?:it|they|them)$|the\s+(?:data|information)$")
_ELABORATES = pattern(
    rf"""
    \s*(?:[•*–—-]\s*)?(?:
      (?:{_POINTER}|it|they|which)\s*(?:[\w-]+\s+){{0,6}}?\b{_MAY}
        (?:includes?|consists?|comprises?|contains?|are|is|be)\b
        (?!\s+(?:\w+ly\s+)?(?:used|collected|stored|shared|processed|kept|sent|disclosed|necessary|required|based
          |retained|deleted))
    | (?:examples?|e\.g\.|such\s+as|for\s+(?:example|instance)\s*[:,]|including|namely|in\s+particular\s*[:,]
        |specifically\s*[:,]|among\s+others)\b
    | (?:(?:this|these|such|the|your|our)\s+)?(?:[\w-]+\s+){{0,3}}{_DATA}\s+{_MAY}(?:includes?|consists?|comprises?)\b
    )
    """
)
_CONTINUES = pattern(
    rf"""
    \s*(?: (?:this|these|that|such|it)\s+(?:(?:\w+\s+){{0,3}}?(?:is|are|helps?|allows?|enables?|serves?|takes?\s+place
          |may|will|can|has|happens|occurs|constitutes?|lets?|also|makes?))\b
      | (?:we|they)\s+(?:also\s+)?(?:do|did)\s+(?:so|this|that)\b
      | (?:the|our|its|(?:[\w'’.-]+\s+){{0,3}}[\w.-]+['’]s?)\s+
          (?:sole\s+|main\s+|only\s+|primary\s+)?(?:legal\s+|lawful\s+)?
          (?:purposes?|basis|bases|grounds?|reason|aim|legitimate\s+interests?)\b
      | (?:the|this|such|our)\s+(?:data\s+)?(?:{_DOING}|information|data)\b
      | legal\s+bas(?:is|es)\b | purposes?\s*(?:of\s+[\w\s]{{1,40}})?: | for\s+(?:this|these)\s+purposes?
      | in\s+(?:this|these|doing)\s+\w+ | here(?:by|in)?,?\b | insofar | otherwise | (?:to|for|in\s+order\s+to)\b )
    """
)
_REFERS = pattern(
    rf"""
    \b(?: (?:do|doing|did|does)\s+(?:so|this|that)
        | (?:this|such|the|these|that|said|our|aforementioned)\s+(?:data\s+|kind\s+of\s+|type\s+of\s+)?
            (?:{_DOING}|processes|processing\s+activit\w+|activit(?:y|ies)|procedure)
        | (?:this|it|these)\s+(?:is|are|processing) | hereby | thereby
        | in\s+(?:this|these|such)\s+(?:cases?|respect|context)
        | (?:the|our)\s+(?:legal|lawful)\s+(?:basis|bases|grounds?) | legal\s+bas(?:is|es)\b )
    """
)
_PURPOSES = pattern(
    r"""
    \b(?:such|these|those|this|that|the\s+(?:same|above|aforementioned|foregoing|latter|aforesaid))\s+(?:an?\s+)?
    (?:\w+\s+){0,2}?(?:purposes?|functions?|tasks?|reasons?|objectives?|goals?)\b
    """
)
_RECIPIENTS = pattern(
    r"""
    \b(?:that|these|those|such|the\s+(?:same|above|aforementioned|foregoing|said))\s+(?:\w+\s+){0,2}?
      (?:third\s+part\w+|part(?:y|ies)|providers?|partners?|compan(?:y|ies)|recipients?|vendors?|entit(?:y|ies)
        |organi[sz]ations?|processors?|contractors?|individuals|agents|suppliers?|authorit\w+|services|networks
        |advertisers|features|widgets|plug-?ins|tools|sdks|technologies)\b
  | \b(?:to|with|by)\s+them\b | ^\s*they\b
    """
)

_PARTIES = (
    r"(?:third\s+part\w+|part(?:y|ies)|providers?|partners?|compan(?:y|ies)|recipients?|vendors?|entit(?:y|ies)"
    r"|organi[sz]ations?|(?:sub-?)?processors?|contractors?|affiliates?|suppliers?|agents|subsidiar(?:y|ies))"
)
_NAMES_RECIPIENTS = pattern(
    rf"""
    \s*(?:(?:these|those|such|our|the|current|said)\s+)*(?:[\w-]+\s+){{0,3}}?(?:{_PARTIES}|they)\s+
    (?:(?:may|can|currently|presently|also|typically|will)\s+)*(?:includes?|comprises?|consists?\s+of|are)\b(?!\s+not\b)
    """
)
_HELPS = pattern(
    rf"""
    \s*(?:{_POINTER})\s+(?:[\w-]+\s+){{0,3}}?{_DATA}\s+
    (?:(?:may|can|will|also|then|thereby|only|further)\s+)*
    (?:helps?|allows?|enables?|lets?|assists?|serves?|supports?|(?:is|are)\s+(?:needed|necessary|required|helpful|useful|intended|important))\b
    """
)


def is_anaphoric(sentence: str, start: int, end: int) -> bool:
    """Whether the words of a mention only point back ("this information"), so that they name no data themselves."""
    words = sentence[start:end]
    if _MENTION_START.match(words) and len(words) < 60:
        return True
    if _BARE.fullmatch(words) and _COLLECTED_BEFORE.search(sentence[max(0, start - 30) : start]):
        return True
    return bool(_BEFORE_MENTION.search(sentence[max(0, start - 30) : start])) and len(words) < 45


def is_pronoun(words: str) -> bool:
    """Whether words that point back do so without a noun ("it", "these"), so that they reach one sentence back only."""
    return not _WITH_NOUN.search(words) and not re.search(_DATA, words, re.IGNORECASE)


def points_back(sentence: str, first: Operation, last: Operation, limit: int) -> re.Match[str] | None:
    """The words with which the object (active) or subject (passive) of verbs points back to data, or None.

    Args:
        sentence: The sentence.
        first: The first of some verbs that share their objects.
        last: The last of them.
        limit: Offset at which their objects end.
    """
    if first.voice is Voice.PASSIVE:
        pronoun = _SUBJECT_PRONOUN.match(sentence, first.subject, first.start)
        pronoun = pronoun or _PRONOUN_AFTER_MARK.search(sentence, first.subject, first.start)
        return pronoun or _WITH_NOUN.search(sentence, first.subject, first.start)
    pronoun = _OBJECT_PRONOUN.match(sentence, last.end, limit)
    return pronoun or _WITH_NOUN.search(sentence, last.end, min(limit, last.end + 160))


def opens_with_pronoun(sentence: str) -> bool:
    """Whether the subject of a sentence is a pronoun for things ("They are yours.")."""
    return bool(_SUBJECT_PRONOUN.match(sentence))


def elaborates(sentence: str) -> bool:
    """Whether a sentence says what the data of the sentence before it is ("This includes your name.")."""
    return bool(_ELABORATES.match(sentence))


def continues_statement(sentence: str) -> bool:
    """Whether a sentence goes on about the practice before it ("The legal basis is consent.")."""
    return bool(_CONTINUES.match(sentence))


def refers_to_practice(sentence: str) -> bool:
    """Whether a sentence names the practice before it ("this processing", "we do so")."""
    return bool(_REFERS.search(sentence))


def section_named(sentence: str) -> str | None:
    """Number or title of the section that a sentence points at for its data, or None."""
    match = _SECTION.search(sentence)
    return None if match is None else match.group("number") or match.group("title")


def names_recipients(sentence: str) -> bool:
    """Whether a sentence says who the recipients of the sentence before it are ("Affiliates include our parent.")."""
    return bool(_NAMES_RECIPIENTS.match(sentence))


def acts_as_help(sentence: str) -> bool:
    """Whether a sentence says what data that it points back to helps to do ("This information helps us to ...")."""
    return bool(_HELPS.match(sentence))


def data_pointer(sentence: str) -> tuple[int, int] | None:
    """Place of the first words of a sentence that point back to data with a noun, or None."""
    match = _WITH_NOUN.search(sentence)
    return None if match is None else match.span()


def is_anaphoric_recipient(words: str) -> bool:
    """Whether the words of a recipient only point back ("the aforementioned third parties")."""
    return bool(_RECIPIENTS.match(words.strip()))


def refers_to_purposes(sentence: str) -> bool:
    """Whether a sentence points back at purposes ("for these purposes", "such a function")."""
    return bool(_PURPOSES.search(sentence))


def refers_to_recipients(sentence: str) -> bool:
    """Whether a sentence points back at recipients ("to that third party", "with them")."""
    return bool(_RECIPIENTS.search(sentence))
