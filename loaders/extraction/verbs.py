"""What is done with data, as the verbs of a sentence say: the operation, who does it, and how the verb stands.

A closed table maps verbs to processing operations of DPV; "sell" and "rent" have none there and are ``pg:Sell``. Who
acts is read from the words before the verb: the controller ("we", "our app", a name), the reader ("you provide"), or
somebody else ("our partners may collect"). What the reader hands over is collected by the controller; everything else
that readers do is none of the policy's practices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from privagraph.ontology.namespaces import expand

__all__ = ["Actor", "Operation", "Place", "Voice", "nominal_operations", "operations"]


class Actor(StrEnum):
    """Who performs an operation."""

    CONTROLLER = "controller"
    READER = "reader"
    OTHER = "other"
    UNNAMED = "unnamed"
    """A passive without agent, an infinitive that opens a list item: the surroundings say."""


class Voice(StrEnum):
    """Where the data of the verb stands: after an active, before a passive."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Place(StrEnum):
    """How the verb stands in its sentence."""

    MAIN = "main"
    """It is what the sentence states."""
    AIM = "aim"
    """An infinitive or gerund: "cookies to collect data", "by collecting data"."""
    RELATIVE = "relative"
    """It describes a noun: "the data that we collect"."""
    ASKED = "asked"
    """It is only spoken of: "this policy says how we use your data"."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A verb of processing; offsets within the sentence.

    Attributes:
        start: Offset of the verb.
        end: Offset after it.
        processing: IRI of the operation.
        actor: Who performs it.
        voice: Whether its data follows or precedes it.
        place: How it stands in the sentence.
        group: Number of the group of tightly coordinated verbs that share their objects ("collect, use and share").
        subject: Offset where the words of the subject begin, or the verb's own for none.
        handed: Whether it is the reader who hands data over, which the controller thereby collects.
        head: Offset of the noun's end that a relative verb describes, or -1.
        form: Its form: base, s, ed or ing.
    """

    start: int
    end: int
    processing: str
    actor: Actor
    voice: Voice
    place: Place
    group: int
    subject: int
    handed: bool = False
    head: int = -1
    form: str = "base"


_VERBS: dict[str, tuple[str, ...]] = {
    "dpv:Collect": ("collect", "gather", "capture", "log", "record", "solicit", "compile", "harvest"),
    "dpv:Obtain": ("obtain", "receive", "acquire", "get", "import"),
    "dpv:Observe": ("observe",),
    "dpv:Generate": ("generate",),
    "dpv:Infer": ("infer", "deduce"),
    "dpv:Derive": ("derive",),
    "dpv:Use": ("use", "utilize", "utilise", "employ", "reuse", "rely"),
    "dpv:Processing": ("process", "handle", "treat"),
    "dpv:Access": ("access",),
    "dpv:Analyse": ("analyse", "analyze"),
    "dpv:Assess": ("evaluate", "assess"),
    "dpv:Combine": ("combine", "merge", "link", "associate", "match", "correlate"),
    "dpv:Aggregate": ("aggregate",),
    "dpv:Tracking": ("track",),
    "dpv:Monitor": ("monitor",),
    "dpv:Profiling": ("profile",),
    "dpv:Retrieve": ("retrieve",),
    "dpv:Share": ("share", "provide", "supply", "give", "pass", "exchange"),
    "dpv:Disclose": ("disclose", "reveal", "divulge", "release", "communicate", "report", "expose"),
    "dpv:Transmit": ("transmit", "send", "forward", "submit", "upload"),
    "dpv:Transfer": ("transfer", "export", "relocate"),
    "dpv:MakeAvailable": (),
    "dpv:Disseminate": ("publish", "disseminate"),
    "dpv:Display": ("display",),
    "pg:Sell": ("sell", "rent", "lease", "trade", "swap", "barter", "monetize", "monetise"),
    "dpv:Store": (
        "store",
        "retain",
        "keep",
        "hold",
        "save",
        "host",
        "maintain",
        "preserve",
        "archive",
        "remember",
    ),
    "dpv:Erase": ("delete", "erase", "purge"),
    "dpv:Destruct": ("destroy",),
    "dpv:Remove": ("remove", "dispose"),
    "dpv:Anonymise": ("anonymize", "anonymise", "deidentify", "de-identify"),
    "dpv:Pseudonymise": ("pseudonymize", "pseudonymise"),
    "dpv:Modify": ("modify",),
    "dpv:Collect ": ("ask", "request", "require", "enter", "post", "furnish"),
}
"""Operation to verbs. The last row asks for data: it collects when what is asked for is data."""

