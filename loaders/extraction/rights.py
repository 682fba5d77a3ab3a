"""Rights of the people whose data it is, how they use them, and how they opt out.

Concepts are the articles of the GDPR that grant a right (Art. 7(3), 15 to 18, 20 to 22, 77), in DPV's ``eu-gdpr``
vocabulary; a policy that grants the same under another law grants the same right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.refusals import find_refused, is_refused
from privagraph.loaders.extraction.rules import Rule, apply_rules
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["find_rights"]

_THING = (
    r"(?:information|data|account|profile|it|them|submissions?|content|record|copy|consent|"
    r"processing|personal)"
)
_WHOLE = r"(?: (?:personal |account |profile )?(?:information|data|details|records?|settings|preferences)\b)?"
"""What completes a thing whose first word matched alone: "your personal *data*", "your account *details*"."""
_WRONG = (
    r"(?:mistakes?|errors?|inaccurac(?:y|ies)|(?:inaccurate|incorrect|wrong|incomplete|outdated|false)\b)"
)
_NEXT = (
    r"(?:,|,? (?:and|or|and/or)) (?:(?:and|or|to) )*(?:receive|request|obtain|have|lodge|file|"
    r"complain|withdraw|access|correct|rectify|delete|erase|restrict|transfer|port)\b"
    r"(?! of\b|(?:, \w+){0,2},? (?:and|or) (?:use|sharing|sale|disclosure|\w+ of)\b)"
)
"""Where the next right begins in a row of rights; not at a noun ("the sale, transfer or sharing of")."""
_GAP = r"[^.;:()]{0,90}?"
_SHORT = r"[^.;:()]{0,60}?"
_A_COPY = r"\b(?:send|give|show) you (?:a |the )?cop(?:y|ies)\b"
_COPY = (
    rf"{_A_COPY}(?:(?! of\b)| of (?:all |the |this |that |these |those |your |personal )*"
    r"(?:it|them|information|data|details|records?)\b)"
)
_ON_REQUEST = (
    rf"\b(?:write|e-?mail|contact|call|ask|request)\b[^.;]{{0,60}}\bwe (?:will|shall) (?:\w+ )?{_COPY}"
)
"""What people are promised who turn to the controller; a bare "we will send you" promises newsletters, too."""
_YOURS = re.compile(
    r"\bright(s)?\b|\b(you|users?|parents?|guardians?|individuals?|data subjects?|customers?|"
    r"members?|consumers?|residents?|anyone|who)\b[^.;]{0,60}?\b(may|can|could|will be able|"
    r"are able|wish|would like|want|ask|request|are entitled|have the (ability|option|opportunity|"
    r"choice))\b"
    r"|\b(ability|option|opportunity|request(s)?|like|choose|entitled) (to|that|for)\b|"
    rf"{_ON_REQUEST}|\bgive you\b|\ballow you\b|\b(permission|choice) to\b",
    re.IGNORECASE,
)
_COPY_OFFERED = re.compile(
    rf"{_YOURS.pattern}|\bwe (?:will|shall) (?:\w+ )?{_A_COPY} of (?:\w+ )?(?:your|personal)\b", re.IGNORECASE
)
"""A promise alone tells a copy of the reader's data from that of an invoice, but opens the gate to no other right."""
_RIGHTS_TOPIC = frozenset({Topic.RIGHTS})
_OURS = re.compile(r"^(we|our)\b[^.;]{0,40}?\b(use|collect|may use|share|disclose)\b", re.IGNORECASE)


def _right(
    concept: str,
    *patterns: str,
    confidence: float = 0.75,
    needs: re.Pattern[str] = _YOURS,
    unless: str | None = None,
) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            Role.RIGHT,
            re.compile(pattern, re.IGNORECASE),
            expand(concept),
            needs=needs,
            topics=_RIGHTS_TOPIC,
            unless=re.compile(unless, re.IGNORECASE) if unless else None,
            confidence=confidence,
        )
        for pattern in patterns
    )


