"""What holds of every document and of every policy, whatever it was made from: shared by property tests and fuzzing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from privagraph.errors import InputError
from privagraph.loaders.document import BlockKind, Document
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.iris import policy_iri
from privagraph.loaders.quads import policy_quads
from privagraph.loaders.readers import read_bytes
from privagraph.ontology.namespaces import BASE, expand
from privagraph.shapes.derivation.recording import with_contradictions

if TYPE_CHECKING:
    from pyoxigraph import Quad

EXTRACTOR = LexiconExtractor()


def check_document(document: Document) -> None:
    """Assert everything that holds of every document."""
    text = document.text
    assert all(
        character == "\n" or not (ord(character) < 32 or 127 <= ord(character) < 160) for character in text
    )
    assert not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
    text.encode("utf-8")
    end = 0
    for index, block in enumerate(document.blocks):
        assert block.start >= end
        assert set(text[end : block.start]) <= {"\n"}
        assert (index == 0) == (block.start == end == 0)
        words = document.text_of(block)
        assert words == words.strip() != ""
        assert "  " not in words
        assert "\t" not in words
        assert "\n\n" not in words
        if block.kind is BlockKind.HEADING:
            assert 1 <= block.level <= 6
            assert "\n" not in words
        elif block.kind is BlockKind.LIST_ITEM:
            assert block.level >= 1
        else:
            assert block.level == 0
        for pointer in (block.heading, block.intro):
            assert pointer is None or 0 <= pointer < index
        if block.heading is not None:
            heading = document.blocks[block.heading]
            assert heading.kind is BlockKind.HEADING
            assert block.kind is not BlockKind.HEADING or heading.level < block.level
        cell = block.kind is BlockKind.TABLE_CELL
        assert cell == (block.table is not None) == (block.row is not None) == (block.column is not None)
        for pointer in (block.row_header, block.column_header):
            if pointer is not None:
                assert cell
                assert document.blocks[pointer].kind is BlockKind.TABLE_CELL
                assert document.blocks[pointer].table == block.table
                assert pointer < index
        assert block.language
        end = block.end
    assert end == len(text)


def check_policy(policy: MappedPolicy) -> None:
    """Assert everything that holds of every mapped policy."""
    text = policy.document.text
    for mention in policy.mentions:
        _check_span(text, mention.start, mention.end)
        assert 0 <= mention.confidence <= 1
    assert all(before.start <= after.start for before, after in pairwise(policy.mentions))
    for practice in policy.practices:
        _check_span(text, practice.start, practice.end)
        assert 0 <= practice.confidence <= 1
        if practice.condition is not None:
            _check_span(text, *practice.condition)
        for argument in practice.arguments:
            _check_span(text, argument.start, argument.end)
    assert all(before.start <= after.start for before, after in pairwise(policy.practices))


def _check_span(text: str, start: int, end: int) -> None:
    """Assert that a span holds words and begins and ends with them."""
    assert 0 <= start < end <= len(text)
    assert text[start:end] == text[start:end].strip()


def check_quotes(text: str, quads: list[Quad]) -> None:
    """Assert that every quote in a graph is what stands at its offsets."""
    places: dict[str, dict[str, int]] = {}
    quotes: dict[str, str] = {}
    start, end, exact = expand("oa:start"), expand("oa:end"), expand("oa:exact")
    for quad in quads:
        subject, predicate = str(quad.subject).strip("<>"), quad.predicate.value
        if predicate in (start, end):
            places.setdefault(subject.removesuffix("/position"), {})[predicate] = int(quad.object.value)
        elif predicate == exact:
            quotes[subject.removesuffix("/quote")] = quad.object.value
    assert places.keys() == quotes.keys()
    for span, quote in quotes.items():
        assert text[places[span][start] : places[span][end]] == quote


def graph_of(policy: MappedPolicy) -> list[Quad]:
    """The graph of a policy as ``map`` writes it."""
    return list(with_contradictions(policy_iri(policy.document, BASE), policy_quads(policy)))


def read_whole(data: bytes, name: str) -> Document | InputError:
    """The document in some bytes, checked; or the error that says why there is none, checked too."""
    found = _read(data, name)
    if isinstance(found, InputError):
        assert found.source == name
        assert found.reason
        assert found.advice
    else:
        check_document(found)
    return found


def _read(data: bytes, name: str) -> Document | InputError:
    """The document, or the error."""
    try:
        return read_bytes(data, name=name)
    except InputError as error:
        return error


def map_whole(data: bytes, name: str) -> MappedPolicy | InputError:
    """What ``map`` makes of some bytes by rules alone, checked at every step; or the error, as in ``read_whole``."""
    document = read_whole(data, name)
    if isinstance(document, InputError):
        return document
    policy = EXTRACTOR.extract(document)
    check_policy(policy)
    check_quotes(document.text, graph_of(policy))
    return policy
