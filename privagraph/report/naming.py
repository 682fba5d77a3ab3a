"""What things are called in a report: plain words for people, never the names of RDF."""

from __future__ import annotations

import re
from collections.abc import Mapping

from privagraph.ontology.namespaces import compact, expand
from privagraph.ontology.reading import MentionView, PolicyView
from privagraph.ontology.shown import one_line
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.comparison.sayings import concept_label

__all__ = [
    "MODALITIES",
    "anchor",
    "concept_anchor",
    "duration_in_words",
    "label_of",
    "language_name",
    "named",
    "role_name",
    "verb_of",
    "verb_phrase",
]

MODALITIES: Mapping[str, str] = {"asserted": "", "possible": "may", "required": "must"}
"""The verb before the verb."""

_PHRASES = {
    ("asserted", False): "{}",
    ("possible", False): "may {}",
    ("required", False): "must {}",
    ("asserted", True): "does not {}",
    ("possible", True): "may not {}",
    ("required", True): "must not {}",
}
_LANGUAGES = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "ga": "Irish", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish",
}  # fmt: skip
"""The languages of the European Union (https://www.w3.org/International/articles/language-tags/)."""
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)
_GENERAL = ", no more said"
"""What a comparison adds to concepts that stand beside narrower ones."""
_PROCESSING = expand("dpv:Processing")
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def label_of(iri: str | None, policy: PolicyView | None = None) -> str:
    """What people call a concept or an organisation; empty for what nobody has a name for.

    Args:
        iri: The concept or organisation.
        policy: The policy, which knows the names of organisations.
    """
    if not iri:
        return ""
    if iri in vocabulary():
        return concept_label(iri).removesuffix(_GENERAL)
    known = policy.label_of(iri) if policy is not None else iri
    return one_line(known) if known != iri else ""


def named(mention: MentionView, policy: PolicyView) -> str:
    """What a mention states: the organisation, else the concept, else its words."""
    return label_of(mention.agent or mention.concept, policy) or one_line(mention.quote)


def role_name(role: str) -> str:
    """What the words of a role are about.

    Example:
        >>> role_name("data_category")
        'data category'
    """
    return role.replace("_", " ")


def verb_of(processing: str) -> str:
    """What an operation is called as a verb."""
    return "Process" if processing == _PROCESSING else label_of(processing) or "Process"


def verb_phrase(verb: str, modality: str, *, denied: bool = False) -> str:
    """What is done, in a sentence's words.

    Example:
        >>> verb_phrase("Share", "possible"), verb_phrase("Sell", "asserted", denied=True)
        ('may share', 'does not sell')
    """
    small = verb[:1].lower() + verb[1:]
    return _PHRASES.get((modality, denied), "{}").format(small)


def duration_in_words(duration: str) -> str:
    """A length of time that ISO 8601 writes; empty for what is none.

    Example:
        >>> duration_in_words("P1Y6M"), duration_in_words("PT72H"), duration_in_words("for ever")
        ('1 year 6 months', '72 hours', '')
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        return ""
    parts = zip(found.groups(), _UNITS, strict=True)
    return " ".join(
        f"{int(number)} {unit}{'' if int(number) == 1 else 's'}" for number, unit in parts if number
    )


def language_name(tag: str) -> str:
    """The English name of a language, with its tag.

    Example:
        >>> language_name("de-AT"), language_name("xx")
        ('German (de-AT)', 'xx')
    """
    name = _LANGUAGES.get(tag.partition("-")[0].lower())
    return f"{name} ({tag})" if name else tag


def anchor(text: str) -> str:
    """Text as an anchor.

    Example:
        >>> anchor("eu-gdpr:A15"), anchor("Who gets data")
        ('eu-gdpr-A15', 'Who-gets-data')
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def concept_anchor(iri: str) -> str:
    """Where the report explains a concept."""
    return f"concept-{anchor(compact(iri))}"