_IRREGULAR = {
    "get": ("gets", "got", "getting"),
    "give": ("gives", "given", "giving"),
    "keep": ("keeps", "kept", "keeping"),
    "hold": ("holds", "held", "holding"),
    "sell": ("sells", "sold", "selling"),
    "send": ("sends", "sent", "sending"),
    "log": ("logs", "logged", "logging"),
    "swap": ("swaps", "swapped", "swapping"),
    "submit": ("submits", "submitted", "submitting"),
    "transfer": ("transfers", "transferred", "transferring"),
    "transmit": ("transmits", "transmitted", "transmitting"),
    "infer": ("infers", "inferred", "inferring"),
    "rely": ("relies", "relied", "relying"),
}

_GIVING = frozenset(
    "provide submit give supply share upload enter send disclose post transmit furnish".split()  # noqa: SIM905
)
"""Verbs with which a reader hands data over."""

_ONLY_READER = frozenset(("submit", "upload", "enter", "post", "furnish"))
"""Verbs that say something about processing only when it is the reader who does it."""

_AMBIGUOUS = frozenset(
    "use share process access record store transfer log report display trade post track release request exchange "
    "profile link match rent lease match submit forward host send import export upload hold pass handle treat get "
    "monitor purge archive save".split()  # noqa: SIM905
)
"""Verbs whose plain or -s form is a noun or another word as often as not."""