_RULES: tuple[Rule, ...] = (
    *_right(
        "eu-gdpr:A15",
        rf"\b(?:the |your |a )?rights? (?:to|of) (?:request |obtain |receive |have )?(?:access|"
        rf"know|be informed|information)\b(?: to)?{_SHORT}(?=[.;:,()–-]|$| and | or )",
        rf"\b(?:request(?:ing)? |obtain |gain |get |have |"
        rf"receive )?access(?:ing)?(?: to)?\b(?:,? (?:and|or|and/or|to|review|correct|update|amend|"
        rf"delete|modify|edit|change|rectify|erase|port|,|{_THING}|your|the|any|of|"
        rf"a)\b)*,? {_SHORT}\b(?:information|data|account|profile)\b(?: (?:that )?(?:we|"
        rf"you)\b[^.;,:]{{0,40}})?",
        rf"\b(?:obtain|request|receive|get|ask (?:us )?for|be provided with|"
        rf"have)\b {_SHORT}\bcop(?:y|ies)\b (?:of )?{_SHORT}(?:information|data|it)\b",
        rf"\b(?:review|inspect|see|view|learn|know|find out)\b (?:the |any |what |which |whether |"
        rf"if |details |more |about |of |and \w+ )*{_SHORT}\b(?:personal (?:information|data)|"
        rf"information (?:we|you|in your)|data (?:we|you)|your (?:personal )?(?:information|data|"
        rf"account))\b(?: (?:that )?(?:we|you)\b[^.;,:]{{0,40}})?",
        rf"\b(?:request|require|ask)\b {_GAP}\b(?:disclose|confirm)\b {_GAP}\b(?:information|"
        rf"data)\b[^.;]{{0,60}}",
        unless=r"\b(?:when(?:ever)?|while|by|you (?:use|visit|or)) (?:you )?access|"
        r"\bwe (?:\w+ )?(?:learn|become aware)|\bunauthori[sz]ed access|\brevok\w+ (?:\w+ )?access"
        r"|\baccess(?:ing)? (?:the|our|this) (?:service|site|website|app)|\b(?:that|which|who|"
        r"parties|partners|employees|contractors) (?:may|can|will|must|have)\b[^.]{0,40}\baccess",
    ),
    *_right("eu-gdpr:A15", _COPY, needs=_COPY_OFFERED),
    *_right(
        "eu-gdpr:A16",
        r"\b(?:the |your |a )?rights? (?:to|of) (?:request )?(?:rectif|correct)\w*\b[^.;:,()–-]{0,60}",
        rf"\b(?:rectify|correct|update|amend|modify|edit|change|complete(?= (?:any |the |"
        rf"your )?(?:incomplete |personal )?(?:information|data)))\b(?:,? (?:and|or|"
        rf"and/or)? ?(?:rectify|correct|update|amend|modify|edit|change|complete|delete|remove|"
        rf"erase|supplement|access|review)\b)*,? {_SHORT}\b{_THING}\b{_WHOLE}(?: (?:that )?(?:we|"
        rf"you)\b[^.;,:]{{0,40}})?",
        rf"\b(?:correct|rectify|fix|amend)\b (?:any |the |your |our |all |such )*{_WRONG}"
        rf"(?: (?:and|or) (?:inaccurate|incorrect|wrong|incomplete|outdated|false))?{_WHOLE}(?: about you)?",
        rf"\b(?:have|get)\b (?:any |the |your |our |all |such )*{_WRONG}{_WHOLE} (?:\w+ )?(?:rectified|"
        r"corrected|fixed)\b",
        rf"\b(?:have|request|ask|want)\b {_SHORT}\b{_THING}\b {_SHORT}\b(?:rectified|corrected|"
        rf"updated|amended|completed)\b",
        rf"\b(?:rectification|correction)\b(?: of {_SHORT}\b{_THING}\b)?",
        unless=(
            r"\bchang\w+ (this|the|our|to (this|the|our)) (privacy )?(policy|notice|statement)|"
            r"\b(policy|notice|statement)\b.{0,30}\b(chang|updat|amend|modif)|\bwe (may|will|"
            r"might) (\w+ )?(update|change|modify|amend)"
        ),
    ),
    *_right(
        "eu-gdpr:A17",
        r"\b(?:the |your |a )?rights? (?:to|of) (?:request |have )?(?:erasure|deletion|delete|"
        r"erase|be forgotten)\b[^.;:,()–-]{0,60}",
        rf"\b(?:delete|erase|remove|deactivate|terminate|cancel|close)\b(?:,? (?:and|or|"
        rf"and/or)? ?(?:delete|remove|erase|destroy|deactivate|terminate|access|correct|update|"
        rf"request)\b)*,? {_SHORT}\b(?:information|data|account|it|them|profile|"
        rf"content)\b(?: (?:that )?(?:we|you)\b[^.;,:]{{0,40}})?",
        rf"\b(?:have|request|ask|want|like|require)\b {_SHORT}\b(?:information|data|account|it|"
        rf"them)\b {_SHORT}\b(?:deleted|erased|removed)\b(?: from [^.;,]{{0,40}})?",
        rf"\b(?:erasure|deletion|removal)\b of {_SHORT}\b(?:information|data|account)\b",
        unless=(
            r"\bcookies?\b.{0,40}\b(delete|remove|clear)|\b(delete|remove|"
            r"clear)\w* .{0,20}\bcookies?\b|^(we|the company|our)\b[^.]{0,30}\b(will|shall|may|retain|"
            r"keep|store)\b(?!.{0,60}(request|ask))"
        ),
    ),
    *_right(
        "eu-gdpr:A18",
        r"\b(?:the |your |a )?rights? (?:to|of) (?:request |seek |"
        r"obtain )?(?:the )?(?:restrict\w*|limit\w*)\b[^.;:()–-]{0,80}",
        rf"\b(?:restrict|limit)\b {_SHORT}\b(?:processing|use|uses|disclosure|collection)\b[^.;:,()]{{0,60}}",
        rf"\brestrictions?\b (?:of|on) (?:the |our |your )?{_SHORT}\bprocessing\b[^.;:,()]{{0,40}}",
    ),
    *_right(
        "eu-gdpr:A20",
        r"\b(?:the |your |a )?rights? (?:to|of) (?:data )?portability\b",
        r"\b(?:a |the )?transfer of (?:your |the )?(?:personal )?(?:information|data) to (?:you|another|a third|"
        r"the (?:company|provider))\b[^.;:,()]{0,40}",
        r"\bdata portability\b",
        rf"\b(?:receive|obtain|provide|have|transfer|transmit|port|send|"
        rf"move)\b {_GAP}\b(?:machine[- ]readable|portable|structured|commonly used|"
        rf"(?:to )?another (?:controller|company|organi[sz]ation|entity|service|provider|"
        rf"party))\b[^.;:()]{{0,40}}",
    ),
    *_right(
        "eu-gdpr:A21",
        rf"\b(?:the |your |a )?rights? to (?:object|opt[- ]?out)\b(?:(?!{_NEXT})[^.;:()–-]){{0,80}}",
        rf"\bobject(?:ing)? (?:to|at any time)\b(?:(?!{_NEXT})[^.;:()]){{0,80}}",
        rf"\bopt[- ]?(?:ing )?out (?:of|from)\b(?:(?!{_NEXT})[^.;:()]){{0,80}}",
        r"\bright to opt[- ]?out\b",
        rf"\b(?:prevent|stop|ask us to stop|request us to stop|cease)\b {_SHORT}\b(?:use|using|"
        rf"processing|collection|collecting|disclosing|sharing)\b[^.;:()]{{0,50}}",
        r"\bopted not to receive [^.;:()]{0,40}",
    ),
    *_right(
        "eu-gdpr:A22",
        r"\bnot (?:to )?be subject to\b [^.;]{0,40}\bautomated\b[^.;:()]{0,60}",
        r"\bright\b[^.;]{0,40}\bautomated (?:individual )?decision[^.;:,()]{0,40}",
    ),
    *_right(  # the tagger has learnt from annotators who count all of these; senses.py tells them apart
        "eu-gdpr:A7-3",
        rf"\b(?:withdraw|revoke|rescind|retract|cancel)(?:ing)?\b {_SHORT}\b(?:consents?|"
        rf"permissions?|authori[sz]ation)\b(?: at any time)?",
        r"\b(?:withdrawal|revocation) of (?:your |the |any )?consents?\b",
        r"\bunsubscrib(?:e|ing)\b(?! (?:link|instruction|request|button|option)|@)[^.;:()]{0,60}",
        r"\bconsents?\b [^.;:]{0,30}\b(?:be )?(?:withdrawn|revoked)\b(?: at any time)?",
        r"\bstop all collection of information\b[^.;:()]{0,60}",
    ),
    *_right(
        "eu-gdpr:A77",
        r"\b(?:the |your |a )?rights? to (?:lodge|file|submit|make|bring)? ?(?:a )?(?:complain\w*|"
        r"claim)\b[^.;()]{0,110}",
        r"\b(?:lodge|file|submit|make|register|bring|raise) (?:a |any |"
        r"your )?(?:formal )?(?:complaint|claim)s?\b[^.;()]{0,110}",
        r"\bcomplain (?:to|with) [^.;()]{0,80}(?:authority|authorities|regulator|"
        r"commission(?:er)?|office|ombudsman|agency|CNIL|ICO)\b",
        r"\bcontact\b [^.;()]{0,40}\b(?:supervisory|data protection|competent|regulatory|"
        r"relevant) authorit(?:y|ies)\b",
    ),
)

