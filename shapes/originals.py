"""Where the words of a finding stand in the policy's own file: line and column.

The offsets of a graph count in the text that was read out of a file, not in the file. Whoever corrects a policy, and
the code-scanning page that shows a finding in it, needs the line of the file. It is found here, from the file
itself, as long as it is the very file that was mapped: its SHA-256 is in the graph. The words of the policy's text
are matched with the words of the file (:mod:`privagraph.shapes.markings`, :mod:`privagraph.shapes.alignment`), and
a quote has a place where every word of it has one. Else it has none: no place is better than a wrong one.

Lines end at CR LF or LF and columns count Unicode code points, as SARIF has it (section 3.30 of SARIF 2.1.0).
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand
from privagraph.shapes.alignment import align
from privagraph.shapes.decoding import decode
from privagraph.shapes.graphs import PolicySource
from privagraph.shapes.markings import TEXT_FORMATS, MarkedText, Word, read_marked, words_in

__all__ = ["Original", "Originals", "Region"]

_LINE_END = re.compile(r"\r?\n")
_NOT_OURS = frozenset({"node_modules", "__pycache__"})
_MORE = 8
"""How many words of the file may stand between those of a quote: the number of a list item, a note."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file.

    Attributes:
        start_line: Line of the first character, counted from 1.
        start_column: Its column, counted from 1 in code points.
        end_line: Line of the last character.
        end_column: The column after it.
        snippet: What stands there in the file.
    """

    start_line: int
    start_column: int
    end_line: int
    end_column: int
    snippet: str


class Original:
    """The file of a policy.

    Attributes:
        name: Its name in the graph: relative to what was mapped, or an address.
        path: Where it was found; None where it was not.
        digest: SHA-256 of the bytes that were mapped, in hexadecimal digits; empty where the graph does not say.
        media_type: What the bytes are, such as ``text/html``.
        problem: Why no line can be told, in one clause; empty where lines can be.
    """

    def __init__(
        self,
        name: str,
        *,
        path: Path | None = None,
        digest: str = "",
        media_type: str = "",
        problem: str = "",
        raw: str = "",
        text: str = "",
    ) -> None:
        self.name, self.path, self.digest = name, path, digest
        self.media_type, self.problem = media_type, problem
        self._raw, self._text = raw, text

    def region(self, start: int, end: int) -> Region | None:
        """Where a stretch of the policy's text stands in the file; None where that cannot be told for certain.

        Args:
            start: Offset of the first character in the policy's text.
            end: Offset after the last one.
        """
        if self.problem or start >= end:
            return None
        words, others, places = self._matched
        first = bisect_right(words, start, key=lambda word: word.end)
        last = bisect_right(words, end - 1, key=lambda word: word.start) - 1
        if not 0 <= first <= last < len(words):
            return None
        found = places[first : last + 1]
        if -1 in found or found[-1] - found[0] > last - first + _MORE:
            return None
        low = self._low(words[first], others[found[0]], start)
        high = self._high(words[last], others[found[-1]], end)
        return self._at(self._marked.start(low), self._marked.end(high))

    def _low(self, word: Word, other: Word, start: int) -> int:
        """The first character of the quote among the file's: inside the word, or before it as far as they agree."""
        if start >= word.start:
            return other.start + start - word.start
        text, held = self._text, self._marked.text
        at = 0
        while (
            word.start - at > start
            and other.start > at
            and text[word.start - at - 1] == held[other.start - at - 1]
        ):
            at += 1
        return other.start - at

    def _high(self, word: Word, other: Word, end: int) -> int:
        """The last character of the quote among the file's."""
        if end <= word.end:
            return other.end - 1 - (word.end - end)
        text, held = self._text, self._marked.text
        at = 0
        while (
            word.end + at < end and other.end + at < len(held) and text[word.end + at] == held[other.end + at]
        ):
            at += 1
        return other.end - 1 + at

    def _at(self, start: int, end: int) -> Region:
        line, last = (bisect_right(self._lines, place) for place in (start, end - 1))
        return Region(
            start_line=line,
            start_column=start - self._lines[line - 1] + 1,
            end_line=last,
            end_column=end - self._lines[last - 1] + 1,
            snippet=self._raw[start:end],
        )

    @cached_property
    def _marked(self) -> MarkedText:
        return read_marked(self._raw, self.media_type)

    @cached_property
    def _matched(self) -> tuple[list[Word], list[Word], list[int]]:
        """The words of the policy's text, those of the file, and where each of the first is among the second."""
        words, others = words_in(self._text), words_in(self._marked.text)
        return words, others, align([word.text for word in words], [other.text for other in others])

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in _LINE_END.finditer(self._raw))]


