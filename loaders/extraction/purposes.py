"""Purposes: why data is processed.

Policies state purposes as infinitives ("to improve our service"), as gerunds and nouns after "for" ("for billing",
"for marketing purposes"), and as bare verb phrases in lists that a line such as "We use your data to:" introduces.
A purpose is one verb phrase: "to operate, maintain and improve the app, and to contact you" holds two, because the
first three verbs share their object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import MAY_END, before_main_clause, members, trim
from privagraph.loaders.extraction.purpose_verbs import BASE, GERUNDS, is_purpose_verb
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon

__all__ = ["find_purposes"]

# Words that govern an infinitive which is no purpose: abilities, wishes, duties, choices.
_GOVERNED = re.compile(
    r"\b(?:right|rights|able|unable|like|likes|want|wants|wish|wishes|have|has|had|ought|"
    r"reserve the right|agree|agrees|choose|chooses|chose|attempt|attempts|"
    r"required|how|ability|opportunity|option|free|continue|continues|refuse|refuses|decide|"
    r"decides|ask|asks|hesitate|according|subject|access|prior|due|addition|respect|regard|"
    r"relating|related|refers|refer|applies|apply|limited|up|similar|linked|link|links|connect|"
    r"connected|pursuant|contrary|relation|response|"
    r"going|used|try|tries|trying|expect|expects|prefer|intend|intends|strive|strives|aim|aims|"
    r"seek|seeks|consent|consents|consented|authority|entitled|obliged|obligated|fail|fails|"
    r"failure|"
    r"unlikely|likely|appear|appears|seem|easy|hard|difficult|impossible|possible|steps|measures|"
    r"effort|efforts|best|encourage|advise|recommend|request|requests|invite|directed|willing|"
    r"responsible|"
    r"permit|permits|permitted|allowed|allow|us|you|them|him|her|person|persons|users|user|"
    r"nothing|duty|obligation|liability|commitment|committed|need|needs|time)\s*$",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"\b(?:help(?:s|ing)?|allow(?:s|ing)?|enable(?:s|ing)?|assist(?:s|ing)?|necessary for|"
    r"need(?:ed)? (?:for|by)|order for|permit(?:s|ting)?|let(?:s)?|require(?:d|s)?|"
    r"necessary) (?:us|them|it|our team|the company|him|[A-Z]\w+)\s*$",
    re.IGNORECASE,
)
_NEED_WE = re.compile(
    r"\b(?:we|i|company) (?:may |might |will |also |only )?(?:need|have|require|wish|want|like|"
    r"intend|aim|seek|strive|try|attempt|continue)s?\s*$",
    re.IGNORECASE,
)

_PROCESSING = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|collect\w*|process\w*|shar(?:e|es|ed|ing)|disclos\w*|stor(?:e|es|ed|"
    r"ing)|retain\w*|transfer\w*|access\w*|gather\w*|obtain\w*|receiv\w*|analy[sz]\w*|"
    r"request\w*|require[ds]?|record\w*|log(?:s|ged)?|combin\w*|provid\w*|transmit\w*|employ\w*|"
    r"rely|relies|helps?|send|sent|kept|keep)\b",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"\b(?:information|data|cookies?|details|address(?:es)?|e-?mails?|technolog\w+|identifiers?|"
    r"beacons?|tools?|analytics|providers?|companies|third[- ]part(?:y|ies)|it|them|permissions?|"
    r"logs?|tracking|sdk|location|names?|numbers?|content|partners?|we|i)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"^(?:please|you (?:can|may|should|must|have|agree|are|will)|to (?:exercise|opt|unsubscribe|"
    r"learn|find|access|delete|request|disable|view|contact|make such|stop)\b|if you (?:want|wish|"
    r"would|have|are|do not|don['’]t|no longer))|\bhesitate to\b|\b(?:change|update|modify|"
    r"amend) (?:this|our|the) (?:privacy )?(?:policy|notice|statement)",
    re.IGNORECASE,
)
_TOPICS = frozenset({Topic.USE})
_NEAR_TOPICS = frozenset({Topic.USE, Topic.TRACKING, Topic.SHARING, Topic.COLLECTION, Topic.LEGAL_BASIS})
_AWAY_TOPICS = frozenset(
    {
        Topic.RIGHTS,
        Topic.CHANGES,
        Topic.CONTACT,
        Topic.LINKS,
        Topic.DEFINITIONS,
        Topic.SECURITY,
        Topic.CHILDREN,
        Topic.RETENTION,
    }
)

_TO = re.compile(
    r"\b(?:in order to|so as to|to)\s*:?\s+(?:\((?:[ivx]{1,4}|[a-h]|\d)\)\s*)?(?:(?:better|"
    r"further|help|automatically|also|be able to|continue to|either|then|"
    r"not)\s+)*(?P<verb>[A-Za-z]+)\b",
    re.IGNORECASE,
)
_SO_THAT = re.compile(
    r"\bso that (?:we|you|it|our \w+|they) (?:can|may|could|will)\s+(?P<verb>[A-Za-z]+)\b", re.IGNORECASE
)
_FOR_GERUND = re.compile(
    r"\b(?:for|by|in|of|on)\s+(?:the purposes? of\s+)?(?P<verb>[A-Za-z]+ing)\b", re.IGNORECASE
)
_PURPOSE_OF = Sieve(
    re.compile(
        r"\b(?:purposes?|aims?|goals?|objectives?) (?:of|is|are)\s*(?:to\s+)?(?::\s*)?(?P<np>(?!this|"
        r"the personal|your|these|which|our processing|the processing|collecting)[^.;]+)",
        re.IGNORECASE,
    )
)
_NP_PURPOSES = Sieve(
    re.compile(
        r"\bfor (?:(?:our|its|their|the|any|other|such|certain|following|various|legitimate|lawful|"
        r"own|internal|direct|different|specific|these|those|general|all|"
        r"limited)\s+)*(?P<np>(?:[\w&/-]+,? (?:and |or )?){1,9}?)purposes?\b",
        re.IGNORECASE,
    )
)
_EMPTY_NP = re.compile(
    r"^(?:.*\b(?:as long|necessary|one or more)\b.*|(?:the|our|its|their|these|those|such|"
    r"following|other|this|various|any|lawful|legitimate|own|certain|specified|stated|described|"
    r"above|same|different|limited|specific|business|purposes?|of|a|variety|and|or|all|general|"
    r"internal|more|\s|,)*)$",
    re.IGNORECASE,
)
_FOR_NOUN = re.compile(r"\bfor\s+(?P<np>[A-Za-z][^.;:()]{3,100})", re.IGNORECASE)
_NO_PURPOSE = re.compile(
    r"^(?:(?:protect|secure|safeguard|preserve|ensure|keep|maintain)\w* (?:the |that |all |any |"
    r"such )*(?:(?:integrity|security|confidentiality|privacy|safety) (?:and \w+ )?of )?(?:your|"
    r"their|personal(?:ly)?|users?['’]?s?|such|its|the|any personal\w*) (?:\w+ )?(?:data|"
    r"information|privacy)\b|ensure that your|respond(?:ing)? to you$|use (?:it|them|this|the|our|"
    r"such|these|your|commercially|reasonable)\b|process(?:ing)? (?:it|or respond|your data|"
    r"personal|such)|do so\b|collect (?:personal|any|your|information from)|act\b|contact us|"
    r"provide (?:us|me)\b|provide (?:such|your|any|personal) (?:personal )?(?:information|data)|"
    r"store (?:it|your|personal)|share (?:your|it|such)|disclose|retain|receive (?:such|these|our|"
    r"marketing|promotional|email)|access (?:our|your|the|it)|delete|know (?:that|about the)|read|"
    r"review (?:this|the|our))",
    re.IGNORECASE,
)
_FUNCTIONS = Sieve(
    re.compile(
        r"\b(?:functions|services|tasks|activities|purposes|operations)\b,? (?:such as|"
        r"including(?:,? but not limited to,?)?|like|for example|namely)\s*:?\s*(?P<list>[^.;]+)",
        re.IGNORECASE,
    )
)
_DEAL = Sieve(
    re.compile(
        r"\b(?P<np>(?:in connection with|(?:as part|in the course) of|during (?:the )?negotiations? (?:of|for|about))"
        r"(?:,? or (?:during|in|as)\b[^.;:]{0,40}?\bof,?)? (?:(?:any|a|an|our|the|such|actual|proposed|possible|"
        r"potential|prospective|corporate|other|similar),? )*(?:mergers?|"
        r"(?:acquisitions?|liquidation|consolidation)\b(?! of (?!(?:us|our|the company|all|business|assets|"
        r"company|shares|substantially|(?:a )?(?:part|portion)|or by)\b))|"
        r"sale(?=,? (?:or|and) (?:(?:a|an|any) )?(?:merger|acquisition))|sale of (?:(?:all|any|part|parts|some|"
        r"substantially|an?|portions?|or|and|of|our|the|its),? )*(?:business|company|firm|assets|shares|stock)|"
        r"divestiture|restructuring|"
        r"reorgani[sz]ation|bankruptcy|insolvency|dissolution|takeover|business transfer|"
        r"change of (?:control|ownership))\b[^.;:()]*)",
        re.IGNORECASE,
    )
)
"""Why data changes hands when a company does."""
_WE_REACH = Sieve(
    re.compile(
        r"\b(?:we|i|company) (?:(?:may|can|will|might|would like to|also|from time to time|sometimes|"
        r"occasionally)\s+)*(?P<vp>(?:send|contact|notify|inform|market to|remind|invite|"
        r"advertise) (?:you|users|to you)\b[^.;]*)",
        re.IGNORECASE,
    )
)
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|hundred|"
    r"up to|at least|several|many)(?:-\w+)?"
)
_PERIOD = (
    rf"for (?:(?:about|another) )?(?:{_COUNT} (?:[\w()]+ ){{0,2}}(?:days?|weeks?|months?|years?)\b"
    r"(?![-\w]| (?!unless)\w{3,}s\b)|(?:another|an?) (?:day|week|month|year)(?=\s*[,.;:)]|\s*$| after\b))"
)
"""How long something is kept: no "day trips", no "week-by-week report"."""
_STOP = re.compile(
    r"\s*(?:[;:]|\.(?=\s|$)|,? (?:which|who|whom|unless|except|but|however|provided that|"
    r"as (?:described|set out|set forth|explained|well as we|outlined|specified|required)|"
    r"in accordance with|pursuant to|based on|we (?:may|will|also|use|collect|do|share|process)|"
    r"(?:and |but )?(?:we|you|it|they|our) (?:may|will|also|use|collect|can|cannot|do|is|are|"
    r"share)|you (?:can|may|agree|consent|acknowledge)|"
    r"if (?:you|we|it)|when (?:you|we)|where (?:required|permitted|necessary|we)|to the extent|"
    r"so long as|for as long as|"
    rf"{_PERIOD}|"
    r"for example|e\.g\.|such as|\(e\.g\.|including(?: but)?|"
    r"without your|with your (?:consent|permission))\b|\s[–—-]\s)",
    re.IGNORECASE,
)
_LIST_INTRO = re.compile(
    r"\b(?:purposes?|reasons?|uses?|used|use|in order|so that we (?:can|may)|help us|allow us|"
    r"enable us|need(?:ed)?|necessary|why|ways|interests?|disclos\w+|shar\w+|process\w*|"
    r"belief that)\b[^.]*:?\s*$",
    re.IGNORECASE,
)
_NO_PURPOSE_INTRO = re.compile(
    r"\b(?:right|rights|you (?:can|may)|collect(?:ed)? (?:the following|these|include)|types? of|"
    r"categor|information we collect|with:|to:?\s*the following (?:parties|recipients|categories)|"
    r"measures)\b",
    re.IGNORECASE,
)
_ABILITY_INTRO = re.compile(
    r"\b(?:able|rights?|entitled|allowed|permitted|ability|option|asked|required) to\s*:?\s*$", re.IGNORECASE
)
_DATA_INTRO = re.compile(
    r"\b(?:data|information|details)(?: that)?(?: (?:we|you|i|is|are|may be))* (?:collect(?:ed)?|"
    r"receive|provide|gather|store)(?: (?:include|from|about|by)[^:]*)?\s*:?\s*$"
    r"|\bwe (?:may |also |will |automatically )*(?:collect|receive|gather|store|record)\s*:?\s*$|"
    r"\bfollowing (?:\w+ ){0,3}(?:data|information|details)\b[^:]{0,60}:?\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?P<lead>[^.:–—]{3,70}?)\s*(?::|\s[–—-]\s|\.(?=\s+[A-Z]))")


def find_purposes(passage: Passage) -> Iterator[Mention]:
    """Purposes in a passage."""
    found: list[tuple[int, int, float]] = []
    if passage.is_cell:
        found.extend(_in_cell(passage))
    elif passage.is_item and passage.first and _introduced(passage):
        found.extend(_in_item(passage))
    elif not passage.is_heading:
        found.extend(_in_sentence(passage))
    for start, end, confidence in _distinct(found):
        phrase = passage.text[start:end]
        if _NO_PURPOSE.match(re.sub(r"^(?:(?:in order )?to|for) ", "", phrase, flags=re.IGNORECASE)):
            continue
        grounding = lexicon().ground(phrase, "purpose")
        yield passage.mention(
            start,
            end,
            Role.PURPOSE,
            grounding.concept if grounding else None,
            confidence=confidence,
        )


def _introduced(passage: Passage) -> bool:
    """Whether the list that this item stands in is a list of purposes."""
    intro = passage.intro
    if intro:
        if _ABILITY_INTRO.search(intro) or _DATA_INTRO.search(intro):
            return False
        if _NO_PURPOSE_INTRO.search(intro) and not re.search(
            r"\bpurposes?\b|\buse\b.*\bto\b\s*:?\s*$|\bin order to\s*:?\s*$|\bto\s*:?\s*$",
            intro,
            re.IGNORECASE,
        ):
            return False
        if re.search(
            r"\b(?:purposes?|in order to|to|by|for|so that we can)\s*:?\s*$|\bpurposes?\b|\breasons?\b",
            intro,
            re.IGNORECASE,
        ):
            return True
        return bool(_LIST_INTRO.search(intro) or passage.topics & _TOPICS)
    return bool(passage.topics & _TOPICS)


def _in_item(passage: Passage) -> Iterator[tuple[int, int, float]]:
    text = passage.text
    head = re.match(
        r"^\W*(?:to\s+|for\s+(?:the purposes? of\s+)?|in order to\s+|by\s+)?(?:(?:better|further|"
        r"help|also|otherwise)\s+(?:us\s+)?(?:to\s+)?)*(?P<verb>[A-Za-z]+)",
        text,
        re.IGNORECASE,
    )
    if head and is_purpose_verb(head.group("verb")):
        end = _phrase_end(text, head.end("verb"))
        yield from _split_verbs(text, head.start("verb"), end, 0.8)
        lead = _LEAD.match(text)
        if lead and lead.end() < len(text):
            yield from _in_sentence(passage, begin=lead.end())
        return
    lead = _LEAD.match(text)
    if lead:
        phrase = lead.group("lead")
        if _is_purpose(phrase):
            yield (*trim(text, lead.start("lead"), lead.end("lead")), 0.6)
        yield from _in_sentence(passage, begin=lead.end())
        return
    if (
        len(text) < 140
        and _is_purpose(text)
        and re.search(r"\bpurposes?\b|\bto:?\s*$|\bfor:?\s*$", passage.intro + passage.heading, re.IGNORECASE)
    ):
        for start, end in members(text, 0, len(text)):
            if _is_purpose(text[start:end]):
                yield start, end, 0.6
        return
    yield from _in_sentence(passage)


def _is_purpose(phrase: str) -> bool:
    """Whether a phrase without a verb is a purpose rather than data ("billing", not "billing details")."""
    purpose, data = lexicon().ground(phrase, "purpose"), lexicon().ground(phrase, "data_category")
    return purpose is not None and (data is None or purpose.confidence > data.confidence)


def _in_cell(passage: Passage) -> Iterator[tuple[int, int, float]]:
    if re.search(r"\bpurpose|\bwhy\b|\buse\b", passage.column, re.IGNORECASE):
        text = passage.text
        verb = re.match(r"\W*(?:(?:in order )?to\s+|for\s+)?(\w+)", text, re.IGNORECASE)
        if verb and is_purpose_verb(verb.group(1)):
            yield from _split_verbs(text, 0, len(text), 0.75)
        else:
            yield from ((start, end, 0.75) for start, end in members(text, 0, len(text)))
    else:
        yield from _in_sentence(passage)


def _in_sentence(passage: Passage, begin: int = 0) -> Iterator[tuple[int, int, float]]:
    text = passage.text
    if _NOT_OURS.search(text, begin):
        return
    processing = bool(_PROCESSING.search(text, begin) and _MATTER.search(text, begin))
    at_home = bool(passage.topics & _TOPICS)
    if not processing and not at_home:
        return
    if (
        passage.topics & _AWAY_TOPICS
        and not passage.topics & _NEAR_TOPICS
        and not re.search(r"\b(?:we|i)\b.{0,40}\b(?:use|collect|process)\b", text, re.IGNORECASE)
    ):
        return
    confidence = 0.75 if at_home or passage.topics & _NEAR_TOPICS else 0.65
    for pattern in (_TO, _SO_THAT):
        for match in pattern.finditer(text, begin):
            verb = match.group("verb").lower()
            before = text[max(0, match.start() - 60) : match.start()]
            if (
                verb not in BASE
                or _NEED_WE.search(before)
                or (_GOVERNED.search(before) and not _HELPS.search(before))
            ):
                continue
            if re.match(
                r"access\b|provide (?:us|me)\b|use (?:the|our|this) \w+",
                text[match.start("verb") :],
                re.IGNORECASE,
            ) and re.search(r"\byou\b", before[-25:], re.IGNORECASE):
                continue
            end = _phrase_end(text, match.end("verb"))
            yield from _split_verbs(text, match.start("verb"), end, confidence)
    for match in _FOR_GERUND.finditer(text, begin):
        verb = match.group("verb").lower()
        if verb not in GERUNDS or (
            match.group().split()[0].lower() != "for" and "purpose" not in match.group().lower()
        ):
            continue
        yield from _split_verbs(text, match.start("verb"), _phrase_end(text, match.end("verb")), confidence)
    for match in _NP_PURPOSES.finditer(text, begin):
        if _EMPTY_NP.match(match.group("np")):
            continue
        for start, end in members(text, match.start("np"), match.end("np")):
            if not _EMPTY_NP.match(text[start:end]):
                yield start, end, confidence
    if Topic.SHARING in passage.topics:
        for match in _FUNCTIONS.finditer(text, begin):
            for start, end in members(text, match.start("list"), _phrase_end(text, match.start("list"))):
                if (
                    lexicon().ground(text[start:end], "purpose") is not None
                    and len(text[start:end].split()) <= 20
                ):
                    yield start, end, confidence - 0.1
    if passage.topics & {Topic.USE, Topic.COLLECTION, Topic.TRACKING} or processing:
        for match in _WE_REACH.finditer(text, begin):
            yield match.start("vp"), _phrase_end(text, match.start("vp")), confidence - 0.1
    for match in _DEAL.finditer(text, begin):
        yield *trim(text, match.start("np"), _phrase_end(text, match.start("np"))), confidence
    for match in _PURPOSE_OF.finditer(text, begin):
        end = _phrase_end(text, match.start("np"))
        word = re.match(r"[A-Za-z]+", text[match.start("np") :])
        if word and is_purpose_verb(word.group()):
            yield from _split_verbs(text, match.start("np"), end, confidence)
    for match in _FOR_NOUN.finditer(text, begin):
        end = min(match.end("np"), _phrase_end(text, match.start("np")))
        first = re.match(r"[A-Za-z]+", match.group("np"))
        if first is None or first.group().lower() in GERUNDS or "purpose" in match.group("np")[:60].lower():
            continue
        for start, stop in members(text, match.start("np"), end):
            phrase = text[start:stop]
            if len(phrase.split()) > 6:
                continue
            grounding = lexicon().ground(phrase, "purpose")
            if (
                grounding is not None
                and grounding.confidence >= 0.88
                and not re.match(
                    r"(?:example|the|as long|more|any|your|our|this|that|all|such|children|us|you|a|an)\b",
                    phrase,
                    re.IGNORECASE,
                )
            ):
                yield start, stop, confidence - 0.1
            else:
                break


def _phrase_end(text: str, start: int) -> int:
    """Where the verb phrase that holds ``start`` ends."""
    depth = 0
    limit = before_main_clause(text, start, len(text))
    for mark in MAY_END.finditer(text, start, limit):
        at = mark.start()
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (match := _STOP.match(text, at)) and match.end() > at:
            return at
    return limit


_LEADING = re.compile(
    r"(?:(?:(?:in order )?to|for|by|also|otherwise|help|further|better|then)\s+(?=\w))+", re.IGNORECASE
)


def _split_verbs(text: str, start: int, end: int, confidence: float) -> Iterator[tuple[int, int, float]]:
    """Cut a run of coordinated verb phrases; verbs that share an object stay together."""
    pieces = list(members(text, start, end))
    spans: list[tuple[int, int]] = []
    pending: int | None = None
    for piece_start, piece_end in pieces:
        if lead := _LEADING.match(text, piece_start, piece_end):
            piece_start = lead.end()
        words = re.findall(r"[A-Za-z']+", text[piece_start:piece_end])
        first = words[0].lower() if words else ""
        starts_verb = is_purpose_verb(first)
        bare = starts_verb and len(words) == 1
        if not starts_verb and spans and pending is None:
            spans[-1] = (spans[-1][0], piece_end)  # another object of the same verb
            continue
        begin = pending if pending is not None else piece_start
        if bare and (piece_start, piece_end) != pieces[-1]:
            pending = begin
            continue
        pending = None
        spans.append((begin, piece_end))
    if pending is not None:
        spans.append((pending, end))
    for span_start, span_end in spans:
        span_start, span_end = trim(text, span_start, span_end)
        phrase = text[span_start:span_end]
        if len(phrase) >= 6 and (" " in phrase or _is_purpose(phrase)):
            yield span_start, span_end, confidence


def _distinct(found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Without spans that lie within another."""
    kept: list[tuple[int, int, float]] = []
    for span in sorted(set(found), key=lambda s: (s[0] - s[1], s[0])):
        if not any(span[0] < k[1] and k[0] < span[1] for k in kept):
            kept.append(span)
    return sorted(kept)
