"""Which verbs of a sentence state a practice, and the drafts that they make.

A verb with data, stated by the controller, makes an affirmed or denied draft; what the sentence takes out of it ("but
not your name") makes a denied one, and what the exception of a denial allows ("except with couriers") a possible one.
"""

from __future__ import annotations

from collections.abc import Sequence

from privagraph.loaders.extraction.actors import Actor
from privagraph.loaders.extraction.conditions import Condition, pattern
from privagraph.loaders.extraction.drafts import AIMS, CLAUSE, EXCEPTED, FOREIGN, TELLING, Draft
from privagraph.loaders.extraction.frames import Frame
from privagraph.loaders.extraction.groups import SHARING, Group, Statement, speaks_of_data
from privagraph.loaders.extraction.verbs import Operation, Place, Voice
from privagraph.loaders.facts import Mention, Modality, Polarity, Role
from privagraph.ontology.namespaces import expand

__all__ = ["group_drafts", "is_complete", "is_enough", "is_stated"]

_TO_US = pattern(r"^(?:[^.;]{0,80}?)\b(?:with|to)\s+us\b|^\s+us\b")
"""After a verb of sharing, that the controller is the one who gets."""

_ELSEWHERE = pattern(
    r"""
    \blink(?:s|ed|ing)?\b | \b(?:other|third[\s-]party|external)\s+(?:web)?(?:sites?|pages?)\b
  | \bnot\s+(?:operated|controlled|owned)\b
    """
)
"""A sentence about other sites, whose practices are not this policy's."""

_DATA_ACTS = pattern(
    r"""
    \b(?:this|that|these|such|the|your|personal|any|some)\s+(?:\w+\s+)?(?:information|data|details)\s+
    (?:(?:do|does|will|may|can|could|is|are|not|also|\w+n['’]t|\w+ly|no\s+longer)\s+)*$
    """
)
"""Data as the subject of an active verb ("this information does not reveal who you are"): nobody processes anything."""

_SAYS_NOTHING = pattern(
    r"""
    (?:except|unless|other\s+than|apart\s+from|save|only)\s*(?:as|for|to\s+the\s+extent|where|if)?\s*(?:is\s+|it\s+is\s+)?
    (?:otherwise|expressly|specifically)?\s*(?:,\s*)?(?:as\s+)?
    (?:(?:with|in|for|to|under)?\s*(?:the\s+|these\s+)?following|described|provided|set\s+(?:forth|out)|stated|noted|specified|outlined|indicated|explained|disclosed|mentioned
      |permitted\s+(?:by|in|under)\s+this|listed\s+in\s+this)\b
    """
)
"""An exception that only says that the policy has exceptions."""


_RIGHTS_BEFORE = pattern(
    r"""
    \b(?:permits?|allows?|entitles?|gives?|grants?)\s+(?:[\w-]+\s+){0,4}?
      (?:you|users?|residents?|consumers?|customers?|individuals?)\s+(?:[\w-]+\s+){0,8}?
      to\s+(?:request|ask|obtain|opt|object|require)\b
  | \b(?:request|ask|require|demand)s?\s+that\s+(?:a|any|the|such)\s+(?:business|company|controller)\b
  | \bthat\s+a\s+business\b
  | \brights?\s+to\s+(?:ask|request|require|know|object|demand|be\s+informed|obtain|withdraw|lodge)\b
  | \bfollowing\s+rights\b
    """
)
"""Before a verb, that a law or right is told: what readers can ask for, not what is done."""

_RIGHTS_TALK = pattern(
    r"""
    \bunlawfully\s+processed\b | \bha(?:ve|s)\s+to\s+be\s+erased\b
  | \A\W*(?:[\w\s]{0,40}\b(?:data|information)\s+(?:is|are)|(?:is|are|it\s+is|they\s+are))
        \s+no\s+longer\s+(?:necessary|needed|required)\b
    """
)
"""Words of statutes, by which a sentence tells a right wherever its verbs stand."""

_STATUTE = pattern(r"\b1798\.\d|\bshine\s+the\s+light\b")
"""Before a verb, the name of a statute that gives readers a right."""

_WE_BEFORE = pattern(r"\bwe\b[^.;:]*$")
"""The controller as the subject after the words of a right ("you have rights, and we store ...")."""


_BESIDE = pattern(
    r"[,(–—]\s*(?:(?:(?:none|neither)\s+of\s+)?which\s+(?:[\w’'-]+\s+){1,5}|(?:(?:and|but)\s+)?(?:never|not)\s+(?:\w+\s+){0,2})$"
)
"""Before a verb, that its relative clause states something beside ("your name, which is never sold")."""