_MECHANISM = (
    Rule(
        Role.RIGHT_MECHANISM,
        concept=expand("dpv:RightExerciseNotice"),
        pattern=re.compile(
            r"\b(exercis\w+|request\w*|rights?|complain\w*|remov\w+|delet\w+|access|opt[- ]?out|"
            r"withdraw\w*|satisfied|concerns?)\b.{0,200}\b(contact|contacting|e-?mail|e-?mailing|"
            r"send(ing)?|write|writing|submit(ting)?|call(ing)?|visit(ing)?|fill(ing)?|form|clicking|"
            r"via|through|by going)\b"
            r"|\b(contact|e-?mail|write|send|submit|call|log ?in|visit|"
            r"go(ing)?) .{0,160}\b(to exercise|to request|exercise (your|any|these|this)|"
            r"request(s)? (access|deletion|removal)|to (access|delete|correct|update|remove|review|"
            r"withdraw|see))\b",
            re.IGNORECASE,
        ),
        needs=re.compile(
            r"\bexercis\w+ .{0,30}\b(right|choice|request)|\b(to|you (can|may|could)|please|"
            r"if you).{0,80}\b(contact|e-?mail|write|submit|send|visit|call)\b.{0,100}\b(right|"
            r"request|delet|access|correct|remov|withdraw|complain|satisf)"
            r"|\b(right|request|delet|access|correct|remov|withdraw|complain|"
            r"satisf)\w*.{0,140}\b(contact|e-?mail(ing)?|write|submit|send|call)(ing)?\b",
            re.IGNORECASE,
        ),
        unless=re.compile(r"\bquestions?\b.{0,60}\bcontact|^we (may|will)\b", re.IGNORECASE),
        whole=True,
        confidence=0.65,
    ),
    Rule(
        Role.RIGHT_MECHANISM,
        concept=expand("dpv:RightExerciseNotice"),
        pattern=re.compile(
            r"\b(respond|reply|comply|process)\w* (to|with)? ?(your |such |the |any |these |"
            r"all )?[^.]{0,30}\brequests?\b|\bverify your identity\b|\b(reject|refuse|deny|"
            r"decline) [^.]{0,30}\brequests?\b|\bproof of (your )?identity\b|"
            r"\bcharge\b[^.]{0,40}\bfee\b",
            re.IGNORECASE,
        ),
        topics=frozenset({Topic.RIGHTS}),
        whole=True,
        confidence=0.6,
    ),
)

