"""The verbs of processing, their forms, and the objects that show that a verb is not about data.

A closed table maps verbs to processing operations of DPV; "sell" and "rent" have none there and are ``pg:Sell``.
"Log" and "gather" collect, "receive" obtains (DPV keeps the two apart), "retain" and "keep" store, "delete" erases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from privagraph.loaders.extraction.conditions import pattern
from privagraph.ontology.letters import lowered
from privagraph.ontology.namespaces import expand

__all__ = [
    "AMBIGUOUS",
    "FORMS",
    "GIVING",
    "NOUN_FIRST",
    "ONLY_READER",
    "PASSING",
    "Form",
    "about_something_else",
    "processing_of",
    "verbs_in",
]


class Form(NamedTuple):
    """A form of a verb.

    Attributes:
        verb: The verb.
        kind: ``base``, ``s``, ``ed`` or ``ing``.
        processing: IRI of its operation.
    """

    verb: str
    kind: str
    processing: str


_VERBS = {
    "dpv:Collect": "collect gather capture log record solicit compile harvest",
    "dpv:Obtain": "obtain receive acquire get import",
    "dpv:Observe": "observe",
    "dpv:Generate": "generate",
    "dpv:Infer": "infer deduce",
    "dpv:Derive": "derive",
    "dpv:Use": "use utilize utilise employ reuse rely",
    "dpv:Processing": "process handle treat",
    "dpv:Access": "access view see consult",
    "dpv:Analyse": "analyse analyze",
    "dpv:Assess": "evaluate assess",
    "dpv:Combine": "combine merge link associate match correlate",
    "dpv:Aggregate": "aggregate",
    "dpv:Tracking": "track",
    "dpv:Monitor": "monitor",
    "dpv:Profiling": "profile",
    "dpv:Retrieve": "retrieve",
    "dpv:Share": "share provide supply give pass exchange lend loan hand turn",
    "dpv:Disclose": "disclose reveal divulge release communicate report expose",
    "dpv:Transmit": "transmit send forward submit upload",
    "dpv:Transfer": "transfer export relocate",
    "dpv:MakeAvailable": "make",
    "dpv:Disseminate": "publish disseminate distribute circulate",
    "dpv:Display": "display",
    "pg:Sell": "sell rent lease trade swap barter monetize monetise",
    "dpv:Store": "store retain keep hold save host maintain preserve archive remember",
    "dpv:Erase": "delete erase purge",
    "dpv:Destruct": "destroy destruct",
    "dpv:Remove": "remove dispose",
    "dpv:Anonymise": "anonymize anonymise deidentify de-identify",
    "dpv:Pseudonymise": "pseudonymize pseudonymise",
    "dpv:Modify": "modify",
}

_ASKING = ("ask", "request", "require", "need", "enter", "post", "furnish")
"""Verbs that collect when what is asked for, or entered by the reader, is data."""

_IRREGULAR = {
    "get": ("gets", "got", "getting"),
    "give": ("gives", "given", "giving"),
    "lend": ("lends", "lent", "lending"),
    "keep": ("keeps", "kept", "keeping"),
    "hold": ("holds", "held", "holding"),
    "make": ("makes", "made", "making"),
    "sell": ("sells", "sold", "selling"),
    "send": ("sends", "sent", "sending"),
    "log": ("logs", "logged", "logging"),
    "see": ("sees", "seen", "seeing"),
    "swap": ("swaps", "swapped", "swapping"),
    "submit": ("submits", "submitted", "submitting"),
    "transfer": ("transfers", "transferred", "transferring"),
    "transmit": ("transmits", "transmitted", "transmitting"),
    "infer": ("infers", "inferred", "inferring"),
    "rely": ("relies", "relied", "relying"),
}

GIVING = frozenset(
    {
        "provide",
        "submit",
        "give",
        "supply",
        "share",
        "upload",
        "enter",
        "send",
        "disclose",
        "post",
        "transmit",
        "furnish",
    }
)
"""Verbs with which a reader hands data over."""

ONLY_READER = frozenset({"submit", "upload", "enter", "post", "furnish"})
"""Verbs that say something about processing only when it is the reader who does it."""

PASSING = frozenset(
    {"provide", "supply", "give", "send", "share", "transmit", "forward", "display", "disclose", "make"}
)
"""Verbs that say nothing about sharing when the reader is the one who gets ("we send you", "provide it to you")."""

AMBIGUOUS = frozenset(
    {
        *(
            "use",
            "share",
            "process",
            "access",
            "record",
            "store",
            "transfer",
            "log",
            "report",
            "display",
            "trade",
            "need",
            "hand",
            "turn",
            "loan",
        ),
        *(
            "post",
            "track",
            "release",
            "request",
            "exchange",
            "profile",
            "link",
            "match",
            "rent",
            "lease",
            "submit",
        ),
        *(
            "forward",
            "host",
            "send",
            "import",
            "export",
            "upload",
            "hold",
            "pass",
            "handle",
            "treat",
            "get",
            "monitor",
        ),
        *("purge", "archive", "save", "make", "view"),
    }
)
"""Verbs whose plain or -s form is a noun or another word as often as not."""


NOUN_FIRST = frozenset(
    {
        *(
            "access",
            "archive",
            "display",
            "exchange",
            "hold",
            "lease",
            "log",
            "match",
            "profile",
            "record",
            "release",
        ),
        *("rent", "report", "store", "trade"),
    }
)
"""Ambiguous verbs that are nouns at the head of a list item ("Profile picture"), unless an object follows."""


def _inflect(verb: str) -> tuple[str, str, str]:
    """The -s, -ed and -ing forms of a verb."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es", verb + "ed", verb + "ing"
    return verb + "s", verb + "ed", verb + "ing"


