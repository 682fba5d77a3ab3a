"""Conditions and exceptions of a sentence: "if you agree", "where the law requires it", "except with couriers".

Some openers make a phrase that ends by itself ("with your consent", "upon request"); the others open a clause whose end
has to be looked for: before the main clause when it comes first, else at the next main clause or the sentence's end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MOST_CUES", "WINDOW", "Condition", "find_conditions", "pattern"]

WINDOW = 240
"""How many characters before and after a cue are looked at to decide what it means."""

MOST_CUES = 64
"""A sentence with more negations or conditions than this is no language; the rest of them is left alone."""


def pattern(text: str) -> re.Pattern[str]:
    """A verbose pattern that takes no notice of case."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause that limits when something holds; offsets within the sentence.

    Attributes:
        start: Offset of its opening word (``if``, ``unless``, ``with`` in "with your consent").
        end: Offset after its last character, closing punctuation left out.
        inner: Offset after the opening word.
        exception: Whether it takes something out of a denial (``unless``, ``except``, ``without``).
        fronted: Whether it stands before the clause that it limits.
        opens: Whether it opens a main clause, so that it says nothing of what stands before it.
    """

    start: int
    end: int
    inner: int
    exception: bool
    fronted: bool
    opens: bool = False


_OWNER = r"(?:you|the\s+\w+|their|his|her|a|any)(?:['’]s|r|['’])?\s+"
_KIND = (
    r"(?:freely\s+)?(?:given|explicit|express|informed|written|verifiable|separate|specific|active|affirmative|previous"
    r"|voluntary|prior)\s*,?\s+"
)
_NEEDED = (
    r"(?:required|permitted|allowed|authori[sz]ed|obliged|compelled|mandated|necessary|appropriate|applicable|possible"
    r"|relevant|needed)"
)
_LAW = (
    r"(?:the\s+|any\s+)?(?:applicable\s+|relevant\s+|local\s+|national\s+)*"
    r"(?:laws?|regulations?|legislation|court\s+orders?|statute)"
    r"(?:\s+(?:or|and)\s+(?:the\s+|an?\s+|any\s+|by\s+)*(?:regulations?|legal\s+process|legislation|court(?:\s+orders?)?))?"
)
_PEOPLE = r"(?:residents|users|visitors|individuals|persons|customers|people)"

CONDITION = pattern(
    rf"""
    \b (?=[abdefiopstuw]) (?:
    (?P<phrase>
        \b(?:with|without|only\s+with|subject\s+to|upon|after\s+obtaining|on\s+obtaining)\s+
            (?:first\s+|(?:obtaining|receiving|getting|having)\s+|{_OWNER}|your\s+|parental\s+|parents?['’]?s?\s+|the\s+
              |user['’]?s?\s+|{_KIND}|(?:and|or)\s+){{0,6}}
            (?:consent|permission|authori[sz]ation|approval|agreement)\b
            (?:\s+(?:of|from)\s+(?:the\s+|their\s+|his\s+|a\s+|your\s+)?(?:\w+\s+){{0,3}}?
              (?:parents?|guardians?|users?|person|subject|you|child|individuals?)\b(?:\s+or\s+(?:legal\s+)?guardians?)?)?
      | \bat\s+your\s+(?:own\s+)?(?:request|option|direction|instruction|choice|discretion)\b
      | \b(?:as|if|where|when|unless|except\s+(?:as|where)|to\s+the\s+extent|only\s+(?:if|where|as|when))\s+
            (?:otherwise\s+|legally\s+|expressly\s+|is\s+|it\s+is\s+|we\s+are\s+)* {_NEEDED}
            (?:\s+(?:or|and)\s+(?:required|permitted|allowed|authori[sz]ed|necessary|appropriate))?(?!\s+to\s+(?!do\b))
            (?:\s+to\s+do\s+so)?
            (?:\s+(?:by|under|to\s+do\s+so\s+by|by\s+and\s+in\s+accordance\s+with)\s+{_LAW})?\b
      | \b(?:upon\s+(?:(?:receipt\s+of|receiving|an?|the|any|valid|lawful|legal|court)\s+){{0,4}}
            |on\s+)(?:your\s+|receipt\s+of\s+|receiving\s+)?(?:request|registration|order|subpoena|warrant)s?\b
      | \bfor\s+{_PEOPLE}\s+(?:of|in|from|(?:located|residing|resident|based)\s+in)\s+(?:the\s+)?(?-i:[A-Z])[\w.’'-]*
            (?:(?:\s+(?:and|or|of|the)){{0,2}}[\s,]+(?-i:[A-Z])[\w.’'-]*)*
    )
  | (?P<clause>
        \b(?: only\s+(?:if|when|where|once|after|in\s+(?:cases?|the\s+event))
          | except(?:\s+(?:if|when|where|as|that|for|to|with|in|by|under|from|pursuant|insofar))?
          | (?<=\bno\sone\s)but | (?<=\banyone\s)but | (?<=\banybody\s)but | (?<=\bnobody\s)but | (?<=\bnothing\s)but
          | other\s+than | apart\s+from | aside\s+from | save\s+(?:for|as|where|when|that|in|to)
          | with\s+the\s+exception\s+of | unless | until | but\s+only\s+(?:if|when|where|to\s+the\s+extent)
          | if | in\s+case(?:\s+(?:of|that))? | in\s+the\s+event(?:\s+(?:that|of))?
          | in\s+the\s+case\s+(?:of|that)
          | in\s+(?:those\s+|the\s+|limited\s+|certain\s+|some\s+|rare\s+|specific\s+)?
              (?:cases|circumstances|situations|instances)\s+(?:where|when|in\s+which)
          | provided(?:\s+always)?\s+that | (?<=,\s)provided(?=\s+(?:you|we|it)\b)
          | providing\s+that | on\s+(?:the\s+)?condition\s+that
          | to\s+the\s+extent(?:\s+that)? | (?:in\s+so\s+far|insofar|inasmuch)\s+as | so\s+long\s+as
          | as\s+long\s+as\s+(?=you\s+(?:consent|agree|allow|permit|have\s+given|do\s+not))
          | when(?:ever)? | where(?:ver)? | once | should(?=\s+(?:you|we|the|it|your)\s+\w+) | depending\s+(?:up)?on
          | without (?=\s+(?:first|your|you|obtaining|notifying|informing|asking|parental|prior|their|a\s+valid|legal
              |the\s+(?:prior|express|knowledge|consent))\b) )\b
    ) )
    """
)
"""The words that open a condition; a ``phrase`` ends by itself, a ``clause`` where the sentence says.

How they begin stands before them all, since most letters of a sentence begin no word, and most words none of these."""

EXCEPTION = pattern(
    r"except|unless|other\s+than|apart\s+from|aside\s+from|save\b|with\s+the\s+exception|without|until|only\b|but\b"
)
"""Those that take something out of a denial."""

FRONT = pattern(
    r"""
    \W* (?:[(\[]?[a-z0-9]{1,4}[.)\]]\s*)?
    (?: (?: and|but|or|however|also|in\s+addition|additionally|furthermore|moreover|similarly|likewise
          | (?:[\w’']+\s+){0,7}(?:inform|aware|know|understand|acknowledge|agree)(?:\s+you)?\s+that
          | for\s+(?:example|instance)|(?:please\s+)?note\s+that|even|in\s+particular|for\s+this\s+reason|finally
          | (?:[\w’'/&-]+\s+){0,5}[\w’'/&-]+(?:\s+\([^()]*\))?\s*[:.] ) \W* ){0,3}
    """
)
"""What may stand before a condition that still opens its sentence."""

_OBJECT_BEFORE = pattern(
    r"""
    \blong\s+$
  | \b(?:about|of|know|knows|see|learn|understand|determines?|remember|including|includes?|on|track|records?|as\s+to
      |check|evaluate|detect|tell|such\s+as|identify|even|and|or|as|for|like|what|how|cases?|circumstances?)
    \s+(?:the\s+date\s+(?:and\s+time\s+)?)?$
    """
)
"""Words before ``when``, ``where`` or ``if`` that make an object or an example of the clause."""

_PURPOSE_BEFORE = pattern(r"\b(?:purposes?|reasons?)\s+$")
"""Words before ``other than`` that say which purposes are meant."""

_PLACE_AFTER = pattern(
    r"""
    where\s+(?:we|our|they|it|the)\s+(?:[\w’'-]+\s+){0,4}?
    (?:have|has|maintain|operate|offices?|located|do\s+business|based|servers)\b
    """
)
"""The same, read from ``where`` on, after a noun with a preposition ("in towns where we have shops")."""

_NOUN_OF_PLACE = pattern(r"\b(?:in|at|from|to|outside|within)\s+(?:[\w’'-]+\s+){1,3}$")

_ASKED_BEFORE = pattern(
    r"\b(?:know|knows|see|learn|understand|determines?|check|evaluate|detect|tell|identify|as|even|ask|wonder|find\s+out)\s+$"
)
"""Words before ``if`` that make a question of it."""

_PLACE_BEFORE = pattern(
    r"""
    \b(?:countr(?:y|ies)|jurisdictions?|states?|regions?|locations?|places?|areas?|sites?|servers?|pages?|from
      |territor\w+|world|platforms?|websites?|sections?|channels?|courts?|facilit\w+|know|of|offices?|center|centre|cities
      |city)\s*,?\s*$
    """
)
"""Words before ``where`` that make a place of it."""

_MAIN_CLAUSE = (
    pattern(
        r"""
        ,\s*(?:then\s+|also\s+|therefore\s+|in\s+(?:these|such|this|that)\s+(?:case|event|situation)s?,?\s+)?
        (?:we|you|it|they|this|these|please|our|there|(?-i:I))\b
        """
    ),
    pattern(
        r"""
        ,\s*(?:the|your|any|all|such|no|certain|some|information|data|personal|cookies|third|only|he|she
          |(?-i:[A-Z])[\w’'.-]*)
        (?:\s+[\w’'-]+){0,8}?\s+
        (?:is|are|will|may|can|must|shall|has|have|do|does|might|could|would|should|\w+s)\b
        """
    ),
)
"""The comma and subject with which the main clause begins after a fronted condition."""

_BARE_SUBJECT = pattern(
    r"\s(?:(?:do|does|will|may|can|shall)\s+)?(?:we|(?-i:I))\s+(?!(?:are|have|do|need|can|cannot)\b)"
)
"""The main clause's subject where no comma stands before it ("when you call we record the call")."""

_BARE_NOUN = pattern(
    r"""
    \s(?P<at>(?:your|our|the|all|any|such|this|these)\s+
      (?:(?!(?:your|our|the|all|any|such|this|these|that|which|who|we|you)\b)[\w’'-]+\s+){1,4}
      (?:is|are|will|may|can|must|shall)\b)
    """
)
"""The same with a noun for its subject ("once you join your name is listed")."""

_NO_NOUN_BEFORE = pattern(
    r"""
    \b(?:of|for|in|on|to|with|by|from|and|or|about|at|via|under|through|that|believes?|thinks?|feel|find|know|consider
      |want|wish|if|when|where|once|as|within|before|after)$
    """
)
"""What stands before a noun that is no subject of the main clause."""

_NO_BARE_SUBJECT = (" or", " and", " that", "information", "data", "details", " as", " rather")
"""What stands before a subject that does not begin the main clause."""

_STOP = pattern(
    r"""
    ; | ,\s*(?:shall|will|may|can|must|is|are)\b | \bbut\b | [.!?]\s+(?=[A-Z]) | :\s*$ | \s[–—]\s
    | ,\s*which\b | ,\s*(?:including|such\s+as|for\s+example|e\.g\.|for\s+instance)(?!\w)
    | ,\s*(?:and|but)\s+(?:if|when|where|unless)\b
    | ,\s*(?:and|but|or|so)?\s*(?:we|you|they|it|please|this|these|(?-i:I))\b | \s+and\s+(?:we|you|they|it)\s
    """
)
"""Where a condition inside or at the end of a sentence stops."""

_SHORT_LIST = pattern(
    r"""
    (?:\s+[\w'’/-]+){1,6}(?:,(?!\s*(?:your|the|an?|its|their|our|information|data)\b)(?:\s+[\w'’/-]+){1,5})*,?\s+
    (?:or|and)(?:\s+[\w'’/-]+){1,8}[.\s]*
    """
)
"""A condition that is itself a list ("when you register, log in or call us")."""

_TAIL = re.compile(r"(?:[\s,.;:!]+(?:including|such\s+as|and|or)?)+$", re.IGNORECASE)
"""What is cut from the end of a condition."""

_COORDINATED = re.compile(r"\b(?:and|but|so)\s*,?\s+$", re.IGNORECASE)
"""Before a condition, that it opens the second of two main clauses ("we keep it, and if you ask we erase it")."""

_PUT_IN_BEFORE = re.compile(
    r"\b(?:we|it|they|may|might|will|would|can|could|must|shall|do|does|not|also|are|is|be)\s*,\s*$",
    re.IGNORECASE,
)
"""Before a condition between commas, that the verb which it limits is still to come ("we may, if you agree, call")."""

_FULL_STOP = re.compile(r"[.!?]\s+(?=[A-Z])")

_NEXT_CLAUSE = re.compile(r"\s*,\s*(?:we|our|the|your|you|it)\b", re.IGNORECASE)


def find_conditions(sentence: str) -> tuple[Condition, ...]:
    """The conditions and exceptions of a sentence in order, none inside another."""
    found: list[Condition] = []
    at = 0
    while len(found) < MOST_CUES and (match := CONDITION.search(sentence, at)):
        at = match.end()
        if _is_object(sentence, match):
            continue
        start = match.start()
        clause = max(
            [sentence.rfind(";", 0, start) + 1, *(m.end() for m in _FULL_STOP.finditer(sentence, 0, start))]
        )
        fronted = bool(FRONT.fullmatch(sentence, clause, start))
        if not fronted and match.lastgroup == "clause" and _COORDINATED.search(sentence, clause, start):
            fronted = _end_of_fronted(sentence, match.end()) < len(sentence.rstrip(" .!;:"))
        if match.lastgroup == "phrase":
            end = match.end()
        elif fronted:
            end = _end_of_fronted(sentence, match.end())
        else:
            end = _end_of_trailing(sentence, start, match.end())
        end = start + len(_TAIL.sub("", sentence[start:end]))
        if end <= start:
            continue
        exception = bool(EXCEPTION.match(match.group()))
        # Closed by a comma it limits what follows it too: "..., if you agree, we ...".
        put_in = sentence.startswith(",", end) and _PUT_IN_BEFORE.search(sentence, 0, start)
        limits_next = fronted or bool(put_in or _NEXT_CLAUSE.match(sentence, end))
        found.append(Condition(start, end, min(match.end(), end), exception, limits_next, fronted))
        at = max(at, end)
    return tuple(found)


def _is_object(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words open an object ("we record when you come") or name a place, and no condition."""
    before = sentence[max(0, match.start() - WINDOW) : match.start()]
    word = match.group().split()[0].lower()
    if word == "other" and _PURPOSE_BEFORE.search(before):
        return True
    if word == "if":
        return bool(_ASKED_BEFORE.search(before))
    if (match.lastgroup == "clause" or word == "as") and _OBJECT_BEFORE.search(before):
        return True
    if word != "where":
        return False
    placed = _PLACE_AFTER.match(sentence, match.start()) and _NOUN_OF_PLACE.search(before)
    return bool(placed or _PLACE_BEFORE.search(before))


def _end_of_fronted(sentence: str, start: int) -> int:
    """Where a condition that opens the sentence gives way to the main clause."""
    comma = sentence.find(",", start)
    bare = _BARE_SUBJECT.search(sentence, start + 8)
    first = bare is not None and (comma < 0 or bare.start() < comma)
    if bare and first and not sentence[: bare.start()].lower().endswith(_NO_BARE_SUBJECT):
        return bare.start()
    ends = [m.start() for m in (main.search(sentence, start) for main in _MAIN_CLAUSE) if m]
    if ends:
        return min(ends)
    if comma > 0:
        return comma
    if bare:
        return bare.start()
    for noun in _BARE_NOUN.finditer(sentence, start + 4):
        if not _NO_NOUN_BEFORE.search(sentence[max(0, noun.start() - 20) : noun.start()]):
            return noun.start()
    return len(sentence)


def _end_of_trailing(sentence: str, start: int, after: int) -> int:
    """Where a condition inside or at the end of the sentence stops."""
    stop = _STOP.search(sentence, after)
    end = stop.start() if stop else len(sentence)
    comma = sentence.find(",", after, end)
    put_in = comma > 0 and sentence[:start].rstrip().endswith(",") and "(" not in sentence[after:comma]
    if put_in and not _SHORT_LIST.fullmatch(sentence, after, end):
        # ", when you call us, your number and your name": closed by the next comma.
        end = comma
    depth = 0
    for index in range(start, end):
        if sentence[index] == "(":
            depth += 1
        elif sentence[index] == ")":
            depth -= 1
            if depth < 0:
                # The bracket was opened before the condition, and closes it.
                return index
    return end
