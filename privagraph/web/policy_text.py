"""The text of a policy as HTML, with its mentions and practices marked.

Every mark is a link to the page with that mention chosen, so that it works without a script. All words go through
:func:`markupsafe.escape`; what is a tag here was written here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from markupsafe import Markup, escape

from privagraph.ontology.evidence import shortened
from privagraph.ontology.reading import MentionView, PracticeView, Span
from privagraph.ontology.roles import is_open
from privagraph.report.naming import label_of, verb_of, verb_phrase
from privagraph.web.blocks import Block, blocks_of
from privagraph.web.marks import Run, cut, grouped, within
from privagraph.web.policy_state import State
from privagraph.web.reading import Reading
from privagraph.web.roles import group_of, role_label
from privagraph.web.shown_text import PolicyText, ShownBlock, ShownLine, ShownPractice

__all__ = ["MOST_HITS", "hits_in", "policy_text"]

MOST_HITS = 500
"""How many places are marked where words were looked for."""


def hits_in(text: str, words: str) -> list[Span]:
    """Where words stand in a text, however they are written; a blank is as good as the end of a line.

    Args:
        text: The text.
        words: The words.
    """
    if not words.split():
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [Span(*found.span()) for found in re.finditer(pattern, text, re.IGNORECASE)]


def policy_text(reading: Reading, state: State) -> PolicyText:
    """The text of a policy with marks.

    Args:
        reading: The policy.
        state: What is chosen.
    """
    return _Writer(reading, state).written()


@dataclass(frozen=True, slots=True)
class _Look:
    """How the marks of a mention look, as pieces of a tag.

    Attributes:
        role: Its role.
        name: The end of its IRI, escaped.
        classes: Names of classes.
        attributes: The other attributes.
    """

    role: str
    name: str
    classes: str
    attributes: str


class _Writer:
    """Writes one text; the marks are numbered mentions first, then passages, conditions, words to show, hits."""

    def __init__(self, reading: Reading, state: State) -> None:
        self._reading, self._state, self._text = reading, state, reading.view.text
        self._mentions = [each for each in reading.view.mentions if state.shows(each)]
        self._practices = reading.view.practices
        chosen_mention, chosen_practice = reading.mention(state.mention), reading.practice(state.practice)
        self._mention = chosen_mention.iri if state.mention and chosen_mention else ""
        self._practice = chosen_practice if state.practice else None
        if self._mention and chosen_mention and not state.shows(chosen_mention):
            self._mentions = sorted([*self._mentions, chosen_mention], key=lambda each: each.span)
        conditions = [each.condition_span for each in self._practices if each.condition_span is not None]
        at = [state.at] if state.at else []
        self._hits = hits_in(self._text, state.find)
        kinds: Mapping[str, Sequence[Span]] = {
            "mention": [each.span for each in self._mentions],
            "practice": [each.evidence for each in self._practices],
            "condition": conditions,
            "at": at,
            "hit": self._hits[:MOST_HITS],
        }
        self._spans = list(chain.from_iterable(kinds.values()))
        self._kind = [kind for kind, spans in kinds.items() for _ in spans]
        self._first = {kind: self._kind.index(kind) for kind in kinds if kind in self._kind}
        self._base = state.url(mention="-", practice="").removesuffix("-")
        self._looks = [self._look(each) for each in self._mentions]
        self._arguments = {each.iri for each in self._practice.arguments} if self._practice else set()
        self._place = 'id="at" '  # taken by the first run that is to be shown

    def written(self) -> PolicyText:
        passages = [each.evidence for each in self._practices]
        blocks = list(blocks_of(self._text, passages))
        runs = cut(Span(0, len(self._text)), self._spans)
        lines = within(runs, chain.from_iterable(block.lines for block in blocks))
        beside = self._beside([line for block in blocks for line in block.lines])
        return PolicyText(
            blocks=tuple(self._block(block, lines, beside) for block in blocks),
            hits=len(self._hits),
            shown=len(self._mentions),
        )

    def _block(
        self, block: Block, lines: Iterator[list[Run]], beside: Mapping[int, list[ShownPractice]]
    ) -> ShownBlock:
        shown = tuple(
            ShownLine(line.start, self._words(next(lines)), tuple(beside.get(line.start, ())))
            for line in block.lines
        )
        first = block.lines[0]
        title = self._text[first.start : first.end].strip() if block.kind == "heading" else ""
        return ShownBlock(block.kind, shown, block.level, block.columns, block.has_head, title)

    def _beside(self, lines: Sequence[Span]) -> dict[int, list[ShownPractice]]:
        """The practices by the start of the line in which their passage begins."""
        starts = [line.start for line in lines]
        found: dict[int, list[ShownPractice]] = {}
        for each in self._practices:
            at = bisect_right(starts, each.evidence.start) - 1
            if at >= 0:
                found.setdefault(starts[at], []).append(self._shown(each))
        return found

    def _shown(self, practice: PracticeView) -> ShownPractice:
        name = self._reading.short(practice.iri)
        looks = ["denied"] if practice.denied else []
        looks += ["possible"] if practice.modality == "possible" else []
        looks += ["conditional"] if practice.condition else []
        return ShownPractice(
            name=name,
            phrase=verb_phrase(verb_of(practice.processing), practice.modality, denied=practice.denied),
            looks=" ".join(looks),
            condition=shortened(practice.condition),
            url=self._state.url(mention="", practice=name, fragment="at"),
            chosen=self._practice is not None and self._practice.iri == practice.iri,
        )

    # The words of a line: a passage holds conditions, which hold mentions, which hold what was looked for

    def _words(self, runs: list[Run]) -> Markup:
        made = [
            self._passage(passages, self._conditions(members))
            for passages, members in grouped(runs, lambda run: self._of(run, "practice"))
        ]
        return Markup("".join(made))  # made of escaped pieces

    def _passage(self, numbers: tuple[int, ...], inner: str) -> str:
        if not numbers:
            return inner
        practices = [self._practices[number - self._first["practice"]] for number in numbers]
        looks = ["s"]
        if any(each.denied for each in practices):
            looks.append("denied" if all(each.denied for each in practices) else "mixed")
        place, chosen = "", self._practice
        if chosen is not None and any(each.iri == chosen.iri for each in practices):
            looks.append("on")
            place = self._taken_place()
        names = " ".join(self._reading.short(each.iri) for each in practices)
        return f'<span {place}class="{" ".join(looks)}" data-p="{escape(names)}">{inner}</span>'

    def _conditions(self, runs: list[Run]) -> str:
        made = []
        for conditions, members in grouped(runs, lambda run: bool(self._of(run, "condition"))):
            inner = "".join(
                self._mark(mentions, "".join(map(self._looked_for, marked)))
                for mentions, marked in grouped(members, lambda run: self._of(run, "mention"))
            )
            made.append(f'<span class="cond">{inner}</span>' if conditions else inner)
        return "".join(made)

    def _mark(self, numbers: tuple[int, ...], words: str) -> str:
        """A link around words; the chosen mention, else the shortest, says where it leads."""
        if not numbers:
            return words
        first = next((each for each in numbers if self._mentions[each].iri == self._mention), numbers[0])
        look, place, more = self._looks[first], "", ""
        if self._mentions[first].iri == self._mention:
            more, place = " on", self._taken_place()
        elif any(self._mentions[each].iri in self._arguments for each in numbers):
            more = " arg"
        other = next((each for each in numbers if self._looks[each].role != look.role), None)
        if other is not None:
            more += f" o-{group_of(self._looks[other].role)}"
        names = " ".join(self._looks[each].name for each in numbers)
        return (
            f'<a {place}class="{look.classes}{more}" data-m="{names}" data-r="{look.role}" {look.attributes}>'
            f"{words}</a>"
        )

    def _looked_for(self, run: Run) -> str:
        words = str(escape(self._text[run.start : run.end]))
        hits = self._of(run, "hit")
        if hits:
            number = min(hits) - self._first["hit"] + 1
            words = f'<mark class="hit" data-hit="{number}">{words}</mark>'
        if self._of(run, "at"):
            words = f'<mark {self._taken_place()}class="at">{words}</mark>'
        return words

    def _of(self, run: Run, kind: str) -> tuple[int, ...]:
        """The numbers of the marks of a kind over a run."""
        return tuple(each for each in run.marks if self._kind[each] == kind)

    def _taken_place(self) -> str:
        place, self._place = self._place, ""
        return place

    def _look(self, mention: MentionView) -> _Look:
        classes = [f"m g-{group_of(mention.role)}"]
        meaning = label_of(mention.agent or mention.concept, self._reading.view)
        told = f"{role_label(mention.role)}{': ' if meaning else ''}{meaning}"
        if mention.denied:
            classes.append("denied")
            told += ", denied"
        if is_open(mention):
            classes.append("open")
            told += ", no concept fits"
        name = self._reading.short(mention.iri)
        address = self._base + quote(name, safe="")
        return _Look(
            role=str(escape(mention.role)),
            name=str(escape(name)),
            classes=" ".join(classes),
            attributes=f'href="{escape(address)}#at" title="{escape(told)}"',
        )
