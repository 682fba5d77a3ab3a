"""A web page as a light tree that is safe to walk.

The page is parsed as browsers parse it (https://html.spec.whatwg.org/multipage/parsing.html) by lexbor, through
selectolax, and copied into plain Python values. On the way, what could harm is bounded: nesting deeper than
:data:`DEEPEST` is flattened, and pages whose markup would take the parser more than linear time are simplified before
it sees them. No text is lost by either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from privagraph.loaders.readers.html_tame import INLINE, tamed

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
    markup, notes = tamed(markup)
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
_LONG = 1_000_000
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
                # To count the blanks of megabytes would take many times their memory.
                size = len(" ".join(child.split())) if len(child) < _LONG else len(child)
                element.text_size += size
                if inside_link:
                    element.link_size += size
                else:
                    run += size
            else:
                element.text_size += child.text_size
                element.link_size += child.link_size
                if child.tag in INLINE and not child.prose_size:
                    run += child.text_size - child.link_size
                else:
                    element.prose_size += child.prose_size
        if run >= _PROSE:
            element.prose_size += run
