"""Roles that a whole sentence states.

Children, changes of the policy, do-not-track, breaches, duties to provide data, automated decisions, acting as a
processor, and the places where the policy holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.rules import Rule, apply_rules
from privagraph.loaders.extraction.senses import as_meant
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.namespaces import expand

__all__ = ["find_statements"]

_AGE = r"(?:1[2-8]|thirteen|fourteen|sixteen|eighteen)"
_CHILD = (
    r"\b(?:child(?:ren)?(?:['’]s)?|minors?|kids?|(?:under|below|younger than|less than|"
    r"not (?:yet )?(?:reached|of)|over|"
    rf"at least) (?:the )?(?:age (?:of )?)?(?:\w+ )?\(?{_AGE}\)?|"
    rf"{_AGE}\)? years? (?:of age |old )?(?:and|or) (?:over|older|above)|{_AGE}\)? (?:and|or) older|"
    r"(?:ages?|aged|people|persons|users|anyone|everyone|(?:must|should|to) be|(?:you|who|they) are) (?:of )?"
    rf"\(?{_AGE}\)? (?:and|or) (?:over|above)|coppa)\b"
)
"""Words for children, and for ages; "16 or over" alone may count anything."""
_POLICY = (
    r"(?:(?:privacy|data protection|this|our|the|these|such)\s)*(?:policy|policies|notice|statement|terms)\b"
)


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_RULES: tuple[Rule, ...] = (
    Rule(
        Role.CHILD_RULE,
        _rx(_CHILD),
        needs=_rx(
            r"\b(collect|process|consent|parent|guardian|knowingly|intend|direct|design|target|"
            r"address|use|delete|remove|appl|permit|allow|register|provid|solicit|old|privacy)"
        ),
        whole=True,
        confidence=0.8,
    ),
    Rule(
        Role.CHILD_RULE,
        _rx(r"\b(parents?|guardians?|child|children|such (personal )?(data|information)|students?)\b"),
        topics=frozenset({Topic.CHILDREN}),
        whole=True,
        confidence=0.65,
    ),
    Rule(
        Role.POLICY_CHANGE,
        _rx(
            rf"\b(change|changes|changed|update|updates|updated|modify|modified|modifications?|amend|"
            rf"amended|amendments?|revise|revised|revisions?|new versions?|"
            rf"replace)\b.{{0,80}}\b{_POLICY}|{_POLICY}.{{0,80}}\b(change|changes|changed|updated?|"
            rf"updates|modified|modify|modifications?|amend(ed)?|amendments?|revised?|supersede)\b"
        ),
        needs=_rx(
            r"\b(may|might|will|reserve|from time to time|at any time|notify|notified|post|effective|"
            r"review|periodically|occasionally|can|continued use|material)\b"
        ),
        unless=_rx(r"^(last|effective|updated|date)\b|\bthird[- ]part(y|ies)\b.{0,40}\bpolic"),
        whole=True,
        confidence=0.8,
    ),
    Rule(
        Role.POLICY_CHANGE,
        _rx(
            r"\b(notif\w+|inform|post\w*|publish\w*|effective|review|check|continued|version|revis\w+|"
            r"chang\w+|updat\w+|modif\w+)\b"
        ),
        topics=frozenset({Topic.CHANGES}),
        unless=_rx(r"^(last|effective|updated) "),
        whole=True,
        confidence=0.7,
    ),
    Rule(
        Role.DNT,
        _rx(r"\bdo[- ]not[- ]track\b|\bDNT\b|\bglobal privacy control\b"),
        whole=True,
        confidence=0.9,
        unless=_rx(r"^how (do|does)\b"),
    ),
    Rule(
        Role.BREACH_NOTICE,
        concept=expand("dpv:DataBreachNotice"),
        pattern=_rx(
            r"\b(breach(es)?|security incident|unauthori[sz]ed (access|disclosure)|leak(ed|age)?|"
            r"compromised|penetration)\b"
        ),
        needs=_rx(r"\b(notify|notif(ied|ication)|inform|report|alert|announce|let you know)\b"),
        unless=_rx(r"\byou (must|should|shall) (immediately )?(notify|inform|report)"),
        whole=True,
        confidence=0.8,
    ),
    Rule(
        Role.MANDATORY_PROVISION,
        _rx(
            r"(?P<m>\b(?:if|should|in case|where|when)?\s?(?:you|users?|"
            r"the user)\b[^.]{0,40}\b(?:do(?:es)? not|don['’]t|choose not to|fail to|decline to|"
            r"refuse to|decide not to|withhold|not provid\w+|(?:block|disable|refuse|decline|reject|"
            r"delete)s?)\b[^.]{0,120}\b(?:not be able|unable|cannot|can['’]t|may not|no longer|"
            r"not (?:be )?(?:available|possible|function|work)|limited|restrict|not (?:run|function|"
            r"work)|fully experience)\b[^.]*)"
        ),
        needs=_rx(r"\b(provid|suppl|giv|shar|submit|information|data|cookies?|consent|permission)"),
        confidence=0.75,
    ),
    Rule(
        Role.MANDATORY_PROVISION,
        _rx(
            r"\b(?:provision|providing|supply|disclosure) of [^.]{0,60}\b(?:data|"
            r"information)\b[^.]{0,40}\b(?:is|are) (?:mandatory|required|obligatory|necessary|"
            r"voluntary|optional|not required|contractual|statutory)[^.]*"
        ),
        confidence=0.8,
    ),
    Rule(
        Role.MANDATORY_PROVISION,
        _rx(
            r"\b(?:you|users?) (?:are|is) (?:required|obliged|obligated) to (?:provide|supply|submit|"
            r"give)\b[^.]*|\bmandatory (?:data|information|fields?)\b[^.]*|\b(?:will|would|may|might|"
            r"can|could) no longer (?:function|work)[^.]*|\b(?:is|are) mandatory\b|"
            r"\bwe require (?:such|this|the|your|certain|some) [^.]{0,40}\b(?:information|data|"
            r"details)\b[^.]*"
        ),
        confidence=0.7,
    ),
    Rule(
        Role.MANDATORY_PROVISION,
        _rx(
            r"(?P<m>\bwithout (?:this|these|such|the|your) [^.,]{0,60},? (?:we|you|the (?:service|app|"
            r"services|website))\b[^.]{0,60}\b(?:cannot|not be|unable|not)\b[^.]*)"
        ),
        needs=_rx(r"\b(data|information|cookies)\b"),
        confidence=0.7,
    ),
    Rule(
        Role.MANDATORY_PROVISION,
        _rx(
            r"(?P<m>\b(?:services?|features?|functions?|accounts?|orders?|requests?|offers?|we|you)\b[^.;]{0,40}\b"
            r"(?:may|might|will|can|could)(?: not)? be (?:affected|limited|restricted|impaired|refused|available|"
            r"provided|able to)\b[^.;]{0,60}\b(?:if|when|where|unless) (?:you|users?) [^.;]{0,40}\b(?:provide|give|"
            r"supply|submit|share|enter)\b[^.;]*)"
        ),
        needs=_rx(r"\b(data|information|details)\b"),
        confidence=0.7,
    ),
    Rule(
        Role.AUTOMATED_DECISION,
        _rx(
            r"\bautomat(?:ed|ic)(?:ally)?(?: individual)? (?:decision|processing|profil|"
            r"analysis)[\w-]*(?:[- ]making)?(?: (?:and|or|including) profiling)?|"
            r"\bprofiling(?: purposes)?\b|\bdecisions? (?:made |"
            r"based )?solely\b[^.]{0,60}\bautomated\b[^.]{0,30}"
        ),
        expand("dpv:AutomatedDecisionMaking"),
        confidence=0.75,
    ),
    Rule(
        Role.PROCESSOR_ROLE,
        _rx(
            r"\b(?:we|us|our|company|[A-Z]\w+)\b[^.;]{0,60}\b(?:as|is|are|being|act) (?:a |an |"
            r"the )?(?:data )?processors?\b[^.;]*|\b(?:process|collect|act|use|"
            r"handle)\w*\b[^.;]{0,60}\bon behalf of (?:our |the |your |a |its )?(?:customers?|"
            r"clients?|schools?|institutions?|districts?|educational|subscribers?|organi[sz]ations?|"
            r"teachers?|employers?)\b[^.;]*"
        ),
        expand("dpv:DataProcessor"),
        unless=_rx(r"\bthird[- ]party processors\b|\bour processors\b|\bcontact your\b"),
        confidence=0.7,
    ),
    Rule(
        Role.JURISDICTION,
        concept=expand("dpv:Jurisdiction"),
        pattern=_rx(
            r"\b(?:applies|apply|applicable|directed|intended|available)\b (?:only |solely )?(?:to|"
            r"for)\b[^.;]{0,60}\b(?:users?|visitors?|residents?|individuals?|customers?|persons?|"
            r"students?|people|citizens)?\b[^.;]{0,20}\b(?:in|of|from|within|"
            r"outside)\b (?:the )?(?-i:[A-Z])[^.;,]{0,60}"
            r"|\b(?:governed by|subject to|in accordance with|"
            r"under)\b (?:and construed in accordance with )?(?:the )?(?:jurisdiction|"
            r"laws?)\b[^.;]{0,20}\b(?:of|in)\b[^.;]{0,60}"
            r"|\b(?:if you are|for|as) (?:a |an )?(?:(?-i:[A-Z])\w+ )?(?:residents?|citizens?) (?:of|"
            r"in) (?:the )?(?-i:[A-Z])[^.;,]{0,50}|\b(?-i:[A-Z])\w+ residents\b|"
            r"\bjurisdiction and laws of\b[^.;]{0,60}"
        ),
        unless=_rx(r"\bdata protection laws may differ\b"),
        confidence=0.6,
    ),
)


def find_statements(passage: Passage) -> Iterator[Mention]:
    """Whole-sentence roles in a passage; headings state nothing."""
    if passage.is_heading:
        yield from (m for m in apply_rules(_RULES, passage) if m.role is Role.AUTOMATED_DECISION)
        return
    for mention in apply_rules(_RULES, passage):
        # Whether data must be provided is told at once: the tagger may doubt such a sentence, but not silence it.
        meant = as_meant(passage, mention) if mention.role is Role.MANDATORY_PROVISION else mention
        yield meant or mention
