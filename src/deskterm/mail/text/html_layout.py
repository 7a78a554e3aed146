"""Laying out HTML mail as text: links numbered, images by name, data tables aligned.

Only this module and the `html_*` modules it uses import lxml and inscriptis, which are slow to load:
`readable.py` imports it when the first HTML mail is read.
"""

import re

from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.html import HtmlElement

from deskterm.domain.links import shown_link
from deskterm.domain.text import block, line
from deskterm.mail.text.html_blocks import BLOCKS
from deskterm.mail.text.html_bounds import bound_attributes
from deskterm.mail.text.html_quotes import remove_marks, set_marks
from deskterm.mail.text.html_tables import GAP, settle_tables
from deskterm.mail.text.html_tree import style_of, tree_text, visible_tree
from deskterm.mail.text.html_words import bare_text
from deskterm.mail.values import Readable

_MOST_LINKS = 500
_ALT_CHARS = 120
_BLANKS = re.compile(r"\n{3,}")
_ONE_PIXEL = ("0", "1", "2", "0px", "1px", "2px")
_AMPERSAND = "\ufdd4"  # a noncharacter, like the marks of `html_quotes.py`
_STYLES = CSS_PROFILES["strict"]
_UNKNOWN = BLOCKS - _STYLES.keys() - {"table", "html"}  # blocks that the layout would run together
_CONFIG = ParserConfig(
    css={**_STYLES, **dict.fromkeys(_UNKNOWN, _STYLES["div"])}, display_images=False, display_links=False
)


def lay_out(markup: str) -> Readable:
    """HTML as text, with its links in the order of their numbers and its quotes as folds."""
    body = visible_tree(markup)
    if body is None:
        return Readable(_tidy_spaces(block(bare_text(markup))))
    held = list(body.iter())  # keeps lxml from creating each element anew for every access
    _name_images(body)
    links = _number_links(body)
    set_marks(body)
    settle_tables(body)
    bound_attributes(held)
    _set_ampersands_aside(body)
    shown = Inscriptis(body, _CONFIG).get_text().replace(_AMPERSAND, "&").replace(GAP, "  ")
    text, folds = remove_marks(_tidy_spaces(block(shown)))
    if not text.strip():
        return Readable(_tidy_spaces(block(bare_text(markup))), links=links)
    return Readable(text, folds, links)


def _tidy_spaces(text: str) -> str:
    """Remove spaces at line ends, and blank lines beyond one."""
    return _BLANKS.sub("\n\n", "\n".join([row.rstrip(" \xa0") for row in text.split("\n")])).strip("\n")


def _set_ampersands_aside(body: HtmlElement) -> None:
    """Replace ampersands, because Inscriptis would decode `&lt;` in a text again, in a table twice."""
    if "&" not in body.text_content():
        return
    for element in body.iter():
        if element.text and "&" in element.text:
            element.text = tree_text(element.text.replace("&", _AMPERSAND))
        if element.tail and "&" in element.tail:
            element.tail = tree_text(element.tail.replace("&", _AMPERSAND))


def _name_images(body: HtmlElement) -> None:
    """Replace images by their names; tracking pixels and nameless images are removed."""
    for image in list(body.iter("img")):
        name = line(image.get("alt", "")).strip()[:_ALT_CHARS]
        shown = f"[{name}]" if name and not _is_pixel(image) else ""
        image.tag = "span"
        image.text = tree_text(shown)


def _is_pixel(image: HtmlElement) -> bool:
    if image.get("width", "") in _ONE_PIXEL and image.get("height", "") in _ONE_PIXEL:
        return True
    style = style_of(image)
    return "width:1px" in style and "height:1px" in style and "max-" not in style


def _number_links(body: HtmlElement) -> tuple[str, ...]:
    """Write a number after each web link and the address after a mail link; returns the web links."""
    anchors = [(anchor, anchor.get("href", "").strip(), _words(anchor)) for anchor in body.iter("a")]
    worded = {target for _, target, text in anchors if text}
    numbers: dict[str, int] = {}
    for anchor, target, text in anchors:
        if target[:7].lower() == "mailto:":
            _show_address(anchor, target, text)
        elif not text and target in worded:
            continue  # a nameless image beside its own words
        elif (link := shown_link(target)) and (link in numbers or len(numbers) < _MOST_LINKS):
            number = numbers.setdefault(link, len(numbers) + 1)
            _append(anchor, f" [{number}]" if text else f"{_host(link)} [{number}]")
    return tuple(numbers)


def _words(anchor: HtmlElement) -> str:
    return " ".join(anchor.text_content().split())


def _show_address(anchor: HtmlElement, target: str, text: str) -> None:
    address = line(target[7:].partition("?")[0])
    if text and address and address.lower() not in text.lower():
        _append(anchor, f" <{address}>")


def _host(link: str) -> str:
    return link.split("/", 3)[2].rpartition("@")[2].removeprefix("www.")


def _append(anchor: HtmlElement, text: str) -> None:
    """Add text after the last words of a link, before spaces and line breaks at its end."""
    at = len(anchor) - 1
    while at >= 0 and anchor[at].tag in ("br", "hr") and not (anchor[at].tail or "").strip():
        at -= 1
    if at < 0:
        anchor.text = tree_text((anchor.text or "").rstrip(), text)
    elif (tail := (anchor[at].tail or "").rstrip()) or anchor[at].tag in ("br", "hr"):
        anchor[at].tail = tree_text(tail, text)
    else:
        _append(anchor[at], text)
