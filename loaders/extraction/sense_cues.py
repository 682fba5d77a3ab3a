"""The words by which :mod:`~privagraph.loaders.extraction.senses` tells meanings apart.

Every gap is bounded, so that no pattern takes more than linear time.
"""

from __future__ import annotations

from privagraph.loaders.extraction.conditions import pattern

__all__ = [
    "AGAINST_DECISIONS",
    "ASKED",
    "AUTHORITY",
    "AUTOMATED",
    "COMPARED_LAWS",
    "CONSENT",
    "COPY_OF_TERMS",
    "COPY_OF_THEM",
    "ERASE",
    "EVENT",
    "INTEREST",
    "LACKING",
    "NOT_GIVEN",
    "NOT_TOWARDS",
    "NO_PLACE",
    "OFFICER",
    "OF_A_COMPANY",
    "PEOPLE",
    "PERIOD",
    "PLACE",
    "REACHED",
    "TAKEN_BACK",
    "TERMS",
    "TOLD_TO_US",
    "TURNED_OFF",
    "UNNAMED_INTEREST",
    "UNWANTED",
    "WE_ERASE",
]

# --- rights -----------------------------------------------------------------------------------------------

CONSENT = pattern(
    r"""
    \bconsent\w*\b | (?<![/.\w-])permissions?\b | \bauthori[sz]ations?\b | \bagree(?:d|ment)?\b | \bwithdraw\w*\b
    | \brevocation\b
    """
)
"""What is given, and can be taken back."""

TAKEN_BACK = pattern(
    r"""
    \b(?:withdr[ae]w|revo[kc]|rescind|retract|cancel|opt|unsubscrib|stop|refus|declin|den(?:y|ies)|chang|modif|object
      |uninstall|manag|log(?:ging)?\s+out)\w*
    | \bno\s+longer\b | \bsay\s+no\b | \bturn\b[^.;]{0,30}\boff\b | \bnot\s+receive\b
    """
)
"""What is done to consent that was given."""

UNWANTED = pattern(
    r"""
    \bunsubscrib\w*\b | \bopt(?:ing|ed)?[\s-]?outs?\b | \bnot\s+(?:to\s+)?receive\b
    | \bstop\b[^.;]{0,30}\b(?:receiving|getting|sending|contacting|marketing|newsletters?|e-?mails?)\b
    """
)
"""Mail that somebody does not want."""

TURNED_OFF = pattern(
    r"""
    \b(?:revoke|remove|disable|end|terminate|turn\s+off)\b[^.;]{0,40}\b(?:access|connection|link|settings?|account)\b
    | \bstop\s+all\s+collection\b
    """
)
"""A technical means, which asks nobody for anything."""

ERASE = pattern(r"\b(?:delete|erase|remove|destroy)s?\b")

WE_ERASE = pattern(
    r"""
    \b(?:(?:we|i|they|it)\s+|(?-i:[A-Z])\w+\s+(?:will|shall|must)\s+)
    (?:(?:will|shall|may|can|must|do|also|then)\s+)*
    (?:tak(?:e|es|ing)\b[^.;]{0,50}\bto\s+)?(?:also\s+)?(?:\w+ly\s+)?(?:delete|erase|remove|destroy)s?\s*$
    """
)
"""Up to its verb, that the controller erases of its own accord."""

ASKED = pattern(
    r"""
    \brequests?\w*\b | \bask\w*\b | \bcontact\b | \brights?\b | \byou\s+(?:can|may|could|want|wish|would)\b
    | \b(?:uninstall|unregister|deactivat|clos)\w*
    """
)
"""That somebody asks for it."""

TOLD_TO_US = pattern(
    r"""
    \bcomplain(?:ts?|ing)?\b[^.;]{0,100}\b(?:to|with|contact(?:ing)?|e-?mail(?:ing)?|call(?:ing)?|tell|reach)\s+
      (?:us|me|our|(?:the\s+)?(?:(?:data\s+protection|privacy)\s+officer|dpo|customer\s+(?:service|support)))\b
    | \b(?:contact|write\s+to|e-?mail|call|tell)\s+(?:us|me|our)\b[^.;]{0,100}\bcomplain(?:ts?)?\b
    """
)
"""A complaint to the controller itself."""

AUTHORITY = pattern(
    r"""
    \bauthorit\w+ | \bregulat\w+ | \bcommission\w* | \bombuds\w+ | \bagenc(?:y|ies)\b | \bsupervis\w+ | \bwatchdogs?\b
    | \bcourts?\b | \b(?:board|inspectorate|garante|department|attorney|office\s+of|bod(?:y|ies)|tribunal|government)\b
    | (?-i:\b(?:ICO|CNIL|DPC|DPA|DPAs|AEPD|FTC|FDPIC|OAIC|[A-Z][\w-]+(?:kommission|behörde|tilsynet))\b)
    | \boffice\b | \bdatenschutz\w+
    """
)
"""Whom one complains to about a controller."""

