"""Which language a text is in, found cheaply first.

Three steps, each only where the one before does not decide:

1. the script: a text in Cyrillic or Greek letters is not English, and letters that only one language uses name it;
2. function words: English, and eleven other languages, betray themselves by their commonest words;
3. py3langid, a statistical model of 97 languages, which takes most of a second to load.

English is the language that the extraction understands; other languages are named so that a document or a block can be
left out for that reason, not so that it can be read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

__all__ = ["UNDETERMINED", "document_language", "language_of"]

UNDETERMINED = "und"
"""The BCP 47 tag of a text whose language cannot be told."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 60_000

# The commonest words of each language that are not also common in another of the table.
_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that for it as with be by on not this are or from at your you we "
        "our us will may which have has "
        "any if an when how what about their its they can such other these do does also been than "
        "into more all no only",
        "de": "der die das und ist nicht ein eine einer eines mit von für auf zu wir sie ihre ihrer "
        "unsere werden wird oder den dem "
        "des bei auch sich im zur zum durch daten",
        "fr": "le les des et est une du pour dans vous nous que qui vos votre notre nos sont ou par "
        "sur avec ces cette au aux ne pas "
        "données",
        "es": "el los las del y es una para por con que su sus usted nosotros nuestra nuestro se al "
        "como está son datos más",
        "it": "il gli della delle dei di e è una per con che sono nostro nostra si nel alla dati "
        "anche questo come",
        "pt": "os do da dos das e é um uma para por com que seu seus sua não são nosso nossa ao como "
        "dados você",
        "nl": "het een van en is niet voor met op wij u uw onze zijn worden wordt dat deze bij ook "
        "door gegevens",
        "pl": "i w na z do nie jest się oraz przez dla lub które który danych osobowych są od po",
        "sv": "och att det är som en ett för på av med till vi du din dina kan om inte eller vår "
        "våra uppgifter",
        "da": "og at det er som en et for på af med til vi du din dine kan om ikke eller vores oplysninger",
        "tr": "ve bir bu için ile olarak veya kişisel verilerin tarafından olan daha kadar gibi değil",
        "id": "yang dan di untuk dengan anda kami dari pada ini atau tidak adalah akan dalam data pribadi",
    }.items()
}
_ENGLISH = _FUNCTION_WORDS["en"]
_SPEAKS = {
    word: [name for name in _FUNCTION_WORDS if word in _FUNCTION_WORDS[name]]
    for name in _FUNCTION_WORDS
    for word in _FUNCTION_WORDS[name]
}

# Blocks of the Unicode standard that stand for a script, with the language when the script alone names it.
_SCRIPTS: tuple[tuple[str, str, str | None], ...] = (
    ("Latin", "A-Za-zÀ-ɏḀ-ỿ", None),
    ("Cyrillic", "Ѐ-ԯ", None),
    ("Greek", "Ͱ-Ͽἀ-῿", "el"),
    ("Hebrew", "֐-׿", "he"),
    ("Arabic", "؀-ۿݐ-ݿ", None),
    ("Devanagari", "ऀ-ॿ", None),
    ("Thai", "฀-๿", "th"),
    ("Hangul", "가-힣ᄀ-ᇿ", "ko"),
    ("Kana", "぀-ヿ", "ja"),
    ("Han", "㐀-鿿豈-﫿", None),
    ("Georgian", "Ⴀ-ჿ", "ka"),
    ("Armenian", "԰-֏", "hy"),
    ("Tamil", "஀-௿", "ta"),
    ("Telugu", "ఀ-౿", "te"),
    ("Bengali", "ঀ-৿", "bn"),
)


@cache
def _script_runs() -> tuple[tuple[str, re.Pattern[str], str | None], ...]:
    """The patterns of the scripts, compiled when a text first holds letters that are not Latin."""
    return tuple((name, re.compile(f"[{ranges}]"), language) for name, ranges, language in _SCRIPTS)


_NOT_LATIN = re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]")