_NOT_LET = pattern(
    r"\b(?:we|(?-i:I))\b[^.;:]{0,30}(?:\b(?:not|never)|n['’]t)\s+(?:\w+ly\s+)?(?:allow|permit|let|authori[sz]e|enable)\b[^.;]*$"
)
"""Before a verb, that the controller does not let somebody do it."""

_ACCESS = expand("dpv:Access")

_IS_ADVICE = pattern(
    r"""
    \bwe\s+(?:\w+ly\s+)?(?:encourage|urge|advise|recommend)\s+(?:(?:all|our|the|your)\s+)?
      (?:you|parents?|guardians?|users?|teachers?|visitors?)\b[^.;]*$
  | \b(?:never|not)\s+(?:ever\s+)?ask\s+(?:you|users|anyone)\s+(?:\w+\s+)?to\s+$
  | (?:\b(?:not|never|no|nor)|n['’]t)\s+(?:\w+\s+){0,4}?(?:responsib\w+|liab\w+|accountable)\b[^.;]*$
  | \b(?:cannot|can\s+not|can['’]t|not)\s+(?:\w+\s+(?:or|and)\s+)?(?:guarantee|promise|warrant)\b[^.;]*$
  | \bif\s+we\s+(?:\w+ly\s+)?(?:learn|discover|find|become\s+aware|are\s+made\s+aware|realize|realise)\b[^,;.]*$
    """
)
"""Before a verb, that it is advice to readers, or only what the controller might find out."""

_FORBIDS = pattern(
    r"""
    \b(?:you|users?|visitors?|customers?|members?|people|persons?|individuals?|minors|kids|teens?|child(?:ren)?|parents?
        |students?|anyone)\b
    [^.;:,]{0,40}?
    (?: \b(?:should|must|may|shall|can|could|ought)\s*(?:not|never)\b | \b(?:should|must|can)n['’]t\b | \bcannot\b
      | \b(?:are|is)\s+(?:not\s+(?:allowed|permitted|authori[sz]ed)|prohibited|forbidden)\b
      | \bagrees?\s+(?:not|never)\b )
    (?:(?!\b(?:we|our|they|it|if|unless|when|where|because|since|until|so|that|which|but|only)\b
        |\band\s+(?:the|this|third|cookies|(?-i:[A-Z]))) [^.;:,])*$
    """
)
"""Before a verb, that readers are told not to do it ("you should not send us"): nobody does."""


def _tells_right(statement: Statement, group: Group) -> bool:
    """Whether a verb belongs to the words of a right or statute, and is no act of the controller."""
    text, start = statement.text, group.first.start
    told = list(_RIGHTS_BEFORE.finditer(text, 0, group.first.end))
    ours = group.first.place is Place.MAIN and _WE_BEFORE.search(text, told[-1].end() if told else 0, start)
    if told and not any(told[-1].end() < b <= start for b in statement.reading.breaks):
        return not ours
    return bool(_STATUTE.search(text, 0, start) or _RIGHTS_TALK.search(text)) and not ours


def is_stated(statement: Statement, group: Group) -> bool:
    """Whether a group of verbs states a practice of its own."""
    first = group.first
    if statement.reading.asks:
        return False
    if _tells_right(statement, group) or _IS_ADVICE.search(statement.text, 0, first.start):
        return False
    if first.voice is Voice.ACTIVE and _FORBIDS.search(statement.text, 0, first.start):
        return False
    if first.place is Place.AIM:
        return bool(group.of(Role.DATA_CATEGORY)) or group.back is not None
    if first.place is Place.RELATIVE:
        at = statement.sentence.start
        objects = any(m.start - at >= group.end for m in group.of(Role.DATA_CATEGORY))
        if first.actor is Actor.OTHER and group.polarity is Polarity.DENIED:
            return False
        if objects and first.voice is Voice.ACTIVE and first.actor is not Actor.READER:
            return True
        if group.polarity is Polarity.DENIED and _BESIDE.search(statement.text, 0, first.start):
            return bool(group.of(Role.DATA_CATEGORY))
        return bool(group.of(Role.DATA_CATEGORY)) and bool(group.of(Role.SOURCE, Role.RECIPIENT, *AIMS))
    if first.place is Place.ASKED:
        return False
    if first.actor is Actor.OTHER:
        # What others promise not to do is no denial of the controller's; what it does not let them do is one.
        if group.polarity is Polarity.DENIED and (
            _NOT_LET.search(statement.text, 0, first.start) or first.processing == _ACCESS
        ):
            return not _ELSEWHERE.search(statement.text)
        ours = group.polarity is Polarity.AFFIRMED or statement.actor_key(group) is not None
        return ours and not _ELSEWHERE.search(statement.text)
    return first.voice is Voice.PASSIVE or not _DATA_ACTS.search(statement.text[first.subject : first.start])


