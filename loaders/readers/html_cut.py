"""What of a web page is not the policy: navigation, banners, forms, share buttons, hidden dialogs.

A policy that loses a sentence is worse than one that keeps a stray menu entry. So nothing is cut for its name alone
when it holds prose: the names of elements, classes and roles make a part of the page a *suspect*, and the text in it
decides. What is cut is counted, and told in the document's notes.
"""

from __future__ import annotations

import re
from collections import Counter

from privagraph.loaders.readers.html_tree import Element

__all__ = ["Cutter"]

# Dialogs of consent tools, by the ids and classes that they use. The same tools put declarations of cookies into
# policies (``ot-sdk-cookie-policy``, ``CookieDeclaration``, ``cmplz-document``), which are no dialogs.
_CONSENT_TOOLS = re.compile(
    r"onetrust-(?:consent|banner|pc|group|style)|optanon-alert|cybotcookiebotdialog|didomi-(?:host|popup|notice)|usercentrics-root|uc-banner|"
    r"qc-cmp|truste-(?:consent|banner)|consent_blackbar|trustarc-banner|cky-(?:consent|modal|overlay|preference)|cmplz-(?:cookiebanner|manage)|"
    r"moove_gdpr_cookie|cookie-law-info-bar|cookielawinfo|cc-(?:window|banner)(?:\W|$)|iubenda-cs|termly-code-snippet|osano-cm|axeptio_overlay|"
    r"klaro|borlabs-?cookie(?:box)?|sp_message|tarteaucitron(?:root|alert)|cookiefirst-root|hu-cookies|catapult-cookie-bar|eu-cookie-compliance|"
    r"fc-consent-root|ppms_cm_|orejime-|ketch-(?:banner|consent)|transcend-(?:consent|airgap)",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(
    r"cookie|consent|gdpr|ccpa|privacy-?(?:banner|popup|bar|modal|overlay)", re.IGNORECASE
)
_DIALOG_WORDS = re.compile(
    r"banner|bar\b|popup|pop-up|modal|dialog|overlay|notice|toast|message|alert|drawer|sticky|bottom",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:accept|agree|allow|got it|reject|decline|deny|manage|preferences|settings|customi[sz]e|i "
    r"understand|ok(?:ay)?|dismiss|close)\b",
    re.IGNORECASE,
)

# Words in ids, classes and roles that make a part suspect.
_SUSPECT = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|megamenu|breadcrumbs?|sidebar|side-bar|aside|"
    r"footer|foot|header|masthead|topbar|"
    r"top-bar|toolbar|share|sharing|social|socials|follow|addthis|addtoany|sharethis|newsletter|"
    r"subscribe|subscription|signup|sign-up|"
    r"login|log-in|search|searchform|related|recommended|comments?|comments-area|respond|pagination|pager|cart|"
    r"basket|promo|advert|advertisement|ads|"
    r"banner|cta|popup|pop-up|modal|overlay|toast|skip|skiplink|skip-link|lang|language|languages|"
    r"locale|langswitch|language-switcher|"
    r"language-selector|copyright|back-to-top|backtotop|scroll-top|preloader|loader|chat|"
    r"intercom|zendesk|print|feedback|rating)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_SUSPECT_TAGS = frozenset(
    {"nav", "header", "footer", "aside", "form", "dialog", "menu", "search", "figure", "fieldset"}
)
_SUSPECT_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar "
    "tablist alert status form".split()
)
_SKIP_LINK = re.compile(
    r"^(?:skip|jump|go)\s+(?:to|directly to)\b.{0,40}$|^back to top\W*$|^scroll to top\W*$", re.IGNORECASE
)
_LANGUAGES = frozenset(
    "english deutsch français español italiano português português (brasil) nederlands polski "
    "svenska dansk norsk suomi čeština magyar "
    "română türkçe русский українська 日本語 한국어 中文 简体中文 繁體中文 العربية עברית हिन्दी ไทย tiếng việt "
    "bahasa indonesia ελληνικά български "
    "hrvatski slovenčina slovenščina català".split(" ")
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|$)|"
    r"mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_SCREEN_READER = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|u-hidden-visually|"
    r"a11y-hidden|skip-link)(?:$|\s)",
    re.IGNORECASE,
)
_BLOCK_CONTENT = ("p", "li", "h1", "h2", "h3", "h4", "td")
_PANEL = re.compile(
    r"accordion|collaps|panel|toggle|tab-?(?:pane|content)|expand|faq|answer|content|details|body",
    re.IGNORECASE,
)
_SENTENCE = 60
_COLLAPSED = 160


