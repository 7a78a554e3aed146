"""Choosing a mail's readable text: plain text, or its HTML laid out."""

import re
from dataclasses import replace

from deskterm.domain.links import shown_link
from deskterm.mail.phrases import Phrases
from deskterm.mail.text.html_words import bare_text
from deskterm.mail.values import Mail, Readable

_MOST_LINKS = 500
_URL = re.compile(r"https?://[^\s<>\"\x00-\x1f]{1,2000}", re.IGNORECASE)
_AFTER_URL = ".,;:!?'*_»”’"
LONGEST_STUB = 600  # characters
_LONGEST_PLACEHOLDER = 160
_LONGEST_DOUBTED = 240
_FEWEST_SHOWN = 3  # words
_FEW_SHARED = 3  # a third of the words
_WORDS = re.compile(r"[^\W_]+")
_ASKS = re.compile(r"[\d?？]")
_STUB = Phrases(
    r"(?:does not|doesn.t|cannot|can.t|unable to|not) (?:support|display|show|render|view)[^.]{0,40}html"
    r"|html[- ](?:compatible|capable|enabled|formatted|format|version|only|e-?mail)"
    r"|view (?:this|the|it)[^.]{0,40} (?:in (?:a|your|the)|online)[^.]{0,20}(?:browser|web)"
    r"|view[^.]{0,40}as a web ?page|(?:est|envoyé) (?:au|en) format html"
    r"|(?:wurde|ist|wird) im html-?format"
    r"|kann (?:diese|die|ihre) (?:nachricht|e-?mail|mail) nicht (?:anzeigen|darstellen)"
    r"|(?:unterstützt|kann) (?:kein|html)[^.]{0,40}(?:html|anzeigen|darstellen)|im browser (?:an|öffnen)"
    r"|html[^.]{0,30}(?:nicht (?:unterstützt|dargestellt|angezeigt)|anzeigen)"
    r"|(?:ne (?:supporte|prend|peut)|pas)[^.]{0,40}html|dans votre navigateur"
    r"|no (?:soporta|admite|puede)[^.]{0,40}html|en (?:su|tu) navegador"
    r"|non (?:supporta|visualizza|può)[^.]{0,40}html|nel (?:tuo )?browser"
    r"|(?:ondersteunt|kan) (?:geen|html)[^.]{0,40}html|in (?:je|uw) browser",
    near=("html", "browser", "web", "naviga", "navega", "anzeigen", "darstellen"),
)


def readable(mail: Mail) -> Readable:
    """The text to read: text/plain unless it is empty or a stub, else the HTML laid out.

    Laid-out HTML has the folds that its markup shows and numbers its links; the links of plain text are
    listed in order.
    """
    plain = mail.plain.strip()
    in_plain, shown = _words_of_both(plain, mail.html)
    if mail.html and (not plain or is_stub(plain) or _is_placeholder(plain, in_plain, shown)):
        from deskterm.mail.text.html_layout import lay_out  # noqa: PLC0415 - lxml and inscriptis, only for HTML

        laid = lay_out(mail.html)
        if laid.text.strip():
            return laid
    if (
        len(shown) >= _FEWEST_SHOWN
        and len(in_plain) <= 2 * len(shown)
        and len(in_plain & shown) * _FEW_SHARED < len(in_plain)
    ):
        return _both(plain, mail.html)
    text = mail.plain.rstrip().lstrip("\n")
    return Readable(text, links=links_of(text))


def _words_of_both(plain: str, html: str) -> tuple[set[str], set[str]]:
    """The words of a short text and of the HTML beside it; none if the text is longer or there is no HTML."""
    if not html or not plain or len(plain) > _LONGEST_DOUBTED:
        return set(), set()
    in_plain = set(_WORDS.findall(_URL.sub("", plain).casefold()))
    return in_plain, set(_WORDS.findall(bare_text(html).casefold()))


def _both(plain: str, html: str) -> Readable:
    """The text with the laid-out HTML below it, for when they differ: so nothing is lost."""
    from deskterm.mail.text.html_layout import lay_out  # noqa: PLC0415 - lxml and inscriptis, only for HTML

    laid = lay_out(html)
    if not laid.text.strip():
        return Readable(plain, links=links_of(plain))
    above = f"{plain}\n\n"
    folds = tuple(replace(one, start=one.start + len(above), end=one.end + len(above)) for one in laid.folds)
    return Readable(above + laid.text, folds, tuple(dict.fromkeys((*laid.links, *links_of(plain)))))


def is_stub(plain: str) -> bool:
    """Whether a text part only tells the reader to look at the HTML."""
    return len(plain) <= LONGEST_STUB and _STUB.appear_in(plain)


def _is_placeholder(plain: str, in_plain: set[str], shown: set[str]) -> bool:
    """Whether a short text part is a mail program's placeholder for the HTML.

    The two forms of a mail share their words (RFC 2046, 5.1.4), so a text is a placeholder if a longer HTML
    has hardly a word of it. A text that is longer, asks something or has a number is the writer's.
    """
    if len(plain) > _LONGEST_PLACEHOLDER or _ASKS.search(plain):
        return False
    return len(shown) >= max(_FEWEST_SHOWN, len(in_plain)) and (
        not in_plain or len(in_plain & shown) * 2 < len(in_plain)
    )


def links_of(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once."""
    if "://" not in text:
        return ()
    found: dict[str, None] = {}
    for url in _URL.finditer(text):
        if len(found) >= _MOST_LINKS:
            break
        if link := shown_link(_bare(url.group())):
            found[link] = None
    return tuple(found)


def _bare(url: str) -> str:
    """A web address without the punctuation of the sentence around it."""
    url = url.rstrip(_AFTER_URL)
    while url.endswith((")", "]")) and url.count(url[-1]) > url.count("(" if url[-1] == ")" else "["):
        url = url[:-1].rstrip(_AFTER_URL)
    return url
