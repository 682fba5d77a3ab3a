"""Postal addresses in the lines of a text, held together as one paragraph.

An address is a run of short lines of which some are plainly a street, a place with its postal code, a post-office box,
a country, a firm with its legal form, "Attn:", a telephone number or an e-mail address. Its lines are kept apart by
line breaks inside one block, so that the whole address can be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.loaders.document import BlockKind
from privagraph.loaders.readers.blocks import Draft
from privagraph.loaders.readers.canonical import clean_line
from privagraph.loaders.readers.lines import Line
from privagraph.loaders.readers.markers import marker_of

__all__ = ["hold_addresses", "join_addresses"]

_STREET = re.compile(
    r"^(?:no\.?\s*)?\d{1,6}[a-z]?(?:[-/]\d+)?,?\s+\S.*\b(?:street|st|avenue|ave?|boulevard|blvd|road|"
    r"rd|lane|ln|drive|dr|way|"
    r"court|ct|square|sq|plaza|parkway|pkwy|highway|hwy|quay|terrace|place|pl|crescent|close|row|walk|"
    r"house|building|tower)\b"
    r"|\b(?:suite|ste|unit|apt|floor|room|level)\.?\s*#?\d+|\b\d+(?:st|nd|rd|th)\s+floor\b"
    r"|\bp\.?\s?o\.?\s?box\b|\bpostfach\b"
    r"|\b\w+(?:straße|strasse|str\.|gasse|weg|platz|allee|ring|damm|ufer|straat|laan|gade|vej|gatan|"
    r"vägen)\s+\d+"
    r"|^(?:rue|via|viale|piazza|calle|avenida|av\.|rua|ul\.|ulica|ulitsa)\s.*\d",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b"  # a state and a ZIP code
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"  # United Kingdom
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # Canada
    r"|\b[A-Z]\d[\dW]\s?[A-Z\d]{4}\b"  # Ireland
    r"|^(?:[A-Z]{1,2}[-–\s])?\d{4,6}\s+[^\W\d_]{3,}"  # 8005 Zürich
    r"|^[^\W\d_][\w .,'’-]*,?\s+\d{4,6}(?:,?\s+[^\W\d_][\w .]*)?$"  # Singapore 048580
)
_FIRM = re.compile(
    r"\b(?:inc|llc|l\.l\.c|ltd|limited|gmbh|ag|plc|corp|corporation|company|co|pte|pty|s\.?a|"
    r"s\.?r\.?l|s\.?l|b\.?v|n\.?v|oy|ab|a/s|"
    r"aps|as|kft|sas|sarl|llp|lp|ug|e\.?v|sp\. z o\.o|d\.o\.o|s\.r\.o|foundation|"
    r"university)\b\.?,?(?:\s*\(.*\))?$",
    re.IGNORECASE,
)
_ATTENTION = re.compile(r"^(?:attn|attention|c/o|fao|z\.\s?h(?:d|\.))\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:e-?mail|phone|telephone|tel|fax|mobile|web(?:site)?|url|address|contact|hotline|vat|"
    r"registration)\b[^.]{0,24}[:.]",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"^(?:[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|\+?[\d()][\d\s().\-/]{6,}\d)$", re.IGNORECASE
)
_COUNTRIES = frozenset(
    (
        "usa;u.s.a.;us;united states;united states of america;uk;united kingdom;great britain;"
        "england;scotland;wales;ireland;germany;deutschland;austria;österreich;switzerland;schweiz;"
        "france;spain;españa;portugal;italy;italia;netherlands;the netherlands;belgium;luxembourg;"
        "denmark;sweden;norway;finland;iceland;poland;czech republic;czechia;slovakia;hungary;"
        "romania;bulgaria;greece;cyprus;malta;croatia;slovenia;serbia;ukraine;estonia;latvia;"
        "lithuania;turkey;türkiye;israel;united arab emirates;uae;saudi arabia;india;pakistan;"
        "bangladesh;sri lanka;nepal;china;p.r. china;hong kong;taiwan;japan;south korea;"
        "republic of korea;korea;singapore;malaysia;indonesia;thailand;vietnam;philippines;australia;"
        "new zealand;canada;mexico;brazil;brasil;argentina;chile;colombia;peru;south africa;"
        "nigeria;kenya;ghana;egypt;morocco"
    ).split(";")
)
_HEADING_WORDS = re.compile(
    r"\b(?:contact|address|details|question|questions|reach|complaints?|imprint|information|who|how|where)\b",
    re.IGNORECASE,
)
_LONGEST = 75


def join_addresses(lines: Sequence[Line]) -> list[Line]:
    """Replace the lines of each postal address by one line that holds them all, with line breaks between.

    Args:
        lines: The lines in order.

    Returns:
        The same lines, addresses joined and marked as fixed.
    """
    joined: list[Line] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        span = _address(lines[at:end]) if end - at >= 2 else None
        if span is None:
            joined.extend(lines[at : max(end, at + 1)])
        else:
            start, stop = at + span[0], at + span[1]
            joined.extend(lines[at:start])
            first = lines[start]
            text = "\n".join(line.text for line in lines[start:stop])
            joined.append(Line(text=text, indent=first.indent, gap=first.gap, fixed=True, raw=first.raw))
            joined.extend(lines[stop:end])
        at = max(end, at + 1)
    return joined


def hold_addresses(drafts: Sequence[Draft]) -> list[Draft]:
    """Join the lines of postal addresses that a format gives as paragraphs of their own.

    Args:
        drafts: All blocks of a document.

    Returns:
        The same blocks; those of an address are one paragraph.
    """
    held: list[Draft] = []
    run: list[Draft] = []
    for draft in [*drafts, None]:
        if draft is not None and _could_be_line(draft):
            run.append(draft)
            continue
        held.extend(_held(run) if len(run) > 1 else run)
        run = []
        if draft is not None:
            held.append(draft)
    return held


def _could_be_line(draft: Draft) -> bool:
    """Whether a block could be a line of an address; the name of a firm may be bold and so look like a heading."""
    short = len(draft.text) <= _LONGEST and "\n" not in draft.text
    if draft.kind is BlockKind.HEADING:
        return short and draft.level > 1 and bool(_FIRM.search(draft.text.strip()))
    return draft.kind is BlockKind.PARAGRAPH and draft.intro is None and short


def _held(run: Sequence[Draft]) -> list[Draft]:
    """The blocks of a run, those of an address joined into the first of them."""
    lines = [Line(text=clean_line(draft.text), fixed=not clean_line(draft.text)) for draft in run]
    held: list[Draft] = []
    at = 0
    for line in join_addresses(lines):
        size = line.text.count("\n") + 1
        if size > 1:
            run[at].text, run[at].kind, run[at].level = line.text, BlockKind.PARAGRAPH, 0
        held.append(run[at])
        at += size
    return held


def _run(lines: Sequence[Line], start: int) -> int:
    """The end of the run of short lines without a gap that begins at ``start``."""
    at = start
    while at < len(lines) and _may_belong(lines[at]) and (at == start or not lines[at].gap):
        at += 1
    return at


def _may_belong(line: Line) -> bool:
    """Whether a line could be one of an address: short, no sentence, no item of a list."""
    if len(line.text) > _LONGEST or line.rows or line.fixed or line.text.endswith((";", ":", "?", "!")):
        return False
    if line.text.endswith(".") and len(line.text.split()) > 6 and not _FIRM.search(line.text):
        return False
    marker = marker_of(line.text)
    return marker is None or marker.style == "1" or bool(_STREET.search(line.text))


def _signal(line: Line) -> int:
    """How plainly a line belongs to an address: 2 a street or place, 1 a firm, a country, a number to call; 0 not."""
    text = line.text.rstrip(",.")
    if _STREET.search(text) or _PLACE.search(text):
        return 2
    reach = _ATTENTION.match(text) or _LABELLED.match(text) or _REACH.match(text)
    return 1 if reach or text.lower() in _COUNTRIES or _FIRM.search(line.text) else 0


def _address(run: Sequence[Line]) -> tuple[int, int] | None:
    """Where the address lies in a run of short lines, as ``(start, end)``, or None."""
    signals = [_signal(line) for line in run]
    strong = signals.count(2)
    if not strong or strong + signals.count(1) < 2:
        return None
    first = next(index for index, signal in enumerate(signals) if signal)
    last = max(index for index, signal in enumerate(signals) if signal)
    # A silent stretch of three lines or more is no longer the same address.
    silent = 0
    for index in range(first, last + 1):
        silent = 0 if signals[index] else silent + 1
        if silent == 3:
            last = index - 3
            break
    # The name above the first plain line belongs to it, a heading does not.
    names = 0
    while first > 0 and names < 2 and signals[first] and not _is_firm(run[first]):
        above = run[first - 1]
        if _HEADING_WORDS.search(above.text) or above.strong or len(above.text.split()) > 6:
            break
        first -= 1
        names += 1
        if not signals[first]:
            break
    return (first, last + 1) if last > first else None


def _is_firm(line: Line) -> bool:
    """Whether the line names a firm by its legal form, which is where an address begins."""
    return bool(_FIRM.search(line.text)) and not _STREET.search(line.text)
