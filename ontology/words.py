"""Words of a text brought to one form, so that a label of the lexicon is found in whatever dress it wears.

A *word* is a run of letters and digits; ``&`` counts as "and"; "number(s)" and "user's" are one word each. Three
forms of it are in use, from the most cautious to the boldest:

- :func:`noun`: lower case, curly apostrophes straightened, possessive and plural removed, British and American
  spelling made one ("Behaviours" → "behavior", "organisation's" → "organization"). It keeps verbs apart from nouns:
  "address" and "addressed" stay two words;
- :func:`stem`: besides, the endings that verbs take and the nouns made of them ("analysing", "analysed", "analysis"
  → one stem). A light stemmer of our own: it need not yield words of the language, only the same string for the
  same word, and it is applied to labels and texts alike;
- a *ring*: words that mean the same for one purpose ("site", "app" and "service") share one of them. Rings are
  content, not code: they are read from ``lexicon.ttl``.

Pairs that are written as one word or as two ("e-mail", "user name", "web site") are joined first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["Words", "first_noun", "noun", "nouns_of", "stem", "words"]

_WORD = re.compile(r"&|[^\W_]+(?:['’][^\W_]+)*(?:\((?:s|es|ies)\))?")

_JOINED: Final = frozenset(
    tuple(pair.split())
    for pair in """
    add on, anti virus, back up, bio metric, birth date, birth day, cell phone, cellular phone,
    cellular telephone, check out, class room, class work, click stream, course work, cyber attack,
    cyber security, data base, de identified, de identify, de personalized, e commerce, e learning, e mail,
    face print, finger print, geo data, geo location, hand set, help desk, home work, house hold, key stroke,
    life style, log file, log in, log on, meta data, micro phone, mobile phone, mobile telephone, multi factor,
    news letter, non profit, off line, on line, opt in, opt out, opted out, opting out, opts out, pass word,
    plug in, pop up, post code, pre contractual, re marketing, re targeting, set up, sign in, smart phone,
    sub contractor, sub domain, sub processor, time stamp, time zone, user name, voice mail, voice print,
    web page, web site, whats app, wi fi, work place
    """.split(",")
)
_ABBREVIATED: Final = frozenset({"abs", "art", "lit", "no", "para", "sec"})
"""Words that a full stop does not end a phrase after ("Art. 6")."""

_JOIN_FIRST: Final = frozenset(first for first, _ in _JOINED)
_PHONES: Final = frozenset(
    {"cellphone", "mobilephone", "mobiletelephone", "cellularphone", "cellulartelephone"}
)


def _table(text: str) -> dict[str, str]:
    return {form: target for form, _, target in (entry.partition("=") for entry in text.split())}


_NOUNS: Final = _table("""
    children=child people=person men=man women=woman criteria=criterion data=data analyses=analysis
    diagnoses=diagnosis bases=basis media=media indices=index lives=life ids=id movies=movie cookies=cookie
    calories=calorie selfies=selfie ssns=ssn news=news series=series this=this its=its us=us is=is was=was
    has=has lens=lens gps=gps ios=ios sms=sms mms=mms https=https tls=tls dns=dns zip=zip aids=aids
    always=always perhaps=perhaps telephone=phone telephones=phone phones=phone cellphone=phone cellphones=phone
    licence=license licences=license centre=center centres=center programme=program programmes=program
    enrolment=enrollment enrolments=enrollment enrol=enroll cheque=check cheques=check judgement=judgment
    fulfil=fulfill fulfilment=fulfillment favourite=favorite grey=gray fibre=fiber catalogue=catalog
    defence=defense offence=offense offences=offense practise=practice adviser=advisor advisers=advisor
    enquiry=inquiry enquiries=inquiry modelling=modeling labelled=labeled résumé=resume résumés=resume
    contacts=contacts emails=emails interests=interests likes=likes posts=posts notes=notes steps=steps
    marks=marks
