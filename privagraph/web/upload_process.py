"""What the process does that maps an uploaded policy; see :mod:`privagraph.web.uploads`.

Whatever a file holds is read here, apart from the server: the process has its own limit of memory, and the server ends
it when its time is over.
"""

from __future__ import annotations

import signal
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from privagraph.corpus.limits import limit_memory
from privagraph.errors import PrivagraphError

if TYPE_CHECKING:
    from privagraph.loaders.document import Document
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.facts import MappedPolicy

__all__ = ["STEPS", "Mapped", "Mapping", "map_upload"]

STEPS = ("Received", "Read", "Practices found", "Written", "Questions ready")
"""What happens to an uploaded policy; the first and the last step are the server's."""
_READ, _FOUND, _WRITTEN = 2, 3, 4
"""How many steps are done after each that happens here."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is to be mapped.

    Attributes:
        file: The file, which has a name of ours.
        name: What the policy's source is called.
        store: The folder of the store to write to.
        memory: How many bytes of memory the process may take.
    """

    file: Path
    name: str
    store: Path
    memory: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """What came of it.

    Attributes:
        policy: The policy's IRI.
        mentions: How many mentions were found.
        practices: How many practices were found, denied ones included.
        denied: How many of them the policy denies.
        changed: Whether the graph changed; the same policy a second time changes nothing.
        earlier: IRI of the policy that it is a newer version of; empty where it is none.
        notes: What reading cut or repaired.
    """

    policy: str
    mentions: int
    practices: int
    denied: int
    changed: bool
    earlier: str
    notes: tuple[str, ...]


def map_upload(pipe: Connection[object, object], mapping: Mapping) -> None:
    """Map an uploaded policy.

    Args:
        pipe: Takes pairs: ``step`` with the number of steps that are done and what is done next; at the end ``done``
            with what came of it, ``refused`` with an error to show, or ``failed`` with a fault of ours.
        mapping: What is to be mapped.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(mapping.memory)
    with suppress(BrokenPipeError, ConnectionResetError):
        try:
            pipe.send(("done", _mapped(pipe, mapping)))
        except PrivagraphError as error:
            pipe.send(("refused", error))
        except MemoryError:
            return  # the other end sees that the process is gone, and says why
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:  # noqa: BLE001  # a fault of ours becomes a message
            pipe.send(("failed", (f"{type(error).__name__}: {error}", traceback.format_exc())))


def _mapped(pipe: Connection[object, object], mapping: Mapping) -> Mapped:
    from privagraph.loaders.extractors import make_extractor
    from privagraph.loaders.sources import Source
    from privagraph.mapping import expect_some, map_policies

    report = map_policies(
        [Source(mapping.name, mapping.file)],
        mapping.store,
        output_format="store",
        extractor=_Telling(make_extractor(), pipe),
    )
    expect_some(report)
    pipe.send(("step", (_WRITTEN, "The pages learn of the new policy")))
    found = report.mapped[0]
    return Mapped(
        policy=found.policy,
        mentions=found.mentions,
        practices=found.practices,
        denied=found.denied,
        changed=found.changed,
        earlier=dict(report.revisions).get(found.policy, ""),
        notes=found.notes,
    )


class _Telling:
    """An extractor that tells how far it is."""

    def __init__(self, extractor: Extractor, pipe: Connection[object, object]) -> None:
        self._extractor, self._pipe = extractor, pipe

    @property
    def name(self) -> str:
        return self._extractor.name

    def extract(self, document: Document) -> MappedPolicy:
        words = len(document.text.split())
        self._pipe.send(("step", (_READ, f"Looking for practices in {words:,} words")))
        found = self._extractor.extract(document)
        told = f"Writing {len(found.mentions):,} mentions and {len(found.practices):,} practices"
        self._pipe.send(("step", (_FOUND, told)))
        return found