_TERMS = (
    r"(?:safeguards?|clauses?|sccs?|contracts?|agreements?|mechanisms?|(?:binding\s+)?corporate\s+rules|bcrs?|measures"
    r"|balancing\s+tests?|policy|notice|statement)"
)
TERMS = pattern(rf"\b{_TERMS}\b")
COPY_OF_TERMS = pattern(
    rf"\bcop(?:y|ies)\s+of\s+(?:(?!your|data\b|information\b)[\w'’-]+\s+){{0,5}}?{_TERMS}\b"
)
COPY_OF_THEM = pattern(
    r"\bcop(?:y|ies)(?:\s+of\s+(?:them|these|those|it|this|such)\b(?!\s+(?:data|information|records))|\s*$)"
)
"""A copy of what binds those who receive data, and not of data."""

AUTOMATED = pattern(
    r"\bautomat\w* | \bprofil\w* | \balgorithm\w* | \bmachine\b | \bscor(?:e|ing)\w* | \bdecisions?\b"
)

AGAINST_DECISIONS = pattern(
    r"""
    \brights?\b | \bobject(?:ion|ing)?\s+to\b | \b(?:contest|challenge|opt[\s-]?out)\b
    | \b(?:not|never)\s+(?:to\s+)?be\s+(?:the\s+)?subject(?:ed)?\b
    """
)

# --- bases, safeguards, interests -------------------------------------------------------------------------

_THE = r"(?:(?:your|their|the|an?|any|such|our)\s+)*"

LACKING = pattern(
    rf"""
    \b(?:have|has|had|do|does|did|is|are|was|were|will|would|can|could)(?:\s+not|n['’]t)\s+(?:yet\s+)?
      (?:(?:[a-z]+(?:ed|en|ve|in|re|ly|de)|benefit\s+from)\s+){{0,2}}(?:(?:by|under|to)\s+)?(?:us\s+)?{_THE}$
    | \bnot\s+(?:covered\s+by|subject\s+to|based\s+on|rel(?:y|ied|ying)\s+(?:up)?on)\s+{_THE}$
    | \b(?:absence|lack)\s+of\s+{_THE}$
    | \b(?:there\s+is|where|with)\s+no\s+(?:such\s+)?$
    """
)
"""Before a basis or a safeguard, that it is not there."""

NOT_GIVEN = pattern(
    r"""
    \b(?:you|we|they|users?)\s+(?:have|has|had|do|does|did)(?:\s+not|n['’]t)\s+
    (?:consent|agree|g[ai]ve|provide|obtain|receive)\w*\b
    """
)

INTEREST = pattern(r"\binterests?\b | \blegitimate\b | \b6\s?\(1\)")

UNNAMED_INTEREST = pattern(
    r"""
    \W*(?:(?:processing|it|this|use)\s+is\s+)?(?:necessary\s+)?
    (?:(?:achieve|pursue|protect|fulfil?l?|for|in|on)\s+)?(?:the\s+)?(?:purposes?\s+)?(?:(?:of|for)\s+)?(?:the\s+basis\s+of\s+)?
    (?:(?:our|the|their|its|an?|your|any|(?:[\w’'-]{1,30}\s+){0,3}[\w-]{1,30}['’]s?)\s+)?(?:own\s+)?
    legitimate\s+(?:(?:business|commercial)\s+)?(?:interests?|reasons?|purposes?|grounds?)
    (?:\s+(?:that\s+(?:are|is)\s+)?(?:pursued|held|had)\b[^.;]{0,60}|\s+of\s+(?:ours|(?:the|our|a)\s+[^.;]{1,40}))?\W*
    """
)
"""Words for legitimate interests that name none."""

# --- places -----------------------------------------------------------------------------------------------

NO_PLACE = pattern(
    r"""
    https?:// | \bencrypt\w* | \bintercept\w* | \bhttps\b | \b(?:regulation|act|directive|gdpr|ccpa)\b
    | ^\s*(?:the|that|such)\s*(?:transfer)?\s*$
    """
)
"""Words that are about the wire, a page or a law."""

PLACE = pattern(
    r"""
    \b(?:countr(?:y|ies)|jurisdictions?|territor(?:y|ies)|states?|nations?|regions?|abroad|overseas|borders?|worldwide
      |world|international\w*|globally|servers?|located|location|outside|elsewhere|places?|transfer\w*
      |data\s+cent(?:er|re)s?|facilit(?:y|ies))\b
    | (?-i:[A-Z])\w
    """
)
"""What words for a destination have among them, where no concept says so."""