""")
"""Plurals and spellings that the rules below get wrong."""

_STEMS: Final = _table("""
    sent=send sold=sel kept=keep held=hold given=giv gave=giv made=mak making=mak told=tel found=find
    understood=understand shown=show taken=tak took=tak built=build met=meet bought=buy got=get known=know
    knew=know left=leav led=lead chosen=choos written=writ paid=pay withdrew=withdraw withdrawn=withdraw
    used=use using=use uses=use usage=use use=use utilize=use utilized=use utilizing=use utilization=use
    analysis=analyz analytics=analyz analytic=analyz analytical=analyz analyzed=analyz analyze=analyz
    registration=register administration=administer administrative=administer administrate=administer
    compliance=comply complies=comply complied=comply complying=comply assistance=assist provision=provid
    response=respond responses=respond defense=defend knowledge=know subscription=subscrib delivery=deliver
    recovery=recover verification=verify identification=identify notification=notify modification=modify
    rectification=rectify fulfillment=fulfil fulfill=fulfil enrollment=enrol enroll=enrol choice=choic
    erasure=eras withdrawal=withdraw removal=remov disclosure=disclos storage=stor retrieval=retriev
    acquisition=acquir portability=portable transmission=transmit transmitted=transmit payment=payment sale=sale
    accounting=accounting emails=email interests=interest contacts=contact likes=like posts=post notes=note
    steps=step marks=mark security=security communications=communicat debugging=debug billing=bil
    advertisement=ad advertisements=ad advert=ad adverts=ad ads=ad advertising=ad advertise=ad advertised=ad
    advertize=ad advertized=ad advertizing=ad interested=interested marketing=marketing setting=setting
    during=during thing=thing being=be bring=bring string=string evening=evening morning=morning
    following=following everything=everything anything=anything nothing=nothing something=something
    preferred=prefer referred=refer need=need speed=speed feed=feed exceed=exceed proceed=proceed indeed=indeed
    red=red bed=bed optingout=optout optedout=optout optsout=optout legally=legal contractually=contractual
    personally=personal
""")
"""Inflections and derived nouns that the rules below get wrong."""


@lru_cache(maxsize=1 << 16)
def noun(word: str) -> str:
    """The form of a word that its plural, possessive and other spelling share.

    Args:
        word: One word as it stands in a text.

    Example:
        >>> noun("Addresses"), noun("user’s"), noun("organisations")
        ('address', 'user', 'organization')
    """
    form = word.lower()
    if form == "&":
        return "and"
    if not form.isalnum():
        form = form.partition("(")[0].replace("’", "'").removesuffix("'s").replace("'", "")
    known = _NOUNS.get(form)
    return known if known is not None else _spelling(_singular(form))


def _singular(form: str) -> str:
    if not form.endswith("s") or len(form) < 4 or form.endswith(("ss", "us", "is")):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return form[:-2]
    return form[:-1]


_KEEP_OUR: Final = ("hour", "four", "your", "tour", "cour", "sour", "resour", "jour", "pour")


def _spelling(form: str) -> str:
    """American spelling; consistent rather than correct: "exercise" becomes "exercize" in labels and texts alike."""
    if len(form) < 5:
        return form
    if "isation" in form:
        form = form.replace("isation", "ization")
    elif form.endswith(("ise", "yse")):
        form = form[:-2] + "ze"
    elif form.endswith(("ised", "ysed", "iser")):
        form = form[:-3] + "z" + form[-2:]
    elif form.endswith(("ising", "ysing")):
        form = form[:-4] + "zing"
    if "our" in form and not form.startswith(_KEEP_OUR):
        form = form.replace("our", "or")
    return form


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The form of a word that the inflections of a verb and the nouns made of it share.

    Args:
        word: One word as it stands in a text, or its :func:`noun` form.

    Example:
        >>> stem("analysing") == stem("analysis") == stem("Analyse")
        True
        >>> stem("improvements") == stem("improved")
        True
    """
    form = noun(word)
    known = _STEMS.get(form)
    if known is not None:
        return known
    size = len(form)
    if size > 7 and form.endswith("ment"):
        form = form[:-4]
    elif size > 8 and form.endswith("ization"):
        form = form[:-5]
    elif size > 5 and form.endswith("ing"):
        form = form[:-3]
    elif size > 4 and form.endswith("ied"):
        form = form[:-3] + "y"
    elif size > 4 and form.endswith("ed"):
        form = form[:-2]
    elif size > 6 and form.endswith(("tion", "sion")):
        form = form[:-3]
    if len(form) > 3 and form.endswith("e"):
        form = form[:-1]
    if len(form) > 3 and form[-1] == form[-2] and form[-1] not in "aeo":
        form = form[:-1]
    return _STEMS.get(form, form)


