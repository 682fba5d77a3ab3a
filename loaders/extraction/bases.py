"""Legal bases of processing, and the legitimate interests that are relied on.

Source: GDPR Art. 6(1), Art. 9(2), Art. 13(1)(c)-(d).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import members, trim
from privagraph.loaders.extraction.rules import Rule, apply_rules
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.letters import lowered
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand

__all__ = ["find_bases"]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_PROCESS = _rx(
    r"\b(process\w*|collect\w*|us(e|es|ed|ing)|shar\w+|disclos\w*|retain\w*|keep|transfer\w*|"
    r"stor\w+|basis|bases|grounds?|rely|relies|lawful\w*|releas\w*|provid\w*|obtain\w*)\b"
)
_BASIS_TOPIC = frozenset({Topic.LEGAL_BASIS})

_TELLING = r"(?:\w+ )?(?:tell|notify|inform|ask)\b"
_NO_DUTY_TO_PROCESS = (
    r"(?! (?:(?!us |it |so |this |to |with )\w+ ){0,3}(?:consents?|permissions?|ages?|notices?)\b"
    rf"| us to {_TELLING})"
)
"""What a law requires without being why data is processed: consent, an age, that people are told."""

_RULES: tuple[Rule, ...] = (
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"(?P<m>\b(?:with|upon|based (?:up)?on|on the basis of|subject to|rely(?:ing)? on|"
            r"reliance on|where (?:we|you) have(?: obtained)?|have given|given|gives?|obtain(?:ed|"
            r"ing)?|ask(?:ed|ing)? for|seek(?:ing)?|require|request|providing|unless we have|"
            r"receiv(?:e|ed)) (?:us |me )?(?:your |the |his |her |their |our |a |any |"
            r"an )?(?:\w+ (?:or|and|,) )?(?:(?:prior|express|explicit|verifiable|parental|informed|"
            r"written|affirmative|opt-in|specific|necessary|requisite|separate|additional|user['’]?s?|"
            r"data subject['’]?s?|parents?['’]?s?) ){0,3}(?:consents?|permission|authori[sz]ation|"
            r"agreement)\b(?: of [^.;,]{3,40})?)"
        ),
        expand("dpv:Consent"),
        needs=_PROCESS,
        unless=_rx(
            r"\bwithdraw\w* (your |the |any )?consent\b.{0,30}$|\bwithout your (prior )?consent\b.{0,10}$"
        ),
        confidence=0.75,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"\byou (?:hereby |expressly |thereby |also |"
            r"agree and (?:expressly )?)*consent to\b[^.;]{0,80}|"
            r"\byou are giving us permission to\b[^.;,]{0,60}|\bparental consent\b|\b(?:parent|"
            r"guardian)s?['’]?s? consent\b|\bconsent of (?:the |a |your |their )?(?:parents?|guardians?|"
            r"legal guardian)\b[^.;,]{0,30}|\bact on behalf of parents to give us consent\b"
        ),
        expand("dpv:Consent"),
        confidence=0.65,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"(?P<m>\b(?:(?:for|in) (?:the )?)?(?:necessary (?:for|to) )?(?:the )?(?:performance|"
            r"execution|fulfil?l?ment|conclusion) of (?:a |the |our |any |this )?(?:\w+ )?(?:contract|"
            r"agreement|contractual obligations?)\b(?: with you| to which[^.;,]{0,40})?|"
            r"\b(?:to )?(?:enter into (?:and|or) )?(?:perform|fulfil?l?|execute)(?:ing)? (?:a |the |"
            r"our |any |this |on )*(?:\w+ )?(?:contract|agreement|"
            r"contractual obligations?)\b[^.;,]{0,40}|\bcontractual (?:necessity|obligations?|"
            r"basis)\b|\bpre-?contractual (?:measures|obligations|steps)[^.;,]{0,30})"
        ),
        expand("dpv:Contract"),
        confidence=0.7,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"(?P<m>\b(?:to )?(?:comply|complying|compliance|complies) with (?:a |an |the |our |any |"
            r"applicable |all |such |relevant )*(?:legal|statutory|regulatory|law|laws|court|judicial|"
            r"lawful|governmental|binding)\b[^.;,:()]{0,60}|\b(?:a |our |any )?(?:legal|statutory|"
            r"regulatory) obligations?\b(?: (?:to which|under)[^.;,]{0,40})?|\b(?:as |when |where |"
            r"if |unless |to the extent )?(?:it is |we are |legally )?(?:required|permitted|obligated|"
            r"mandated|necessary)(?: to do so)?(?: or (?:permitted|authori[sz]ed))? by (?:any |the |"
            r"applicable |relevant |data protection )*laws?\b|\blegal(?:ly)? obligat(?:ion|ed)\b|"
            r"\b(?:subpoena|court order|legal process)\b)"
        ),
        expand("dpv:LegalObligation"),
        needs=_rx(
            r"\b(process\w*|collect\w*|us(e|es|ed|ing)|shar\w+|disclos\w*|retain\w*|keep|transfer\w*|"
            r"stor\w+|basis|bases|grounds?|we|law)\b"
        ),
        unless=_rx(
            r"\byou (must|agree to|are responsible|shall) comply\b|\bright(s)?\b.{0,30}\brequired by law\b"
        ),
        topics=_BASIS_TOPIC,
        confidence=0.6,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            rf"\b(?:as|when|where|if|unless|because|whenever|since) (?:the |a |any |applicable |\w+ )?laws? "
            rf"(?:obliges?|requires?|compels?|demands?|tells)\b{_NO_DUTY_TO_PROCESS}(?: (?:us|it|so|this))?|"
            rf"\blaws? (?:obliges?|requires?|compels?) us\b(?! to {_TELLING})|"
            rf"\b(?:(?:we|us) (?:(?!not\b|never\b)\w+ ){{0,3}}|(?:as|when|"
            r"where|if|unless|because) )(?P<m>(?:legally )?(?:obliged|compelled|bound)(?: to do so)? by (?:any |the |"
            r"applicable )*laws?\b)"
        ),
        expand("dpv:LegalObligation"),
        needs=_rx(
            r"\b(process\w*|collect\w*|us(e|es|ed|ing)|shar\w+|disclos\w*|retain\w*|keep|kept|transfer\w*|stor\w+|"
            r"basis|bases|grounds?|we)\b"
        ),
        unless=_rx(r"\byou (must|agree to|are responsible|shall) comply\b"),
        confidence=0.6,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"(?P<m>\b(?:(?:up)?on the basis of|based (?:up)?on|pursuing|pursue|for|rely(?:ing)? on|"
            r"reliance on|in|have|within|protect)? ?(?:our|the|their|its|a|your|company['’]s|"
            r"own)? ?(?:own )?legitimate (?:business )?interests?\b(?: (?:in|of|"
            r"pursued by)\b[^.;,(]{0,60})?)"
        ),
        expand("dpv:LegitimateInterestOfController"),
        unless=_rx(r"^\W*legitimate (and|or) lawful"),
        confidence=0.8,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(r"\bbased on our interests?(?= in\b)"),
        expand("dpv:LegitimateInterestOfController"),
        confidence=0.7,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(r"\b(?:protect\w* (?:your |the |a |any )?(?:\w+ )?)?vital interests?\b[^.;,]{0,40}"),
        expand("dpv:VitalInterest"),
        needs=_rx(r"\b(vital|disclos\w*|basis|process|belief|necessary)\b"),
        confidence=0.55,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"\b(?:performance of a )?(?:task (?:carried out )?in the |in the |"
            r"for reasons of )?(?:substantial )?public interests?\b[^.;,]{0,40}|"
            r"\bexercise of official authority\b[^.;,]{0,30}"
        ),
        expand("dpv:PublicInterest"),
        needs=_rx(r"\b(process\w*|basis|ground|task|necessary|authority)\b"),
        confidence=0.6,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"\bArt(?:icle|\.)\s?6\s?\(?1?\)?\s?(?:,? ?(?:lit\.?|letter|"
            r"point)?\s?\(?(?P<letter>[a-f])\)?)?(?: of (?:the )?GDPR| GDPR)?"
        ),
        None,
        confidence=0.7,
    ),
    Rule(
        Role.LEGAL_BASIS,
        _rx(
            r"\b(?:lawful|legal) (?:basis|bases|grounds?)\b(?!\W*(?:\(\w+\))?:)(?: (?:for|"
            r"to)\b[^.;,:]{0,60})?"
        ),
        None,
        needs=_rx(r"\b(our|is|are|have|when|process\w*)\b"),
        confidence=0.45,
    ),
)
_ARTICLE_LETTER = {
    "a": "eu-gdpr:A6-1-a",
    "b": "eu-gdpr:A6-1-b",
    "c": "eu-gdpr:A6-1-c",
    "d": "eu-gdpr:A6-1-d",
    "e": "eu-gdpr:A6-1-e",
    "f": "eu-gdpr:A6-1-f",
}
_LETTER = _rx(
    r"\bArt(?:icle|\.)\s?6\s?\(?1\)?\s?,? ?(?:lit\.?|letter|point)?\s?\(?(?P<letter>[a-f])\)?(?!\w)"
)

_INTERESTS = _rx(
    r"\b(?:legitimate (?:business )?interests?|our interests?)\b,?\s*(?:(?:in|to|such as|of|"
    r"include|including|are|is|for|namely|like)|\(|:)\s*:?\s*(?P<list>[^.;]+)"
)


_NO_INTEREST = _rx(
    r"(?:which|where|that|as|provided|we|you|this|these|the lawful|not|except|overrid\w*|do so|do this|to do so|"
    r"recital)\b|(?:art(?:icles?|\.)?|sec(?:tions?|\.)?|paragraphs?)\s*\d|(?:art|sec)\Z|"
    r"see (?:art|sec|par|below|above|§)|§|"
    r"(?:(?:in )?order )?(?:to )?(?:enter into|(?:perform|fulfil) (?:a|the|our) contract)\b|"
    r"(?:with|upon|on) (?:your|their) consent\b|(?:for |the )*(?:compliance with|fulfil?l?ment of|performance of) "
    r"(?:a |an |any |the |our )*(?:legal|contract)"
)
"""How what follows "our legitimate interests" begins where it is none: a clause, an article, another legal basis."""


_INTERESTS_ABOVE = _rx(r"\blegitimate (?:business )?interests?\b[^.;:]{0,120}:\s*$")
"""The line above a list of interests."""


# "(ii) we have a legitimate interest, (iii) you agree": the next item of a numbered list is another basis.
_NEXT_NUMBER = re.compile(r"\((?:[ivx]{1,4}|[a-h]|\d)\)", re.IGNORECASE)


# "Without verification of parental consent", "for other reasons than a contract": what is missing is no basis.
_LACKING = re.compile(
    r"\b(?:without|lack(?:ing)?|absence of|not (?:have|had|obtain(?:ed)?|receive[d]?)|"
    r"other (?:reasons )?than)\b[^.;,]{0,50}$"
    r"|\bwithout\s*$",
    re.IGNORECASE,
)


def find_bases(passage: Passage) -> Iterator[Mention]:
    """Legal bases and legitimate interests in a passage."""
    text = passage.text
    if passage.is_heading:
        return
    if passage.is_cell and re.search(
        r"\b(legal|lawful) (basis|ground)|\bbasis\b", passage.column, re.IGNORECASE
    ):
        for start, end in members(text, 0, len(text)):
            grounding = lexicon().ground(text[start:end], "legal_basis")
            yield passage.mention(
                start,
                end,
                Role.LEGAL_BASIS,
                grounding.concept if grounding else None,
                confidence=0.8,
            )
        return
    kept: list[Mention] = []
    for mention in sorted(apply_rules(_RULES, passage), key=lambda m: (-m.confidence, m.start - m.end)):
        if any(mention.start < k.end and k.start < mention.end for k in kept):
            continue
        if _LACKING.search(text[: mention.start - passage.start]):
            continue
        kept.append(mention)
    for mention in kept:
        words = text[mention.start - passage.start : mention.end - passage.start]
        letter = _LETTER.match(words)
        concept = expand(_ARTICLE_LETTER[lowered(letter.group("letter"))]) if letter else mention.concept
        yield Mention(mention.start, mention.end, mention.role, concept, confidence=mention.confidence)
    yield from _interests(passage)


def _interests(passage: Passage) -> Iterator[Mention]:
    text = passage.text
    if passage.is_item and passage.first and _INTERESTS_ABOVE.search(passage.intro):
        start, end = trim(text, 0, len(text))
        grounding = lexicon().ground(text[start:end], "purpose")
        if grounding:
            yield passage.mention(start, end, Role.LEGITIMATE_INTEREST, grounding.concept, confidence=0.65)
    for match in _INTERESTS.finditer(text):
        numbered = _NEXT_NUMBER.search(text, match.start("list"), match.end("list"))
        stop = numbered.start() if numbered else match.end("list")
        for start, end in members(text, match.start("list"), stop):
            words = text[start:end].split()
            if 1 <= len(words) <= 16 and not _NO_INTEREST.match(text, start, end):
                start, end = trim(text, start, end)
                grounding = lexicon().ground(text[start:end], "purpose")
                yield passage.mention(
                    start,
                    end,
                    Role.LEGITIMATE_INTEREST,
                    grounding.concept if grounding else expand("dpv:LegitimateInterestOfController"),
                    confidence=0.65,
                )
                if grounding:  # an interest that is pursued with data is what the data is processed for
                    yield passage.mention(
                        start,
                        end,
                        Role.PURPOSE,
                        grounding.concept,
                        confidence=0.5,
                    )
