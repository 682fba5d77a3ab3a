"""The closed lists of words by which a verb's form, subject and place are read.

Each pattern says what it is for; all that end in ``$`` are searched in the words before a verb. Case makes no
difference.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern

__all__ = [
    "ABSTRACT_END",
    "AGENT_AFTER",
    "ANNOUNCED_BEFORE",
    "ASKED_BEFORE",
    "ASKING_WORD",
    "ASK_US",
    "BESIDE_BEFORE",
    "BE_BEFORE",
    "BIDDEN_BEFORE",
    "BIDS",
    "BY_BEFORE",
    "CEASE_BEFORE",
    "CHOOSE_TO",
    "CONSENT",
    "CONTENT_CLAUSE",
    "DATA_AFTER",
    "DATA_NAMED",
    "DATA_SPELLED_OUT",
    "DETERMINER_BEFORE",
    "DONE_WITHOUT",
    "DO_NOT",
    "FRONTED",
    "GOES_ON_AFTER",
    "GOVERNED",
    "GRANTED",
    "HAVE_ACCESS_BEFORE",
    "HAVE_BEFORE",
    "INVERTED_BEFORE",
    "INVERTED_BE_BEFORE",
    "JOINTS",
    "JOINT_BEFORE",
    "KEEP_US_FROM",
    "LET_OTHERS",
    "LET_US",
    "LET_YOURS",
    "LOOSE",
    "MAIN_VERB_AFTER",
    "MEANS_BEFORE",
    "MODAL_BEFORE",
    "NAMED_RIGHT_TO",
    "NAME_BEFORE",
    "NEVER_BEFORE",
    "NEW_SUBJECT",
    "NOUN_GOES_ON",
    "NOUN_IN_LIST",
    "OBJECT_AFTER",
    "OF_AFTER",
    "OPENS",
    "OUR_RIGHT_TO",
    "OWN_OBJECT",
    "PLEASE",
    "PLURAL_BEFORE",
    "PRONOUN_BEFORE",
    "READERS_DOING",
    "READER_AFTER",
    "READER_BEFORE_BE",
    "RELATIVE_BEFORE",
    "RELATIVE_BEFORE_BE",
    "RIGHT_TO",
    "SINGULAR",
    "SUBJECT_OF_BASE",
    "TIGHT",
    "TIME_BEFORE",
    "TO_AT_END",
    "TO_BEFORE",
    "TO_STRANGERS",
    "US_AFTER",
    "WARDED_OFF_BEFORE",
    "WHILE_BEFORE",
    "WISH_TO",
    "WRITE_TO_US",
    "YOU_ASKED_TO",
    "YOU_GO_ON",
    "YOU_TO",
]

_ADVERB = r"""
    (?:\w+ly\b|also|ever|then|only|always|never|further|hereby|sometimes|therefore|thus|in\s+turn|otherwise|either|both
      |neither|nor|just|once|not|still|again|generally|even|as\s+well|no\s+longer|,\s*(?:as|if|where|when|unless|without|with|except)\s[\w\s]{1,40},)