OF_A_COMPANY = pattern(
    r"""
    [\s,]+(?:(?:Pty|Pvt|Pte|Private|Operations|Holdings?|International)\.?\s+)?
    (?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|PLC|S\.?A|B\.?V)\b
    """
)

COMPARED_LAWS = pattern(
    r"""
    \s*(?:['’]s?\s+)?(?:(?:do|does|may|might)\s+(?:not\s+)?(?:have|provide|offer|afford|ensure)|has|have|offers?)\b
    [^.;]{0,60}\b(?:laws?|rules|protections?|regimes?)\b
    """
)

PEOPLE = (
    r"(?:you|users?|customers?|residents?|citizens?|individuals|people|persons|those|visitors?|members?|consumers?"
    r"|players?|(?:data\s+)?subjects?|students?|patients?|children|anyone|everyone)"
)
"""Words for those whose data it is, as part of a pattern."""

NOT_TOWARDS = pattern(
    rf"""
    \b(?<!accessed\s)(?<!accessible\s)(?<!access\s)from\s+
      (?:(?:within|inside|outside|persons?\s+in|users?\s+in|countries\s+in)\s+)?(?:of\s+)?(?:the\s+)?
      (?:(?-i:[A-Z])[\w. ]{{1,24}}(?:,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+|/)(?:(?:from\s+)?the\s+)?){{0,3}}$
    | \b{PEOPLE}\s+(?:(?:who|that)\s+)?
      (?:are|is|live|lives|living|resid\w+|access\w*|us(?:e|es|ing)|visit\w*|be)\s+(?:[\w']+\s+){{0,5}}?
      (?:(?:in|from|outside|within|at)\s+)?(?:of\s+)?(?:the\s+)?$
    | \b{PEOPLE}\s+(?:(?:located|based|residing|living|resident)\s+)?(?:in|from|of|outside|within)\s+
      (?:of\s+)?(?:the\s+)?$
    | \b(?:you|residents?|users?|visitors?|citizens?|customers?|consumers?)\s+(?:(?:located|based|residing|living)\s+)?$
    | \b(?:country|state|jurisdiction|company|controller|we|developer)\b\W{{0,3}}(?:shall\s+)?
      (?:refers?\s+to|means?)\b[^.;]{{0,60}}$
    | \b(?:incorporated|registered|organi[sz]ed|headquartered|established|domiciled)\b[^.;]{{0,40}}
      \b(?:in|at|of|under)\s+(?:the\s+)?(?:laws?\s+of\s+)?(?:the\s+)?$
    | \b(?:those|that|laws?|rules|regime|legislation|protections?)\s+(?:of|in|applicable\s+in|within)\s+
      (?:the\s+)?(?:your\s+)?$
    | \b(?:price|pricing|tax|sale|sharing|currency|shipping|available|offered)\s+(?:is\s+)?(?:only\s+)?(?:for|in)\s+
      (?:the\s+)?$
    """
)
"""Before a place, that no data go there."""

# --- periods ----------------------------------------------------------------------------------------------

PERIOD = pattern(
    r"""
    \b(?:long|longer|until|till|periods?|durations?|times?|days?|weeks?|months?|years?|hours?|minutes?|when|while|after|once
      |upon|during|indefinite\w*|permanent\w*|temporar\w*|session\w*|necessary|needed|require[ds]?|expir\w*|within|extent
      |unless|as\s+soon|immediately|short\w*|criteria|retention)\b | \d
    """
)
"""What tells how long, or by what that is decided."""

EVENT = pattern(r"\b(?:if|once|after|when|until|upon|as\s+soon\s+as|no\s+longer)\b")
"""What data are erased after."""

# --- the officer ------------------------------------------------------------------------------------------

OFFICER = pattern(
    r"""
    \bdata\s+protection\s+(?:officers?|managers?|contacts?|representatives?|delegates?|advisors?)\b
    | \bDPOs?\b | \bdpo@ | \bdatenschutz\w* | \bdata\s+privacy\s+(?:officer|manager)\b | \bprivacy\s+(?:manager|lead)\b
    | \b(?:grievance|privacy|compliance|information)\s+(?:\w+\s+)?officers?\b
    """
)

REACHED = pattern(
    r"""
    @ | \(at\) | \[at\] | https?:// | \bwww\. | \+?\d[\d\s()./-]{6,}\d | \b[A-Z]{1,2}[\s-]?\d{4,6}\b | \b\d{5,6}\b
    | \b(?:street|avenue|road|suite|p\.?o\.?\s+box)\b
    """
)
"""An address of any kind."""
