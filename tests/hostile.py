"""Texts that want to drive the terminal, the program or a spreadsheet, and what a terminal may be given."""

import unicodedata
from dataclasses import fields, is_dataclass

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"

# Each begins where a harmless word ends; none holds the line breaks that a header would be cut at.
HOSTILE = {
    "colours and a cleared screen": f"{ESC}[31m{ESC}[2J{ESC}[H{ESC}[?1049lred",
    "a window title": f"{ESC}]0;owned{BEL}{ESC}]2;owned{ST}",
    "the clipboard": f"{ESC}]52;c;cm0gLXJmIC8={BEL}",
    "a hidden link": f"{ESC}]8;;https://evil.example/{ST}your parcel{ESC}]8;;{ST}",
    "a device control string": f'{ESC}P$q"p{ST}{ESC}P+q544e{ST}{ESC}_Gf=100;AAAA{ST}{ESC}^pm{ST}',
    "questions that the terminal answers": f"{ESC}[c{ESC}[6n{ESC}[>0q{ESC}[21t{ESC}Z\x05",
    "C1 controls": "\x9b31m\x9b2J\x9d0;owned\x9c\x90q\x9c\x85\x84\x8d",
    "an escape cut short": f"{ESC}]52;c;never ended {ESC}[38;2;",
    "a right-to-left override": "invoice\u202egpj.exe\u202c \u202dleft\u202c \u202aembedded\u202b\u202c",
    "isolates": "\u2066one\u2067two\u2068three\u2069 \u200eleft\u200fright\u061cletter",
    "zero width": "pay\u200bpal \ufeffstart\u2060wo\u2061rd\u180e so\xadft joined\u200d\u200d\u200c end\u034f",
    "tag characters": "a\U000e0041\U000e0042\U000e0001\U000e007fb",
    "combining towers": "Z" + "\u0301\u0335\u0336\u0489\u20dd" * 30 + "algo",
    "an action as markup": "[@click=app.quit()]your order[/] [@click='app.bell']x[/@click]",
    "markup that closes nothing": "[/] [/bold] Order [/red] shipped [bold [[link=https://evil.example]x[/link]",
    "markup of styles": "[b]bold[/b] [on red]red[/] [reverse]r[/] $accent [$primary]p[/] \\[x] {app.title} %s",
    "controls": "nul\x00bell\x07back\x08\x08\x08del\x7fform\x0cup\x0bshift\x0e\x0f end\x1a\x1c\x1d\x1e\x1f",
    "lone surrogates": "half \ud83d and \udc00\ud800 end",
    "line separators": "one\u2028two\u2029three",
    "names written from right to left": "נועה כהן مريم الحداد ۱۲۳",
    "a very long word": "W" * 4000,
    "wide characters": "配送状況のご確認をお願いいたします" * 6 + "ｆｕｌｌ　ｗｉｄｔｈ",
    "emoji put together": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪🇯🇵 1️⃣ ❤️ 🧑🏿‍🚀‍",
    "Liquid": "{{ customer.name }} {% for i in (1..9) %}{{ shop.password }}{% endfor %} {%- raw -%} {{",
    "a spreadsheet's formula": "=HYPERLINK(\"https://evil.example\",\"x\") +cmd|' /C calc'!A0 @SUM(1) -2+3",
    "SQL and search operators": "'; DROP TABLE ticket; -- \" OR 1=1 NEAR(a b) NOT x* ^y : {a} AND (",
    "shell and format": "$(touch /tmp/owned) `id` ; rm -rf / & %n%n%s {0.__class__} ${IFS}",
    "private and not characters": "\ufff9a\ufffab\ufffb \ufffe\uffff \U000f0000\ue000 \U0001d173",
}  # fmt: skip

# What a header would break at, apart: it belongs where a text may have lines.
INJECTED = (
    "Hello\r\nBcc: thief@evil.example\r\nX-Injected: yes\r\n\r\nbody",
    "Hello\nBcc: thief@evil.example",
    "Hello\rBcc: thief@evil.example",
    "Hello\u2028Bcc: thief@evil.example",
    "Hello\x85Bcc: thief@evil.example\x0bCc: thief@evil.example",
    "=?utf-8?q?Hello=0D=0ABcc:_thief@evil.example?=",
)

_HIDDEN = frozenset(
    [
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE0000, 0xE0080),
        0xAD,
        0x034F,
        0x061C,
        0x180E,
        0x200B,
        0x200E,
        0x200F,
        0x2028,
        0x2029,
        0xFEFF,
        0xFFF9,
        0xFFFA,
        0xFFFB,
    ]
)
_MOST_MARKS = 3
_LEFT_AGAIN = 0x200E  # what we put behind what is written from right to left: it turns nothing round


def _is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def unsafe(text: str) -> str:
    """The first thing in a text that may not reach a terminal, in words; empty when all of it may."""
    marks = 0
    for at, char in enumerate(text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind[0] == "M" else 0
        ours = ord(char) == _LEFT_AGAIN and any(map(_is_right_to_left, text[:at]))
        if not ours and (kind in ("Cc", "Cs") or ord(char) in _HIDDEN or marks > _MOST_MARKS):
            return f"U+{ord(char):04X} in {text[max(0, at - 20) : at + 20]!r}"
    return ""


def told(value) -> str:
    """What may not reach a terminal in any text of a value, its fields and items; empty when nothing is."""
    if isinstance(value, str):
        return "; ".join(filter(None, map(unsafe, value.split("\n"))))
    if is_dataclass(value):
        return "; ".join(
            f"{one.name}: {said}" for one in fields(value) if (said := told(getattr(value, one.name)))
        )
    if isinstance(value, dict):
        return told((*value, *value.values()))
    if isinstance(value, tuple | list | set | frozenset):
        return "; ".join(filter(None, map(told, value)))
    return ""