class Words:
    """The words of a stretch of text, where they stand, and which of them a phrase may run across.

    Attributes:
        starts: Offset of each word's first character, in the whole text.
        ends: Offset after each word.
        surface: Each word as written; joined pairs ("e-mail") without what stood between them.
        nouns: The :func:`noun` form of each.
        glued: Whether a phrase may run from the word before into this one: between them is nothing but blanks,
            hyphens, slashes, quotes and brackets. The first word's is False.
    """

    __slots__ = ("ends", "glued", "nouns", "starts", "surface")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.surface: list[str] = []
        self.nouns: list[str] = []
        self.glued: list[bool] = []
        starts, ends, surface, nouns, glues = self.starts, self.ends, self.surface, self.nouns, self.glued
        before, last = "", -1
        for match in _WORD.finditer(text, start, len(text) if end is None else end):
            at, to = match.span()
            word = match.group()
            form = noun(word)
            gap = text[last:at] if last >= 0 else None
            glued = gap == " " or (
                gap is not None and (_glued(gap) or (gap == ". " and _abbreviated(before, text, last)))
            )
            last = to
            if glued and before in _JOIN_FIRST and (before, form) in _JOINED:
                nouns[-1] = before = _joined(before, form)
                surface[-1] += word
                ends[-1] = to
                continue
            before = form
            starts.append(at)
            ends.append(to)
            surface.append(word)
            nouns.append(form)
            glues.append(glued)

    def __len__(self) -> int:
        return len(self.starts)


def _joined(first: str, second: str) -> str:
    form = first + second
    return "phone" if form in _PHONES else form


def nouns_of(label: str) -> list[str]:
    """The noun forms of a label's words: :attr:`Words.nouns` of it, and nothing else, in a fraction of the time.

    Example:
        >>> nouns_of("e-mail addresses")
        ['email', 'address']
    """
    plain = label.replace("-", " ") if "-" in label else label
    if not plain.replace(" ", "").isalnum():
        return Words(label).nouns
    nouns = [noun(word) for word in plain.split()]
    if not _JOIN_FIRST.isdisjoint(nouns):
        for at in range(len(nouns) - 1, 0, -1):
            if (nouns[at - 1], nouns[at]) in _JOINED:
                nouns[at - 1 : at + 1] = [_joined(nouns[at - 1], nouns[at])]
    return nouns


def first_noun(label: str) -> str:
    """The first of :func:`nouns_of`."""
    first = label.partition(" ")[0]
    if first.isalnum():
        form = noun(first)
        if form not in _JOIN_FIRST:
            return form
    return nouns_of(label)[0]


def _abbreviated(word: str, text: str, end: int) -> bool:
    """Whether a full stop behind a word ends no phrase: "Art. 6", "the U.S. Privacy Act"."""
    return word in _ABBREVIATED or (len(word) == 1 and text[max(0, end - 2) : end - 1] == ".")


_GAPS: Final = frozenset(" \t\u00a0\u2009\u202f-‐‑–/'’‘\"“”()[]®™*")


@lru_cache(maxsize=1 << 12)
def _glued(gap: str) -> bool:
    """A full stop glues only inside an abbreviation ("U.S."), where no blank follows it."""
    return gap in (" ", "-", ".", "") or (len(gap) < 5 and _GAPS.issuperset(gap))


@lru_cache(maxsize=256)
def words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of a text, or of a stretch of it; the last few hundred are remembered.

    Args:
        text: Any text.
        start: Offset where to begin.
        end: Offset where to stop; the end of the text when left out.

    Example:
        >>> words("your E-mail addresses").nouns
        ['your', 'email', 'address']
    """
    return Words(text, start, end)
