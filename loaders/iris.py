"""The IRIs of the graph: every one follows from what it names.

So the same input gives the same IRIs on every machine, two runs merge without duplicates, and a difference
between two graphs is a difference between two policies. docs/graph-model.md lists them all. There are no
blank nodes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from privagraph.errors import InputError
from privagraph.loaders.document import Document
from privagraph.ontology.evidence import span_iri
from privagraph.ontology.namespaces import BASE

__all__ = ["PolicyIris", "checked_base", "content_hash", "policy_iri"]

_DIGITS = 16
"""Hexadecimal digits of a hash that an IRI keeps: 64 bits; no clash to expect below billions of policies."""


def checked_base(base: str) -> str:
    """The base IRI, ready for names to be put behind it.

    Args:
        base: An absolute IRI; a final ``/`` is added where neither ``/`` nor ``#`` ends it.

    Returns:
        The base with its separator.

    Raises:
        InputError: It is not an absolute IRI.

    Example:
        >>> checked_base("https://example.org/privacy")
        'https://example.org/privacy/'
    """
    scheme, _, rest = base.partition(":")
    try:
        if not rest.strip("/"):
            raise ValueError(f"nothing follows {scheme}:")
        NamedNode(base)
    except ValueError as error:
        raise InputError(
            base, f"not an absolute IRI ({error})", "give a base such as https://example.org/privacy/"
        ) from error
    return base if base.endswith(("/", "#")) else base + "/"


def content_hash(document: Document) -> str:
    """SHA-256, in hexadecimal, over the canonical text and the layout of its blocks.

    What the file was called, its format and its encoding do not count: the same policy as a web page and as a
    Markdown file with the same blocks is one policy.
    """
    layout = [
        (
            str(block.kind),
            block.start,
            block.end,
            block.level,
            block.heading,
            block.intro,
            block.table,
            block.row,
            block.column,
            block.row_header,
            block.column_header,
            block.language,
        )
        for block in document.blocks
    ]
    digest = hashlib.sha256(document.text.encode("utf-8"))
    digest.update(b"\x00")  # canonical text holds no NUL, so text and layout cannot run into each other
    digest.update(json.dumps(layout, separators=(",", ":")).encode("ascii"))
    return digest.hexdigest()


def policy_iri(document: Document, base: str = BASE) -> str:
    """The IRI of a policy, which names its graph too.

    Raises:
        InputError: The base is not an absolute IRI.
    """
    return f"{checked_base(base)}policy/{content_hash(document)[:_DIGITS]}"


@dataclass(frozen=True, slots=True)
class PolicyIris:
    """The IRIs of one policy's nodes.

    Attributes:
        base: The base IRI, with its separator.
        policy: The policy's own IRI.
    """

    base: str
    policy: str

    def source(self, name: str, input_hash: str) -> str:
        """The source file of that name and content."""
        return f"{self.policy}/source/{_digest(name, input_hash)}"

    def mapping(self, *what: str) -> str:
        """The activity that made the graph, told apart by program version, extractor and options."""
        return f"{self.policy}/mapping/{_digest(*what)}"

    def span(self, start: int, end: int) -> str:
        """The stretch of text from ``start`` to ``end``."""
        return span_iri(self.policy, start, end)

    def mention(self, start: int, end: int, role: str, number: int = 1) -> str:
        """The mention of a role in a stretch of text; ``number`` counts several on the same words from 1."""
        name = f"{self.policy}/mention/{start}-{end}-{role}"
        return name if number == 1 else f"{name}-{number}"

    def retention(self, start: int, end: int) -> str:
        """The retention period that a stretch of text states."""
        return f"{self.policy}/retention/{start}-{end}"

    def practice(self, *what: object) -> str:
        """The practice that consists of ``what``."""
        return f"{self.policy}/practice/{_digest(*what)}"

    def decision(self, *what: object) -> str:
        """The decision of a reviewer that says ``what``."""
        return f"{self.policy}/decision/{_digest(*what)}"

    def person(self, name: str) -> str:
        """The person of that name; the same in every policy."""
        return f"{self.base}person/{_segment(' '.join(name.split()).casefold())}"

    def agent(self, key: str) -> str:
        """The organisation with that key; the same in every policy."""
        return f"{self.base}agent/{_segment(key)}"

    def officer(self, controller: str | None) -> str:
        """The data protection officer of an organisation, or of a policy whose controller is not known."""
        return f"{self.policy}/dpo" if controller is None else f"{self.agent(controller)}/dpo"

    def software(self, name: str, version: str) -> str:
        """A release of a program."""
        return f"{self.base}software/{_segment(f'{name}-{version}')}"


def _digest(*what: object) -> str:
    """A short hash over values that JSON can write; their order and their limits count."""
    text = json.dumps(what, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]


def _segment(name: str) -> str:
    """A name as one segment of a path, percent-encoded but for unreserved characters (RFC 3986, 2.3)."""
    encoded = quote(name, safe="", errors="surrogatepass")
    return encoded.replace(".", "%2E") if encoded.strip(".") == "" else encoded  # "." and ".." mean a folder
