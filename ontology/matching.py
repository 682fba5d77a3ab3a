"""Finding labels in text: a trie over words, each brought to one form.

This is the machinery beneath :mod:`privagraph.ontology.lexicon` and :mod:`privagraph.ontology.organisations`; it knows
nothing of concepts or kinds beyond their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from math import log
from typing import Final, NamedTuple

from privagraph.ontology.words import Words, first_noun, noun, nouns_of

__all__ = ["DETERMINERS", "Hit", "Index", "Label", "longest"]

DETERMINERS: Final = frozenset(
    "a an the your our their his her its my any all this that these those such each every both".split()
)
"""Words that a label may have between its words, or the text, without a difference."""

_MOST_SKIPPED = 3
_REMEMBERED = 1 << 16
"""So many different words are remembered with their forms: more than policies commonly have."""
_BEFORE_LETTER = frozenset({"lit", "letter", "point"})
"""Behind these, and behind a number, "a" is no article: "Article 6(1)(a)", "lit. a"."""
_ORDINARY = frozenset({"us", "it", "pin", "sin", "who", "in", "me", "hi", "ok", "or", "can", "may", "aid"})
"""Ordinary words that are abbreviations too; a label that holds one in capitals matches capitals only."""


class Label(NamedTuple):
    """Some words and what they stand for; a tuple, since there are ten thousand of them to make at start-up.

    Attributes:
        text: The words, as their author wrote them.
        kind: The kind of words, or "" where there is but one.
        target: What they stand for, or None for words that only shield text from other labels.
        exact: Whether they mean the target, rather than something narrower.
        hint: Whether they count only where the kind of the phrase is known already.
    """

    text: str
    kind: str
    target: str | None
    exact: bool = True
    hint: bool = False


class Hit(NamedTuple):
    """A label in a text, from its first to its last word, both counted in."""

    first: int
    last: int
    label: Label


class _Node(dict[str, "_Node"]):
    """The nodes below, by the form of the word that leads there; and the labels that end here, by kind."""

    labels: dict[str, Label] | None = None


class Index:
    """Labels whose words are brought to one form in the same way.

    Args:
        reduce: Brings a word, already in its :func:`~privagraph.ontology.words.noun` form, to the form it is compared
            in.
        fillers: Words, besides :data:`DETERMINERS`, that a text may have between the words of a label; None when not
            even those may stand there, as for names.
    """

    __slots__ = (
        "_begins",
        "_dropped",
        "_fillers",
        "_forms",
        "_rarity",
        "_reduce",
        "_rings",
        "_root",
        "_texts",
        "_waiting",
    )

    def __init__(self, reduce: Callable[[str], str], *, fillers: Collection[str] | None = ()) -> None:
        self._root = _Node()
        self._reduce = reduce
        self._dropped = frozenset[str]() if fillers is None else DETERMINERS
        self._fillers = self._dropped.union(fillers or ())
        self._rings: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._begins: dict[str, tuple[str, _Node | None]] = {}
        self._rarity: dict[str, float] = {}
        self._texts: list[str] = []
        self._waiting: dict[str, list[Label]] = {}

    def ring(self, head: str, members: Collection[str]) -> None:
        """Lets some words count as one; to be called before :meth:`add`."""
        target = self._reduce(noun(head))
        self._rings.update((self._reduce(noun(member)), target) for member in members)

    def form(self, word: str) -> str:
        """The form in which a word is compared.

        Args:
            word: A word in its noun form.
        """
        known = self._forms.get(word)
        if known is None:
            if len(self._forms) >= _REMEMBERED:
                self._forms.clear()
            form = self._reduce(word)
            known = self._forms[word] = self._rings.get(form, form)
        return known

    def forms(self, label: str) -> list[str]:
        """The forms of a label's words that a text must have: without the determiners inside."""
        nouns, form = nouns_of(label), self.form
        if self._dropped.isdisjoint(nouns[1:]):
            return list(map(form, nouns))
        return [
            form(word)
            for at, word in enumerate(nouns)
            if not at
            or word not in self._dropped
            or nouns[at - 1].isdigit()
            or nouns[at - 1] in _BEFORE_LETTER
        ]

    def add(self, label: Label) -> None:
        """Adds a label. It takes its place in the trie when its first word is first met: most never are in one run."""
        if label.target is not None:
            self._texts.append(label.text)
        self._begins.clear()
        self._waiting.setdefault(self.form(first_noun(label.text)), []).append(label)

    def _plant(self, first: str) -> None:
        """Puts the labels that begin with a form into the trie; doing it twice does no harm."""
        for label in self._waiting[first]:
            node = self._root
            for word in self.forms(label.text):
                following = node.get(word)
                if following is None:
                    following = node[word] = _Node()
                node = following
            if node.labels is None:
                node.labels = {}
            old = node.labels.get(label.kind)
            if old is None or (old.hint and not label.hint):
                node.labels[label.kind] = label

    def openings(self, spoken: Words) -> tuple[list[str], list[tuple[int, _Node]]]:
        """The forms of the words of a text, and the words that some label begins with: number and node of each."""
        begins = self._begins
        forms: list[str] = []
        found: list[tuple[int, _Node]] = []
        for first, word in enumerate(spoken.nouns):
            known = begins.get(word) or self._begin(word)
            forms.append(known[0])
            if known[1] is not None:
                found.append((first, known[1]))
        return forms, found

    def _begin(self, word: str) -> tuple[str, _Node | None]:
        """The form of a word, and the node of the labels that begin with it; they are planted now at the latest."""
        form = self.form(word)
        if form in self._waiting:
            self._plant(form)
            self._waiting.pop(form, None)
        if len(self._begins) >= _REMEMBERED:
            self._begins.clear()
        known = self._begins[word] = form, self._root.get(form)
        return known

    def hits(self, spoken: Words, kinds: Collection[str], *, hints: bool) -> Iterator[Hit]:
        """The longest label of each kind that begins at each word of a text.

        Args:
            spoken: The words of the text.
            kinds: Which kinds of labels count.
            hints: Whether labels count that only hint at what they stand for.
        """
        forms, openings = _openings(self, spoken)
        glued, nouns, fillers, count = spoken.glued, spoken.nouns, self._fillers, len(forms)
        for first, node in openings:
            found: dict[str, Hit] = {}
            paths = [(node, first, 0)]
            while paths:
                node, last, skipped = paths.pop()
                if not skipped and node.labels is not None:
                    for kind, label in node.labels.items():
                        if (
                            kind in kinds
                            and (hints or not label.hint)
                            and (kind not in found or found[kind].last < last)
                            and _capitals_agree(label, spoken, first, last)
                        ):
                            found[kind] = Hit(first, last, label)
                last += 1
                if last == count or not glued[last]:
                    continue
                if skipped < _MOST_SKIPPED and nouns[last] in fillers:
                    paths.append((node, last, skipped + 1))
                following = node.get(forms[last])
                if following is not None:
                    paths.append((following, last, 0))
            yield from found.values()

    def rarity(self, form: str, *, unknown: bool = False) -> float:
        """How much a form tells: 1.0 for one that is in every label, more for rarer ones.

        Args:
            form: A word in the form in which words are compared.
            unknown: Whether a form that no label has counts as the rarest, and not as one that tells nothing.
        """
        if not self._rarity:
            counts: dict[str, int] = {}
            for word, number in Counter(" ".join(self._texts).lower().replace("-", " ").split()).items():
                form_of_word = self.form(noun(word))
                counts[form_of_word] = counts.get(form_of_word, 0) + number
            self._rarity = {word: 1.0 + log(len(self._texts) / number) for word, number in counts.items()}
        return self._rarity.get(form, 1.0 + log(len(self._texts)) if unknown else 1.0)


