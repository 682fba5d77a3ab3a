"""Answers of a language model, kept on disk: an interrupted run goes on where it stopped, a repeated one costs nothing.

One small file an answer, named by the hash of all that the answer depends on: model, prompt, passage with its context.
An answer is for one passage, not for the batch that it was asked in, so that a changed sentence of a policy costs one
question, and sentences that many policies share are asked once. Whatever is wrong with a file, it counts as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from privagraph.errors import InputError

__all__ = ["AnswerCache", "default_folder"]


def default_folder() -> Path:
    """Where answers are kept unless the user says otherwise: the user's cache folder of this platform."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("privagraph", appauthor=False), "llm")


class AnswerCache:
    """A folder of answers.

    Args:
        folder: The folder; it is made when the first answer comes.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)

    @staticmethod
    def key(*parts: object) -> str:
        """The name of an answer.

        Args:
            *parts: All that the answer depends on, as JSON can hold it.
        """
        said = json.dumps(parts, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def get(self, key: str) -> Any:  # whatever JSON can hold; the caller checks it
        """The answer of a name, or None when there is none or it cannot be read."""
        try:
            kept = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(kept, dict) or kept.get("key") != key:
            return None
        return kept.get("answer")

    def put(self, key: str, answer: object) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            InputError: The folder cannot be written to.
        """
        path = self._path(key)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{key[:8]}-", suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump({"key": key, "answer": answer}, file, ensure_ascii=True)
                os.replace(name, path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise InputError(
                str(self.folder),
                f"answers cannot be kept there ({error.strerror or error})",
                "name a folder that can be written to (--llm-cache)",
            ) from error

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
