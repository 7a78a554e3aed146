"""The tasks of docs/keys.md, pressed: what each needs is what it costs."""

import re
from pathlib import Path
from time import monotonic

from desk.conftest import STATUS, ShopOfOne
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.tickets import Listing
from deskterm.screens.bulk import BulkScreen
from deskterm.screens.finding.search import SearchScreen
from deskterm.screens.knowledge.questions import QuestionsScreen
from deskterm.screens.metrics import MetricsScreen
from deskterm.screens.reply.compose import ComposeScreen
from deskterm.screens.reply.note import NoteScreen
from deskterm.screens.reply.review import ReviewScreen
from deskterm.storage.acting import store_actions
from screens.going import status, ticket_ids, until
from screens.looking import DAY, JANA, NOW, desk_of, sample, seen, settle
from screens.orders.test_order_action import LIVE
from screens.test_bulk import like_tickets
from screens.test_inbox import looking
from screens.test_questions import TYPED

TABLE = Path(__file__).parents[2] / "docs/keys.md"


def allowed(task: str) -> int:
    """The number that docs/keys.md gives for a task."""
    rows = re.findall(r"^\| ([^|]+) \| (\d+)[^|]*\|", TABLE.read_text("utf-8"), re.MULTILINE)
    return int(dict(rows)[task])


class Keys:
    """Presses keys and counts them; what is typed (an address, a number, words) counts apart."""

    def __init__(self, press) -> None:
        self.press, self.count = press, 0

    async def __call__(self, *keys):
        self.count += len(keys)
        return await self.press(*keys)

    async def type(self, words):
        return await self.press(*words)

    async def arrive(self, kind):
        app = self.press.app
        await until(lambda: isinstance(app.screen, kind))
        await settle(self.press.pilot)
        return app.screen


async def test_an_answer(shop):
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("1")
        screen = await keys.arrive(ReviewScreen)
        await until(lambda: screen.is_armed)
        await keys("y" if screen.review.level == 0 else "Y")
        await until(shop.desk.outbox.rows)
    assert shop.desk.outbox.rows()[0].state is OutboxState.QUEUED
    assert keys.count <= allowed("answer with the suggested macro")


async def test_a_category(shop):
    first = ticket_ids(shop)[1]
    async with looking(shop) as press:
        await press("j")
        keys = Keys(press)
        await keys("t", "s")
    assert shop.row(first)["category"] == "shipping"
    assert keys.count <= allowed("set the category")


async def test_a_snooze(shop):
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("b", "t")
        await until(lambda: shop.desk.inbox.count(Listing.SNOOZED))
    assert keys.count <= allowed("snooze")


async def test_a_merge_and_its_undoing(shop):
    other = shop.ticket(JANA, subject="One more photo", text="Here is the box.", at=NOW - 3600)
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("M", "enter")
        assert other not in ticket_ids(shop)
        assert keys.count <= allowed("merge with the customer's other ticket")
        undo = Keys(press)
        await undo("z")
        assert other in ticket_ids(shop)
    assert undo.count <= allowed("undo")


async def test_like_tickets(shop):
    like_tickets(shop, many=5)
    shop.desk.tickets.solve(tuple(ticket_ids(shop)[5:]), NOW)
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("*", "m", STATUS.key)
        screen = await keys.arrive(BulkScreen)
        await until(lambda: len(screen.opened) == 1)
        await keys("j")
        await until(lambda: len(screen.opened) == 2)
        await keys("j")
        await until(lambda: len(screen.opened) == 3)
        await keys.type("5")
        await keys("enter")
        await until(lambda: len(shop.desk.outbox.rows()) == 5)
    assert keys.count <= allowed("answer many similar tickets at once")


async def test_finding_by_order_number(shop):
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("slash")
        await keys.arrive(SearchScreen)
        await keys.type("1042")
        await keys("enter")
        assert "Jana Mertens" in seen(press.app)
    assert keys.count <= allowed("find by order number")


async def test_a_forward_to_somebody_new_and_to_a_contact(shop):
    for task, address in (("forward to somebody new", "service@lumen.example"), ("forward to a contact", "")):
        ticket = ticket_ids(shop)[0]
        async with looking(shop) as press:
            keys = Keys(press)
            await keys("f")
            await keys.type(address)
            await keys("enter")
            await keys.arrive(ComposeScreen)
            await keys("ctrl+r")
            screen = await keys.arrive(ReviewScreen)
            await until(lambda screen=screen: screen.is_armed)
            await keys("Y")
            await until(lambda ticket=ticket: status(shop, ticket) == "on hold")
        assert keys.count <= allowed(task)


async def test_a_note(shop):
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("n")
        await keys.arrive(NoteScreen)
        await keys.type("call")
        await keys("ctrl+s")
        await until(lambda: "added a note" in press.app.screen.bars.words.casefold())
    assert keys.count <= allowed("note")


async def test_the_first_reply_time(shop):
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("g", "m")
        await keys.arrive(MetricsScreen)
        await until(lambda: "irst reply" in seen(press.app))  # counted beside the screen
    assert keys.count <= allowed("how long a first reply takes")


async def test_a_split(shop):
    before = set(ticket_ids(shop))
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("M", "s")
        await until(lambda: set(ticket_ids(shop)) - before)
    assert keys.count <= allowed("split off a mail")


async def test_a_refund(tmp_path):
    sample(tmp_path).db.close()
    shop = ShopOfOne(desk_of(tmp_path, stores=LIVE))
    shop.order(placed_at=NOW - DAY, fulfilment=Fulfilment.UNFULFILLED, shipments=())
    async with looking(shop, stores=LIVE) as press:
        keys = Keys(press)
        await keys("O", "r")
        await keys.type("12.50")
        await settle(press.pilot)
        await until(lambda: press.app.screen.guard.is_armed(monotonic()))
        await keys("ctrl+s")
        await until(lambda: not hasattr(press.app.screen, "guard"))
    with shop.db.read() as tx:
        assert [one.action.amount.minor for one in store_actions.for_order(tx, 1)] == [1250]
    shop.db.close()
    assert keys.count <= allowed("refund") <= 4


async def test_an_entry_of_the_faq(shop):
    for n in range(4):
        asked = shop.ticket(text="Do I have to pay customs duties for Norway?", at=NOW - (n + 1) * DAY)
        shop.answer(asked, at=NOW - (n + 1) * DAY + 60, text=TYPED)
    async with looking(shop) as press:
        keys = Keys(press)
        await keys("g", "f")
        screen = await keys.arrive(QuestionsScreen)
        await until(lambda: screen.found and screen.chosen)
        await keys("f")
        await until(lambda: shop.desk.faq.state().answers)
    assert keys.count <= allowed("a FAQ entry") == 3