def is_enough(statement: Statement, group: Group, arguments: Sequence[Mention]) -> bool:
    """Whether arguments make a practice: data, or something told about what has a word for data."""
    roles = {mention.role for mention in arguments}
    if Role.DATA_CATEGORY in roles:
        return True
    if group.first.place is Place.AIM:
        return False
    if Role.TRACKING_TECHNOLOGY in roles and roles & (TELLING | {Role.DATA_SUBJECT}):
        return True
    if group.denied or group.excepted:
        return True
    return bool(roles & TELLING) and speaks_of_data(statement, group)


def is_complete(statement: Statement, group: Group) -> bool:
    """Whether a group states a practice with data of its own, so that the sentence is more than an enumeration."""
    return group.first.place is Place.MAIN and bool(group.of(Role.DATA_CATEGORY))


def group_drafts(
    statement: Statement, group: Group, arguments: Sequence[Mention], confidence: float, frame: Frame | None
) -> list[Draft]:
    """The drafts of a group: for each verb one, and those for what is taken out of it.

    Args:
        statement: The sentence.
        group: Verbs of it.
        arguments: What belongs to them, the data that they point back to included.
        confidence: How sure the tying is.
        frame: The line over a list item, whose negation, modality and condition hold for the item, or None.
    """
    start, end = statement.sentence.start, statement.sentence.end
    limit = group.condition
    kind = Draft(
        "",
        start,
        end,
        group.polarity,
        group.modality,
        None if limit is None else (start + limit.start, start + limit.end),
        None,
        confidence,
    )
    only = statement.reading.limit(group.first.start)
    if only is not None:
        # Not "for any other purpose": for those that were named before it is done; else only the other is denied.
        named = [m for m in arguments if m.role in AIMS and m.start - start < only.start]
        if named:
            arguments = [m for m in arguments if m.role not in AIMS or m in named]
        elif any(m.role in AIMS for m in arguments):
            kind.polarity = Polarity.DENIED
        else:
            return []
    if frame is not None:
        kind.polarity = Polarity.DENIED if frame.denied else kind.polarity
        kind.condition = kind.condition or frame.condition
        if kind.modality is Modality.ASSERTED and group.first.actor is Actor.UNNAMED:
            kind.modality = frame.modality
    made: list[Draft] = []
    for operation in group.operations:
        draft = _of_actor(statement, group, operation, kind, frame).add(arguments)
        made.append(draft)
        if group.denied:
            out = draft.like(start, end, confidence).add(group.denied)
            out.polarity = Polarity.DENIED
            made.append(out)
        if draft.polarity is Polarity.DENIED and limit is not None and limit.exception:
            made.extend(_allowed(statement, group, draft, limit))
    return [draft for draft in made if draft.arguments]


def _of_actor(
    statement: Statement, group: Group, operation: Operation, kind: Draft, frame: Frame | None
) -> Draft:
    """A draft of one verb: by the controller, or by somebody else, who may share with the controller."""
    draft = kind.like(kind.start, kind.end, kind.confidence)
    draft.processing = operation.processing
    if group.first.actor is Actor.OTHER:
        if operation.processing in SHARING and _TO_US.search(statement.text[operation.end :]):
            draft.processing, draft.confidence = expand("dpv:Obtain"), CLAUSE
        else:
            draft.controller, draft.foreign = statement.actor_key(group), True
            draft.confidence = min(draft.confidence, FOREIGN)
    elif frame is not None and frame.foreign and group.first.actor is Actor.UNNAMED:
        draft.controller, draft.foreign = frame.controller, True
        draft.confidence = min(draft.confidence, FOREIGN)
    return draft


def _allowed(statement: Statement, group: Group, denied: Draft, exception: Condition) -> list[Draft]:
    """What the exception of a denial allows: a possible practice beside the denied one."""
    words = statement.text[exception.inner : exception.end]
    if not words.strip() or _SAYS_NOTHING.match(statement.text[exception.start : exception.end]):
        return []
    start = statement.sentence.start
    twin = denied.like(denied.start, denied.end, EXCEPTED)
    twin.polarity, twin.modality = Polarity.AFFIRMED, Modality.POSSIBLE
    twin.condition = (start + exception.end - len(words.lstrip()), start + exception.end)
    data = [m for m in group.excepted if m.role is Role.DATA_CATEGORY] or denied.of(Role.DATA_CATEGORY)
    twin.add([*data, *(m for m in group.excepted if m.role is not Role.DATA_CATEGORY)])
    return [twin]