"""
_PARTICIPLE = r"(?:\w+ed\b|sold|kept|given|made|sent|held|shown)"
_PEOPLE = r"(?:you|users?|visitors?|customers?|students?|parents?|individuals?|children)"

OPENS = pattern(r"[ \t•*–—·\"“(0-9.)-]*")
"""Nothing but marks before a verb: it opens a heading or a list item."""

# -- what stands before a verb and makes it one ---------------------------------------------------------------------

BE_BEFORE = pattern(
    rf"""
    (?:\b(?:is|are|was|were|be|been|being|gets?)|\b(?:is|are|was|were)n['’]?t|['’](?:re|s))\s+(?:not\s+)?
    (?:(?:{_ADVERB}|{_PARTICIPLE}\s*(?:,|/|\band/or\b|\band\b|\bor\b)?|,|/|and/or|and|or)\s*)*$
    """
)
HAVE_BEFORE = pattern(rf"(?:\b(?:has|have|had|having|(?:has|have|had)n['’]?t)|['’]ve)\s+(?:{_ADVERB}\s+)*$")
MODAL_BEFORE = pattern(
    rf"""
    \b(?:may|might|can|could|will|would|shall|should|must|do|does|did|cannot|let|['’]ll|\w+n['’]t)\s+
    (?:{_ADVERB}\s*,?\s*)*$
    """
)
PRONOUN_BEFORE = pattern(rf"\b(?:we|you|they|(?-i:I)|it|he|she|who|which|that|us)\s+(?:{_ADVERB}\s+)*$")
TO_BEFORE = pattern(rf"\bto\s+(?:(?:{_ADVERB}|help|begin|start|continue\s+to|try\s+to|please)\s+)*$")
DETERMINER_BEFORE = pattern(
    r"""
    \b(?:the|a|an|your|our|their|its|his|her|any|this|such|of|app|play|online|for|in|on|each|every|no|legal
      |business|fair|by|log|cloud|web|key|sole|internal|own|other|following|new|with|unauthori[sz]ed|address|windows|game
      |student|medical|further|personal|first)\s+$
    """
)
"""Words after which a form is a noun."""

NAME_BEFORE = pattern(r"\b(?:google|apple|school)\s+$")
"""Words after which a form that is often a noun is one ("Google Store")."""

HAVE_ACCESS_BEFORE = pattern(
    r"\b(?:have|has|had|gains?|get|gets|obtains?)\s+(?:\w+ly\s+|limited\s+|direct\s+|full\s+|only\s+|no\s+|any\s+)?$"
)
"""Before "access to", what makes an act of it ("our staff have access to your name")."""

JOINT_BEFORE = pattern(r"\b(?:(?:and|or)\s+|(?:and|or|but)\s+never\s+(?:ever\s+)?)$")
NEVER_BEFORE = pattern(r"\b(?:and|or|but)\s+never\s+(?:ever\s+)?$")
"""Words after which a form is a verb, be it a noun elsewhere ("we keep it safe and never trade it")."""

SUBJECT_OF_BASE = pattern(r"\b(?:we|they)\b|\byou\s+(?=(?:can|may|will|must|could|should)\b)|\bour\s+\w+s\b")
"""Subjects that a base form can have at some distance."""

READERS_DOING = pattern(r"\b(?:you|users?|rights?|to|can|may|please)\b")
"""Words after which a verb without a subject of its own is what readers do."""

BIDS = pattern(r"\W*(?:please,?\s+)?(?:do\s+not|don['’]t|never|always|please)\s*$")
"""An opening that bids the reader do, or not do, something."""

BIDDEN_BEFORE = pattern(
    r"""
    \A\W*(?:please,?\s+)?(?:(?:always|you\s+(?:should|must|are\s+asked\s+to|agree\s+to))\s+)?
    (?!(?:we|our|us|this|that|the|and|but|or|if|as|for|in|on|by|with|to|is|are)\b)[a-z]+(?<!ing)(?<!ed)\s+
    (?:your|it|them|this|these)\b
    (?:(?!\b(?:we|our|us|the\s+(?:company|app|site|service))\b)[^.;:])*$
    """
)
"""Before a verb, an opening that bids the reader do something, and no subject ("keep your key safe and do not")."""

DO_NOT = pattern(r"do\s+not\b|don['’]t\b")
ANNOUNCED_BEFORE = pattern(
    r"\b(?:explains?|describes?|sets?\s+out|outlines?|details|informs?\s+you)\s+(?:[\w'’-]+\s+){0,4}?(?:how|what|why|which)\b"
    r"[^.;]{0,120}$"
)
"""What only announces that a policy will speak of something."""

WRITE_TO_US = pattern(
    r"[^.]{0,160}?\b(?:please|you\s+(?:can|may|should|must|need|will)|contact\s+us|write\s+to\s+us)\b"
)
"""After an infinitive that opens a sentence, that it is the reader's aim."""

US_AFTER = pattern(r"\s+(?:it\s+|them\s+)?(?:to\s+)?us\b")
PLEASE = pattern(r"\bplease\s+$")
PLURAL_BEFORE = pattern(r"(?:\b\w+s|\bdata|\w+ly|\balso|\bteam)\s+$")
SINGULAR = frozenset(
    {
        *(
            "company",
            "app",
            "application",
            "website",
            "site",
            "server",
            "servers",
            "service",
            "platform",
            "software",
        ),
        *(
            "system",
            "game",
            "tool",
            "provider",
            "party",
            "also",
            "controller",
            "operator",
            "developer",
            "organisation",
        ),
        *("organization", "technology", "sdk", "partner", "processor", "browser", "device", "extension"),
        *(
            "bank",
            "network",
            "employer",
            "school",
            "university",
            "hospital",
            "administrator",
            "host",
            "vendor",
        ),
    }
)
"""Nouns that can be the subject of a form in -s."""

# -- what stands after a verb -----------------------------------------------------------------------------------------

OBJECT_AFTER = pattern(r"\s+(?:it|them|your|this|these|such|the|all|any|personal)\b")
"""The beginning of an object: "and store it"."""

OF_AFTER = pattern(r"\s+of\b")
NOUN_GOES_ON = pattern(
    r"\s+(?:of|for|in|and|or|based|that|which|are|is|were|on|to|with|from|created|used|held|stored)\b|\s*[,.;:)]"
)
DATA_AFTER = pattern(
    r"\s+(?:(?:non-?\s?)?personal\s+|your\s+)?(?:information|data|details|contents?|records?|identifiers?|cookies|logs?|images?|photos?)\b"
)
DATA_SPELLED_OUT = pattern(
    r"""
    \s+(?:personal\s+)?(?:information|data|details)(?P<noun>)\s*
    (?:(?:may|can|could|might|will|also|typically)\s+)*(?:includes?\b|comprises?\b|consists?\b|(?:are|is)\s*:|:)
    """
)
"""After a participle, data that is about to be named ("automatically collected data may include")."""

