"""Is this document a privacy policy that can be mapped? And if not, what is it, and what should be done?

People point the program at folders and addresses, and not everything there is a policy: the address answers with a
challenge or a page of errors, the link leads to the terms of service, the folder holds a recipe. Such a document must
be left out under a name, not mapped into a graph of nonsense. On the other side stands a tiny or odd policy ("This app
collects nothing"), which must not be turned away: when in doubt, a document is let in, with a note.

The judgement rests on counts of plain things: what the first lines call the document, sentences in which somebody
collects, uses, shares or keeps data, the words of privacy, first and second person, and the marks of what it could be
instead.

The codes are :data:`CODES`; the readers raise the same error with codes of their own (``binary``, ``encrypted``,
``scanned``, ``too-large``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from privagraph.errors import RejectedDocumentError
from privagraph.loaders import admission_signs as signs
from privagraph.loaders.document import BlockKind, Document

__all__ = ["CODES", "check"]

CODES: dict[str, str] = {
    "binary": "the bytes are no text and no document",
    "bot-wall": "the site answered with a challenge or a refusal instead of the page",
    "empty": "there are no words",
    "encrypted": "the document needs a password",
    "language": "the text is in a language that is not supported",
    "not-a-policy": "the text is something else than a privacy policy",
    "scanned": "the document is a picture of text",
    "too-large": "the document is larger than a policy can be",
    "too-short": "there are too few words to say anything",
}
"""Every code that a document is left out with, and what it means."""

_LANGUAGES = ("en",)
_FEWEST_WORDS = 10
_AN_ERROR_PAGE = ("reads like an error page of the site", "check the address in a browser")


def check(document: Document) -> tuple[str, ...]:
    """Let a document in as a privacy policy, or leave it out for a named reason.

    Args:
        document: The document as it was read.

    Returns:
        Notes on a document that is let in although something about it is odd; usually none.

    Raises:
        RejectedDocumentError: The document is left out; its ``code`` is one of :data:`CODES`.
    """
    judged = _Judged(document)
    _check_words(judged)
    _check_walls(judged)
    _check_language(judged)
    other = _something_else(judged)
    if other is not None:
        raise _rejected(document, "not-a-policy", *other)
    return _notes(judged)


@dataclass
class _Judged:
    """A document with what is counted in it."""

    document: Document

    @cached_property
    def words(self) -> int:
        """How many words it has; a run of characters of a script without blanks counts by its length."""
        return len(signs.WORD.findall(self.document.text)) + len(
            re.findall(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]{2}", self.document.text)
        )

    @cached_property
    def opening(self) -> str:
        """What its first lines call it: the title, and headings and short lines at the top."""
        lines = [self.document.title or ""]
        for block in self.document.blocks[:8]:
            text = self.document.text_of(block)
            if block.kind is BlockKind.HEADING or len(text) <= 90:
                lines.append(text)
        return "\n".join(lines)

    @cached_property
    def practices(self) -> int:
        """How many stretches of text say that data is collected, used, shared or kept, or is not."""
        return self.count(signs.PRACTICE) + self.count(signs.PASSIVE)

    @cached_property
    def silent(self) -> bool:
        """Whether there is none of these; known at the first one, where counting them all takes the whole text."""
        text = self.document.text
        return signs.PRACTICE.search(text) is None and signs.PASSIVE.search(text) is None

    @cached_property
    def privacy(self) -> int:
        """How many words of privacy it has."""
        return self.count(signs.PRIVACY_WORDS)

    @cached_property
    def named_policy(self) -> bool:
        """Whether its first lines call it a privacy policy."""
        return bool(signs.POLICY_TITLE.search(self.opening))

    @cached_property
    def named_privacy(self) -> bool:
        """Whether its first lines speak of privacy."""
        return bool(signs.PRIVACY_TITLE.search(self.opening))

    @cached_property
    def density(self) -> float:
        """Words of privacy and statements of practices, for each hundred words."""
        return 100 * (self.privacy + self.practices) / max(1, self.words)

    def count(self, pattern: re.Pattern[str]) -> int:
        """How often a pattern occurs."""
        return sum(1 for _ in pattern.finditer(self.document.text))

    def share(self, pattern: re.Pattern[str]) -> float:
        """How often a pattern occurs, for each hundred words."""
        return 100 * self.count(pattern) / max(1, self.words)


def _rejected(document: Document, code: str, reason: str, advice: str) -> RejectedDocumentError:
    """The error for a document that is left out."""
    return RejectedDocumentError(document.source, code, reason, advice)


def _check_words(judged: _Judged) -> None:
    """Leave out a document that says nothing."""
    document = judged.document
    frame = next((note for note in document.notes if "frame from" in note), "")
    if not document.blocks or judged.words == 0:
        if frame:
            raise _rejected(
                document,
                "empty",
                "the page only shows another page in a frame",
                "give the page in the frame instead",
            )
        raise _rejected(document, "empty", "there are no words in it", _how_to_get_the_text(document))
    if judged.words < 60 and judged.count(signs.NEEDS_SCRIPT) and not judged.practices:
        raise _rejected(
            document,
            "empty",
            "the page shows its text only after scripts have run",
            "open it in a browser, save the page, and give the file",
        )
    if judged.words < 60 and frame and not judged.practices:
        raise _rejected(
            document,
            "empty",
            "the page only shows another page in a frame",
            "give the page in the frame instead",
        )
    if judged.words < _FEWEST_WORDS and not (
        judged.words >= 5 and judged.practices and judged.document.language in _LANGUAGES
    ):
        if signs.ERROR_PAGE.search(judged.opening):
            raise _rejected(document, "not-a-policy", *_AN_ERROR_PAGE)
        raise _rejected(
            document,
            "too-short",
            f"only {_counted(judged.words, 'word')}",
            "check that the whole policy was saved or copied",
        )


def _counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _how_to_get_the_text(document: Document) -> str:
    """What to do about a document without words."""
    if document.media_type == "text/html":
        return "open the page in a browser, save it, and give the file"
    return "check that the file was saved whole"


def _check_walls(judged: _Judged) -> None:
    """Leave out what a site answers instead of the page."""
    if judged.words > 400 or judged.practices > 3:
        return
    if judged.count(signs.BOT_WALL) and not (judged.named_policy and judged.practices):
        raise _rejected(
            judged.document,
            "bot-wall",
            "the site answered with a challenge for browsers instead of the page",
            "open the page in a browser, save it, and give the file",
        )


def _check_language(judged: _Judged) -> None:
    """Leave out a document in a language that is not supported."""
    language = judged.document.language
    if language in _LANGUAGES:
        return
    if language == "und":
        raise _rejected(
            judged.document, "language", "its language cannot be told", "give a policy in English"
        )
    raise _rejected(
        judged.document,
        "language",
        f"the text is in another language ({language}) than English",
        "give the English version of the policy",
    )


def _something_else(judged: _Judged) -> tuple[str, str] | None:
    """What a document is instead of a policy, with advice; None for a policy and in doubt."""
    for judge in (_page_of_the_site, _other_legal_text, _text_about_privacy, _nothing_of_privacy):
        found = judge(judged)
        if found is not None:
            return found
    return None


def _page_of_the_site(judged: _Judged) -> tuple[str, str] | None:
    """A page that a site shows in place of a text: an error, a form, a question of consent, a list of links."""
    if judged.words < 250 and signs.ERROR_PAGE.search(judged.opening) and judged.practices < 2:
        return _AN_ERROR_PAGE
    if judged.words < 500 and not judged.named_policy and _consents(judged) >= 3:
        return "reads like a cookie-consent page", "give the address of the privacy policy itself"
    if judged.words < 200 and judged.count(signs.SIGN_IN) >= 2 and judged.practices < 2:
        return (
            "reads like a sign-in page",
            "give the address of a page that needs no account, or save the page and give the file",
        )
    if judged.words < 600 and judged.practices < 4 and _links_to_policies(judged.document):
        return "reads like a page that only links to policies", "give the policy that it links to"
    return None


def _consents(judged: _Judged) -> int:
    """How many different words of a question of consent there are."""
    return len({match.group().lower() for match in signs.CONSENT_PAGE.finditer(judged.document.text)})


def _links_to_policies(document: Document) -> bool:
    """Whether most of a page is short, and several lines name policies."""
    texts = [document.text_of(block) for block in document.blocks]
    short = sum(len(text.split()) <= 12 for text in texts)
    names = sum(bool(signs.POLICY_TITLE.search(text)) for text in texts)
    return len(texts) >= 5 and short >= 0.7 * len(texts) and names >= 3


def _other_legal_text(judged: _Judged) -> tuple[str, str] | None:
    """Another text of lawyers: terms of service, an agreement on data processing."""
    heading = judged.opening
    terms = bool(signs.TERMS_TITLE.search(heading))
    if signs.AGREEMENT_TITLE.search(heading) and not judged.named_policy:
        return "reads like a data processing agreement", "give the privacy policy instead"
    if terms and not judged.named_policy and (judged.density < 3 or judged.practices < 5):
        return "reads like terms of service or a licence", "give the privacy policy instead"
    if judged.named_privacy:
        return None
    legal = judged.share(signs.TERMS_WORDS)
    if legal > 1.2 and legal > 1.5 * judged.density:
        return "reads like terms of service or a licence", "give the privacy policy instead"
    return None


def _text_about_privacy(judged: _Judged) -> tuple[str, str] | None:
    """A text that speaks about privacy or policies without being one: news, advice, a guide to writing one."""
    if (
        not judged.named_policy
        and (reporting := judged.count(signs.REPORTING)) >= 4
        and 100 * reporting / judged.words > 0.8
        and judged.share(signs.WE_OR_YOU) < 4
        and judged.count(signs.ITS_OWN_POLICY) <= 1
    ):
        return "reads like a news article", "give the privacy policy instead"
    about = judged.count(signs.ABOUT_POLICIES)
    if about >= 4 and about > 2 * judged.count(signs.ITS_OWN_POLICY):
        return "reads like a text about privacy policies", "give a policy itself"
    return None


def _nothing_of_privacy(judged: _Judged) -> tuple[str, str] | None:
    """A text that has nothing to do with personal data."""
    advice = "give a privacy policy"
    if judged.silent and not judged.named_policy:
        return "nothing in it says that data is collected, used or shared", advice
    if judged.silent and judged.privacy < 2:
        return (
            "its title speaks of privacy, but nothing in it says what happens with data",
            "check that the whole policy was saved",
        )
    if judged.named_privacy:
        return (
            None
            if judged.named_policy or judged.density >= 1 or judged.words < 300
            else ("hardly anything in it is about personal data", advice)
        )
    if judged.privacy == 0 and judged.practices < 3:
        return "hardly anything in it is about personal data", advice
    if judged.density < 1.2:
        return "hardly anything in it is about personal data", advice
    if judged.share(signs.WE) < 0.4 and judged.density < 4 and not judged.count(signs.ITS_OWN_POLICY):
        return "it speaks about data, but nobody in it says what they do with it", advice
    return None


def _notes(judged: _Judged) -> tuple[str, ...]:
    """What is odd about a document that is let in."""
    notes: list[str] = []
    if not judged.named_privacy:
        notes.append("The first lines do not call the document a privacy policy.")
    if judged.words < 80:
        notes.append(f"The document is very short: {_counted(judged.words, 'word')}.")
    if judged.silent:
        notes.append("No sentence was recognised that says what happens with data.")
    if signs.COOKIE_TITLE.search(judged.opening) and not judged.named_policy:
        notes.append("The document reads like a cookie policy.")
    if signs.TERMS_TITLE.search(judged.opening) and judged.named_policy:
        notes.append("The document may hold terms of service beside the privacy policy.")
    return tuple(notes)
