"""The extractor that asks a language model.

The model marks what passages state; everything else is as in the other extractors: rules read the controller,
contacts, dates and laws, and the same grammar ties mentions to practices. What the model says counts only as far as the
text bears it out, see :mod:`privagraph.loaders.llm.checking`.

Trouble is kept where it arises. Passages without a usable answer are asked about once more, each alone; one that has
none then is skipped and counted. Only a service that cannot be used at all ends a run. A policy without any usable
answer, or for which the budget does not suffice, is left out: what was not read would look like silence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from privagraph.errors import InputError, RejectedDocumentError, ServiceError
from privagraph.loaders.document import Document
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.extraction.identity import find_contacts, find_controller
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import MappedPolicy, Mention
from privagraph.loaders.llm.answers import claims, read_answer
from privagraph.loaders.llm.cache import AnswerCache, default_folder
from privagraph.loaders.llm.checking import checked
from privagraph.loaders.llm.client import ChatClient, NoReply
from privagraph.loaders.llm.prompt import prompt
from privagraph.loaders.llm.questions import Question, batches, questions
from privagraph.loaders.llm.usage import Usage

__all__ = ["LlmExtractor", "key_from_environment"]

_FAILURES = 5
"""So many questions in a row without a reply, and the service is taken to be out of order."""
_UNUSABLE = 25
"""So many in a row without one usable passage, and the model is taken to be unable to answer in the form."""

_TOKENS = 1024
_TOKENS_PER_CHARACTER = 2
"""Room for an answer; the same words as a mention with its role take about one token a character at most."""


def key_from_environment(url: str) -> str | None:
    """The key for a service: ``PRIVAGRAPH_LLM_KEY``, or ``OPENAI_API_KEY`` for the service that it is a key of.

    Args:
        url: The address of the service.
    """
    key = os.environ.get("PRIVAGRAPH_LLM_KEY", "").strip()
    if not key and urlsplit(url).hostname == "api.openai.com":
        key = os.environ.get("OPENAI_API_KEY", "").strip()
    return key or None


class LlmExtractor:
    """Finds mentions by asking a language model, and ties them by rule.

    The passages of the documents are sent to the service at ``url``. The answers are kept, so that a second run over
    the same policies sends nothing and gives the same graph.

    Args:
        url: The address of an OpenAI-compatible service, such as ``http://localhost:11434/v1``.
        model: The model's name there.
        api_key: The key; from the environment when None, see :func:`key_from_environment`.
        timeout: The longest time for one answer, in seconds.
        max_requests: The most requests that this extractor sends; no limit when None.
        cache: The folder of kept answers; one in the user's cache folder when None.
        batch: The most passages in one request.
        concepts: Whether the model is given the list of concepts to choose from. Without it questions are shorter by
            some 4,000 tokens, for models with little room, and the lexicon finds the concepts.
        pause: The first pause before a request is repeated, in seconds.

    Attributes:
        usage: What was asked so far, and what was lost.

    Raises:
        InputError: The address is none, or a number is out of range.

    Example:
        >>> extractor = LlmExtractor("http://localhost:11434/v1", "qwen3:8b")
        >>> extractor.host, extractor.name.partition(" ")[0]
        ('localhost:11434', 'llm/qwen3:8b')
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key: str | None = None,
        timeout: float = 120.0,
        max_requests: int | None = None,
        cache: str | os.PathLike[str] | None = None,
        batch: int = 8,
        concepts: bool = True,
        pause: float = 1.0,
    ) -> None:
        if not model.strip():
            raise InputError("--model", "names no model", "give the model's name at the service")
        if not timeout > 0 or batch < 1 or (max_requests is not None and max_requests < 0):
            raise InputError(url, "a limit is out of range", "time and batch are positive numbers")
        self.model = model.strip()
        self.usage = Usage()
        self._prompt = prompt(concepts=concepts)
        self._client = ChatClient(
            url, self.model, api_key=api_key or key_from_environment(url), timeout=timeout, pause=pause
        )
        self._cache = AnswerCache(default_folder() if cache is None else cache)
        self._batch = batch
        self._most = max_requests
        self._failed = self._unusable = 0

    def __repr__(self) -> str:
        return f"<LlmExtractor {self.model} at {self.host}>"

    @property
    def name(self) -> str:
        """The model and the digest of the prompt, such as ``llm/qwen3:8b (prompt 1c2d3e4f)``."""
        return f"llm/{self.model} (prompt {self._prompt.digest})"

    @property
    def host(self) -> str:
        """Host and port of the service, to which passages are sent."""
        return self._client.service

    @property
    def folder(self) -> Path:
        """The folder of kept answers."""
        return self._cache.folder

    @property
    def destination(self) -> str:
        """Where the text goes, in one sentence to be read before it does."""
        parts = urlsplit(self._client.address)
        local = (parts.hostname or "") in ("localhost", "127.0.0.1", "::1")
        way = "on this machine" if local else "encrypted" if parts.scheme == "https" else "NOT encrypted"
        return (
            f"passages of the policies are sent to {self.host} ({way}), model {self.model}; "
            f"answers are kept in {self.folder}"
        )

    def extract(self, document: Document) -> MappedPolicy:
        """Everything that the document states; see :class:`~privagraph.loaders.extraction.Extractor`.

        Args:
            document: A policy as it was read.

        Returns:
            The mapped policy; the notes of its document say what was lost.

        Raises:
            ServiceError: The service cannot be used.
            RejectedDocumentError: The budget of requests is spent before all passages are answered, or not one of
                them has a usable answer.
            InputError: Answers cannot be kept.
        """
        usage = Usage()
        found_sentences = sentences(document)
        controller = find_controller(document)
        mentions: list[Mention] = [*controller.mentions, *find_contacts(document)]
        try:
            for question, answer in self._answers(document, questions(document, found_sentences), usage):
                mentions += checked(question, claims(answer) or (), usage)
        finally:
            self.usage.add(usage)
        return assemble(
            replace(document, notes=(*document.notes, *usage.losses())),
            found_sentences,
            mentions,
            controller=controller.name,
            extractor=self.name,
        )

    def _answers(
        self, document: Document, asked: Iterable[Question], usage: Usage
    ) -> Iterable[tuple[Question, Any]]:
        """Each passage that has an answer, with it, in the order of the text."""
        answers: dict[str, Any] = {}
        keys = {question: self._key(question) for question in asked}
        missing: list[Question] = []
        for question, key in keys.items():
            kept = self._cache.get(key)
            if claims(kept) is None:
                missing.append(question)
            else:
                answers[key] = kept
                usage.cached += 1
        # What one policy says twice is asked once.
        once = {keys[question]: question for question in reversed(missing)}
        for batch in batches([*reversed(once.values())], self._batch):
            answers |= self._asked(document, batch, usage)
            alone = [question for question in batch if keys[question] not in answers]
            for question in alone if len(batch) > 1 else ():
                answers |= self._asked(document, (question,), usage)
        usage.skipped += sum(keys[question] not in answers for question in missing)
        if missing and not answers:
            raise RejectedDocumentError(
                document.source,
                "no-answer",
                f"not one passage has a usable answer, the last because: {usage.reason}",
                "look after the service, take another model, or another extractor",
            )
        return [(question, answers[key]) for question, key in keys.items() if key in answers]

    def _asked(self, document: Document, batch: tuple[Question, ...], usage: Usage) -> dict[str, Any]:
        """The usable answers to one question about some passages, kept and counted."""

        def spend() -> None:
            if self._most is not None and self.usage.requests + usage.requests >= self._most:
                raise RejectedDocumentError(
                    document.source,
                    "budget",
                    f"the budget of {self._most} requests is spent and not all of its passages have an answer",
                    "run the same command again, with a larger --llm-max-requests if need be; answers that came "
                    "are kept",
                )
            usage.requests += 1

        reply = self._client.ask(
            self._prompt.messages(batch),
            self._prompt.schema(),
            longest=_TOKENS + _TOKENS_PER_CHARACTER * sum(len(question.text) for question in batch),
            before_each=spend,
        )
        if isinstance(reply, NoReply):
            usage.reason = reply.reason
            self._count_failure(reply.reason)
            return {}
        usage.tokens_in += reply.tokens_in
        usage.tokens_out += reply.tokens_out
        answers = {
            self._key(batch[number - 1]): mentions
            for number, mentions in read_answer(reply.content, len(batch)).items()
        }
        for key, mentions in answers.items():
            self._cache.put(key, mentions)
        usage.asked += len(answers)
        self._failed = 0
        if len(answers) < len(batch):
            usage.reason = "it is not in the form that was asked for"
        self._count_unusable(bool(answers))
        return answers

    def _count_failure(self, reason: str) -> None:
        self._failed += 1
        if self._failed >= _FAILURES:
            raise ServiceError(
                self.host,
                f"{self._failed} questions in a row had no answer, the last because: {reason}",
                "look after the service, or give it more time with --llm-timeout; answers that came are kept",
            )

    def _count_unusable(self, usable: bool) -> None:
        self._unusable = 0 if usable else self._unusable + 1
        if self._unusable >= _UNUSABLE:
            raise ServiceError(
                self.host,
                f"{self._unusable} answers in a row of {self.model} are not in the form that was asked for",
                "take a larger model, or a server that holds models to a JSON schema",
            )

    def _key(self, question: Question) -> str:
        return AnswerCache.key(self.model, self._prompt.digest, question.said())
