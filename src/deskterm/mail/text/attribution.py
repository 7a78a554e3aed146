"""Attribution lines above a quote, "On 3 March Jana Mertens wrote:", in many languages.

A line is judged by what it contains (a word for writing, a date, a time, an address in brackets, a final
colon), not by one pattern per language, so that wrapped and unusual forms are found too.
"""

import re
from typing import NamedTuple

_LONGEST = 320  # characters of an attribution, its wrapped lines joined
_WRAPPED = 90  # characters of a line that was wrapped
_NAME_AND_VERB = 6  # words of `---- Jana Mertens a écrit ----`
_LINES = 4  # over which one attribution may be wrapped

# Words for writing, as mail programs use them. Latin, Greek and Cyrillic ones must be whole words.
_WROTE = (
    "wrote|writes|quoting|zitat von|citando|citat från|schrieb|schreibt|hat geschrieben|a écrit|écrit"
    "|a ecrit|escribió|escribio|ha escrito|ha scritto|scrive|schreef|geschreven|escreveu|napisał|napisała"
    "|napisał\\(a\\)|pisze|napisana przez|skrev|kirjoitti|napsal|napsala|napsal\\(a\\)|napísal"
    "|napísal\\(a\\)|yazdı|yazmış|написал|написала|написал\\(а\\)|пишет|писал|пише|написав|написала|написа"
    "|írta|έγραψε|a scris|va escriure|missatge de|je napisao|je napisala|rašė|rakstīja|kirjutas|đã viết"
    "|menulis|escribiu|idatzi du"
)
_WROTE_UNSPACED = (
    "写道|寫道|写了|のメール|のメッセージ|さんは書きました|が書きました|님이 작성|작성|님의 말|כתב|كتب"
)
_VERB = re.compile(rf"(?<!\w)(?:{_WROTE})(?!\w)|{_WROTE_UNSPACED}", re.IGNORECASE)
_DATE = re.compile(
    r"\d{4}\s?[-/.年년]|\d{1,2}[./-]\s?\d{1,2}[./-]|\d{1,2}\.?\s(?:\w+\.?\s){1,3}\d{2,4}"
    r"|\w+\.?\s\d{1,2}(?:st|nd|rd|th)?,\s?\d{4}|(?<![:.\d])\d{1,2}\.?\s\w{3,}"
)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)")
_BRACKETED = re.compile(r"[<(\[]\s?(?:mailto:)?[^<>()\[\]@\n]{1,100}@[^<>()\[\]\s@]+")
_STARTS_WITH_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{3,200}\s")
_ENDS_WITH_ADDRESS = re.compile(r"@[^\s<>()]+\s?[>)\]]*\W{0,3}$")
_CLOSED = re.compile(r"[:：][*_\s>|]*$")
_BY_YOU_OR_ME = re.compile(
    r"(?<!\w)(?:I|you|ich|Sie|du|vous|usted|Lei|ik|jij|jag|jeg|je vous|j'ai|io|yo|ja)(?!\w)"
)
_SENTENCE = re.compile(r"[?!]|[^\W\d]{6,}\.\s+[A-ZÄÖÜ]")
_OPENS = re.compile(
    r"\W*(?:on|at|am|den|vào|pada|le|el|il|op|em|no dia|w dniu|dnia|dne|på|il giorno|στις|на|в|在|于)\b",
    re.IGNORECASE,
)
_UNCOLONED = re.compile(
    r"^\d{4}([-/])\d{1,2}\1\d{1,2}\s(?:\d{1,2}:\d{2}\s(?:GMT|UTC)\S*\s\S|[^<]{1,60}<[^<>\s]+@[^<>\s]+>)"
)


class Attribution(NamedTuple):
    """The lines `first` to `last` (exclusive). `sure`: it is one even if no quote marks follow."""

    first: int
    last: int
    sure: bool


