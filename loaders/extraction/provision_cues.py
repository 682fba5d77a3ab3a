"""The words that say whether people must provide data (GDPR Art. 13(2)(e)); every gap in a pattern is bounded."""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern
from privagraph.loaders.extraction.sense_cues import PEOPLE

__all__ = ["COOKIES", "DATA", "MANDATORY", "OPTIONAL", "PROVIDED", "REFUSED"]

_GIVE = r"(?:provid|suppl|giv|submit|disclos|shar|enter|withh[eo]ld|communicat|furnish|hand|fill|complet)\w*"
_THING = (
    r"(?:data|information|details|fields?|particulars|documents?|addresse?s?|names?|numbers?|consents?"
    r"|permissions?)"
)
_GIVER = (
    rf"(?:{PEOPLE}|parents?|guardians?|teachers?|instructors?|subscribers?|clients?|applicants?|employees?"
    r"|the\s+data\s+subject)"
)
_CANNOT = (
    r"(?:not\s+(?:be\s+)?(?:able|available|possible|function|work)|unable|can\s?not|can['’]t|may\s+not|will\s+not"
    r"|won['’]t|no\s+longer|impossible|limited|restrict\w*|affected|less\s+useful|prevent\w*|refuse|hinder\w*)"
)
_IF = r"(?:if|should|where|when|in\s+case|unless)"
_NOT = r"(?:not|n['’]t|refus\w+|declin\w+|fail\w*)"
_BLOCKED = r"(?:not|n['’]t|refus\w+|declin\w+|fail\w*|withh\w+|block\w*|disabl\w+|reject\w*)"
_DATA = r"(?:data|information|details)"

COOKIES = pattern(r"\bcookies?\b | \btracking\s+technolog\w+")

DATA = pattern(
    rf"\b(?:personal|account|registration|contact|billing|payment|identity|your)\s+{_DATA}\b | \binformation\b"
)
"""What people provide; a cookie they only let stand."""

REFUSED = pattern(
    rf"""
    \b{_IF}\b[^.;]{{0,80}}?\b{_BLOCKED}\b[^.;]{{0,140}}\b{_CANNOT}\b
    | \b{_CANNOT}\b[^.;]{{0,140}}\b(?:{_IF}|without)\b[^.;]{{0,80}}?\b{_BLOCKED}\b
    | \bwithout\b[^.;]{{0,40}}\bcookies?\b[^.;]{{0,80}}\b{_CANNOT}\b
    """
)

PROVIDED = pattern(
    rf"""
    \b{_IF}\s+{_GIVER}\b[^.;]{{0,60}}?\b{_NOT}\b[^.;]{{0,40}}?\b(?:{_GIVE}|consent)\b[^.;]{{0,160}}\b{_CANNOT}\b
    | \b{_CANNOT}\b[^.;]{{0,100}}\b{_IF}\s+{_GIVER}\b[^.;]{{0,60}}?\b(?:{_NOT}\b[^.;]{{0,30}}\b)?{_GIVE}
    | \b{_GIVER}\s+(?:may|can|could)\s+(?:\w+,?\s+(?:of\s+course,?\s+)?)?
      (?:(?:choose|decide|elect)\s+not\s+to|decline\s+to|refuse\s+to)\s+{_GIVE}\b
    | \b{_GIVER}\s+(?:may|can|could),?\s+(?:of\s+course,?\s+|always\s+)?decline\s+to\s+{_GIVE}\b
    | \b{_GIVER}\s+are\s+free\s+(?:not\s+)?to\s+{_GIVE}\b
    | \b(?:provision|providing|supply|supplying|submission)\s+of\b[^.;]{{0,60}}\b{_THING}\b[^.;]{{0,40}}\b(?:is|are)\s+
      (?:not\s+)?(?:an?\s+)?(?:\w+ly\s+)?(?:mandatory|required|obligatory|compulsory|voluntary|optional|contractual|statutory
      |prescribed|necessary(?!\s+for\s+(?:the\s+)?performance))
    | \b{_THING}\b[^.;]{{0,50}}\b(?:is|are|as|marked)\s+(?:not\s+)?(?:\w+ly\s+)?
      (?:mandatory|obligatory|compulsory|optional|voluntary)\b
    | \b{_THING}\b[^.;]{{0,50}}\b(?:is|are)\s+(?:required|necessary|needed)\s+(?:from\s+you\s+)?
      (?:for|to|in\s+order\s+to)\s+(?:you\s+to\s+)?(?:us(?:e|ing)|creat|regist|sign|open|enter|conclude|order|access|complet|the\s+conclusion)
    | \b{_THING}\b[^.;]{{0,40}}\bis\b[^.;]{{0,12}}\ba\s+(?:requirement|condition|prerequisite)\s+(?:for|of|to)\b
    | \b(?:mandatory|obligatory|compulsory|optional|voluntary|required)\s+(?:personal\s+|registration\s+)?
      (?:{_DATA}|fields?)\b
    | \b{_GIVER}\s+(?:are|is)\s+(?:(?:not|under\s+no|also|legally|contractually)\s+)*
      (?:required|obliged|obligated|obligation|bound)\s+to\s+{_GIVE}
    | \b{_GIVER}\s+(?:must|need\s+to|have\s+to|need\s+not|do\s+not\s+(?:have|need)\s+to)\s+(?:\w+ly\s+)?{_GIVE}\b
      [^.;]{{0,60}}\b{_THING}\b
    | \bwe\s+(?:require|need|ask)\s+(?:{_GIVER}\s+to\s+{_GIVE}
      |(?:such|this|these|the|your|certain|some|that)\b[^.;]{{0,40}}\b{_DATA}\b)
    | \b(?:statutory|contractual|legal)\b[^.;]{{0,30}}\brequirements?\b[^.;]{{0,40}}\b(?:{_GIVE}|contract)\b
    | \b(?:statutory\s+(?:or|and)\s+contractual|contractual\s+(?:or|and)\s+statutory)\b
    | \b(?:failure|refus(?:al|ing)|refuse|fail|unwilling)\s+to\s+{_GIVE}\b[^.;]{{0,60}}\b{_THING}\b
    | \bwithout\s+(?:this|these|such|the|your|certain)\b[^.;]{{0,40}}\b{_DATA}\b[^.;]{{0,80}}\b{_CANNOT}\b
    | \bwithout\s+(?:this|the|such)\s+consent\b[^.;]{{0,80}}\b{_CANNOT}\b
    """
)
"""That people must, or need not, provide data, or what follows if they do not."""

OPTIONAL = pattern(
    r"""
    \boptional\w* | \bvoluntar\w+ | \bchoose\s+not\b | \bfree\s+(?:not\s+)?to\b | \bneed\s+not\b | \bno\s+obligation\b
    | \bdecline\s+to\b | \bnot\s+(?:\w+\s+)?(?:mandatory|required|obliged|obligated)\b
    """
)

MANDATORY = pattern(
    r"""
    (?<!not\s)\b(?:mandatory|obligatory|compulsory|statutory|contractual)\b | \bmust\b
    | (?<!not\s)\b(?:required|obliged|obligated)\s+to\b
    """
)
