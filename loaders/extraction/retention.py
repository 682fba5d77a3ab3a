"""How long data is kept: periods, events that end it, and criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import before_main_clause, trim
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.durations import find_durations
from privagraph.ontology.namespaces import expand

__all__ = ["find_retention"]

_KEEP = re.compile(
    r"\b(?:retain\w*|retention|keep(?:s|ing)?|kept|stor(?:e|ed|es|ing)|hold|held|maintain(?:ed|"
    r"ing|s)?|delet\w+|eras\w+|destroy\w*|anonymi[sz]ed|purged?|gone|discard\w*|remov\w+|preserv\w+|"
    r"archiv\w+)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?P<m>(?:only |solely )?(?:for )?(?:so|as) long as\b[^.;]*|\b(?:only )?(?:for )?(?:the|a|an|"
    r"such|no) (?:\w+ ){0,3}(?:periods?(?! (?:described|set|for your|applicable|of use))|duration|"
    r"(?<!any )(?<!each )time(?! (?:you|the|we|of|and|"
    r"i)\b)|terms?(?! (?:of|and)))\b[^.;]*|\bno longer than\b[^.;]*|\buntil\b[^.;]*|"
    r"\bindefinitely\b|\bpermanently\b(?!\s+(?:delet|eras|remov|destroy|anonym|cancel))"
    r"|\b(?:retained|stored|kept) (?:on your device|temporarily|for (?:a )?(?:shorter|"
    r"longer)[^.;,]*)|\b(?:discarded|deleted|erased|removed|destroyed|"
    r"anonymi[sz]ed) (?:immediately|automatically|promptly|as soon as|within|after|upon|when|once|"
    r"\w+ (?:\w+ )?(?:days?|months?|years?|hours?|weeks?))[^.;]*"
    r"|\bimmediately delete\b[^.;]*|\bdelete (?:it|them|such \w+|this(?: information)?|"
    r"that information) (?:immediately|promptly|as soon as possible)|"
    r"\b(?:to the extent (?=necessary|required|needed)|"
    r"only as long as|beyond when|when (?:we|it) (?:have|is|are) no (?:longer|"
    r"ongoing))\b[^.;]*|\blegally obligated to retain\b[^.;]*|\b(?:temporarily|session|"
    r"permanent(?:ly)?) stored\b|\bstored temporarily\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:takes? effect|come into force|become effective|not delete|respond|reply|notice|notify|"
    r"contact you|request(?:s)? (?:will|within)|"
    r"within \w+ (?:\(\w+\) )?(?:days|month) of (?:receiv|your request)|version|years? old|"
    r"years? of age|the age of|under the age|during the (?:past|preceding|last)|preceding|"
    r"cookies? (?:help|allow)|policy|breach)\b",
    re.IGNORECASE,
)
_TAKES_EFFECT = re.compile(
    r"\btakes? effect\b|\bcomes? into force\b|\bbecomes? effective\b|\b(?:may|can|"
    r"cannot) not delete\b",
    re.IGNORECASE,
)
_HOME = frozenset({Topic.RETENTION})


def find_retention(passage: Passage) -> Iterator[Mention]:
    """Retention periods in a passage; a stated duration is the mention's value, as ISO 8601."""
    text = passage.text
    in_column = passage.is_cell and re.search(
        r"\bretention|\bhow long|\bkept|\bperiod|\bstorage\b", passage.column, re.IGNORECASE
    )
    if in_column:
        start, end = trim(text, 0, len(text))
        if start < end:
            yield _mention(passage, start, end, 0.85)
        return
    if passage.is_heading:
        return
    if not _KEEP.search(text) and not (passage.is_item and _KEEP.search(passage.intro)):
        return
    at_home = bool(passage.topics & _HOME)
    if _OTHER.search(text) and (not at_home or _TAKES_EFFECT.search(text)):
        return
    spans: list[tuple[int, int]] = []
    for match in _PERIOD.finditer(text):
        spans.append(trim(text, match.start("m"), before_main_clause(text, match.start("m"), match.end("m"))))
    for start, end, _value in find_durations(text, 0, len(text)):
        if not any(start < b and a < end for a, b in spans) and not re.search(
            r"\brespond|\bage\b|\bold\b", text[max(0, start - 60) : end + 20], re.IGNORECASE
        ):
            verb = max((m.start() for m in _KEEP.finditer(text) if m.start() < start), default=start)
            spans.append(trim(text, verb if start - verb < 60 else start, _clause_end(text, end)))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: s[0] - s[1]):
        if end - start >= 6 and not any(start < b and a < end for a, b in kept):
            kept.append((start, end))
    for start, end in sorted(kept):
        yield _mention(passage, start, end, 0.8 if at_home else 0.65)


def _clause_end(text: str, start: int) -> int:
    match = re.compile(r"[.;](?:\s|$)|, (?:and|but|unless|after which|we)\b").search(text, start)
    return match.start() if match else len(text)


def _mention(passage: Passage, start: int, end: int, confidence: float) -> Mention:
    durations = list(find_durations(passage.text, start, end))
    words = passage.text[start:end].lower()
    if durations:
        concept = expand("dpv:TemporalDuration")
    elif re.search(r"\buntil\b|\bas long as\b|\bafter\b|\bupon\b|\bonce\b|\bwhen\b|\bwhile\b", words):
        concept = expand("dpv:UntilEventDuration")
    elif re.search(r"\bindefinite|\bpermanent", words):
        concept = (
            expand("dpv:EndlessDuration") if "permanent" in words else expand("dpv:IndeterminateDuration")
        )
    elif re.search(r"\bdelet|\beras|\bdiscard|\bremov|\bdestroy", words):
        concept = expand("dpv:StorageDeletion")
    else:
        concept = expand("dpv:StorageDuration")
    return passage.mention(
        start,
        end,
        Role.RETENTION,
        concept,
        confidence=confidence,
        value=durations[0][2] if durations else None,
    )
