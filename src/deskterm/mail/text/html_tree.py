"""HTML mail as a tree without its hidden parts. Fetches nothing, runs nothing.

The tree has at most 20,000 elements, 150 levels and tags of 2,000 characters. A mail with more gives `None`
here and is read as bare text instead.
"""

import re

from lxml import etree, html
from lxml.html import HtmlElement

from deskterm.domain.text import block

_MOST_CHARS = 1 << 20
_MOST_ELEMENTS = 20_000
_DEEPEST = 150
_LONGEST_TAG = 2000
_PARSER = html.HTMLParser(huge_tree=True, remove_comments=True)
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,30})([^<>]{2000,})(>?)")
_KEPT_ATTRIBUTE = re.compile(
    r"\s(href|alt|id|class|type)\s*=\s*(\"[^\"]{0,1900}\"|'[^']{0,1900}'|[^\s\"'>]{1,1900})", re.IGNORECASE
)
_KEPT_WITHIN = 20_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_MARKS = re.compile("[\ufdd0-\ufddf\x00]|&#(?:0*649[67]\\d|x0*fdd[0-9a-f]);?", re.IGNORECASE)
# References to characters that lxml refuses: controls except tab and line ends, surrogates, U+FFFE, U+FFFF.
_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|5529[6-9]|55[3-9]\d\d|56\d\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3]"
    r"|6553[45])(?!\d)|x0*(?:[0-8bce-f]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
_NO_TREE_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = frozenset("script style title template noscript svg object select textarea map".split())
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|(?:opacity|max-height|max-width):0(?:px|%|\.0+)?(?=;|!|$))"
)
_TINY_TEXT = re.compile(r"(?:^|;)font-size:[01](?:px|pt|em)?(?=;|!|$)")
_PREVIEW = re.compile(r"\b(?:pre-?header|preview-?text)\b", re.IGNORECASE)
_PREVIEW_CHARS = 400


def visible_tree(markup: str) -> HtmlElement | None:
    """The body of an HTML mail without its hidden parts; None if it is empty or too large."""
    markup = _parsable(block(_DECLARATION.sub("", markup[:_MOST_CHARS], count=1)))
    if not markup.strip() or markup.count("<") > 3 * _MOST_ELEMENTS:
        return None
    try:
        root = html.document_fromstring(markup, parser=_PARSER)
    except etree.ParserError:  # nothing but a declaration or an end tag
        return None
    body = root.find("body")
    body = root if body is None else body
    elements = list(body.iter())
    if len(elements) > _MOST_ELEMENTS or (len(elements) > _DEEPEST and not _is_flat(body)):
        return None
    _drop_hidden(body, elements)
    return body


def _parsable(markup: str) -> str:
    """The markup without our own marks, characters that lxml refuses, and overlong tags."""
    if "&#" in markup or not markup.isascii():
        markup = _CONTROL.sub("\ufffd", _MARKS.sub("", markup))
    if max(map(len, markup.split("<"))) > _LONGEST_TAG:
        markup = _LONG_TAG.sub(_short_tag, markup)
    return markup


def tree_text(*texts: str | None) -> str:
    """Join texts for the tree, without the control characters that lxml refuses."""
    return _NO_TREE_TEXT.sub("\ufffd", "".join(text for text in texts if text))


def style_of(element: HtmlElement) -> str:
    """An element's own style in lower case, without spaces."""
    return "".join(element.get("style", "").lower().split())


def _short_tag(tag: re.Match[str]) -> str:
    """An overlong tag with only the few attributes that matter."""
    kept = dict.fromkeys(found.group() for found in _KEPT_ATTRIBUTE.finditer(tag[2], 0, _KEPT_WITHIN))
    return f"<{tag[1]}{''.join(list(kept)[:5])}>"


def _is_flat(body: HtmlElement) -> bool:
    """Whether its elements are not nested too deeply."""
    depth = 0
    level = [body]
    while level:
        depth += 1
        if depth > _DEEPEST:
            return False
        level = [child for element in level for child in element]
    return True


def _drop_hidden(body: HtmlElement, elements: list[HtmlElement]) -> None:
    for element in elements:
        if not isinstance(element.tag, str):
            if element.getparent() is not None:
                element.drop_tree()
        elif element is not body and (element.tag in _UNSEEN or (element.keys() and _is_hidden(element))):
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or (element.tag == "input" and element.get("type") == "hidden"):
        return True
    if "style" in element.attrib:
        style = style_of(element)
        if _HIDDEN.search(style):
            return True
        if _TINY_TEXT.search(style):
            return not any("style" in child.attrib for child in element.iterdescendants())
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(named.strip() and _PREVIEW.search(named)) and len(element.text_content()) < _PREVIEW_CHARS
