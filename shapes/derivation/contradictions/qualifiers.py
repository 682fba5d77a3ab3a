"""What a statement takes out of itself: exceptions, conditions, and words that make it say less than it seems to.

Most pairs of statements that look like a contradiction are none, because one of them carries an exception: "unless you
agree", "except to couriers", "where the law requires it". An exception is read as the topics that it is about, so that
"unless the law requires it" covers a disclosure to a court and does not cover one to an advertiser.
"""

from __future__ import annotations

import re
from enum import StrEnum

from privagraph.ontology.memory import Remembered
from privagraph.shapes.derivation.contradictions.families import Family

__all__ = [
    "CHILDREN",
    "CONTRAST",
    "EXCEPTION",
    "HEDGE",
    "NEGATION",
    "SCOPED",
    "Topic",
    "exceptions_of",
    "goes_on",
    "takes_back",
    "topics_of",
]


class Topic(StrEnum):
    """What an exception or a condition is about."""

    CONSENT = "consent"
    LAW = "law"
    PROVIDER = "provider"
    MERGER = "merger"
    SAFEGUARD = "safeguard"
    """Protection that the data have, which every deed can claim."""
    AGGREGATE = "aggregate"
    AFFILIATE = "affiliate"
    SAFETY = "safety"
    POLICY = "policy"
    """What else the policy says: "as described below"."""
    OTHER = "other"
    """Something that none of the others fits."""