OWN_OBJECT = pattern(
    r"""
    \s+(?:(?:certain|some|only|also|just|basic|limited)\s+)*
    (?:your|their|his|her|this|these|such|the\s+following|personal|information|data|details|cookies|technical|usage|log
      |location|device|contact)\b
    """
)
"""An object of the verb's own, so that it describes no noun before it ("when you rent a bike we log your name")."""

FRONTED = pattern(
    r"""
    (?:^|[.;:,•*]\s*|\b(?:and|but|or)\s+)
    (?:(?:if|when|whenever|where|once|while|as|after|before|until|each\s+time|every\s+time|by|upon|at|on|in|during|to|with
      |for)\b)[^.;:,]*$
    """
)
"""Before a subject, a phrase or clause that opens the sentence and has no comma after it."""

ABSTRACT_END = pattern(
    r"""
    \b(?:ways?|reasons?|purposes?|times?|extent|manner|basis|bases|grounds?|cases|instances|circumstances|parties|party
      |companies|providers?|partners?|vendors?|people|organi[sz]ations|those|anyone|entities|third-party)$
    """
)
"""A noun that a clause with an object of its own can describe ("the ways we use your data")."""

DATA_NAMED = pattern(
    r"\b(?:information|data|details|content)(?P<noun>)\s+(?:(?-i:[A-Z])[\w&.'’-]*\s+){1,3}(?:(?:may|can|will)\s+)?$"
)
"""Data and, right after it, a name, which begins a clause about the data ("the data Nordlicht collects")."""

AGENT_AFTER = pattern(
    r"\s+(?:\w+ly\s+)?by\s+((?:(?!(?:about|for|to|in|on|with|when|and|or|from|of|as)\b)[\w'’-]+\s*){1,4})"
)
"""Who does it, after a passive."""

READER_AFTER = pattern(
    r"""
    \s+(?:you(?!r)|users?\s|customers?\s|visitors?\s|with\s+you|to\s+you\b|yourself
      |(?:it|them|this|that)\s+(?:with|to)\s+you)\b
    """
)
"""The reader as the one who gets something."""

TO_STRANGERS = pattern(
    r"[^.;]{0,80}?\s(?:with|to)\s+(?:an?\s+|the\s+|any\s+)?(?:other|third|your\s+(?:friends|family|contacts|parents|teachers?)|friends|others|anyone)\b"
)
"""What readers give to others than the controller."""

YOU_GO_ON = pattern(r"[^,]{0,120},\s*you\b")
"""After a gerund, a main clause about the reader."""

# -- coordination -----------------------------------------------------------------------------------------------------

TIGHT = pattern(
    rf"\s*(?:(?:{_ADVERB}|,|/|and/or|as\s+well\s+as|and|or|nor|but|&|to|may|will|can|then|otherwise)\s*)*"
)
"""Nothing but joints between two verbs: they share their objects."""

NOUN_IN_LIST = frozenset(
    {
        *(
            "access",
            "archive",
            "display",
            "exchange",
            "host",
            "import",
            "export",
            "link",
            "log",
            "match",
            "post",
        ),
        *("profile", "record", "release", "rent", "report", "request", "trade", "view"),
    }
)
"""Ambiguous verbs that are nouns in a list of data ("your name and log data"), unless a pronoun or article follows."""

GOES_ON_AFTER = pattern(r"\s+(?:with|to|for|on|in|it|them)\b")
"""What follows the second of two verbs, and no noun of a list."""

LOOSE = pattern(rf"(?:,|\band|\bor|\bnor|\bthen|/)\s*(?:(?:{_ADVERB}|may|will|can|to|are|is|be)\s*)*$")
"""A joint before the second verb: they share their subject."""

NEW_SUBJECT = pattern(r"[;.]|\b(?:we|you|they|which|who|if|when|where|unless|except|it|that|than|as)\b")
MAIN_VERB_AFTER = pattern(
    r",\s*(?:is|are|was|were|will|may|can|must|has|have)\s+(?:(?:not|\w+ly|be|been)\s+)*$"
)
"""After a relative clause, the auxiliary of the main verb."""

TO_AT_END = pattern(r"\bto\s+(?:\w+ly\s+)?$")

# -- subjects and places ----------------------------------------------------------------------------------------------

RELATIVE_BEFORE = pattern(r"\b(?:that|which|who|whom)\s*$")
RELATIVE_BEFORE_BE = pattern(
    rf"\b(?P<pronoun>that|which|who)\s+(?:(?:may|might|can|could|will|would|shall|must|has|have)\s+(?:{_ADVERB}\s+)*)?$"
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
