"""Where an export is written to: one file, or a folder of several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from privagraph.errors import GraphError
from privagraph.queries.export.registry import Format
from privagraph.queries.formats import replacing

if TYPE_CHECKING:
    import networkx

__all__ = ["Output", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer has to say of what it wrote.

    Attributes:
        nodes: Number of nodes, in a network; else 0.
        edges: Number of edges, in a network; else 0.
        rows: Number of rows, in tables; else 0.
        notes: What a person should know of it: what the format cannot hold, or where the tool has a limit. Sentences.
    """

    nodes: int = 0
    edges: int = 0
    rows: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, network: networkx.MultiDiGraph[str], *notes: str) -> Self:
        """What there is to say of a network that was written whole."""
        return cls(nodes=network.number_of_nodes(), edges=network.number_of_edges(), notes=notes)


class Output:
    """Where one export goes.

    Attributes:
        format: The format that is written.
        path: The file or folder.
        folder: Whether ``path`` is a folder: then a writer may write all of ``format.files``, else the first alone.
        files: The files that were written so far.
    """

    def __init__(self, format_: Format, path: Path, *, folder: bool) -> None:
        self.format, self.path, self.folder = format_, path, folder
        self.files: list[Path] = []

    @contextmanager
    def open(self, name: str | None = None) -> Iterator[IO[bytes]]:
        """A stream for one file, which takes its place once it is whole.

        Args:
            name: Its name in a folder; the first of ``format.files`` when None. A single file has the user's name.

        Raises:
            GraphError: The place cannot be written to.
        """
        target = self.path
        if self.folder:
            try:
                self.path.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                reason = error.strerror or str(error)
                raise GraphError(
                    str(self.path), f"cannot be made a folder ({reason})", "choose another place"
                ) from error
            target = self.path / (name or self.format.files[0])
        with replacing(target) as stream:
            yield stream
        self.files.append(target)