_TOPICS = {
    Topic.POLICY: re.compile(
        r"""
        \b(?:as|than|where|when|except|otherwise)\s+(?:\w+\s+){0,3}?
          (?:described|set\s+(?:forth|out)|stated|outlined|provided|noted|specified|mentioned|explained|disclosed|permitted
            |allowed|indicated|detailed|listed|identified|defined|contemplated|discussed|expressed)
          (?!\s+by\s+(?:applicable\s+)?law)
      | \b(?:in|under|by|with|of)\s+(?:this|the|our|these|those)\s+(?:\w+\s+){0,2}
          (?:polic(?:y|ies)|notice|statement|section|paragraph|agreement|terms)\b
      | \b(?:below|above|herein|hereunder|following)\b
      | \b(?:the\s+)?(?:limited|certain|specific|some)\s+(?:\w+\s+)?(?:circumstances|situations|cases|instances)\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.CONSENT: re.compile(
        r"""
        \b(?:consent|permi(?:t|ssion)|authori[sz](?:e|ed|ation)|approv(?:e|al)|agree(?!ment)\w*|opt(?:ed)?[\s-]*in|direction
          |instruct\w*|voluntar\w+|explicit\s+request|your\s+(?:own\s+)?(?:request|choice|option|instruction))\b
      | \byou(?:['’]ve|\s+have)?\s+(?:also\s+|explicitly\s+|specifically\s+|expressly\s+|\w+ly\s+)?
          (?:choose|chose|decide|request|ask|direct|want|elect|allow|let|tell|instruct|share|post|select|enable|connect)\w*
      | \b(?:requested|chosen|selected|directed|initiated)\s+by\s+(?:you|the\s+user)\b
      | \b(?:unless|until)\s+(?:and\s+until\s+)?you\b
      | \b(?:inform|notify|tell|notice\s+to)\w*\s+(?:you|users)\b | \badvance\s+notice\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.LAW: re.compile(
        r"""
        \b(?:laws?|legal(?:ly)?|courts?|subpoenas?|warrants?|authorit(?:y|ies)|regulat\w+|governments?\w*|statut\w+
          |judicial|police|litigation|obliged|compelled|legislation|comply)\b
      | \b(?:is|are|as|be|if|when|where)\s+required\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.PROVIDER: re.compile(
        r"""
        \b(?:service|services|hosting|cloud|payment|technology|it|email|mail|delivery|analytics|support)[\s-]+providers?\b
      | \bproviders?\b | \bvendors?\b | \bcontractors?\b | \bsub-?contractors?\b | \b(?:sub-?)?processors?\b
        | \bsuppliers?\b
      | \bagents?\b | \bon\s+(?:our|its|their|the\s+company['’]s)\s+behalf\b | \b(?:assist|help|support|enable)s?\s+us\b
      | \bwho\s+(?:help|assist|support|need|perform|provide)\b | \bcouriers?\b | \bhosting\b
      | \b(?:to|for|in\s+order\s+to)\s+(?:the\s+)?(?:\w+\s+)?(?:provide|provision|perform\w*|deliver\w*|fulfil\w*
        |operat\w+
          |complet\w+|process(?:ing)?|render\w*|carry\w*\s+out|run(?:ning)?|maintain\w*|maintenance|technical)\b
      | \bnecessary\b | \bneed\s+to\s+know\b | \btechnical\s+(?:reasons|purposes)\b | \bmaintenance\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.MERGER: re.compile(
        r"""
        \b(?:merge[rd]?s?|merging|acqui(?:re[drs]?|sitions?|rers?|ring)|bankrupt\w*|insolven\w*|reorgani[sz]\w+|restructur\w+
          |divest\w*|successors?|liquidation|buyers?|purchasers?|takeover|change\s+of\s+(?:control|ownership)
          |new\s+owners?|business\s+(?:transfers?|transactions?|changes?)|joint\s+venture)\b
      | \b(?:sale|transfer|selling|sell|purchase|disposition)\s+of\s+(?:\w+\s+){0,6}?(?:business|assets?|company
        |stock|shares
          |app(?:lication)?|site|service)\b
      | \b(?:sell|buy|transfer|assign)s?\s+(?:\w+\s+){0,4}?(?:business(?:es)?|assets?|company|stores?|ownership)\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.AGGREGATE: re.compile(
        r"""
        \baggregat\w* | \banonym\w* | \bde-?\s?identif\w* | \bnon-?\s?(?:personal\w*|identif\w*) | \bstatistic\w*
      | \bpseudonym\w* | \bdoes\s+not\s+(?:\w+\s+)?identify | \b(?:not|never|cannot
        |without)\s+(?:\w+\s+){0,3}?identif\w+
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.SAFEGUARD: re.compile(
        r"\b(?:adequate|appropriate|sufficient|suitable|equivalent)\s+(?:\w+\s+){0,2}?"
        r"(?:controls?|protections?|safeguards?|measures|levels?|security)\b"
        r"|\b(?:legal|lawful)\s+(?:basis|bases|grounds?)\b|\blegitimate\s+(?:interests?|reasons?|purposes?|grounds?)\b"
        r"|\b(?:good|valid)\s+(?:reasons?|cause)\b",
        re.IGNORECASE,
    ),
    Topic.AFFILIATE: re.compile(
        r"""
        (?<!un)(?<!non-)(?<!non\s)\baffiliate[sd]?\b | \bsubsidiar\w+ | \bparent\s+compan\w+ | \b(?:our|same)\s+group\b
      | \b(?:group|family|corporate)\s+(?:of\s+)?compan\w+ | \brelated\s+(?:compan\w+|entit\w+) | \bsister\s+compan\w+
      | \bcommon\s+(?:ownership|control)\b
        """,
        re.IGNORECASE | re.VERBOSE,
    ),
    Topic.SAFETY: re.compile(
        r"\b(?:protect\w*|safety|fraud\w*|security|emergenc\w+|rights|property|abuse|enforce\w*|defend\w*|threats?)\b",
        re.IGNORECASE,
    ),
}

CHILDREN = re.compile(
    r"\b(?:child(?:ren)?|minors?|kids?|pupils?\s+under|(?:under|below)\s+(?:the\s+age|\(?\d\d|age)"
    r"|younger\s+than|under-?age|\d\d\s+years\s+of\s+age|COPPA|not\s+of\s+(?:legal\s+)?age)\b",
    re.IGNORECASE,
)
"""That a sentence is about children."""

NEGATION = re.compile(
    r"\b(?:not|never|nor|neither|no\s+longer|cannot|without|none\s+of|nobody|no\s+one|no)\b|n['’]t\b",
    re.IGNORECASE,
)
"""That a sentence denies something."""

EXCEPTION = re.compile(
    r"""
    \b(?: except(?:ing|ions?)?(?!\w) | unless | other\s+than | apart\s+from | aside\s+from | save\s+(?:for|as|where
      |when|to)
      | with\s+the\s+exceptions?\s+of | only\s+(?:if|when|where|in|with|to|for|as|after|under) | but\s+only | until
      | without\s+(?:\w+[\s,]+){0,6}?(?:consent|permission|authori[sz]ation|approval|agreement
        |knowledge|basis|grounds?|reasons?
        |cause|telling|asking|informing|notifying|notice)
      | beyond\s+(?:what|those|the) | outside\s+(?:of\s+)?(?:the\s+)?(?:purposes|scope)
      | (?:but|however|although|though),?\s+(?:we\s+|i\s+|it\s+|the\s+\w+\s+){0,2}(?:may|might|can|do|does|share
        |will\s+only) )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The word with which a statement takes something out of itself; what follows it is the exception."""

_FRONTED = re.compile(
    r"\W*(?:except|unless|other\s+than|apart\s+from|aside\s+from|save|with\s+the\s+exception|only|beyond)\b",
    re.IGNORECASE,
)

CONTRAST = re.compile(
    r"\W*(?:however|but|except|nevertheless|nonetheless|that\s+said|the\s+(?:only\s+)?exceptions?|exceptions?|notwithstanding"
    r"|this\s+(?:does|doesn['’]t|will|shall|statement|excludes?|promise|rule))\b",
    re.IGNORECASE,
)
"""How a sentence begins that takes something out of what stands before it, even in a paragraph of its own."""

_TAKES_BACK = re.compile(
    r"""
    \W*(?:however|but|except|nevertheless|nonetheless|that\s+said|still|the\s+(?:only\s+)?exceptions?|exceptions?|only
      |notwithstanding|although|this\s+(?:does|doesn['’]t|will|shall|statement|excludes?|promise|rule)|these\s+do
      |there\s+(?:are|is|may\s+be)|in\s+(?:certain|some|limited|rare|the\s+following|such)
      |under\s+(?:certain|some|limited)|occasionally|from\s+time\s+to\s+time|at\s+times|sometimes|unless|instead|rather)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a sentence begins that plainly takes something out of the promise right before it."""

_SETS_A_CASE = re.compile(
    r"""
    \W*(?:(?:please\s+)?note\s+that|in\s+the\s+event|if|should|where\s+(?:we|the)
      |(?:we|i|they|the\s+\w+|[A-Z]\w+)\s+(?:do,?|does,?|may,?|might|will\s+only|only|can))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a sentence begins that goes on from a promise where it is about the same deed, and else begins anew."""

_GIVES = (
    r"shar|disclos|provid|transfer|transmi|pass|giv|releas|sell|sold|send|sent|forward|report|communicat|display|reveal"
    r"|work\s+with|employ|engag|partner|allow|let\b|access|available|(?:us(?:e|ing)|hav(?:e|ing))\s+(?:\w+\s+){0,3}?"
    r"(?:third|provider|compan|partner|processor|vendor|contractor)"
)
_GETS = r"collect|gather|receiv|record|obtain|ask|request|stor|keep|retain|sav|log"
_SAME_DEED = {
    Family.SHARING: re.compile(rf"\b(?:{_GIVES})", re.IGNORECASE),
    Family.SALE: re.compile(rf"\b(?:{_GIVES}|rent|trad|exchang)", re.IGNORECASE),
    Family.COLLECTION: re.compile(rf"\b(?:{_GETS}|{_GIVES})", re.IGNORECASE),
    Family.STORAGE: re.compile(r"\b(?:stor|keep|kept|retain|sav|hold|held|archiv|log|record)", re.IGNORECASE),
    Family.USE: re.compile(
        r"\b(?:us(?:e[ds]?|ing)|process|analy[sz]|send|contact|display|show|advertis|market)", re.IGNORECASE
    ),
}
"""Words for what a promise of each family denies, or for what leads to it."""

HEDGE = re.compile(
    r"""
    \b(?:generally|typically|normally|usually|ordinarily|in\s+general|as\s+a\s+rule|in\s+principle|currently|presently
      |at\s+(?:present|this\s+time|the\s+moment)|directly|permanently|automatically|routinely|regularly|systematically
      |intentionally|willfully|actively|publicly|solely|necessarily|otherwise|by\s+default|yet)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words near a denial that make it say less than "never"."""

SCOPED = re.compile(
    r"""
    \W*(?:when|whenever|where|if|while|in\s+(?:this|that|such|these|those)\s+(?:case|context|situation|process|respect)s?
      |in\s+the\s+(?:case|context|course|event)|for\s+(?:this|these|those|such)|during|under\s+(?:this|these|such|certain)
      |upon|once|after|before|with\s+(?:respect|regard)\s+to|as\s+(?:regards|for|to)|by\s+(?:doing|using)\s+(?:this|so))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a sentence begins that holds in one case alone."""


def topics_of(words: str) -> frozenset[Topic]:
    """What some words are about, for an exception or a condition.

    Most sentences state several deeds, and policies repeat each other, so words are remembered with their topics.

    Example:
        >>> sorted(topics_of("where the law requires it or you agree"))
        [<Topic.CONSENT: 'consent'>, <Topic.LAW: 'law'>]
    """
    return _topics(words)


@Remembered
def _topics(words: str) -> frozenset[Topic]:
    return frozenset(topic for topic, pattern in _TOPICS.items() if pattern.search(words))


def exceptions_of(sentence: str, *, at: int = 0, following: str = "") -> frozenset[Topic]:
    """What a denial takes out of itself.

    Args:
        sentence: The denial.
        at: Where its negation stands; what is before that counts only where it opens with an exception.
        following: What follows it and takes something out of it (:func:`goes_on`).

    Returns:
        The topics; :attr:`Topic.OTHER` where there is an exception that none of the others fits.

    Example:
        >>> sorted(exceptions_of("We never share data, unless you agree."))
        [<Topic.CONSENT: 'consent'>]
        >>> sorted(exceptions_of("We never share data.", following="However, we may tell the courts."))
        [<Topic.LAW: 'law'>]
    """
    found: set[Topic] = set()
    cut = _FRONTED.match(sentence) or EXCEPTION.search(sentence, at)
    if cut:
        # Protection alone tells nothing of what is taken out ("unless the data are well protected").
        found |= topics_of(sentence[cut.start() :])
        if found <= {Topic.SAFETY}:
            found.add(Topic.OTHER)
    return frozenset(found) | topics_of(following)


def takes_back(sentence: str) -> bool:
    """Whether a sentence says by its first words that it limits what stands right before it ("However, ...")."""
    return bool(_TAKES_BACK.match(sentence))


def goes_on(sentence: str, family: Family) -> bool:
    """Whether a sentence takes something out of the promise right before it.

    Args:
        sentence: The sentence after the promise.
        family: What the promise is about.

    Returns:
        Whether it plainly limits it ("However, ..."), or is about the same deed in some case ("We may share ...").

    Example:
        >>> goes_on("We may share them with couriers.", Family.SHARING)
        True
        >>> goes_on("We may store your data.", Family.SHARING)
        False
    """
    return takes_back(sentence) or bool(_SETS_A_CASE.match(sentence) and _SAME_DEED[family].search(sentence))