_OPT_OUT = (
    Rule(
        Role.OPT_OUT,
        concept=expand("dpv:PermissionManagement"),
        pattern=re.compile(
            r"\b(you|users?|parents?)\b.{0,80}\b(opt[- ]?(ing )?out|unsubscrib\w+|deactivat\w+|"
            r"disabl\w+|block\w*|refus\w+|reject\w*|declin\w+|turn(ing)? off|revok\w+ (our|access|"
            r"permission)|delet\w+ (the |all |any |our )?cookies|reset (?:your |the )?(?:advertising|"
            r"device|ad) id\w*|manag\w+ (your )?(cookie|"
            r"privacy|notification|marketing|ad)\w*|limit ad tracking|prevent\w* .{0,40}(tracking|"
            r"cookies|analytics)|stop receiving)\b"
            r"|\bopt[- ]?out (link|page|option|cookie|form|tool)\b|\bto opt[- ]?out\b|\b(privacy|"
            r"browser|device|cookie|notification|account) settings\b.{0,60}\b(change|adjust|control|"
            r"manage|understand|disable|refuse|block)\b|\b(change|adjust|check|update|"
            r"modify)\w* your .{0,30}\bsettings\b",
            re.IGNORECASE,
        ),
        unless=re.compile(
            r"\bcannot opt|\bmay not opt|\brefuse to provide\b|^if you (?:opt|deactivate)|"
            r"\bnot be able to\b.{0,20}\buse\b$",
            re.IGNORECASE,
        ),
        whole=True,
        confidence=0.65,
    ),
)


def find_rights(passage: Passage) -> Iterator[Mention]:
    """Rights, the ways to use them, and opt-outs in a passage."""
    if not (_OURS.search(passage.text) and Topic.RIGHTS not in passage.topics):
        named = (*apply_rules(_RULES, passage), *_enumerated(passage), *_done_to_data(passage))
        told = [_as_told(passage, m) for m in named if not _refused(passage, m)]
        yield from _longest((*told, *find_refused(passage)))
    if not passage.is_heading and not passage.is_cell:
        yield from apply_rules(_MECHANISM, passage)
        yield from apply_rules(_OPT_OUT, passage)


