"""The closed lists of words by which a verb is told from a noun, and what goes with it.

What stands before and after a verb, and what joins it to another; subjects and clauses are in
:mod:`~privagraph.loaders.extraction.clause_cues`. Each pattern says what it is for; all that
end in ``$`` are searched in the words before a verb. Case makes no difference.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern

__all__ = [
    "ABSTRACT_END",
    "ADVERB",
    "AGENT_AFTER",
    "ANNOUNCED_BEFORE",
    "BE_BEFORE",
    "BIDDEN_BEFORE",
    "BIDS",
    "DATA_AFTER",
    "DATA_NAMED",
    "DATA_SPELLED_OUT",
    "DETERMINER_BEFORE",
    "DO_NOT",
    "FRONTED",
    "GOES_ON_AFTER",
    "HAVE_ACCESS_BEFORE",
    "HAVE_BEFORE",
    "JOINT_BEFORE",
    "LOOSE",
    "MAIN_VERB_AFTER",
    "MODAL_BEFORE",
    "NAME_BEFORE",
    "NEVER_BEFORE",
    "NEW_SUBJECT",
    "NOUN_GOES_ON",
    "NOUN_IN_LIST",
    "OBJECT_AFTER",
    "OF_AFTER",
    "OPENS",
    "OWN_OBJECT",
    "PLEASE",
    "PLURAL_BEFORE",
    "PRONOUN_BEFORE",
    "READERS_DOING",
    "READER_AFTER",
    "SAID_WHEN",
    "SINGULAR",
    "SUBJECT_OF_BASE",
    "TIGHT",
    "TO_AT_END",
    "TO_BEFORE",
    "TO_STRANGERS",
    "US_AFTER",
    "WRITE_TO_US",
    "YOU_GO_ON",
]

ADVERB = r"""
    (?:\w+ly\b|also|ever|then|only|always|never|further|hereby|sometimes|therefore|thus|in\s+turn|otherwise|either|both
      |neither|nor|just|once|not|still|again|generally|even|as\s+well|no\s+longer|,\s*(?:as|if|where|when|unless|without|with|except)\s[\w\s]{1,40},)
"""
"""A pattern of words that can stand between an auxiliary and its verb."""

_PARTICIPLE = r"(?:\w+ed\b|sold|kept|given|made|sent|held|shown)"

OPENS = pattern(r"[ \t•*–—·\"“(0-9.)-]*")
"""Nothing but marks before a verb: it opens a heading or a list item."""

# -- what stands before a verb and makes it one ---------------------------------------------------------------------

BE_BEFORE = pattern(
    rf"""
    (?:\b(?:is|are|was|were|be|been|being|gets?)|\b(?:is|are|was|were)n['’]?t|['’](?:re|s))\s+(?:not\s+)?
    (?:(?:{ADVERB}|{_PARTICIPLE}\s*(?:,|/|\band/or\b|\band\b|\bor\b)?|,|/|and/or|and|or)\s*)*$
    """
)
HAVE_BEFORE = pattern(rf"(?:\b(?:has|have|had|having|(?:has|have|had)n['’]?t)|['’]ve)\s+(?:{ADVERB}\s+)*$")
MODAL_BEFORE = pattern(
    rf"""
    \b(?:may|might|can|could|will|would|shall|should|must|do|does|did|cannot|let|['’]ll|\w+n['’]t)\s+
    (?:{ADVERB}\s*,?\s*)*$
    """
)
PRONOUN_BEFORE = pattern(rf"\b(?:we|you|they|(?-i:I)|it|he|she|who|which|that|us)\s+(?:{ADVERB}\s+)*$")
TO_BEFORE = pattern(rf"\bto\s+(?:(?:{ADVERB}|help|begin|start|continue\s+to|try\s+to|please)\s+)*$")
DETERMINER_BEFORE = pattern(
    r"""
    \b(?:the|a|an|your|our|their|its|his|her|any|this|such|of|app|play|online|for|in|on|each|every|no|legal
      |business|fair|by|log|cloud|web|key|sole|internal|own|other|following|new|with|unauthori[sz]ed|address|windows|game
      |student|medical|further|personal|first)\s+$
    """
)
"""Words after which a form is a noun."""

PROGRAM_BEFORE = pattern(r"\b(?:the|this|our|my|its)\s+(?:[\w-]+\s+)?(?:app|game)\s+$")
"""Of these words, those that name a program, which can be the subject of a form in -s ("the app collects")."""

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

SAID_WHEN = pattern(
    r"""
    (?:^|[.;:,•*]\s*|\b(?:and|but)\s+)
    (?: sometimes | occasionally | often | usually | generally | typically | normally | regularly | periodically
      | rarely | today | nowadays | currently | presently | now
      | (?:every|each)\s+(?:\w+\s+)?(?:day|night|week|month|quarter|year)
      | (?:once|twice)\s+(?:a|per)\s+(?:day|week|month|quarter|year) | (?:daily|weekly|monthly|yearly|annually)
      | from\s+time\s+to\s+time | at\s+(?:times|present|the\s+moment) | on\s+occasions? | by\s+default | in\s+addition
      | (?:additionally|also|then|moreover|furthermore|finally|automatically|instead|unfortunately|therefore|thus) )$
    """
)
"""Before a subject, how often or when something is done, without a comma after it."""

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
    \s+(?:you(?!r)|(?:users|customers|visitors)\s
      |(?:user|customer|visitor)\s+(?!(?:[\w-]+\s+){0,2}?(?:data|information|details|records?|lists?|profiles?)\b)
      |with\s+you|to\s+you\b|yourself
      |(?:it|them|this|that)\s+(?:with|to)\s+you)\b
    """
)
"""The reader as the one who gets something; "user data" is what is passed on."""

TO_STRANGERS = pattern(
    r"[^.;]{0,80}?\s(?:with|to)\s+(?:an?\s+|the\s+|any\s+)?(?:other|third|your\s+(?:friends|family|contacts|parents|teachers?)|friends|others|anyone)\b"
)
"""What readers give to others than the controller."""

YOU_GO_ON = pattern(r"[^,]{0,120},\s*you\b")
"""After a gerund, a main clause about the reader."""

# -- coordination -----------------------------------------------------------------------------------------------------

TIGHT = pattern(
    rf"\s*(?:(?:{ADVERB}|,|/|and/or|as\s+well\s+as|and|or|nor|but|&|to|may|will|can|then|otherwise)\s*)*"
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

LOOSE = pattern(rf"(?:,|\band|\bor|\bnor|\bthen|/)\s*(?:(?:{ADVERB}|may|will|can|to|are|is|be)\s*)*$")
"""A joint before the second verb: they share their subject."""

NEW_SUBJECT = pattern(r"[;.]|\b(?:we|you|they|which|who|if|when|where|unless|except|it|that|than|as)\b")
MAIN_VERB_AFTER = pattern(
    r",\s*(?:is|are|was|were|will|may|can|must|has|have)\s+(?:(?:not|\w+ly|be|been)\s+)*$"
)
"""After a relative clause, the auxiliary of the main verb."""

TO_AT_END = pattern(r"\bto\s+(?:\w+ly\s+)?$")
