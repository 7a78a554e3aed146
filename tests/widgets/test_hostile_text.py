"""Hostile text in every widget: it is drawn as text. No markup is read, no link, no action, no control comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.app import App
from textual.content import Content
from textual.widget import Widget

from desk.conftest import NOW, STATUS, Fixed, settings
from deskterm.commands.keymap import default_key
from deskterm.config.paths import Home
from deskterm.desk import Desk
from deskterm.domain import sources
from deskterm.domain.desk_state import DeskState, Progress, SourceState
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address, Attachment, Cue
from deskterm.domain.orders.order import Money, OrderLine, PostalAddress, Refund, Shipment
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.suggest.offer import Offer
from deskterm.domain.text import block, line
from deskterm.domain.tickets import Counts, Listing
from deskterm.storage.schema.migrate import open_database
from deskterm.widgets import letter
from deskterm.widgets.bars import Footer, StatusLine, TopLine
from deskterm.widgets.conversation import Conversation
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread, strip
from deskterm.widgets.drawing.mail_head import Head
from deskterm.widgets.drawing.ticket_row import RowWords
from deskterm.widgets.editor import Editor
from deskterm.widgets.envelope import Envelope
from deskterm.widgets.form import Choice, Field
from deskterm.widgets.look.styles import look, textual_theme, variables
from deskterm.widgets.look.themes import THEMES
from deskterm.widgets.picker import Option, Picker
from deskterm.widgets.row_pages import RowSource
from deskterm.widgets.rows import Item, Rows
from deskterm.widgets.sheet import Sheet
from deskterm.widgets.side_panel import SidePanel
from deskterm.widgets.suggestions import Suggestions
from deskterm.widgets.ticket_list import TicketList
from hostile import HOSTILE, INJECTED, unsafe
from screens.looking import ShopOfOne

TEXTS = [*HOSTILE.values(), *INJECTED]
GROUPS = [" ".join(TEXTS[at : at + 6]) for at in range(0, len(TEXTS), 6)]
FORMATS = Formats("en_GB", "Europe/Berlin")
DRIVES = ("@click", "@mouse", "link")


class Host(App[None]):
    """Shows some widgets below each other: made ones, and what makes those that need an app."""

    CSS = "Screen { overflow: hidden; } Screen > * { height: 12; } Envelope, Field, Choice, Head { height: auto; }"

    def __init__(self, *widgets) -> None:
        super().__init__()
        for shades in THEMES.values():
            self.register_theme(textual_theme(shades))
        self.theme = "dark"
        self.widgets = widgets

    def get_css_variables(self):
        return {**super().get_css_variables(), **variables(THEMES["dark"])}

    def compose(self):
        yield from (one if isinstance(one, Widget) else one() for one in self.widgets)


def driven(segments) -> list[str]:
    """What in drawn segments is more than text in a style."""
    found = [unsafe(one.text) for one in segments if unsafe(one.text)]
    found += [f"a control segment {one!r}" for one in segments if one.control]
    styled = [one for one in segments if one.style]
    found += [f"a link {one!r}" for one in styled if one.style.link]
    return found + [f"an action {one!r}" for one in styled if any(name in one.style.meta for name in DRIVES)]


def drawn(app) -> list[Segment]:
    """All that stands on the screen and in its notifications."""
    return [segment for row in app.screen._compositor.render_strips() for segment in row]


async def shown(*widgets, show=lambda: None) -> tuple[list[str], str]:
    """What drives, and the text, once the widgets are drawn."""
    app = Host(*widgets)
    async with app.run_test(size=(90, 110), notifications=True) as pilot:
        show()
        await pilot.pause()
        segments = drawn(app)
        assert app.is_running
        return driven(segments), "".join(one.text for one in segments)


def shop_of(folder, text) -> ShopOfOne:
    """A desk with one ticket whose every field is the text, cleaned as it is where it enters."""
    one, many = line(text), block(text)
    macro = Macro(
        "x " + one, "MACRO " + one, "Hello", category="shipping", words=("order",), claims=("CLAIM " + one,)
    )
    sop = Sop("late", "SOP " + one, (Step("a", "STEP " + one, "x"),), ("shipping",), intro="INTRO " + many)
    home = Home(folder)
    desk = Desk(
        open_database(home.database),
        settings(),
        home,
        Fixed(Playbook({macro.id: macro, "s": STATUS}, {"late": sop})),
        FORMATS,
    )
    shop = ShopOfOne(desk)
    who = Address("NAME " + one, "jana@mertens.example")
    ticket = shop.ticket(
        who, subject="SUBJECT " + one, text=f"TEXT {many}\n\n> {many}", cues=(Cue.LINKED,), links=(f"https://far.example/{one}",),
        attachments=(Attachment(2, "FILE " + one, "image/" + one, 9),), at=NOW - 3600,
    )  # fmt: skip
    euro = Money(100, "EUR")
    shop.order(
        "10" + one, who, lines=(OrderLine(one, "TITLE " + one, one, 1, euro),), refunds=(Refund(NOW, euro, one),), phone=one,
        shipments=(Shipment(one, "PARCEL " + one, one, NOW, None, None, one),), note=many, discount_codes=(one,),
        ship_to=PostalAddress(one, one, one, one, one, one),
    )  # fmt: skip
    desk.tickets.categorise((ticket,), "shipping", ("TAG " + one,), NOW)
    desk.tickets.note(ticket, "NOTE " + many, NOW)
    return shop


@pytest.mark.parametrize("text", GROUPS, ids=range(len(GROUPS)))
async def test_a_ticket_is_drawn_as_text(tmp_path, text):
    shop = shop_of(tmp_path, text)
    inbox = shop.desk.inbox
    row = inbox.page(Listing.INBOX, 0, 1)[0]
    view = shop.desk.tickets.view(row.ticket_id, NOW)
    tickets = TicketList(lambda _row: RowWords("9 h", 2))
    conversation, panel, macros = (
        Conversation(lambda _at: line(text), lambda _at: line(text), default_key),
        SidePanel(FORMATS, default_key),
        Suggestions(default_key),
    )

    def show():
        tickets.show(
            RowSource(lambda first, count: inbox.page(Listing.INBOX, first, count), lambda: 1, lambda _: 0)
        )
        conversation.show(view.ticket, view.messages, "9 h")
        conversation.toggle_quotes()
        panel.show(view, NOW)
        macros.show(view.macros, None, Offer((), sure=True), draft=False)

    drives, words = await shown(tickets, conversation, panel, macros, show=show)
    assert drives == []
    assert all(name in words for name in ("SUBJECT", "NAME", "MACRO"))
    raw = Conversation(lambda _at: "", lambda _at: "", default_key)

    def show_raw():
        raw.show(view.ticket, view.messages, "")
        raw.show_raw(text.encode("utf-8", "surrogatepass"))

    drives, _ = await shown(raw, show=show_raw)
    assert drives == []
    assert raw.raw_shown
    shop.db.close()


@pytest.mark.parametrize("text", GROUPS, ids=range(len(GROUPS)))
async def test_a_reply_is_drawn_as_text(tmp_path, text):
    shop = shop_of(tmp_path, text)
    row = shop.desk.inbox.page(Listing.INBOX, 0, 1)[0]
    draft = shop.desk.replies.take(row.ticket_id, next(iter(shop.desk.playbook.current().macros)), None, NOW)
    review = shop.desk.replies.review(row.ticket_id, NOW)
    head = Head()
    contents = (
        letter.body(review),
        letter.checks(review, str, default_key),
        letter.verdict(review, default_key, armed=True),
    )
    sheets = [Sheet(content=content) for content in (*contents, line(text))]
    drives, words = await shown(
        head, *sheets, lambda: Envelope(draft), lambda: Editor(text), lambda: Field(text, placeholder=line(text)), lambda: Choice((line(text), "b")),
        show=lambda: head.show(letter.head(review)),
    )  # fmt: skip
    assert drives == []
    assert "Subject" in words
    shop.db.close()


@pytest.mark.parametrize("text", GROUPS, ids=range(len(GROUPS)))
async def test_bars_lists_and_pickers_draw_text(text):
    one = line(text)
    state = DeskState(
        (SourceState(sources.Source(one), NOW, NOW, one, one),),
        (SourceState(sources.Source(one, sources.SourceKind.ORDERS), 0),),
        1,
        0,
        1,
        1,
        NOW + 9,
    )
    top, status, footer, rows = TopLine(one), StatusLine(str, default_key), Footer(), Rows()
    picker = Picker(one, [Option(one, "LABEL " + one, "x", one[:30], one)])

    def show():
        top.show(Counts(open=3), one, one)
        status.show(state, NOW, Progress(one, 1, 2), one)
        rows.show(
            lambda width: [Item((DrawnLine.of("ROW " + one), spread([Bit(one)], [Bit(one)], width)), one)]
        )
        top.app.notify(one, title=one, markup=False)

    drives, words = await shown(top, status, footer, rows, picker, show=show)
    assert drives == []
    assert all(name in words for name in ("ROW", "LABEL"))


async def test_an_endless_subject_leaves_room_for_the_mail(tmp_path):
    shop = shop_of(tmp_path, "W" * 2000)
    view = shop.desk.tickets.view(shop.desk.inbox.page(Listing.INBOX, 0, 1)[0].ticket_id, NOW)
    conversation = Conversation(lambda _at: "", lambda _at: "", default_key)
    _, words = await shown(conversation, show=lambda: conversation.show(view.ticket, view.messages, ""))
    assert "…" in words
    assert view.ticket.mark in words
    shop.db.close()


@given(st.text(max_size=200), st.integers(1, 40))
def test_no_drawn_line_ever_has_a_control_character(text, width):
    seen = look("dark")
    pictures = [DrawnLine.of(line(text)), spread([Bit(line(text))], [Bit(line(text))], width)]
    for picture in (*pictures, *(DrawnLine.of(part) for part in block(text).split("\n"))):
        made = strip(picture, width, seen, "ground")
        assert driven(made) == []
        assert made.cell_length == width


@given(st.text(max_size=200))
def test_content_made_of_safe_text_is_never_read_as_markup(text):
    safe = block(text)
    assert Content(safe).plain == safe
    assert Content.assemble((safe, "$act bold")).plain == safe