# "The right of access, rectification, erasure and to object": one right for each member.
_RIGHTS_LIST = Sieve(re.compile(r"\brights? (?:of|to|for)\b(?P<list>[^.;:]*)", re.IGNORECASE))
_MEMBERS = tuple(
    (expand(concept), re.compile(pattern, re.IGNORECASE))
    for concept, pattern in (
        ("eu-gdpr:A15", r"\baccess\b"),
        ("eu-gdpr:A16", r"\b(?:rectif\w+|correct(?:ion)?)\b"),
        ("eu-gdpr:A17", r"\b(?:erasure|erase|deletion|be forgotten)\b"),
        ("eu-gdpr:A18", r"\b(?:restriction|restrict)\b(?: of processing)?"),
        ("eu-gdpr:A20", r"\b(?:data )?portability\b"),
        ("eu-gdpr:A21", r"\b(?:object(?:ion)?)\b"),
        ("eu-gdpr:A7-3", r"\bwithdraw(?:al of)? (?:your |the )?consent\b"),
    )
)


def _enumerated(passage: Passage) -> Iterator[Mention]:
    """Rights that are members of an enumeration behind "right of" or "right to"."""
    for stretch in _RIGHTS_LIST.finditer(passage.text):
        if not re.search(r",|\band\b|\bor\b|/", stretch.group("list")):
            continue
        for concept, pattern in _MEMBERS:
            for match in pattern.finditer(passage.text, stretch.start("list"), stretch.end("list")):
                yield passage.mention(match.start(), match.end(), Role.RIGHT, concept, confidence=0.7)
                break


# "The right to have your data corrected, erased or restricted": one right for each participle.
_HAVE_DONE = Sieve(
    re.compile(
        r"(?:\bthe |\byour |\ba )?\brights? to (?:request to )?(?:have|get) [^.;:,()]{0,60}?\b(?:data|information|"
        r"details|records?|it|them)\b(?P<list>[^.;:()]{0,120})",
        re.IGNORECASE,
    )
)
_DONE = tuple(
    (expand(concept), re.compile(pattern, re.IGNORECASE))
    for concept, pattern in (
        ("eu-gdpr:A16", r"\b(?:rectified|corrected|amended|completed|updated)\b"),
        ("eu-gdpr:A17", r"\b(?:erased|deleted|removed|forgotten)\b"),
        ("eu-gdpr:A18", r"\b(?:restricted|limited|blocked)\b"),
        ("eu-gdpr:A20", r"\b(?:ported|transferred|transmitted)\b(?: (?:directly )?to [^.;:,()]{1,40})?"),
    )
)


def _done_to_data(passage: Passage) -> Iterator[Mention]:
    """Rights to have something done to data, each from the word "right" on, as it is read."""
    for stretch in _HAVE_DONE.finditer(passage.text):
        for concept, pattern in _DONE:
            if done := pattern.search(passage.text, *stretch.span("list")):
                yield passage.mention(stretch.start(), done.end(), Role.RIGHT, concept, confidence=0.75)


# "You may not opt out", and "we will delete it": no right of the reader.
_MAY_NOT = re.compile(
    r"\b(?:may|can|could|will|shall|must|are)\s*(?:not|n['’]t)\s+(?:be able to\s+)?$|"
    r"\bcannot\s+$",
    re.IGNORECASE,
)
_WE_WILL = re.compile(
    r"\b(?:we|i|they|the company|it)\s+(?:will|shall|may|might|can|take|takes|do|does|immediately|"
    r"promptly)\b(?![^.;]{0,60}\b(?:you|request))[^.;]{0,60}$",
    re.IGNORECASE,
)
_OBJECTS, _ERASES = (
    frozenset(map(expand, ("eu-gdpr:A21", "eu-gdpr:A7-3"))),
    frozenset(map(expand, ("eu-gdpr:A16", "eu-gdpr:A17"))),
)


def _refused(passage: Passage, mention: Mention) -> bool:
    """Whether the words before a right say that it is not granted, or that it is an act of the controller."""
    before = passage.text[: mention.start - passage.start]
    if mention.concept in _ERASES:
        return bool(_WE_WILL.search(before) or _MAY_NOT.search(before))
    return mention.concept in _OBJECTS and bool(_MAY_NOT.search(before))


def _as_told(passage: Passage, mention: Mention) -> Mention:
    """A right, denied where its sentence says that people do not have it."""
    refused = is_refused(passage.text, mention.start - passage.start, mention.end - passage.start)
    return replace(mention, polarity=Polarity.DENIED) if refused else mention


def _longest(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Of overlapping mentions of one right, the longest."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(
            k.concept == mention.concept and mention.start < k.end and k.start < mention.end for k in kept
        ):
            kept.append(mention)
    yield from sorted(kept, key=lambda m: (m.start, m.end))
