"""Who acts: the controller, the reader of the policy, or somebody else, as the words of a subject say.

"We", "our app", "the website" and a name that heads a sentence stand for the controller; "you", "users", "your browser"
for the reader; "third parties", "our partners", "these features", "they" for others.
"""

from __future__ import annotations

import re
from enum import StrEnum

from privagraph.loaders.extraction.conditions import pattern

__all__ = [
    "Actor",
    "actor_of",
    "final_pronoun",
    "names_other",
    "names_reader",
    "subject_start",
    "without_examples",
]


class Actor(StrEnum):
    """Who performs an operation."""

    CONTROLLER = "controller"
    READER = "reader"
    OTHER = "other"
    UNNAMED = "unnamed"
    """A passive without agent, an infinitive that opens a list item: the surroundings say."""


_PLACES = r"(?:app|application|website|site|platform|software|game|server|service|system)"
_PARTIES = (
    r"(?:companies|parties|services|features|entities|organi[sz]ations|plug-?ins|widgets|networks|providers)"
)

_CONTROLLERS = pattern(
    rf"""
    \b(?: we | us | (?-i:I) | cookies?
      | our\s+(?!(?:third|partner|service\s+provider|provider|vendor|advertis|affiliate|processor|subsidiar|contractor
          |supplier|customer|user|client|student)\w*)
      | the\s+(?:company|controller|operator|provider|developer|publisher|organi[sz]ation|{_PLACES}s?)\b
      | this\s+(?:company|{_PLACES})\b )
    """
)
_READERS = pattern(
    r"""
    \b(?: you | (?:your|the)\s+(?:web\s+)?(?:browser|device|computer|phone|terminal) | users? | visitors? | customers?
      | clients? | students? | pupils? | learners? | parents? | guardians? | children | child | minors? | individuals?
      | (?<!legal\s)persons? | people | anyone | subscribers? | members? | players? | applicants? | everyone
      | candidates? | participants? | authors? )\b
    """
)
_OTHERS = pattern(
    rf"""
    \b(?: third[\s-]part(?:y|ies) | (?:business\s+|advertising\s+|analytics\s+|marketing\s+|trusted\s+)*partners?
      | your\s+(?:\w+\s+)?(?:organi[sz]ation|company|workplace|institution|university|college|manager)
      | (?<!\bour\s)(?:administrators?|admins?|hospitals?|networks?
          |banks?(?!\s+(?:account|card|detail|statement|transfer)))
      | (?:the|an?|your|each|any|every|meeting|event|session)\s+hosts? | \Ahosts | institution | university
      | (?:service\s+|payment\s+|hosting\s+|cloud\s+|analytics\s+|e-?mail\s+|internet\s+|content\s+)*providers?
      | vendors? | suppliers? | advertisers? | (?:ad|advertising|social)\s+(?:servers?|media) | affiliates?
      | processors? | sub-?processors? | subsidiar(?:y|ies) | contractors? | agents?
      | (?:these|those|such|other|linked|external|third[\s-]party)\s+(?:web)?sites
      | other\s+(?:users|{_PARTIES}) | (?:these|those|such|certain)\s+{_PARTIES} | such\s+third | features | widgets
      | plug-?ins? | authorit(?:y|ies) | recipients? | they | companies | analytics | sdks? | google | facebook | meta
      | apple | microsoft | twitter | linkedin | amazon | stripe | paypal | employers? | schools? | institutions?
      | teachers? | advisers? | advisors? | controllers? )\b
    """
)
_WE_ALONE = re.compile(r"\bwe\b(?!.*\byou\s*$)", re.IGNORECASE | re.DOTALL)
"""The pronoun, unless "you" stands nearer to the verb."""

_CUT = pattern(
    r"""
    [;:.()!?–—]
  | \b(?:before|after|until|when|whenever|if|that|which|who|where|because|so|as|while|unless|once|since|how|why|what
      |than)\b
    """
)
"""Marks and joints that a subject does not reach over."""

_WITH_PARTNERS = pattern(
    r"""
    ,\s*(?:and\s+|or\s+)?(?:our|its|their|the|other|certain|any)?\s*(?:\w+\s+){0,3}
    (?:partners|affiliates|providers|vendors|agents|subsidiaries|contractors|processors)\s*$
    """
)
"""The end of a subject that is a list ("we, our affiliates and partners")."""

_PUT_IN = pattern(r",\s*(?:including|such\s+as|like|for\s+example|e\.g\.)\s[^;.]{1,120},\s*$")
"""Examples between commas at the end of a subject ("printers, such as Zebrafish, ...")."""

_PRONOUN = pattern(
    r"\b(?:we|you|they|it|(?-i:I))(?=\s+(?:(?:\w+ly|also|then|only|always|never|further)\s+)*$|\s*$)"
)


def actor_of(words: str, *, last_only: bool = False) -> Actor:
    """Who a noun phrase names: the one nearest to its end, but "we" together with others is the controller.

    Args:
        words: The words before a verb, or after "by".
        last_only: Whether "we" has no such precedence.
    """
    if not last_only and _WE_ALONE.search(words):
        return Actor.CONTROLLER
    found = [
        (match.start(), actor)
        for people, actor in (
            (_CONTROLLERS, Actor.CONTROLLER),
            (_READERS, Actor.READER),
            (_OTHERS, Actor.OTHER),
        )
        for match in people.finditer(words)
    ]
    return max(found)[1] if found else Actor.UNNAMED


def names_reader(words: str) -> bool:
    """Whether some words speak of the reader or of people like them."""
    return bool(_READERS.search(words))


def names_other(words: str) -> bool:
    """Whether some words speak of a party that is neither the controller nor the reader."""
    return bool(_OTHERS.search(words))


def final_pronoun(words: str) -> re.Match[str] | None:
    """The subject pronoun that some words end in, adverbs apart, or None."""
    return _PRONOUN.search(words)


def without_examples(words: str) -> str:
    """Words before a verb without the examples between commas that they end in ("printers, such as X, ...")."""
    put_in = _PUT_IN.search(words)
    return words if put_in is None else words[: put_in.start()] + " "


def subject_start(left: str, at: int) -> int:
    """Where the noun phrase begins that ends at ``at``: after the last mark or joint, twelve words at most."""
    start, at = 0, min(at, len(without_examples(left[:at]).rstrip()))
    for cut in _CUT.finditer(left, 0, at):
        start = cut.end()
    comma = left.rfind(",", start, at)
    if comma >= 0 and not _WITH_PARTNERS.match(left, comma, at):
        start = comma + 1
    words = list(re.finditer(r"\S+", left[start:at]))
    return start + words[-12].start() if len(words) > 12 else start
