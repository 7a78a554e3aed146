"""Guessing the charset of bytes from how much like a text they look in each candidate."""

import unicodedata

from deskterm.lazy_regex import lazy_regex

_CANDIDATES = (
    "cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp874", "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_SAMPLE = 2_000  # bytes
_LEAST_HIGH = 0.3  # share of letters beyond ASCII; with fewer it is a Latin text with accents
_LEAST_RATE = 0.25
_WORD = lazy_regex(r"[^\W\d_]+")
_SCRIPTS = {
    "cyrillic": lazy_regex("[\u0410-\u044f\u0401\u0451\u0404-\u0407\u0454-\u0457]"),
    "greek": lazy_regex("[\u0370-\u03ff]"),
    "hebrew": lazy_regex("[\u05d0-\u05ea]"),
    "arabic": lazy_regex("[\u0620-\u06ff]"),
    "thai": lazy_regex("[\u0e00-\u0e7f]"),
    "hangul": lazy_regex("[\uac00-\ud7a3]"),
    "japanese": lazy_regex("[\u3040-\u30ff\u4e00-\u9fff\u3001\u3002\uff01-\uff5e]"),
    "chinese": lazy_regex("[\u4e00-\u9fff\u3001\u3002\uff01-\uff5e]"),
}
_LAST_INSIDE = lazy_regex("[\u05da\u05dd\u05df\u05e3\u05e5](?=[\u05d0-\u05ea])")
_WITHOUT_KANA = ("gb18030", "big5", "cp949")
_KANA = lazy_regex("[\u3040-\u30ff]")
# The letters and characters that most texts of a language are made of.
_COMMON = frozenset(
    "оеаинтсрвлкмдпу" "αοιεστνηρ" "יוהלאמרתבשםנ" "اليمونرت" "านรอกเงมยลว"
    "이는다하을의에고지가한어기요습니"
    "的一是不了在人有我他這这中大來来上個个到說说們们為为子和你地出道也時时年得就那要下以生會会自後后好都還还發发"
    "沒没於于請请問问訂订單单貨货退款件收裡里哪幾几什麼么謝谢您"
)  # fmt: skip


def guess_charset(data: bytes) -> str:
    """The codec in which bytes that are not UTF-8 look most like a text; Windows Latin if none fits well."""
    data = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in data)  # noqa: PLR2004
    letters = high + sum(chr(byte).isalpha() for byte in data if byte <= 0x7F)  # noqa: PLR2004
    if high < 2 or high < _LEAST_HIGH * letters:  # noqa: PLR2004 - one letter says nothing
        return "cp1252"
    rate, codec = max((_rate(data, codec), codec) for codec in _CANDIDATES)
    return codec if rate > _LEAST_RATE else "cp1252"


def _rate(data: bytes, codec: str) -> float:
    """How much bytes look like a text in a charset: one script, common letters, words in one case; 0: no."""
    text = _decode(data, codec)
    foreign = [char for char in text if char > "\x7f"]
    if not foreign or any(unicodedata.category(char) in ("Cc", "Cn", "Co") for char in foreign):
        return 0.0
    counts = (len(script.findall(text)) for name, script in _SCRIPTS.items() if _may_be(name, text))
    share = max(counts) / len(foreign)
    common = sum(char.casefold() in _COMMON or bool(_KANA.match(char)) for char in foreign) / len(foreign)
    words = _WORD.findall(text)
    tidy = sum(map(_tidiness, words))
    if codec in _WITHOUT_KANA and _KANA.search(text):
        share /= 2
    return share * (0.2 + common) * (tidy / len(words) if words else 1.0)


def _tidiness(word: str) -> float:
    """How much a word looks like one: it is in one case, and Hebrew's final letters are only at its end."""
    if _LAST_INSIDE.search(word):
        return 0.0
    return 1.0 if word in (word.lower(), word.title()) else 0.8 if word == word.upper() else 0.0


def _may_be(script: str, text: str) -> bool:
    return script != "japanese" or _KANA.search(text) is not None


def _decode(data: bytes, codec: str) -> str:
    """The text without a character that the sample cut in two; "" if it is not valid in that charset."""
    for end in (len(data), len(data) - 1, len(data) - 2):
        try:
            return data[:end].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < end - 3:
                return ""
    return ""
