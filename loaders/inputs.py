"""What goes into a run: one source, one that is left out, and the columns of tables of policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["NO_PAGES", "About", "Columns", "LeftOut", "Source"]

NO_PAGES = ": records that are no pages: "
"""Parts the name of a collection from what was passed over in it."""


class About(int):
    """A number of sources that is estimated."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read; standard input when it has neither content, path nor address.

    Attributes:
        name: Its name relative to what the user named; an address as it was given; ``FILE#ID`` for a record of a
            collection; ``-`` for standard input.
        path: The file.
        address: The ``http`` or ``https`` address.
        content: The bytes, where they were read already; neither path nor address is opened then.
        media_type: What the content is said to be, as HTTP says it: ``text/html; charset=iso-8859-1``.
        url: The address that it was found at.
        collected: The day or time when it was retrieved or published, in ISO 8601: a year, a month, a day, or a
            time with its zone.
        notes: What could not be used of what was said of it, in plain sentences.
        origin: Where it was read, whatever it is called: the real path of its file, with ``#ID`` for a record of a
            collection; empty where its name alone says what it is.
    """

    name: str
    path: Path | None = None
    address: str | None = None
    content: bytes | None = None
    media_type: str | None = None
    url: str | None = None
    collected: str | None = None
    notes: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What it is known by from one run to the next: another file of the same name has another one."""
        return self.origin or self.name


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that is not in the graph, for a reason.

    Attributes:
        source: The source's name; for a record that could not be read, its place, such as ``corpus.jsonl:17``.
        code: The reason as a short stable word: that of a rejected document; ``unreadable`` where nothing
            could be opened, ``format`` for a format that is not read, ``address`` for an address that is not
            allowed; ``record`` for a broken record of a collection, ``columns`` for one without a policy in the
            columns that were looked at, ``doubled`` for a table with two of a column that is read, ``cut-off`` for a
            collection that ends before its end.
        reason: The reason in one clause.
        advice: What to do next, in one clause.
        origin: For a record that could not be read, the real path of its file, with its place there.
    """

    source: str
    code: str
    reason: str
    advice: str
    origin: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What it is known by from one run to the next, see :attr:`Source.key`."""
        return self.origin or self.source


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns, or keys, of tables and JSON Lines; where one is None, the usual names are looked for.

    Attributes:
        id: What to call the record.
        text: The policy as plain text or Markdown.
        html: The policy as a web page; it goes before the text where a record has both.
        url: The address that the policy was found at.
        date: When it was retrieved or published.
    """

    id: str | None = None
    text: str | None = None
    html: str | None = None
    url: str | None = None
    date: str | None = None