def attribution_ending(lines: list[str], at: int) -> Attribution | None:
    """The attribution whose last line is `at`, with the lines before it that it was wrapped over."""
    line = lines[at]
    if len(line) > _LONGEST:
        return None
    tail = line[-8:]
    if tail.rstrip().endswith("--"):
        return _between_dashes(lines, at)
    if (":" not in tail and "：" not in tail) or not _CLOSED.search(tail):
        return Attribution(at, at + 1, sure=True) if _is_old_gmail_line(line) else None
    found = None
    for first, joined in _windows(lines, at):
        sure = _judge(joined)
        if sure is None or (found and found.sure and not _dates_it(joined)):
            continue
        if sure and (_DATE.search(joined[:45]) or _TIME.search(joined[:45])):
            return _with_line_above(lines, Attribution(first, at + 1, sure))
        if sure and (_DATE.search(joined) or _TIME.search(joined)):
            return Attribution(first, at + 1, sure)
        if found is None or sure:
            found = Attribution(first, at + 1, sure)
    return found


def _dates_it(joined: str) -> bool:
    """Whether the line above a name and an address is their date, and not the writer's own words."""
    head = joined[:60]
    return bool(_DATE.search(head) and (_TIME.search(head) or _OPENS.match(head)))


def _between_dashes(lines: list[str], at: int) -> Attribution | None:
    """Zoho's form: `---- On Thu, 03 Mar 2022 17:21:10 +0100 Jana <jana@mertens.example> wrote ----`."""
    for first, joined in _windows(lines, at):
        if joined.startswith("--"):
            bare = joined.strip(" -")
            named = _VERB.search(bare) and len(bare.split()) <= _NAME_AND_VERB
            return Attribution(first, at + 1, sure=True) if named or _judge(bare) else None
    return None


def _windows(lines: list[str], at: int) -> list[tuple[int, str]]:
    """The line alone, then joined with up to three lines before it, as far as they can belong together."""
    found, joined, first = [(at, lines[at].strip())], lines[at].strip(), at
    for _ in range(_LINES - 1):
        first -= 1
        if first >= 0 and not lines[first].strip() and joined.startswith("<"):
            first -= 1  # some programs put the address on a line of its own
        if first < 0 or not lines[first].strip() or len(joined) + len(lines[first]) > _LONGEST:
            break
        if lines[first].lstrip().startswith(">") or _CLOSED.search(lines[first][-8:]):
            break
        joined = f"{lines[first].strip()} {joined}"
        found.append((first, joined))
    return found


def _judge(joined: str) -> bool | None:
    """True: surely an attribution. False: only if quote marks follow. None: not an attribution.

    The cheap checks come first: most lines that end in a colon are not attributions.
    """
    if joined.startswith(">"):
        return None
    address = _BRACKETED.search(joined) if "@" in joined else None
    written = _VERB.search(joined)
    if not (written or address) or _SENTENCE.search(_BRACKETED.sub("", joined) if address else joined):
        return None
    if written:
        named = address or _STARTS_WITH_ADDRESS.match(joined)
        return bool(named or (_DATE.search(joined) and _TIME.search(joined))) and not _BY_YOU_OR_ME.search(
            joined
        )
    dated = _DATE.search(joined) and _TIME.search(joined)
    return True if dated and _ENDS_WITH_ADDRESS.search(joined.rstrip(":：*_ ")) else None


def _with_line_above(lines: list[str], found: Attribution) -> Attribution:
    """Add the line above if the attribution was wrapped before the time or after the writer's address."""
    above = lines[found.first - 1].strip() if found.first else ""
    mine = " ".join(lines[found.first : found.last]).strip()
    ended = above[-1:] in ".!?:" and not (_OPENS.match(above) and _DATE.search(above))
    if ended or len(above) > _WRAPPED or (_OPENS.match(mine) and _DATE.search(mine)):
        return found
    has_date = _DATE.search(mine) and _TIME.search(mine)
    belongs = not has_date and (_DATE.search(above) or _TIME.search(above))
    if belongs or (_BRACKETED.search(above) and not _BRACKETED.search(mine)):
        return found._replace(first=found.first - 1)
    return found


def _is_old_gmail_line(line: str) -> bool:
    """Whether it is Gmail's older form "2016-03-03 17:21 GMT+01:00 Name", without a word for writing."""
    return line[:4].isdigit() and bool(_UNCOLONED.match(line))
