"""What a reader of the page of validation has chosen, as its address says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from starlette.datastructures import ImmutableMultiDict

from privagraph.errors import ProfileError
from privagraph.ontology.shown import one_line
from privagraph.shapes.results import Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import DEFAULT_PROFILES, Profile, Severity, select_profiles
from privagraph.web.links import page_number
from privagraph.web.page_error import PageError

if TYPE_CHECKING:
    from privagraph.web.policies import PolicyCard
    from privagraph.web.site import Site

__all__ = ["Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown.

    Attributes:
        policies: The policies that were named; none for all.
        profiles: The profiles that are checked.
        severities: The severities that are shown; none for all.
        rule: Name of the one rule that is shown; empty for all.
        words: What a finding must say somewhere; empty for any.
        find: What the name of a policy must hold; empty for any.
        by_rule: Whether findings are grouped by rule, not by policy.
        page: Which page of it, from 1.
    """

    policies: tuple[PolicyCard, ...] = ()
    profiles: tuple[Profile, ...] = ()
    severities: frozenset[Severity] = frozenset()
    rule: str = ""
    words: str = ""
    find: str = ""
    by_rule: bool = False
    page: int = 1

    @classmethod
    def of(cls, asked: ImmutableMultiDict[str, object], site: Site) -> Self:
        """What an address, or a form, says.

        Raises:
            PageError: It names a policy, profile or severity that there is not.
        """

        def words(name: str) -> str:
            return " ".join(str(asked.get(name, "")).split())

        def several(name: str) -> list[str]:
            return list(dict.fromkeys(str(each) for each in asked.getlist(name) if each))

        try:
            profiles = select_profiles(several("profile") or DEFAULT_PROFILES)
        except ProfileError as error:
            raise PageError(400, f"{error}.", "The filters of the page name those that there are.") from error
        grave = several("severity")
        unknown = sorted(set(grave) - set(Severity))
        if unknown:
            known = ", ".join(Severity)
            raise PageError(400, f"There is no severity {unknown[0]}.", f"Severities are {known}.")
        return cls(
            policies=tuple(site.policy(key) for key in several("policy")),
            profiles=profiles,
            severities=frozenset(map(Severity, grave)),
            rule=words("rule"),
            words=words("q"),
            find=words("find"),
            by_rule=words("group") == "rule",
            page=page_number(words("page")),
        )

    @property
    def is_usual(self) -> bool:
        """Whether the profiles are those that are checked where none is named."""
        return tuple(each.name for each in self.profiles) == DEFAULT_PROFILES

    @property
    def narrows(self) -> bool:
        """Whether some findings are left out."""
        return bool(self.severities or self.rule or self.words)

    def address(self, path: str = "/validation", **changed: object) -> str:
        """The address of this choice, or of one that differs from it.

        Args:
            path: The page.
            **changed: What differs: ``policy``, ``rule``, ``page``, ``group``, ``form``, and so on; an empty value
                leaves it out. What differs otherwise than in its page begins with the first.
        """
        said: dict[str, object] = {
            "policy": [each.key for each in self.policies],
            "profile": [] if self.is_usual else [each.name for each in self.profiles],
            "severity": [each for each in Severity if each in self.severities],
            "rule": self.rule,
            "q": self.words,
            "find": self.find,
            "group": "rule" if self.by_rule else "",
            "page": "" if changed or self.page == 1 else str(self.page),
        }
        said.update(changed)
        pairs = [
            (name, str(each))
            for name, value in said.items()
            for each in (value if isinstance(value, list) else [value])
            if each
        ]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def narrowed(self, report: ValidationReport, *, rule: bool = True) -> ValidationReport:
        """A report with the findings that are asked for; its items stay.

        Args:
            report: The report.
            rule: Whether the rule counts; without it the rules can be told that there are to choose from.
        """
        if not self.narrows:
            return report
        keeps = self._keeps(rule)
        return ValidationReport(
            report.profiles,
            tuple(
                PolicyResult(
                    each.policy,
                    each.sources,
                    each.label,
                    tuple(finding for finding in each.findings if keeps(each, finding)),
                    each.items,
                )
                for each in report.policies
            ),
            report.checked_on,
        )

    def _keeps(self, rule: bool) -> Callable[[PolicyResult, Finding], bool]:
        wanted = self.words.casefold()

        def keeps(result: PolicyResult, finding: Finding) -> bool:
            if self.severities and finding.severity not in self.severities:
                return False
            if rule and self.rule and finding.rule.name != self.rule:
                return False
            return not wanted or wanted in _said(result, finding)

        return keeps


def _said(result: PolicyResult, finding: Finding) -> str:
    """All that the page says of a finding, to search in."""
    rule = finding.rule
    parts = (result.name, result.label, rule.name, rule.title, finding.message, rule.remedy)
    words = (f"{each.before}{each.quote}{each.after}" for each in finding.evidence)
    return one_line(" ".join((*parts, *words))).casefold()