def _forms() -> dict[str, Form]:
    """Every form of every verb."""
    found: dict[str, Form] = {"gave": Form("give", "ed", expand("dpv:Share"))}
    rows = [(expand(curie), verbs.split()) for curie, verbs in _VERBS.items()]
    for iri, verbs in [*rows, (expand("dpv:Collect"), list(_ASKING))]:
        for verb in verbs:
            for kind, word in zip(("base", "s", "ed", "ing"), (verb, *_inflect(verb)), strict=True):
                found[word] = Form(verb, kind, iri)
    return found


FORMS = _forms()
"""The forms of the verbs, in small letters."""

_WORD = re.compile(r"[\w-]+")


def verbs_in(sentence: str) -> Iterator[tuple[re.Match[str], Form]]:
    """The words of a sentence that are forms of the verbs, in order."""
    for word in _WORD.finditer(sentence):
        form = FORMS.get(lowered(word.group()))
        if form is not None:
            yield word, form


_OWNER = r"(?:your|the|their|his|a|any|such|an|this|our|these|all)"
_SAFE = r"(?:safe|secure|confidential|private|secret)"

_SOMETHING_ELSE = {
    "access": rf"(?:{_OWNER}\s+)?(?:website|site|service|app\b|application|platform|account|content)",
    "ask": r"""(?!(?:you\s+|the\s+user\s+|users\s+|visitors\s+|customers\s+)?(?:for|about)\b)
             | (?:you\s+)?for\s+(?:your\s+)?(?:\w+\s+){0,2}(?:consent|permission|help|feedback)\b""",
    "communicate": r"with|directly|effectively|regarding|about|changes",
    "consult": r"with\b|(?:an?|our|your|the)\s+(?:\w+\s+)?(?:lawyer|attorney|advis|policy|notice|page|team|officer)",
    "display": r"""(?:(?:relevant|targeted|personali[sz]ed|tailored|interest[\s-]based|customi[sz]ed|our|your
             |appropriate|the)\s+)*(?:ads?|advert\w+|content|banners?|offers?|notices?|website|site|app|pages?|messages?|services?)\b""",
    "get": r"in\s+touch|back|rid|access|started|(?:a|the\s+best|more|help|better|to)\b",
    "give": r"""us\s+(?:your\s+|the\s+|explicit\s+)?(?:permission|consent|authori[sz]ation|access|feedback|the\s+right)
             | (?:rise|notice|effect|consent|permission|priority|importance|attention)\b""",
    "hand": r"(?!to\b|(?:it|them|your|this|these)\b|(?:[\w’'-]+\s+){0,5}?(?:over|out|on)\b)",
    "handle": r"your\s+(?:request|complaint|enquir|inquir|query)|complaints|requests",
    "hold": r"(?:us|you|harmless|liable)\b",
    "keep": rf"""you(?!r)|in\s+mind|up\s+to|track|a\s+secret|checking|using|it\s+{_SAFE}
             | {_OWNER}\s+(?:\w+\s+){{0,3}}?(?:{_SAFE}|accurate|up[\s-]to[\s-]date)\b""",
    "link": r"to\b",
    "log": r"(?:in|into|out|on|onto|files?|off)\b",
    "maintain": r"""a\s|an\s|the\s+(?:safety|security|confidentiality|integrity|accuracy)|appropriate|reasonable
             | physical|adequate|administrative|high|strict|security|safeguards""",
    "make": r"""(?![^.;:]{0,60}?\b(?:information|data|details|records?|profile|photos?|content|it|them|this|names?
             |address\w*)\b[^.;:]{0,60}?\bavailable\b)""",
    "modify": rf"{_OWNER}\s+(?:privacy|policy|polic|terms|notice|statement|service|content)",
    "need": r"""(?!(?:your|their|his|her|some|certain|basic|personal|this|these|the\s+following|additional)\b)
             | your\s+(?:\w+\s+)?(?:consent|permission|approval|help|agreement|support|attention)\b""",
    "obtain": r"""(?:(?:your|the|their|his|prior|explicit|parental|verifiable|a|any|such|an|further|necessary
             |appropriate|express)\s+){0,4}(?:consent|permission|approval|authori[sz]ation|copy|copies)""",
    "pass": r"""(?!(?:on|along|it|them|your|this|that|these|personal|any|such|the|data|information|to)\b)
             | away|through|the\s+law""",
    "post": rf"{_OWNER}\s+(?:changes|new|updated|revised|notice|modif)",
    "profile": r"(?!(?:you|your|users?|visitors?|customers?|students?|people|individuals?|them|the\s+user)\b)",
    "process": rf"(?:{_OWNER}\s+){{0,2}}(?:payments?|orders?|transactions?|requests?|applications?\b(?!\s+data))",
    "provide": r"for\b",
    "receive": r"""(?:(?:your|the|such|a|an|any|further|marketing|promotional|direct|valid|these|our)\s+){0,3}
             (?:consent|request|e-?mails?(?!\s+(?:address|account|id\b))|newsletters?|notice|complaint|subpoena|communications?|messages?
               |notifications?|materials?|offers?|marketing|services?|advertis)""",
    "rely": r"""(?!(?:up)?on\b)
             | on\s+(?:our|your\s+consent|legitimate|consent|the\s+following|one|contract|a\s|service|third)""",
    "report": r"(?:an|a|any|abuse|errors|on)\b",
    "request": r"""(?:a|that|access|deletion|the\s+(?:deletion|erasure|rectification|correction|restriction)|consent
             |your\s+consent|us|to)\b""",
    "require": r"""(?:all|our|these|such|any|third|those)\s | you\s+to\s+(?!provide|give|submit|supply|enter|share)
             | that\s+(?!you) | consent|them|the\s+use|access""",
    "see": r"""(?:also|above|below|our|the\s+(?:section|table|list|policy|notice|page|following)|sections?|that|if|how
             |what|why|whether|which|fit|relevant|more|ads?|advert\w+|content|it|you|here|https?|www|\w+ing|annex|appendix
             |article|art)\b|[\W]""",
    "turn": r"(?!(?:[\w’'-]+\s+){0,5}?over\b)",
    "treat": r"you|(?:\w+\s+){1,6}?(?:with\s+(?:the\s+)?(?:utmost|strict|care)|confidential|as\b|in\s+accordance)",
    "use": rf"""(?:(?:{_OWNER}|appropriate|reasonable|commercially|acceptable|suitable|robust|industry|various|strict
             |variety\s+of|encryption|every|technical|best|physical|secure|ssl|other)\s+)*
             (?:website|sites?|services?|apps?|application|platform|products?|efforts|measures|safeguards|methods|ssl
               |encryption|procedures|means|security|standard|steps|endeavou?rs|computers?|devices?|phones?|browsers?)\b
             (?!\s+(?:data|information|usage|providers?|identifiers?|ids?\b|type|settings|details|fingerprint))""",
    "view": r"(?:our|the|this|a|an|ads?|advert\w+|content|pages?|videos?|it|them|more)\b|of\b",
}
_SOMETHING_ELSE_AFTER = {verb: pattern(rf"\s+(?:{words})") for verb, words in _SOMETHING_ELSE.items()}

_SOUND_AND_IMAGE = pattern(
    r"[^.;,]{0,40}\b(?:calls?|conversations?|audio|videos?|voice|sessions?|screens?|lessons?)\b"
)


def about_something_else(verb: str, right: str) -> bool:
    """Whether the words after a verb show that it is not about data ("use reasonable efforts", "keep in mind")."""
    found = _SOMETHING_ELSE_AFTER.get(verb)
    return found is not None and found.match(right) is not None


def processing_of(form: Form, right: str) -> str:
    """The operation of a verb with its object: a recorded call is recorded, a recorded address collected."""
    if form.verb == "record" and _SOUND_AND_IMAGE.match(right):
        return expand("dpv:Record")
    return form.processing
