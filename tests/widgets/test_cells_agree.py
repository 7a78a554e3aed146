"""3,000 names and subjects in the list, the mail, the card and a picker: all who count cells agree.

Rich counts when a line is laid out, wcwidth as careful terminals do, and tmux is a terminal that really draws
it. A third of the strings is made of pieces that no rule was written for.
"""

import random
import shutil
import subprocess
import time
from dataclasses import replace

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

from deskterm.commands.keymap import default_key
from deskterm.domain.messages import Address
from deskterm.domain.people.customers import Customer, CustomerFacts
from deskterm.domain.text import line as safe_line
from deskterm.domain.tickets import CategoryBy, Row, Status
from deskterm.widgets.customer_card import customer_lines
from deskterm.widgets.drawing.lines import Bit, DrawnLine, strip
from deskterm.widgets.drawing.message import Showing, message_lines
from deskterm.widgets.drawing.ticket_row import RowWords, one_line, two_lines
from deskterm.widgets.look.styles import look
from deskterm.widgets.picker import Option, Picker
from widgets.drawing.test_message import MAIL

WIDTH, MANY = 60, 3000
PIECES = (
    "order Jana O'Brien #1042 (late)|Zoë Müller|Grüße|naïve café|👩‍🌾|👨‍👩‍👧‍👦|🏳️‍🌈|👍🏽|🧑🏿‍🚀|❤️|☂︎|🇩🇪|🇯🇵🇧🇷|1️⃣|#️⃣|🧶|📦|"
    "สมชาย ใจดี|พัสดุอยู่ที่ไหน|น้ำ|Nguye\u0302\u0303n Thi\u0323 Ho\u0302\u0300ng|đơn hàng|כהן דנה|של מי ההזמנה?|العلي محمد|"
    "أَيْنَ طَلَبِي|Z̸̢͓̗͋͝ä̶́l̷g̵o|山本 さくら|ギフト包装はできますか|ｷﾞﾌﾄ ﾎｳｿｳ|한국어 \u1112\u1161\u11ab|ｆｕｌｌ|注文、届きません。"
).split("|")
UNSEEN = (
    "👩🏽‍❤️‍💋‍👨🏿|⛹🏻‍♀️|🏴‍☠️|🫠|🇺|*️⃣|می‌خواهم|ไม่ได้รับสินค้าค่ะ|Trần Thị Kiều Diễm|יְרוּשָׁלַיִם|۱۲۳ سفارش|ﾊﾟﾋﾟﾌﾟ|"
    "ĥ̷̡́e̴l̵p|龍𠮷野家|ㅋㅋㅋ|\u3164|☰ menu|“Ünïcödé”—…|№ 7 ½ ™|👨🏽‍🦽|Ω≈ç√|🈁|㊗️|\U0001fae9|ё̈й"
).split("|")


def strings() -> list[str]:
    """Names and subjects, as they stand in the database: cleaned where they came in."""
    dice = random.Random(1042)
    made = []
    for number in range(MANY):
        pieces = UNSEEN if number % 3 == 0 else PIECES
        words = " ".join(dice.choices(pieces, k=dice.randint(1, 6)))
        made.append(safe_line(words if number % 2 else words.replace(" ", "", 1)))
    return made


def pictures(text: str):
    """A string as each place draws it, a strip of a line."""
    row = Row(1, text, text, Status.OPEN, 0, 0, "a date was named", "#1042", "shipping", CategoryBy.GUESS, 3)
    words, mark = RowWords("9h", 1), Bit("▌", "accent")
    yield one_line(row, words, WIDTH, mark=mark, marks=False)
    yield from two_lines(row, words, WIDTH, mark=mark, marks=False)
    yield from two_lines(row, words, 40, mark=mark, marks=False)
    written = replace(MAIL, text=text, sender=Address(text, "a@b.example"))
    yield from message_lines(
        written, Showing(True, True, lambda _: "today 10:43", default_key), WIDTH, earlier=False
    )
    customer = Customer(1, text, ("a@b.example",), 0)
    yield from customer_lines(
        CustomerFacts(customer, 3, (), 0, ()), 30, lambda _: "€1", lambda _: "May", default_key
    )
    yield Picker("Pick", [])._option_line(Option("1", text, detail=text[:9]), WIDTH, chosen=True)


@pytest.fixture(scope="module")
def drawn() -> list[str]:
    """Every line as text, each once."""
    lines = {picture for text in strings() for picture in pictures(text) if picture != DrawnLine()}
    return sorted({strip(one, WIDTH, look("dark"), "ground").text for one in lines})


def test_rich_and_wcwidth_count_the_same(drawn):
    assert len(drawn) > MANY
    wrong = [text for text in drawn if not cell_len(text) == WIDTH == sum(map(wcwidth, text))]
    assert wrong == []


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is the terminal that is asked")
def test_a_real_terminal_uses_as_many_cells(drawn, tmp_path):
    """An X is drawn at the column behind each line: it would leave a gap, or cover the end, were the line not as long."""
    lines, done = tmp_path / "lines", tmp_path / "done"
    lines.write_text("".join(f"{text}\x1b[{WIDTH + 1}GX\n" for text in drawn), encoding="utf-8")
    tmux = ["tmux", "-L", f"deskterm{tmp_path.name}", "-f", "/dev/null", "-u"]
    show = f"cat '{lines}'; touch '{done}'; sleep 60"
    setup = [*tmux, "set", "-g", "history-limit", "200000", ";"]
    subprocess.run([*setup, "new-session", "-d", "-x", "100", "-y", "50", show], check=True)
    try:
        for _ in range(600):
            if done.exists():
                break
            time.sleep(0.1)
        time.sleep(0.5)
        shown = subprocess.run([*tmux, "capture-pane", "-p", "-S", "-"], check=True, capture_output=True)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    rows = [row for row in shown.stdout.decode("utf-8").splitlines() if row.strip()]
    assert len(rows) == len(drawn)
    wrong = [(row, text) for row, text in zip(rows, drawn, strict=True) if row != f"{text}X"]
    assert wrong == []
