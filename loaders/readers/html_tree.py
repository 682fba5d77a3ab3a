"""A web page as a light tree that is safe to walk.

The page is parsed as browsers parse it (https://html.spec.whatwg.org/multipage/parsing.html) by lexbor, through
selectolax, and copied into plain Python values. On the way, what could harm is bounded: nesting deeper than
:data:`DEEPEST` is flattened, and pages whose markup would take the parser more than linear time are simplified before
it sees them. No text is lost by either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["DEEPEST", "Element", "parse"]

DEEPEST = 100
"""The deepest nesting that is kept; what lies deeper is hung up at this depth."""

# Elements whose content is no text of the page.
_DROPPED = frozenset(
    "script style template svg iframe object embed canvas audio video map math datalist frameset "
    "noframes applet".split()
)


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page.

    Attributes:
        tag: Its name in lower case.
        attributes: Its attributes; one without a value is an empty string.
        children: Elements and strings in order.
        parent: The element around it.
        text_size: How many characters of text it holds, runs of blanks counted once.
        link_size: How many of them are in links and buttons.
        prose_size: How many of them are in stretches long enough to be sentences, outside links.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None
    text_size: int = 0
    link_size: int = 0
    prose_size: int = 0

    @property
    def is_address(self) -> bool:
        """Whether it is a link to an e-mail address or a telephone number, whose words are part of the text."""
        return self.tag == "a" and self.attributes.get("href", "").strip().lower().startswith(
            ("mailto:", "tel:")
        )

    def elements(self) -> Iterator[Element]:
        """The element itself and all elements in it, in the order of the page."""
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def find(self, *tags: str) -> Element | None:
        """The first element of one of the names within it, or None."""
        return next(
            (element for element in self.elements() if element.tag in tags and element is not self), None
        )

    def within(self, *tags: str) -> bool:
        """Whether it lies in an element of one of the names."""
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False

    def text(self) -> str:
        """All text in it, runs of blanks as they are."""
        pieces: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                stack.extend(reversed(node.children))
                if node.tag == "br":
                    pieces.append("\n")
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    Attributes:
        root: The ``html`` element.
        body: Its ``body``.
        frames: Addresses of the frames that the page shows.
        notes: What was simplified.
    """

    root: Element
    body: Element
    frames: tuple[str, ...]
    notes: tuple[str, ...]


def parse(markup: str) -> Page:
    """Parse a page.

    Args:
        markup: The decoded page.

    Returns:
        The page; every page has a body, if an empty one.
    """
    markup, notes = _tamed(markup)
    # The parser works on UTF-8; lone surrogates have none.
    tree = LexborHTMLParser(markup.encode("utf-8", "replace"))
    top = tree.root
    frames: list[str] = []
    if top is None:
        empty = Element("html")
        return Page(empty, empty, (), tuple(notes))
    root = _copy(top, frames)
    body = next(
        (child for child in root.children if isinstance(child, Element) and child.tag == "body"), root
    )
    _measure(root)
    return Page(root, body, tuple(frames), tuple(notes))


def _copy(top: LexborNode, frames: list[str]) -> Element:
    """The tree as plain values; iterative, because pages nest as deep as they like."""
    root = Element(top.tag or "html", _attributes(top))
    # (node, the element it goes into, depth)
    stack: list[tuple[LexborNode, Element, int]] = []
    child = top.first_child
    if child is not None:
        stack.append((child, root, 1))
    while stack:
        node, into, depth = stack.pop()
        following = node.next
        if following is not None:
            stack.append((following, into, depth))
        tag = node.tag or ""
        if tag == "-text":
            into.children.append(node.text_content or "")
            continue
        if tag[:1] in ("-", "!", "_") or tag in _DROPPED:
            if tag == "iframe" and (source := node.attributes.get("src")):
                frames.append(source)
            continue
        if depth > DEEPEST and tag in (
            "div",
            "span",
            "font",
            "b",
            "i",
            "em",
            "strong",
            "section",
            "center",
            "a",
            "u",
            "small",
        ):
            element = into  # flattened: its children go where it would have gone
            if tag in ("div", "section", "center"):
                into.children.append(Element("p", parent=into))
        else:
            element = Element(tag, _attributes(node), parent=into)
            into.children.append(element)
        inner = node.first_child
        if inner is not None:
            stack.append((inner, element, min(depth + 1, DEEPEST + 1)))
    return root


def _attributes(node: LexborNode) -> dict[str, str]:
    """The attributes that matter for reading."""
    return {
        name: value or ""
        for name, value in node.attributes.items()
        if name in _KEPT or name.startswith("aria-")
    }


_KEPT = frozenset(
    "id class role lang xml:lang hidden style href hreflang scope colspan rowspan start open name "
    "content property type http-equiv data-cfemail".split()
)