class Originals:
    """Finds the files of policies.

    Args:
        source: Where the policies are, for the names and hashes of their files.
        folder: The folder below which the files are looked for by their names; None looks for none.
        files: Files that are known exactly, by their names in the graph, because they were mapped just now.
    """

    def __init__(
        self,
        source: PolicySource,
        *,
        folder: str | os.PathLike[str] | None = None,
        files: Mapping[str, Path] | None = None,
    ) -> None:
        self.folder = None if folder is None else Path(folder)
        self._source, self._files = source, files or {}
        self._last: tuple[str, tuple[Original, ...]] = ("", ())

    def of(self, policy: str) -> tuple[Original, ...]:
        """The files of a policy, those first whose lines can be told, else by name; most policies have one.

        Args:
            policy: The policy's IRI.
        """
        if self._last[0] != policy:
            found = sorted(self._read(policy), key=lambda each: (bool(each.problem), each.name))
            self._last = policy, tuple(found)
        return self._last[1]

    def _read(self, policy: str) -> Iterator[Original]:
        named: dict[str, dict[str, str]] = {}
        sources: list[str] = []
        text = ""
        for subject, predicate, value, _ in self._source.unsorted_quads(policy):
            if isinstance(value, ox.Triple) or isinstance(subject, ox.Triple):
                continue
            if subject.value == policy and predicate == _TEXT:
                text = value.value
            elif subject.value == policy and predicate == _DERIVED:
                sources.append(value.value)
            elif predicate in (_NAME, _HASH, _FORMAT):
                named.setdefault(subject.value, {})[predicate.value] = value.value
        for iri in sources:
            said = named.get(iri, {})
            if _NAME.value in said:
                digest = said.get(_HASH.value, "").removeprefix("sha256:")
                yield self._open(said[_NAME.value], digest, said.get(_FORMAT.value, ""), text)

    def _open(self, name: str, digest: str, media_type: str, text: str) -> Original:
        problem, raw = "", ""
        path, data = self._find(name, digest)
        if "://" in name:
            problem = "was read from the web"
        elif path is None:
            problem = "was not found" if self.folder is None else f"is not below {self.folder}"
        elif data is None:
            problem = "has changed since it was mapped, or cannot be read"
        elif media_type not in TEXT_FORMATS:
            problem = f"is of a format without lines ({media_type or 'unknown'})"
        else:
            raw = decode(data)
        return Original(
            name, path=path, digest=digest, media_type=media_type, problem=problem, raw=raw, text=text
        )

    def _find(self, name: str, digest: str) -> tuple[Path | None, bytes | None]:
        """The file of a name and its bytes; the bytes are None where they are not those that were mapped."""
        found = list(self._candidates(name))
        for path in found:
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == digest:
                return path, data
        return (found[0] if found else None), None

    def _candidates(self, name: str) -> Iterator[Path]:
        """The files that a name can mean: the one that is known, or those below the folder whose path ends so.

        A graph may come from anybody, so that a name never leads out of the folder.
        """
        if name in self._files:
            yield self._files[name]
            return
        if self.folder is None:
            return
        parts = PurePosixPath(name).parts
        for path in self._by_name.get(parts[-1] if parts else "", ()):
            if path.parts[-len(parts) :] == parts and path.is_file():
                yield path

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        """The files below the folder by their last name, the highest first; hidden folders are left alone."""
        found: dict[str, list[Path]] = {}
        for folder, below, names in os.walk(self.folder or ""):
            below[:] = sorted(each for each in below if not each.startswith(".") and each not in _NOT_OURS)
            for name in names:
                found.setdefault(name, []).append(Path(folder, name))
        return {
            name: sorted(paths, key=lambda path: (len(path.parts), path)) for name, paths in found.items()
        }


_TEXT, _DERIVED, _NAME, _HASH, _FORMAT = (
    ox.NamedNode(expand(curie))
    for curie in ("pg:text", "prov:wasDerivedFrom", "pg:fileName", "pg:inputHash", "dct:format")
)