@lru_cache(maxsize=512)
def _openings(index: Index, spoken: Words) -> tuple[list[str], list[tuple[int, _Node]]]:
    """See :meth:`Index.openings`; remembered, since one text is asked for one kind of labels after another."""
    return index.openings(spoken)


def longest(hits: Iterable[Hit], spoken: Words, accept: Callable[[Hit], bool]) -> list[Hit]:
    """The hits that stand when those of more words go first, then the earlier, no two of one kind overlapping.

    Args:
        hits: What was found.
        spoken: In which words; articles and possessives among them do not make a hit longer.
        accept: Whether a hit counts at all.
    """
    nouns = spoken.nouns

    def rank(hit: Hit) -> tuple[int, int]:
        articles = sum(map(DETERMINERS.__contains__, nouns[hit.first : hit.last + 1]))
        return articles + hit.first - hit.last, hit.first

    taken: dict[str, set[int]] = {}
    kept: list[Hit] = []
    found = list(hits)
    for hit in sorted(found, key=rank) if len(found) > 1 else found:
        covered = range(hit.first, hit.last + 1)
        used = taken.setdefault(hit.label.kind, set())
        if used.isdisjoint(covered) and accept(hit):
            used.update(covered)
            kept.append(hit)
    return kept


def _capitals_agree(label: Label, spoken: Words, first: int, last: int) -> bool:
    """Whether the abbreviations of a label ("US") are written as such, and not as a word in a line of capitals."""
    if label.text.islower():
        return True
    for at in range(first, last + 1):
        word = spoken.nouns[at]
        if word in _ORDINARY and word.upper() in label.text:
            if not spoken.surface[at].isupper():
                return False
            neighbour = spoken.surface[at - 1] if at else ""
            if len(neighbour) > 3 and neighbour.isupper():
                return False
    return True