# Letters that one language of a script has and its neighbours lack; the first that occurs decides.
_TELLING_LETTERS: dict[str, tuple[tuple[str, str], ...]] = {
    "Cyrillic": (
        ("ўЎ", "be"),
        ("їЇєЄґҐ", "uk"),
        ("ђћљњЂЋЉЊ", "sr"),
        ("ѓќЃЌ", "mk"),
        ("қңғүұҚҢҒҮҰ", "kk"),
        ("ыэёЫЭЁ", "ru"),
        ("іІ", "uk"),
    ),
    "Arabic": (("ٹڈڑے", "ur"), ("پچژگ", "fa")),
}


def document_language(texts: Sequence[str], *, hint: str | None = None) -> str:
    """The language of most of a document.

    Args:
        texts: The texts of its blocks.
        hint: What the format says (``<html lang>``); it decides only where the words do not.

    Returns:
        A BCP 47 primary tag, ``und`` when there are no words.
    """
    sample: list[str] = []
    size = 0
    for text in texts:
        sample.append(text)
        size += len(text)
        if size > _SAMPLE:
            break
    joined = "\n".join(sample)[: 2 * _SAMPLE]
    told = _primary(hint)
    found = _by_script(joined) or _by_function_words(joined, least=0.12)
    if found:
        return found
    words = _WORD.findall(joined)
    if not words:
        return told or UNDETERMINED
    if len(words) < 12:
        # Too few words for statistics: believe the page, else English when nothing speaks against it.
        return told or ("en" if joined.isascii() else _by_model(joined))
    return _by_model(joined)


def language_of(text: str, *, document: str, hint: str | None = None) -> str:
    """The language of one block.

    A block has the document's language unless its script or its function words clearly say otherwise: names, lists of
    terms and addresses are no language of their own.

    Args:
        text: The block's text.
        document: The document's language.
        hint: What the format says of this block (a ``lang`` attribute).

    Returns:
        A BCP 47 primary tag.
    """
    told = _primary(hint)
    if _NOT_LATIN.search(text):
        found = _by_script(text, document)
        if found:
            return found
    if document == "en" and (text.isascii() or len(text) < 24) and told in (None, "en"):
        words = [word.lower() for word in _WORD.findall(text[:2000])]
        if len(words) < 8 or sum(word in _ENGLISH for word in words) * 12 >= len(words):
            return document
    found = _by_function_words(text[:4000], least=0.2)
    if found:
        return found
    return told or document


def _primary(tag: str | None) -> str | None:
    """The primary subtag of a BCP 47 tag, in lower case; None for what is no tag."""
    if not tag:
        return None
    primary = re.split(r"[-_]", tag.strip())[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else None


def _by_script(text: str, document: str | None = None) -> str | None:
    """The language that the script names; None for Latin letters, or when most letters are Latin."""
    if not _NOT_LATIN.search(text):
        return None
    text = text[:20_000]
    counts = Counter({name: len(pattern.findall(text)) for name, pattern, _ in _script_runs()})
    letters = sum(counts.values())
    if not letters:
        return None
    script, most = counts.most_common(1)[0]
    if script in ("Han", "Kana") and counts["Kana"]:
        script, most = "Kana", counts["Kana"] + counts["Han"]
    if script == "Latin" or most * 2 < letters:
        return None
    named = next(language for name, _, language in _script_runs() if name == script)
    if named:
        return named
    if script == "Han":
        return "zh"
    for telling, language in _TELLING_LETTERS.get(script, ()):
        if any(letter in text for letter in telling):
            return language
    if document not in (None, "en") and len(text) < 40:
        return document
    return _by_model(text)


def _by_function_words(text: str, *, least: float) -> str | None:
    """The language whose function words make up at least that share of the words, when one stands out."""
    words = _WORD.findall(text)
    if len(words) < 4:
        return None
    counts: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for word in words:
        for language in _SPEAKS.get(word.lower(), ()):
            counts[language] += 1
            kinds.setdefault(language, set()).add(word.lower())
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < least * len(words) or len(kinds[ranked[0][0]]) < 3:
        return None
    if len(ranked) == 2 and ranked[1][1] * 1.3 > ranked[0][1]:
        return None
    return ranked[0][0]


def _by_model(text: str) -> str:
    """The language by the statistical model; loads it on first use."""
    import py3langid

    # The model works on bytes; a lone surrogate has none.
    safe = text[:8000].encode("utf-8", "replace").decode("utf-8")
    return str(py3langid.classify(safe)[0])
