"""Every error that privagraph raises on purpose, in one tree.

::

    PrivagraphError
    ├── InputError                     what was given cannot be used (exit code 2)
    │   ├── UnreadableSourceError      a file or address that cannot be opened
    │   ├── UnsupportedFormatError     a binary or unknown format
    │   ├── RejectedDocumentError      readable, but left out for a named reason
    │   └── AddressNotAllowedError     a URL that points to a private network, or redirects there
    ├── GraphError                     a graph cannot be opened, read or written
    ├── QueryError                     a query is unknown, malformed or fails
    │   ├── UnknownQueryError          no named query of that name
    │   ├── QueryLimitError            it takes longer, or its answer is larger, than is allowed
    │   ├── QueryMetadataError         the header of a .rq file breaks the rules
    │   └── QuerySyntaxError           the SPARQL text does not parse
    ├── UnknownTermError               no such term in a closed vocabulary (also a LookupError)
    ├── ProfileError                   no such set of shapes, or a shapes file that does not parse
    ├── MissingDependencyError         a program or an optional package is not installed
    └── ServiceError                   a service that was asked for does not serve

A message says what is wrong, where, and what to do next; the fields say the same to programs. This module imports
nothing of the package, so that every part can raise these errors.
"""

from __future__ import annotations

import copyreg
from collections.abc import Sequence

__all__ = [
    "AddressNotAllowedError",
    "GraphError",
    "InputError",
    "MissingDependencyError",
    "PrivagraphError",
    "ProfileError",
    "QueryError",
    "QueryLimitError",
    "QueryMetadataError",
    "QuerySyntaxError",
    "RejectedDocumentError",
    "ServiceError",
    "UnknownQueryError",
    "UnknownTermError",
    "UnreadableSourceError",
    "UnsupportedFormatError",
]


class PrivagraphError(Exception):
    """Base of all errors that privagraph raises on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        """How it is handed to another process: by its message and fields, whatever it was made from."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]  # pickle's own


class InputError(PrivagraphError):
    """What was given cannot be used.

    Attributes:
        source: The file name or address as the user gave it.
        reason: What is wrong, in one clause.
        advice: What to do next, in one clause.
    """

    def __init__(self, source: str, reason: str, advice: str) -> None:
        super().__init__(f"{source}: {reason}; {advice}")
        self.source, self.reason, self.advice = source, reason, advice


class UnreadableSourceError(InputError):
    """A file or address cannot be opened."""


class UnsupportedFormatError(InputError):
    """The bytes are of a format that is not read here."""


class RejectedDocumentError(InputError):
    """A document that was read but is left out, for a named reason.

    Attributes:
        code: The reason as a short stable word, such as ``empty`` or ``not-a-policy``.
    """

    def __init__(self, source: str, code: str, reason: str, advice: str) -> None:
        super().__init__(source, f"{reason} [{code}]", advice)
        self.code = code


class AddressNotAllowedError(InputError):
    """A URL points, or redirects, to a private or loopback address."""


class GraphError(PrivagraphError):
    """A graph cannot be opened, read or written."""

    def __init__(self, location: str, reason: str, advice: str) -> None:
        super().__init__(f"{location}: {reason}; {advice}")
        self.location, self.reason, self.advice = location, reason, advice


class QueryError(PrivagraphError):
    """A query cannot be run."""


class UnknownQueryError(QueryError, LookupError):
    """No named query of that name.

    Attributes:
        name: The name asked for.
        near: The nearest known names, best first.
    """

    def __init__(self, name: str, near: Sequence[str]) -> None:
        hint = f"did you mean {', '.join(near)}?" if near else "`privagraph query --list` shows them all"
        super().__init__(f"no named query {name!r}; {hint}")
        self.name, self.near = name, tuple(near)


class QueryLimitError(QueryError):
    """A query takes longer, takes more memory or has a larger answer than a server allows.

    Attributes:
        limit: ``time``, ``memory`` or ``size``.
    """

    def __init__(self, limit: str, reason: str, advice: str) -> None:
        super().__init__(f"{reason}; {advice}")
        self.limit = limit


class QueryMetadataError(QueryError):
    """The ``#+`` header of a .rq file breaks the rules.

    Attributes:
        file: The file's name.
        line: The line, counted from 1.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}; see docs/queries.md for the header's rules")
        self.file, self.line, self.reason = file, line, reason


class QuerySyntaxError(QueryError):
    """The text of a query is not SPARQL 1.1.

    Attributes:
        where: The file's name, or ``the query text``.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: not a SPARQL query: {reason}; correct the query and run it again")
        self.where, self.reason = where, reason


class UnknownTermError(PrivagraphError, LookupError):
    """No such term in a closed vocabulary.

    Attributes:
        term: What was looked up.
        scheme: The vocabulary, such as ``dpv``.
        near: The nearest known terms, best first.
    """

    def __init__(self, term: str, *, scheme: str, near: Sequence[str]) -> None:
        hint = f"nearest: {', '.join(near)}" if near else "`privagraph terms` shows where to begin"
        super().__init__(f"no {scheme} term {term!r}; {hint}")
        self.term, self.scheme, self.near = term, scheme, tuple(near)


class ProfileError(PrivagraphError):
    """No such set of shapes, or a shapes file that does not parse."""


class MissingDependencyError(PrivagraphError):
    """A program or an optional package that a feature needs is not installed.

    Attributes:
        needed: The missing program or package.
        install: The command or step that installs it.
    """

    def __init__(self, needed: str, purpose: str, install: str) -> None:
        super().__init__(f"{purpose} needs {needed}, which is not installed; {install}")
        self.needed, self.install = needed, install


class ServiceError(PrivagraphError):
    """A service on the network that the user asked for cannot be reached, refuses, or does not give what it should.

    Attributes:
        service: The service, as host and port.
        reason: What is wrong, in one clause.
        advice: What to do next, in one clause.
    """

    def __init__(self, service: str, reason: str, advice: str) -> None:
        super().__init__(f"{service}: {reason}; {advice}")
        self.service, self.reason, self.advice = service, reason, advice
