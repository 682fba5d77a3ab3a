"""The closed lists of words by which the subject of a verb is found, and how the verb stands in its sentence.

Relative and asked clauses, infinitives and what governs them. All patterns that end in ``$`` are searched in the words
before a verb; case makes no difference.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.verb_cues import ADVERB

__all__ = [
    "ASKED_BEFORE",
    "ASKING_WORD",
    "ASK_US",
    "BESIDE_BEFORE",
    "BY_BEFORE",
    "CEASE_BEFORE",
    "CHOOSE_TO",
    "CONSENT",
    "CONTENT_CLAUSE",
    "DONE_WITHOUT",
    "GOVERNED",
    "GRANTED",
    "INVERTED_BEFORE",
    "INVERTED_BE_BEFORE",
    "JOINTS",
    "KEEP_US_FROM",
    "LET_OTHERS",
    "LET_US",
    "LET_YOURS",
    "MEANS_BEFORE",
    "NAMED_RIGHT_TO",
    "OUR_RIGHT_TO",
    "READER_BEFORE_BE",
    "RELATIVE_BEFORE",
    "RELATIVE_BEFORE_BE",
    "RIGHT_TO",
    "TIME_BEFORE",
    "WARDED_OFF_BEFORE",
    "WHILE_BEFORE",
    "WISH_TO",
    "YOU_ASKED_TO",
    "YOU_TO",
]

_PEOPLE = r"(?:you|users?|visitors?|customers?|students?|parents?|individuals?|children)"

RELATIVE_BEFORE = pattern(r"\b(?:that|which|who|whom)\s*$")
RELATIVE_BEFORE_BE = pattern(
    rf"\b(?P<pronoun>that|which|who)\s+(?:(?:may|might|can|could|will|would|shall|must|has|have)\s+(?:{ADVERB}\s+)*)?$"
)
READER_BEFORE_BE = pattern(r"(?<!\babout\s)\b(?:you|users?)\s*$")
BESIDE_BEFORE = pattern(
    r"\s*[,(–—]\s*(?:(?:(?:none|neither|all|both|some)\s+of\s+)?which|(?:(?:and|but)\s+)?(?:never|not))\s*$"
)
"""What opens words beside the data that they speak of ("your name, which we never sell", "your name (never sold)")."""

INVERTED_BE_BEFORE = pattern(
    r"""
    \b(?:at\s+no\s+(?:time|point|stage)|in\s+no\s+(?:case|event|way)|under\s+no\s+circumstances?|on\s+no\s+account
      |by\s+no\s+means|neither|nor|never)\s+(?:is|are|was|were)\s+(?P<subject>(?:[\w’'-]+,?\s+){1,12})$
    """
)
"""Before a participle, a negation that turns its clause round ("at no time is your name sold")."""

CONTENT_CLAUSE = pattern(
    r"""
    \b(?:note|aware|mean|understand|agree|ensur|sure|know|known|stat|acknowledg|says?|said|so|such|inform(?!ation)|confirm|accept
      |consent|declar|fact|extent|event|likely|possible|provided|promis|guarante|assur)\w*(?:\s+you|\s+users)?
    (?:,\s*(?:however|though|too|therefore),?)?\s*$
    """
)
"""Before "that", what makes its clause a statement and no description of a noun."""

TIME_BEFORE = pattern(r"\b(?:before|after|until|than|prior\s+to)\s*$")
INVERTED_BEFORE = pattern(r"\b(?:do|does|did|will|would|shall|should|may|can|could|have|has)$")
"""Before a pronoun, that the verb of its clause stands first ("at no time do we share")."""

ASKED_BEFORE = pattern(
    r"\b(?:how|why|what|which|whether|with\s+whom|to\s+whom|how\s+long|who)\s+(?:[\w-]+\s+){0,3}$"
)
ASKING_WORD = pattern(r"\b(?:how|why|what|which|whether|whom)\s*$")
JOINTS = frozenset(
    {
        *(
            "and",
            "or",
            "but",
            "if",
            "when",
            "where",
            "because",
            "as",
            "so",
            "while",
            "unless",
            "once",
            "since",
            "then",
        ),
        *(
            "though",
            "although",
            "also",
            "that",
            "for",
            "until",
            "whenever",
            "than",
            "addition",
            "case",
            "cases",
        ),
        *("example", "instance", "general", "however", "and/or", "particular", "circumstances", "therefore"),
        *("services", "service", "website", "site", "app"),
    }
)
"""Words after which a pronoun opens a clause of its own, and describes no noun."""

# -- infinitives and gerunds: the words before "to", or before the gerund ---------------------------------------------

MEANS_BEFORE = pattern(
    r"""
    \b(?:by|for|in|of|when|while|before|after|without|including|such\s+as|on|through|with|than|via|start|begin)\s+
    (?:(?:\w+ly|also|the|our|us|not|either)\s+)*$
    """
)
CEASE_BEFORE = pattern(
    r"""
    \b(?:ceas(?:e|es|ed|ing)|stop(?:s|ped)?|discontinu(?:e|es|ed)|avoid(?:s|ed)?
      |(?:abstain(?:s|ed)?|desist(?:s|ed)?|refrain(?:s|ed)?|prohibited|forbidden|barred)\s+from
      |(?:in\s+the\s+business|(?:no|any)\s+(?:intention|interest|habit|practice)|in\s+the\s+(?:habit|practice))\s+of
      |(?:engaged?|believe|participate|interested)\s+in|commit(?:s|ted)?\s+to\s+(?:never|not))
    \s+(?:\w+ly\s+)?$
    """
)
"""Verbs of ceasing, which make of a gerund the act that is denied ("we will stop collecting"), and the like of them."""

DONE_WITHOUT = pattern(r"\bwithout\s+(?:ever\s+|us\s+|our\s+)*$")
"""Before a gerund, that it is what is left undone ("it works without recording you")."""

WARDED_OFF_BEFORE = pattern(r"\b(?:from|against|before|without|of|about|prevent\w*|than)\s+(?:\w+ly\s+)*$")
BY_BEFORE = pattern(r"\b(?:by|for|of)\s+(?:\w+ly\s+)*$")
WHILE_BEFORE = pattern(r"\b(?:when|while|by)\s+(?:\w+ly\s+)*$")

ASK_US = pattern(
    r"""
    \b(?:ask|asking|request|requesting|instruct|tell|want|like|requires?|contact|direct|notify|object\w*\s+to)\s+
    (?:that\s+)?us\s+(?:not\s+)?$
    """
)
"""The reader asks the controller to do something: a right, no practice."""

KEEP_US_FROM = pattern(
    r"\b(?:opt(?:ing)?[\s-]out\s+of|object\s+to|refuse|prevent|stop|withdraw\w*|without|not)\s+\w+\s+us\s+$"
)
LET_US = pattern(
    r"""
    \b(?:allow(?:s|ing)?|enabl(?:e|es|ing)|permit(?:s|ting)?|authori[sz](?:e|es|ing)|for|requir(?:e|es|ing)|help(?:s|ing)?
      |lets?|obliges?|obligates?|compels?|instruct|empower)\s+us\s+$
    """
)
CONSENT = pattern(r"\b(?:consents?|permission|authori[sz]ation|agrees?)\s+(?:for\s+us\s+)?$")
YOU_TO = pattern(rf"\b(?:{_PEOPLE}|yourself)\s+$")
YOU_ASKED_TO = pattern(
    rf"""
    \b(?:ask(?:s|ed|ing)?|requir(?:e|es|ed|ing)|request(?:s|ed)?|invite|needs?|want|prompts?|oblige|allows?|enable|permit
      |encourage|like)\s+(?:that\s+)?(?:for\s+)?{_PEOPLE}\s+$
    """
)
RIGHT_TO = pattern(r"\bright\s+(?:\w+ly\s+)?$")
OUR_RIGHT_TO = pattern(
    r"\b(?:reserves?|retains?|we\s+have|gives?\s+us|grants?\s+us)\s+(?:the|a)\s+right\s+(?:\w+ly\s+)?$"
)
NAMED_RIGHT_TO = pattern(
    r"\b(?!(?:User|Consumer|Resident|Subject|Person|Individual|Customer|Everyone|Everybody|Anyone|Child|Parent|He|She)\b)"
    r"(?-i:[A-Z])[\w.&-]+\s+has\s+the\s+right\s+$"
)
"""A right of somebody with a name, which is the controller's ("Nordlicht has the right to share")."""

WISH_TO = pattern(
    r"""
    \b(?:rights|entitled|ability|option|opportunity|choice|chooses?|able|want|wish|wishes|fails?|refuses?|decides?|prefer)
    \s+(?:not\s+)?$
    """
)
CHOOSE_TO = pattern(r"\b(?:chooses?|want|wish|decides?|option)\s+$")
GRANTED = pattern(r"\b(?:authori[sz]ed|permitted|allowed|entitled)\s+(?:by\s+(?:[\w'’-]+\s+){1,4})?$")
LET_YOURS = pattern(
    r"\byou\s+(?:\w+\s+){0,4}?(?:allow|permit|authori[sz]e|enable|let|instruct)\s+your\s(?:[\w'’-]+\s+){1,5}$"
)
"""The reader lets somebody of theirs do something ("you allow your network to send us")."""

LET_OTHERS = pattern(
    r"""
    \b(?:allows?|permits?|enables?|authori[sz]es?|engage|use|employ|contract|hire|ask|requires?)\s+((?:[\w'’-]+\s+){1,6})$
    """
)
GOVERNED = pattern(
    r"""
    \b(?:needs?|have|has|had|requires?|required|obliged|obligated|compelled|able|unable|intend|plan|likely|wish|want|agrees?
      |consented|continues?|begin|seek|going|ceases?|ceased|stops?|declines?|declined|necessary|responsible|attempt|try|us|them|agreement|obligation|duty|asks?
      |asked)\s+(?:(?:for\s+)?us\s+)?$
    """
)
"""Words that make of the infinitive a statement and no aim."""