_PROSE = 50
_CLICKABLE = frozenset({"a", "button", "select", "option", "label", "input", "textarea"})


def _measure(root: Element) -> None:
    """Count the text in every element, from the leaves up."""
    order = list(root.elements())
    clickable: set[int] = set()
    for element in order:
        if (element.tag in _CLICKABLE and not element.is_address) or (
            element.parent is not None and id(element.parent) in clickable
        ):
            clickable.add(id(element))
    for element in reversed(order):
        inside_link = id(element) in clickable
        run = 0  # a sentence may be torn into pieces by inline elements
        for child in element.children:
            if isinstance(child, str):
                size = len(" ".join(child.split()))
                element.text_size += size
                if inside_link:
                    element.link_size += size
                else:
                    run += size
            else:
                element.text_size += child.text_size
                element.link_size += child.link_size
                if child.tag in _INLINE and not child.prose_size:
                    run += child.text_size - child.link_size
                else:
                    element.prose_size += child.prose_size
        if run >= _PROSE:
            element.prose_size += run


_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time "
    "tt u var wbr nobr acronym br".split()
)

# --- markup that would take the parser more than linear time --------------------------------------------------------

_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|(!--))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:[^\s/>=][^\s/>=]*)?\s*(?:=\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s>"'][^\s>]*)?)?"""
)
_OPTIONAL_END = frozenset(
    "p li td tr th dt dd option optgroup thead tbody tfoot colgroup col br hr img input meta link "
    "area base embed param source "
    "track wbr html head body".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
_MOST_OPEN = 2000
_MOST_FORMATTING = 100
_MOST_ATTRIBUTES = 400


@dataclass(slots=True)
class _Survey:
    """What a look at the tags of a page shows, without building anything."""

    deepest: int = 0
    most_formatting: int = 0
    floods: list[tuple[int, int, str]] = field(default_factory=list)


def _tamed(markup: str) -> tuple[str, list[str]]:
    """The markup, simplified where it would take the parser too long, and what was simplified."""
    survey = _survey(markup)
    notes: list[str] = []
    if survey.floods:
        pieces: list[str] = []
        at = 0
        for start, end, name in survey.floods:
            pieces += (markup[at:start], f"<{name}>")
            at = end
        markup = "".join((*pieces, markup[at:]))
        notes.append("The page has elements with hundreds of attributes; those attributes were ignored.")
    if survey.most_formatting > _MOST_FORMATTING:
        markup = _FORMATTING_TAG.sub("", markup)
        notes.append(
            "The page leaves hundreds of formatting elements open; bold, links and their like were ignored."
        )
    if survey.deepest > _MOST_OPEN:
        markup = _ANY_TAG.sub(_only_plain, markup)
        notes.append(
            "The page nests thousands of elements; only its headings, paragraphs and items were read as such."
        )
    return markup, notes


_FORMATTING_TAG = re.compile(
    rf"</?(?:{'|'.join(sorted(_FORMATTING, key=len, reverse=True))})(?=[\s/>])[^<>]*>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?([a-zA-Z][^\s/<>]*)[^<>]*>")
_KEPT_PLAIN = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "br",
        "script",
        "style",
        "title",
        "head",
        "body",
        "template",
    }
)


def _only_plain(tag: re.Match[str]) -> str:
    """A tag as it is when it nests nothing, a paragraph for one that makes a block, nothing for the rest."""
    name = tag.group(1).lower()
    if name in _KEPT_PLAIN:
        return tag.group()
    return "" if name in _INLINE else "<p>"


def _survey(markup: str) -> _Survey:
    """Look at every tag once; linear in the length of the page, whatever is in it."""
    survey = _Survey()
    depth = formatting = at = 0
    while (found := _TAG.search(markup, at)) is not None:
        if found.group(3):
            end = markup.find("-->", found.end() - 2)
            at = len(markup) if end < 0 else end + 3
            continue
        closing, name = found.group(1), found.group(2).lower()
        at = found.end()
        count = 0
        while at < len(markup) and markup[at] != ">":
            at = max(_end_of_attribute(markup, at), at + 1)
            count += 1
        if count > _MOST_ATTRIBUTES:
            survey.floods.append((found.start(), min(at + 1, len(markup)), closing + name))
        if name in _RAW_END and not closing:
            ending = _RAW_END[name].search(markup, at)
            at = len(markup) if ending is None else ending.start()
            continue
        if name in _OPTIONAL_END:
            continue
        step = -1 if closing else 1
        depth = max(0, depth + step)
        survey.deepest = max(survey.deepest, depth)
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
            survey.most_formatting = max(survey.most_formatting, formatting)
    return survey


def _end_of_attribute(markup: str, at: int) -> int:
    """Where the attribute that begins at a place ends."""
    found = _ATTRIBUTE.match(markup, at)
    return found.end() if found else at