class Cutter:
    """Decides, element by element, what of a page is cut; counts what it cut.

    Attributes:
        counts: How many parts were cut, by what they were.
        kept_hidden: How many hidden parts were kept because they hold prose.
    """

    def __init__(self, body: Element) -> None:
        self.counts: Counter[str] = Counter()
        self.kept_hidden = 0
        self._prose = max(1, body.prose_size)
        self._text = max(1, body.text_size)
        self._main = self._main_part(body)
        self._around_main: set[int] = set()
        above = self._main
        while above is not None:
            self._around_main.add(id(above))
            above = above.parent

    def cuts(self, element: Element) -> bool:
        """Whether an element is left out, with all that is in it."""
        reason = self._reason(element)
        if reason is None:
            return False
        if element.text_size:
            self.counts[reason] += 1
        return True

    def notes(self) -> list[str]:
        """What was cut, in plain sentences."""
        told: list[str] = []
        if self.counts:
            parts = ", ".join(f"{count} × {reason}" for reason, count in sorted(self.counts.items()))
            told.append(f"Cut from the page: {parts}.")
        if self.kept_hidden:
            told.append(
                f"Kept {self.kept_hidden} hidden parts of the page that hold prose, as collapsed panels do."
            )
        return told

    def _main_part(self, body: Element) -> Element | None:
        """The element that the page itself calls its main part, when it holds most of the prose."""
        best: Element | None = None
        for element in body.elements():
            named = element.tag in ("main", "article") or element.attributes.get("role") == "main"
            if (
                named
                and element.prose_size >= 0.6 * self._prose
                and (best is None or element.prose_size >= best.prose_size)
            ):
                best = element
                if element.tag == "main" or element.attributes.get("role") == "main":
                    break
        return best

    def _reason(self, element: Element) -> str | None:
        """Why an element is cut, in two or three words, or None."""
        tag, attributes = element.tag, element.attributes
        if tag in ("html", "body", "main") or id(element) in self._around_main:
            return None
        if tag in (
            "noscript",
            "select",
            "textarea",
            "input",
            "datalist",
            "progress",
            "meter",
            "output",
            "rp",
            "rt",
        ):
            return "form or script part"
        if tag == "button":
            return None if self._is_accordion_button(element) else "button"
        named = f"{attributes.get('id', '')} {attributes.get('class', '')}"
        if self._is_consent(element, named):
            return "cookie banner"
        hidden = self._is_hidden(element, named)
        if hidden:
            if not self._is_panel(element, named):
                return "hidden part"
            self.kept_hidden += 1
        if tag == "a" or (tag in ("span", "div", "p") and element.text_size <= 60):
            words = element.text().strip()
            if _SKIP_LINK.match(words):
                return "skip link"
        if self._is_language_picker(element, named):
            return "language picker"
        if self._is_outside_main(element):
            return "part outside the main content"
        if self._is_suspect(element, named) and self._holds_little(element):
            return _NAMES.get(tag, "page furniture")
        return None

    def _is_consent(self, element: Element, named: str) -> bool:
        """Whether it is a consent dialog: of a known tool, or one that asks for an answer."""
        if element.text_size > 0.5 * self._text and element.text_size > 3000:
            return False
        if _CONSENT_TOOLS.search(named):
            return element.prose_size < 0.3 * self._prose or self._asks(element)
        if not _CONSENT_WORDS.search(named):
            return False
        dialog = self._is_dialog(element) or _DIALOG_WORDS.search(named)
        return bool(dialog) and element.prose_size < max(1500, 0.2 * self._prose) and self._asks(element)

    @staticmethod
    def _asks(element: Element) -> bool:
        """Whether it has a button or link that answers a question of consent."""
        return any(
            part.tag in ("button", "a", "input") and part.text_size <= 40 and _ANSWERS.search(part.text())
            for part in element.elements()
        )

    @staticmethod
    def _is_dialog(element: Element) -> bool:
        """Whether it says that it is a dialog."""
        attributes = element.attributes
        role = attributes.get("role", "")
        return (
            element.tag == "dialog"
            or role in ("dialog", "alertdialog")
            or attributes.get("aria-modal") == "true"
        )

    @staticmethod
    def _is_hidden(element: Element, named: str) -> bool:
        """Whether browsers do not show it, as far as its own attributes tell."""
        attributes = element.attributes
        if "hidden" in attributes and attributes["hidden"].lower() != "false":
            return True
        if attributes.get("aria-hidden", "").lower() == "true" and element.prose_size == 0:
            return True
        style = attributes.get("style", "")
        if style and _HIDING_STYLE.search(style):
            return True
        return bool(_SCREEN_READER.search(named)) and element.tag not in ("h1", "h2", "h3", "h4", "h5", "h6")

    def _is_panel(self, element: Element, named: str) -> bool:
        """Whether a hidden part is one that opens on a click, so that its prose belongs to the page."""
        if element.link_size > 0.4 * element.text_size or self._is_dialog(element):
            return False
        likely = _PANEL.search(named) or (self._main is not None and element.within("main", "article"))
        before = self._sibling_before(element)
        opened = before is not None and any("aria-expanded" in part.attributes for part in before.elements())
        return element.prose_size >= (_SENTENCE if likely or opened else _COLLAPSED)

    @staticmethod
    def _sibling_before(element: Element) -> Element | None:
        """The element before this one."""
        siblings = (
            [child for child in element.parent.children if isinstance(child, Element)]
            if element.parent
            else []
        )
        place = next((index for index, child in enumerate(siblings) if child is element), 0)
        return siblings[place - 1] if place else None

    @staticmethod
    def _is_accordion_button(element: Element) -> bool:
        """Whether a button is the heading of a panel that opens."""
        attributes = element.attributes
        opens = "aria-expanded" in attributes or "aria-controls" in attributes
        return element.within("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt") or (
            opens and not element.within("nav", "header", "footer", "form") and element.text_size >= 8
        )

    @staticmethod
    def _is_language_picker(element: Element, named: str) -> bool:
        """Whether it is a choice of languages."""
        if (
            element.tag not in ("ul", "ol", "div", "nav", "section", "details", "menu")
            or element.prose_size
            or element.text_size > 1500
        ):
            return False
        links = [part for part in element.elements() if part.tag == "a"]
        if len(links) < 3 or element.link_size < 0.7 * element.text_size:
            return False
        choices = sum(
            "hreflang" in link.attributes or link.text().strip().lower() in _LANGUAGES for link in links
        )
        return choices >= 0.6 * len(links)

    def _is_outside_main(self, element: Element) -> bool:
        """Whether it stands beside the main part and holds nothing that a policy would."""
        if (
            self._main is None
            or element.parent is None
            or id(element.parent) not in self._around_main
            or element.parent is self._main
        ):
            return False
        if element.tag in ("h1", "h2", "h3") or element.find("h1") is not None:
            return False
        if _says_how_to_reach(element):
            return False
        return element.prose_size < max(300, 0.05 * self._prose)

    @staticmethod
    def _is_suspect(element: Element, named: str) -> bool:
        """Whether its tag, role or names say that it is page furniture."""
        if element.tag in _SUSPECT_TAGS or element.attributes.get("role", "").lower() in _SUSPECT_ROLES:
            return True
        return element.tag not in (
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "p",
            "li",
            "td",
            "th",
            "tr",
            "a",
            "span",
        ) and bool(named.strip() and _SUSPECT.search(named))

    def _holds_little(self, element: Element) -> bool:
        """Whether a suspect holds too little prose to be part of a policy."""
        if element.tag in ("header", "figure", "fieldset") or element.attributes.get("role") == "banner":
            # Headers carry the title and the date of the policy.
            if element.find("h1", "h2") is not None or element.within("main", "article", "section"):
                return False
            return element.prose_size < 200
        prose = element.prose_size - sum(part.prose_size for part in element.elements() if part.tag == "form")
        if element.tag == "form":
            prose = element.prose_size
        share = prose / self._prose
        if element.tag == "nav" or element.attributes.get("role") == "navigation":
            return prose < 400 or element.link_size > 0.8 * element.text_size
        if prose == 0 and not (element.tag == "footer" and _says_how_to_reach(element)):
            return self._only_furniture(element)
        if element.tag == "form":
            return prose < 300 and share < 0.2
        if share > 0.1 or prose > 1000:
            return False
        if (
            element.tag in ("footer", "aside", "dialog")
            or self._is_dialog(element)
            or element.attributes.get("role") == "contentinfo"
        ):
            if _says_how_to_reach(element):
                return False
            return not element.within("main", "article") or self._only_furniture(element)
        return prose < 300 and self._only_furniture(element)

    @staticmethod
    def _only_furniture(element: Element) -> bool:
        """Whether its text is mostly links, buttons and forms, or too little to matter."""
        named = f"{element.attributes.get('id', '')} {element.attributes.get('class', '')}"
        forms = sum(part.text_size - part.link_size for part in element.elements() if part.tag == "form")
        words = element.text_size - element.link_size - forms
        if element.tag not in ("footer", "aside", "nav", "form") and not _NEVER_POLICY.search(named):
            # A heading is worth keeping unless the part is known to hold something else.
            if element.find("h1", "h2", "h3") is not None and words > 0.5 * element.text_size:
                return False
            if _REACHABLE.search(element.text()):
                return False
        holds_text = element.find("li", "p", "td") is not None
        little = words <= 60 and (forms > 0 or not holds_text or bool(_NEVER_POLICY.search(named)))
        return words <= 0.6 * element.text_size or little or element.tag in ("footer", "form")


_NEVER_POLICY = re.compile(
    r"(?:^|[\s_-])(?:comments?|comments-area|respond|related|newsletter|subscribe|login|log-in|search|searchform|cart|basket|share|sharing|"
    r"breadcrumbs?|pagination|pager|addtoany|addthis|sharethis)(?:$|[\s_-])",
    re.IGNORECASE,
)
# An e-mail address or a date is worth more than a tidy text.
_REACHABLE = re.compile(r"\w@\w|\b(?:updated|effective|revised)\b", re.IGNORECASE)


def _says_how_to_reach(element: Element) -> bool:
    """Whether a part gives an address or a date and is no wall of links."""
    return element.link_size < 0.5 * element.text_size and bool(_REACHABLE.search(element.text()))


_NAMES = {
    "nav": "navigation",
    "header": "page header",
    "footer": "page footer",
    "aside": "side part",
    "form": "form",
    "dialog": "dialog",
}