def _inflect(verb: str) -> tuple[str, str, str]:
    """The -s, -ed and -ing forms of a verb."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es", verb + "ed", verb + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return verb + "s", verb + "ed", verb + "ing"


def _forms() -> dict[str, tuple[str, str, str]]:
    """Every form: its verb, its kind (base, s, ed, ing), its operation."""
    found: dict[str, tuple[str, str, str]] = {}
    for curie, verbs in _VERBS.items():
        iri = expand(curie.strip())
        for verb in verbs:
            third, past, gerund = _inflect(verb)
            found[verb] = (verb, "base", iri)
            found[third] = (verb, "s", iri)
            found[past] = (verb, "ed", iri)
            found[gerund] = (verb, "ing", iri)
    found["gave"] = ("give", "past", expand("dpv:Share"))
    return found


_FORMS = _forms()
_ASKING = expand("dpv:Collect")
_USING = expand("dpv:Use")
_VERB = re.compile(
    rf"(?<![\w-])(?:(?P<available>ma(?:ke|kes|de|king)(?=\s[^.;:]{{0,60}}?\bavailable\b))"
    rf"|{'|'.join(sorted(map(re.escape, _FORMS), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)
_MADE = {"make": "base", "makes": "s", "made": "ed", "making": "ing"}


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_DATA_WORD = r"(?:information|data|details|contents?|records?|identifiers?|cookies|logs?|images?|photos?)"
_ADVERB = (
    r"(?:\w+ly|also|ever|then|only|always|never|further|hereby|sometimes|therefore|thus|in\s+turn|otherwise|either|both"
    r"|neither|nor|just|once|not|still|again|generally|even|as\s+well|no\s+longer|, \s* (?:as|if|where|when)\s+[\w\s]{1,30},)"
)
_PART = r"(?:\w+ed|sold|kept|given|made|sent|held|shown)"
_BE = _re(
    rf"(?:\b(?:is|are|was|were|be|been|being|gets?)|['’](?:re|s))\s+(?:not\s+)?(?:(?:{_ADVERB}|{_PART}\s*(?:,|/|\band/or\b|\band\b|\bor\b)?|,|/|and|or|and/or)\s*)*$"
)
_HAVE = _re(rf"\b(?:has|have|had|having|['’]ve)\s+(?:{_ADVERB}\s+)*$")
_MODAL = _re(
    rf"\b(?:may|might|can|could|will|would|shall|should|must|do|does|did|cannot|let|['’]ll|\w+n['’]t)\s+(?:(?:{_ADVERB})\s*,?\s*)*$"
)
_PRONOUN = _re(rf"\b(?:we|you|they|i|it|he|she|who|which|that|us)\s+(?:{_ADVERB}\s+)*$")
_DETERMINER = _re(
    r"\b(?:the|a|an|your|our|their|its|his|her|any|this|such|of|app|play|online|google|apple|for|in|on|each|every|no|legal|business|fair|by|log|cloud|web|key|sole|internal|own|other|following|new|with|unauthori[sz]ed|address|windows|game|school|student|medical|further|personal|first|right\s+to\s+object\s+to)\s+$"
)
_TO = _re(rf"\bto\s+(?:(?:{_ADVERB}|help|begin|start|continue\s+to|try\s+to|please)\s+)*$")
_GERUND_OF = _re(
    r"\b(?:by|for|in|of|when|while|before|after|without|including|such\s+as|from|against|about|on|through|with|about|than|via|start|stop|begin|avoid)\s+(?:(?:\w+ly|also|the|our|us|not|either)\s+)*$"
)
_ASKED = _re(r"\b(?:how|why|what|which|whether|with\s+whom|to\s+whom|how\s+long|who)\s+(?:[\w-]+\s+){0,3}$")
_SUBJECT_CUT = re.compile(
    r"[;:.()!?–—]|\b(?:before|after|until|when|whenever|if|that|which|who|where|because|so|as|while|unless|once|since|how|why|what|and how|than)\b",
    re.IGNORECASE,
)
_OTHERS = _re(
    r"""
    \b(?: third[\s-]part(?:y|ies) | (?:business\s+|advertising\s+|analytics\s+|marketing\s+|trusted\s+)*partners? | (?:service\s+|payment\s+|hosting\s+|cloud\s+|analytics\s+|email\s+|e-mail\s+|internet\s+|content\s+)*providers?
       | vendors? | suppliers? | advertisers? | (?:ad|advertising|social)\s+(?:networks?|servers?|media) | affiliates? | processors? | sub-?processors?
       | subsidiar(?:y|ies) | contractors? | agents? | other\s+(?:companies|parties|users|services|websites|sites|organi[sz]ations) | (?:these|those|such|other)\s+(?:web)?sites | these\s+(?:companies|parties|services|features|entities|organi[sz]ations|plug-?ins|widgets|networks)
       | such\s+(?:companies|parties|services|features|entities|organi[sz]ations|providers|third) | (?:those|certain)\s+(?:companies|parties|services|entities) | features | widgets | plug-?ins? | authorit(?:y|ies)
       | recipients? | they | companies | analytics | sdks? | google | facebook | meta | apple | microsoft | twitter | linkedin | amazon | stripe | paypal
       | employers? | schools? | institutions? | teachers? | advisers? | advisors? | controllers? )\b
    """
)
_READERS = _re(
    r"\b(?:you|(?:your|the)\s+(?:web\s+)?(?:browser|device|computer|phone|terminal)|users?|visitors?|customers?|clients?|students?|pupils?|learners?|parents?|guardians?|children|child|minors?|individuals?"
    r"|persons?|people|anyone|subscribers?|members?|players?|applicants?|everyone|candidates?|participants?|authors?)\b"
)
_CONTROLLERS = _re(
    r"\b(?:we|us|our\s+(?!(?:third|partner|service\s+provider|provider|vendor|advertis|affiliate|processor|subsidiar|contractor|supplier|customer|user|client|student)\w*)"
    r"|the\s+(?:company|controller|operator|provider|developer|publisher|app|application|website|site|platform|software|game|server|service|system|organi[sz]ation)s?\b|this\s+(?:app|application|website|site|platform|software|game|service|company)|cookies?|i)\b"
)
_GOVERNED = _re(
    r"""
    \b(?: need | needs | have | has | had | required | require | requires | obliged | obligated | compelled | entitled | permitted | allowed | able | unable | intend | plan | likely
        | wish | want | agree | agrees | consent | consents | consented | permission | authori[sz]ation | right | continue | continues | begin | seek | going | necessary | necessary\s+for\s+us | responsible
        | attempt | try | us | them | agreement | obligation | duty | ask | asks | asked )\s+(?:(?:for\s+)?us\s+)?$
    """
)
_LET_US = _re(
    r"\b(?:allow|allows|allowing|enable|enables|enabling|permit|permits|permitting|authori[sz]e|authori[sz]es|authori[sz]ing|for|require|requires|requiring|help|helps|helping|let|lets|oblige|obliges|obligates?|compel|compels|instruct|empower)\s+us\s+$"
)
_ASK_US = _re(
    r"\b(?:ask|asking|request|requesting|instruct|tell|want|like|requires?|contact|direct|notify|object\w*\s+to)\s+(?:that\s+)?us\s+$"
)
_YOU_TO = _re(
    r"\b(?:you|users?|visitors?|customers?|students?|parents?|individuals?|yourself|children|them\s+to\s+you)\s+$"
)
_YOU_HANDED = _re(
    r"\b(?:ask|asks|asked|asking|require|requires|required|requiring|request|requests|requested|invite|need|needs|want|prompt|prompts|oblige|allow|allows|enable|permit|encourage|like)\s+(?:that\s+)?(?:for\s+)?(?:you|users?|visitors?|customers?|students?|parents?|individuals?|children)\s+$"
)
_READER_OBJECT = _re(
    r"\s+(?:you(?!r)|users?\s|customers?\s|visitors?\s|with\s+you|to\s+you\b|yourself|(?:it|them|this|that)\s+(?:with|to)\s+you)\b"
)
_NOT_DATA = {
    "keep": _re(
        r"\s+(?:you(?!r)|in\s+mind|up\s+to|track|a\s+secret|checking|using|it\s+(?:safe|secure|confidential|private)|(?:your|this|the|all|any)\s+(?:\w+\s+){0,2}?(?:\w+\s+)?(?:safe|secure|confidential|private|secret|accurate|up[\s-]to[\s-]date)\b)"
    ),
    "maintain": _re(
        r"\s+(?:a\s|an\s|the\s+(?:safety|security|confidentiality|integrity|accuracy)|appropriate|reasonable|physical|adequate|administrative|high|strict|security|safeguards)"
    ),
    "give": _re(
        r"\s+us\s+(?:your\s+|the\s+|explicit\s+)?(?:permission|consent|authori[sz]ation|access|feedback|the\s+right)|\s+(?:rise|notice|effect|consent|permission|priority)\b"
    ),
    "hold": _re(r"\s+(?:us|you|harmless|liable)\b"),
    "obtain": _re(
        r"\s+(?:(?:your|the|their|his|prior|explicit|parental|verifiable|a|any|such|an|further|necessary|appropriate|express)\s+){0,4}(?:consent|permission|approval|authori[sz]ation|copy|copies)"
    ),
    "receive": _re(
        r"\s+(?:(?:your|the|such|a|an|any|further|marketing|promotional|direct|valid|these|our)\s+){0,3}(?:consent|request|e-?mails?|newsletters?|notice|complaint|subpoena|communications?|messages?|notifications?|materials?|offers?|marketing|services?|advertis)"
    ),
    "process": _re(
        r"\s+(?:(?:your|the|a|any|such)\s+){0,2}(?:payments?|orders?|transactions?|requests?|applications?\b(?!\s+data))"
    ),
    "communicate": _re(r"\s+(?:with|directly|effectively|regarding|about|changes)"),
    "require": _re(
        r"\s+(?:(?:all|our|these|such|any|third|those)\s|you\s+to\s+(?!provide|give|submit|supply|enter|share)|that\s+(?!you)|consent|them|the\s+use|access)"
    ),
    "request": _re(
        r"\s+(?:(?:a|that|access|deletion|the\s+(?:deletion|erasure|rectification|correction|restriction)|consent|your\s+consent|us|to)\b)"
    ),
    "ask": _re(
        r"\s+(?!(?:you\s+|the\s+user\s+|users\s+|visitors\s+|customers\s+)?(?:for|about)\b)"
        r"|\s+(?:you\s+)?for\s+(?:your\s+)?(?:\w+\s+){0,2}(?:consent|permission|help|feedback)\b"
    ),
    "get": _re(r"\s+(?:in\s+touch|back|rid|access|started|(?:a|the\s+best|more|help|better|to)\b)"),
    "rely": _re(
        r"\s+(?!(?:up)?on\b)|\s+on\s+(?:our|your\s+consent|legitimate|consent|the\s+following|one|contract|a\s|service|third)"
    ),
    "pass": _re(
        r"\s+(?!(?:on|along|it|them|your|this|that|these|personal|any|such|the|data|information|to)\b)|\s+(?:away|through|the\s+law)"
    ),
    "treat": _re(
        r"\s+(?:you|(?:\w+\s+){1,6}?(?:with\s+(?:the\s+)?(?:utmost|strict|care)|confidential|as\b|in\s+accordance))"
    ),
    "handle": _re(r"\s+(?:your\s+(?:request|complaint|enquir|inquir|query)|complaints|requests)"),
    "link": _re(r"\s+to\b"),
    "log": _re(r"\s+(?:in|into|out|on|onto|files?|off)\b"),
    "report": _re(r"\s+(?:an|a|any|abuse|errors|on)\b"),
    "modify": _re(
        r"\s+(?:this|the|our|these)\s+(?:privacy|policy|polic|terms|notice|statement|service|content)"
    ),
    "post": _re(r"\s+(?:any|the|a|these|such)\s+(?:changes|new|updated|revised|notice|modif)"),
    "make": _re(
        r"(?!\s[^.;:]{0,60}?\b(?:information|data|details|records?|profile|photos?|content|it|them|this|names?|address\w*)\b[^.;:]{0,60}?\bavailable\b)"
    ),
    "access": _re(
        r"\s+(?:(?:the|our|your|any|this)\s+)?(?:website|site|service|app\b|application|platform|account|content)"
    ),
    "use": _re(
        r"\s+(?:(?:the|our|your|any|this|these|all|appropriate|reasonable|commercially|industry|various|strict|a\s+variety|encryption|every|technical|best|physical|secure|ssl|other)\s+)*(?:website|sites?|services?|apps?|application|platform|products?|efforts|measures|safeguards|methods|ssl|encryption|procedures|means|security|standard|steps|endeavou?rs)\b(?!\s+(?:data|information|usage|providers?))"
    ),
}
"""What, standing right after a verb, shows that it is not about data."""

_TIGHT = _re(
    rf"\s*(?:(?:{_ADVERB}|,|/|and/or|and|or|nor|but|&|to|may|will|can|then|(?:to\s+)?otherwise)\s*)*$"
)
_LOOSE = _re(rf"(?:,|\band|\bor|\bnor|\bthen|/)\s*(?:(?:{_ADVERB}|may|will|can|to|are|is|be)\s*)*$")


@lru_cache(maxsize=8192)
def operations(sentence: str) -> tuple[Operation, ...]:
    """The verbs of processing in a sentence, in order; what readers and strangers do elsewhere is left out."""
    found: list[Operation] = []
    for match in _VERB.finditer(sentence):
        operation = _operation(sentence, match, found[-1] if found else None)
        if operation is not None:
            found.append(operation)
    return tuple(o for o in found if o.actor is not Actor.READER or o.handed)


def _operation(sentence: str, match: re.Match[str], last: Operation | None) -> Operation | None:
    """The operation of one verb, or None when the word is no verb of processing here."""
    start, end = match.span()
    word = match.group().lower()
    if match.lastgroup == "available":
        verb, form, iri = "make", _MADE[word], expand("dpv:MakeAvailable")
    else:
        verb, form, iri = _FORMS[word]
    left = sentence[max(0, start - 200) : start]
    right = sentence[end : end + 120]
    offset = start - len(left)
    bar = _NOT_DATA.get(verb)
    if bar is not None and bar.match(right):
        return None
    if verb == "record" and re.match(
        r"[^.;,]{0,40}\b(?:calls?|conversations?|audio|videos?|voice|sessions?|screens?|lessons?)\b",
        right,
        re.IGNORECASE,
    ):
        iri = expand("dpv:Record")
    if form == "base" and re.match(r"\s+of\b", right):
        return None
    if verb in ("associate", "link") and form == "ed":
        return None
    between = sentence[last.end : start] if last is not None else ""
    if last is not None and last.form == form and _follows(last, sentence, between):
        tight = bool(_TIGHT.fullmatch(between)) and (form != "base" or "to" not in between.split())
        group = last.group if tight else last.group + 1
        handed = last.handed and verb in _GIVING
        if last.actor is Actor.READER and not handed and last.handed:
            return replace(last, start=start, end=end, processing=iri, group=group, handed=False)
        return replace(
            last,
            start=start,
            end=end,
            processing=iri if not handed else expand("dpv:Collect"),
            group=group,
            handed=handed,
        )
    group = 0 if last is None else last.group + 1
    built = Operation(start, end, iri, Actor.UNNAMED, Voice.ACTIVE, Place.MAIN, group, start, form=form)
    if form in ("ed", "past"):
        built_or_none = _participle(built, sentence, left, right, offset)
    elif form == "ing":
        built_or_none = _gerund(built, sentence, left, offset, last)
    else:
        built_or_none = _finite(built, sentence, left, right, offset, last, verb, form)
    if built_or_none is None:
        return None
    return _hand_over(built_or_none, verb, right)


def _follows(last: Operation, sentence: str, between: str) -> bool:
    """Whether a verb goes on from the last one: the same subject, another operation."""
    if re.search(r"\bto\s*$", between) and not re.search(
        r"\bto\s+(?:\w+ly\s+)?$", sentence[max(0, last.start - 30) : last.start]
    ):
        return False
    if len(between) > 160 or not _LOOSE.search(between):
        return bool(_TIGHT.fullmatch(between)) and len(between) > 1
    if re.search(
        r"[;.]|\b(?:we|you|they|which|who|if|when|where|unless|except|it|that)\b", between, re.IGNORECASE
    ):
        return False
    return True


def _hand_over(operation: Operation, verb: str, right: str) -> Operation | None:
    """Turns what readers hand over into a collection; drops what says nothing about the controller."""
    if operation.actor is Actor.READER:
        handed = verb in _GIVING and not re.match(
            r"\s+(?:it|them|this)?\s*(?:with|to)\s+(?:other|third|your|friends|others)\b",
            right,
            re.IGNORECASE,
        )
        return replace(operation, processing=expand("dpv:Collect"), handed=handed)
    if verb in _ONLY_READER:
        return None
    if (
        verb
        in {
            "provide",
            "supply",
            "give",
            "send",
            "share",
            "transmit",
            "forward",
            "display",
            "disclose",
            "make",
        }
        and operation.voice is Voice.ACTIVE
        and _READER_OBJECT.match(right)
    ):
        return None
    return operation


def _participle(built: Operation, sentence: str, left: str, right: str, offset: int) -> Operation | None:
    """A form in -ed: passive, perfect, past, or a description of the noun before it."""
    if built.processing == _ASKING and sentence[built.start : built.end].lower() in (
        "required",
        "requested",
        "asked",
    ):
        return None
    agent = re.match(
        r"\s+(?:\w+ly\s+)?by\s+((?:(?!(?:about|for|to|in|on|with|when|and|or|from|of|as)\b)[\w'’-]+\s*){1,4})",
        right,
    )
    actor = _actor_of(agent.group(1)) if agent else Actor.UNNAMED
    if be := _BE.search(left):
        subject = _subject_start(left, be.start())
        words = left[subject : be.start()]
        if re.search(r"\b(?:you|users?)\s*$", words, re.IGNORECASE) and not re.search(
            r"\babout\s+you\s*$", words, re.IGNORECASE
        ):
            # "You are asked to provide": the passive is about the reader, not about data.
            return None
        place = Place.ASKED if _ASKED.search(left[: be.start()]) else Place.MAIN
        if re.search(
            rf"\b(?:that|which|who)\s+(?:(?:may|might|can|could|will|would|shall|must|has|have)\s+(?:{_ADVERB}\s+)*)?$",
            left[: be.start()],
            re.IGNORECASE | re.VERBOSE,
        ):
            return replace(
                built,
                actor=actor,
                voice=Voice.PASSIVE,
                place=Place.RELATIVE,
                subject=offset + subject,
                head=offset + be.start(),
            )
        return replace(built, actor=actor, voice=Voice.PASSIVE, place=place, subject=offset + subject)
    if have := _HAVE.search(left):
        return _with_subject(built, sentence, left, have.start(), offset)
    if _PRONOUN.search(left):
        return _with_subject(built, sentence, left, len(left), offset)
    if re.match(rf"\s+(?:personal\s+|your\s+)?{_DATA_WORD}\b", right, re.IGNORECASE):
        return None
    return replace(
        built, actor=actor, voice=Voice.PASSIVE, place=Place.RELATIVE, head=len(left.rstrip()) + offset
    )


def _gerund(
    built: Operation, sentence: str, left: str, offset: int, last: Operation | None
) -> Operation | None:
    """A form in -ing: progressive, the head of a heading or list item, or a means ("by collecting")."""
    if be := _BE.search(left):
        return _with_subject(built, sentence, left, be.start(), offset)
    if not left.strip(' \t•*-–—·"“(0123456789.)'):
        return built
    if re.search(
        r"\b(?:from|against|before|without|of|about|stop|avoid|prevent\w*|than)\s+(?:\w+ly\s+)*$",
        left,
        re.IGNORECASE,
    ):
        return None
    if not _GERUND_OF.search(left):
        return None
    if built.processing == _USING and not re.search(r"\b(?:by|for|of)\s+(?:\w+ly\s+)*$", left, re.IGNORECASE):
        # "Sign in using your account": the reader's act.
        return None
    actor = last.actor if last is not None and last.actor is not Actor.READER else Actor.UNNAMED
    if re.match(r"[^,]{0,120},\s*you\b", sentence[built.end :], re.IGNORECASE):
        return None
    if (
        re.search(r"\b(?:when|while|by)\s+(?:\w+ly\s+)*$", left, re.IGNORECASE)
        and last is None
        and re.search(r"\byou\b", left, re.IGNORECASE)
    ):
        return None
    return replace(built, actor=actor, place=Place.AIM)


def _finite(
    built: Operation,
    sentence: str,
    left: str,
    right: str,
    offset: int,
    last: Operation | None,
    verb: str,
    form: str,
) -> Operation | None:
    """A base form or one in -s: after a subject, a modal or "to"; else a noun."""
    if to := _TO.search(left):
        return _infinitive(built, sentence, left[: to.start()], offset, last, verb)
    modal = _MODAL.search(left)
    if modal:
        if form == "s":
            return None
        return _with_subject(built, sentence, left, modal.start(), offset)
    if _PRONOUN.search(left):
        return _with_subject(built, sentence, left, len(left), offset)
    if _DETERMINER.search(left):
        return None
    if not left.strip(' \t•*-–—·"“(0123456789.)'):
        # The first word of a list item or heading.
        return built if form == "base" and not re.match(r"\s+of\b", right) else None
    if (
        verb in _AMBIGUOUS
        and form == "base"
        and not re.search(r"(?:\b\w+s|\bdata|\w+ly|\balso|\bteam)\s+$", left)
    ):
        return None
    if verb in _AMBIGUOUS and form == "s":
        tail = left.rstrip().split()[-1]
        if not (tail[:1].isupper() or tail.lower() in _SINGULAR or tail.endswith("ly")) or re.match(
            r"\s+(?:of|for|in|and|or|,)\b", right
        ):
            return None
    if re.match(r"\s+of\b", right):
        return None
    return _with_subject(built, sentence, left, len(left), offset)


_SINGULAR = frozenset(
    "company app application website site server servers service platform software system game tool provider party also "
    "controller operator developer organisation organization technology sdk partner processor browser device extension".split()  # noqa: SIM905
)


def _infinitive(
    built: Operation, sentence: str, before: str, offset: int, last: Operation | None, verb: str
) -> Operation | None:
    """A verb after "to": what is allowed, needed or aimed at."""
    if _ASK_US.search(before):
        return None
    if _LET_US.search(before):
        if re.search(
            r"\b(?:opt(?:ing)?[\s-]out\s+of|object\s+to|refuse|prevent|stop|withdraw\w*|without|not)\s+\w+\s+us\s+$",
            before,
            re.IGNORECASE,
        ):
            return None
        return replace(built, actor=Actor.CONTROLLER)
    if _YOU_TO.search(before):
        handed = verb in _GIVING and bool(_YOU_HANDED.search(before))
        return replace(built, actor=Actor.READER, subject=built.start) if handed else None
    if re.search(r"\bright\s+(?:\w+ly\s+)?$", before, re.IGNORECASE) and not re.search(
        r"\b(?:reserves?|retains?|\bwe\s+have|gives?\s+us|grants?\s+us)\s+(?:the|a)\s+right\s+(?:\w+ly\s+)?$",
        before,
        re.IGNORECASE,
    ):
        return None
    if re.search(r"\b(?:reserves?|retains?)\s+the\s+right\s+(?:\w+\s+)?$", before, re.IGNORECASE):
        return _with_subject(built, sentence, before, len(before), offset)
    if re.search(
        r"\b(?:right|rights|entitled|ability|option|opportunity|choice|choose|chooses|able|want|wish|wishes|fail|fails|refuse|refuses|decide|decides|prefer)\s+(?:not\s+)?$",
        before,
        re.IGNORECASE,
    ):
        subject = _subject_start(before, len(before))
        if _READERS.search(before[subject:]):
            given = verb in _GIVING and re.search(
                r"\b(?:choose|chooses|want|wish|decide|decides|option)\s+$", before, re.IGNORECASE
            )
            return replace(built, actor=Actor.READER) if given else None
    if re.search(
        r"\b(?:consent|consents|permission|authori[sz]ation|agree|agrees)\s+(?:for\s+us\s+)?$",
        before,
        re.IGNORECASE,
    ):
        return replace(built, actor=Actor.CONTROLLER)
    if granted := re.search(
        r"\b(?:authori[sz]ed|permitted|allowed|entitled)\s+(?:by\s+(?:[\w'’-]+\s+){1,4})?$",
        before,
        re.IGNORECASE,
    ):
        result = _with_subject(built, sentence, before[: granted.start()], granted.start(), offset)
        return None if result.actor is Actor.READER else result
    if others := re.search(
        r"\b(?:allow|allows|permit|permits|enable|enables|authori[sz]es?|engage|use|employ|contract|hire|ask|require|requires)\s+((?:[\w'’-]+\s+){1,6})$",
        before,
        re.IGNORECASE,
    ):
        if _OTHERS.search(others.group(1)):
            return replace(built, actor=Actor.OTHER, place=Place.MAIN, subject=offset + others.start(1))
    if _GOVERNED.search(before):
        result = _with_subject(built, sentence, before, len(before), offset, default=Actor.UNNAMED)
        return None if result.actor is Actor.READER and verb not in _GIVING else result
    actor = last.actor if last is not None and last.actor is not Actor.READER else Actor.UNNAMED
    if last is None:
        subject = _subject_start(before, len(before))
        found = _actor_of(before[subject:])
        if not before.strip(' \t•*-–—·"“(0123456789.)'):
            return replace(built, place=Place.AIM)
        if found is Actor.READER:
            return None
        actor = found
    return replace(built, actor=actor, place=Place.AIM)


def _with_subject(
    built: Operation, sentence: str, left: str, at: int, offset: int, *, default: Actor = Actor.CONTROLLER
) -> Operation:
    """The operation with the actor that the words before ``at`` name."""
    del sentence
    subject = _subject_start(left, at)
    words = left[subject:at]
    head = left[:subject].rstrip()
    result = replace(built, subject=offset + subject)
    pronoun = _last_pronoun(words)
    if pronoun is not None and _pronoun_after_noun(left, subject, words):
        noun = left[: subject + pronoun.start()].rstrip()
        place = Place.ASKED if _ASKING_WORD.search(noun) else Place.RELATIVE
        return replace(
            result, actor=_actor_of(words[pronoun.start() :]), place=place, head=offset + len(noun)
        )
    actor = _actor_of(words)
    place = Place.MAIN
    if relative := re.search(r"\b(?:that|which|who|whom)\s*$", head, re.IGNORECASE):
        noun = head[: relative.start()].rstrip()
        if not words.strip():
            # The relative pronoun is the subject: what it stands for acts.
            actor = _actor_of(noun[-60:], last_only=True)
        place = Place.MAIN if _CONTENT_CLAUSE.search(noun) else Place.RELATIVE
        result = replace(result, head=offset + len(noun))
    elif re.search(r"\b(?:before|after|until|than|prior\s+to)$", head, re.IGNORECASE):
        place = Place.ASKED
    elif _ASKED.search(head + " ") and not head.endswith((",", ";")):
        place = Place.ASKED
    if actor is Actor.UNNAMED and place is Place.MAIN:
        actor = default
    return replace(result, actor=actor, place=place)


_ASKING_WORD = re.compile(r"\b(?:how|why|what|which|whether|whom)\s*$", re.IGNORECASE)
_CONTENT_CLAUSE = _re(
    r"""
    \b(?:note|aware|mean|understand|agree|ensur|sure|know|known|stat|acknowledg|says?|said|so|such|inform|confirm|accept
      |consent|declar|fact|extent|event|likely|possible|provided|promis|guarante|assur)\w*(?:\s+you|\s+users)?\s*$
    """
)


def _pronoun_after_noun(left: str, subject: int, words: str) -> bool:
    """Whether the subject is a pronoun right after a noun: "information we collect"."""
    pronoun = _last_pronoun(words)
    if pronoun is None:
        return False
    before = (left[:subject] + words[: pronoun.start()]).rstrip()
    if not before or not (before[-1].isalnum() or before[-1] in ")”\"’'"):
        return False
    last = re.split(r"[\s(]", before)[-1].lower().strip("”\"’'")
    return last not in _JOINTS


def _last_pronoun(words: str) -> re.Match[str] | None:
    """The last subject pronoun in some words."""
    found = None
    for found in re.finditer(r"\b(?:we|you|they|it|i)\b", words, re.IGNORECASE):  # noqa: B007
        pass
    return found


_JOINTS = frozenset(
    "and or but if when where because as so while unless once since then though although also that for until "
    "whenever than addition case cases example instance general however and/or particular circumstances therefore "
    "services service website site app".split()  # noqa: SIM905
)


def _subject_start(left: str, at: int) -> int:
    """Where the noun phrase begins that ends at ``at``: after the last mark or joint, twelve words at most."""
    start = 0
    for cut in _SUBJECT_CUT.finditer(left, 0, at):
        start = cut.end()
    comma = left.rfind(",", start, at)
    if comma >= 0 and not re.match(
        r",\s*(?:and\s+|or\s+)?(?:our|its|their|the|other|certain|any)?\s*(?:\w+\s+){0,3}(?:partners|affiliates|providers|vendors|agents|subsidiaries|contractors|processors)\s*$",
        left[comma:at],
        re.IGNORECASE,
    ):
        start = comma + 1
    words = list(re.finditer(r"\S+", left[start:at]))
    return start + words[-12].start() if len(words) > 12 else start


def _actor_of(words: str, *, last_only: bool = False) -> Actor:
    """Who a noun phrase names; the reader only when nobody else is nearer to the verb."""
    found: list[tuple[int, Actor]] = []
    for pattern, actor in (
        (_CONTROLLERS, Actor.CONTROLLER),
        (_READERS, Actor.READER),
        (_OTHERS, Actor.OTHER),
    ):
        for match in pattern.finditer(words):
            found.append((match.start(), actor))
    if not found:
        return Actor.UNNAMED
    if (
        not last_only
        and any(actor is Actor.CONTROLLER for _, actor in found)
        and re.search(r"\bwe\b", words, re.IGNORECASE)
    ):
        tail = words[re.search(r"\bwe\b", words, re.IGNORECASE).start() :]  # type: ignore[union-attr]
        if not re.search(r"\byou\s*$", tail, re.IGNORECASE):
            return Actor.CONTROLLER
    return max(found)[1]


_NOMINAL = _re(
    r"""
    \b(?:collection|use|processing|storage|disclosure|sharing|transfer|sale|retention|deletion|erasure|transmission
      |analysis|profiling|tracking|evaluation|recording|usage)\b
    (?= (?:\s*(?:,|and|or|/|&)\s*\w+){0,5}\s+of\b | \s+(?:is|takes|serves|will|may|shall|are)\b | \s*$ )
    | \b(?:transfer|disclosure|transmission)s?\b(?=\s+to\b)
    """
)
_NOMINAL_OF = {
    "collection": "dpv:Collect",
    "use": "dpv:Use",
    "usage": "dpv:Use",
    "processing": "dpv:Processing",
    "storage": "dpv:Store",
    "disclosure": "dpv:Disclose",
    "sharing": "dpv:Share",
    "transfer": "dpv:Transfer",
    "sale": "pg:Sell",
    "retention": "dpv:Store",
    "deletion": "dpv:Erase",
    "erasure": "dpv:Erase",
    "transmission": "dpv:Transmit",
    "analysis": "dpv:Analyse",
    "profiling": "dpv:Profiling",
    "tracking": "dpv:Tracking",
    "evaluation": "dpv:Assess",
    "recording": "dpv:Record",
}


def nominal_operations(sentence: str) -> Iterator[Operation]:
    """Operations that nouns name: "the processing of your data is based on consent"."""
    for match in _NOMINAL.finditer(sentence):
        if re.search(
            r"\b(?:your|unauthori[sz]ed|unlawful|their|against|right\s+to|restrict(?:ion\s+of)?|object\s+to(?:\s+the)?|from)\s+$",
            sentence[max(0, match.start() - 30) : match.start()],
            re.IGNORECASE,
        ):
            continue
        iri = expand(_NOMINAL_OF[re.sub(r"(?<!i)s$", "", match.group().lower())])
        yield Operation(
            match.start(), match.end(), iri, Actor.UNNAMED, Voice.ACTIVE, Place.MAIN, 0, match.start()
        )
