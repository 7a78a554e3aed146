"""Walking through every screen with a camera: each place is drawn in all colours, 256, 16 and none.

The pictures are in `walk/`; `cat walk/80x24/inbox.16.ansi` shows one.
"""

import re
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from desk.answers.test_habits import typed
from desk.conftest import ADDRESS
from deskterm.config.terminal import Colours
from deskterm.desk.reply.sending import When
from deskterm.domain.incidents.incident import IncidentKind
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Priority
from deskterm.screens.base.messages import Go
from screens.going import ticket_ids, until, week_of_work
from screens.looking import DAY, NOW, app_of, sample, seen, settle
from screens.test_bulk import like_tickets
from screens.test_past import answered_before
from snapshots.ansi import difference, draw_in, picture

HERE = Path(__file__).parent
NO_KEY = re.compile(r"(?<!\{)\{[a-z]+(?:-[a-z]+)*\}(?!\})")  # a command whose key was not put in: `{undo}`
SMALL, GOOD, WIDE = (80, 24), (120, 36), (200, 60)


def named(size):
    return f"{size[0]}x{size[1]}"


RULES = '[[rule]]\nname = "throws"\nwhen = "throws"\ntag = "throw"\n\n[[rule]]\nname = "mugs"\nwhen = "mug"\nsend = "order-status"\n'
PLACES = [  # name, keys from the inbox (a name with a colon is a place), and what has to be seen
    ("inbox", (), ""),
    ("chord", ("g",), ""),
    ("ticket", ("enter",), ""),
    ("quotes", ("enter", "Q"), ""),
    ("headers", ("enter", "H"), ""),
    ("panel", ("enter", "i"), ""),
    ("steps", ("s", "j"), ""),
    ("selection", ("x", "x"), ""),
    ("solve", ("e",), ""),
    ("macros", ("m", "down"), ""),
    ("snooze", ("b",), "tomorrow"),
    ("status", ("w",), ""),
    ("category", ("t",), ""),
    ("away", ("d",), ""),
    ("copy", ("C",), ""),
    ("actions", ("O",), ""),
    ("promise", ("p",), ""),
    ("history", ("h",), ""),
    ("merge", ("M",), ""),
    ("forward", ("f",), ""),
    ("note", ("n", *"Ask DHL."), ""),
    ("new_mail", ("c",), ""),
    ("compose", ("r",), ""),
    ("envelope", ("r", "ctrl+o"), ""),
    ("palette", ("colon", *"close"), ""),
    ("help", ("question_mark",), ""),
    ("search", ("slash", *"order"), "hits in"),
    ("filter", ("backslash", *"throw"), ""),
    ("outbox", ("go:outbox",), ""),
    ("week", ("go:metrics", "j", "j"), ""),
    *((f"week_{page}", ("go:metrics", *["tab"] * page), "") for page in range(1, 9)),
    ("behind", ("go:metrics", "enter"), ""),
    ("radar", ("go:radar",), ""),
    ("incidents", ("go:incidents",), ""),
    ("incident", ("go:incidents", "enter"), ""),
    ("rules", ("go:rules",), ""),
    ("trial", ("go:rules", "j", "j", "j", "j", "enter"), "Tried"),
    ("self_review", ("go:self-review",), ""),
    ("questions", ("go:questions",), "typed by hand"),
    ("similar", ("go:similar",), ""),
    ("timeline", ("go:timeline",), ""),
    ("stock", ("go:stock",), ""),
    ("habits", ("go:habits",), "They asked"),
    ("standing", ("go:standing",), ""),
    ("drafts", ("g", "D"), ""),
    ("quit", ("q",), ""),
    ("review_amber", ("go:review",), "Unconfirmed"),
    ("bulk", (*"xxxx", "m", "o"), "Open 2 more"),
]


READ_BESIDE = (
    "count",
    "offers",
    "past",
    "preview",
    "questions",
    "search",
    "seen",
    "trial",
)  # what screens read on other threads


def furnished(folder):
    """A shop with something to be seen in every place."""
    shop = sample(folder)
    desk, jana = shop.desk, ticket_ids(shop)[0]
    desk.tickets.prioritise((jana,), Priority.HIGH, NOW - 7200)
    desk.shop.home.rules_file.write_text(RULES, "utf-8")
    week_of_work(shop)
    like_tickets(shop)
    answered_before(shop)
    typed(shop, 4)
    for n, who in enumerate(("Petra Lang", "Otto Kern", "Ida Holm")):
        address = Address(who, f"{who.split()[0].lower()}@mail.example")
        shop.order(
            f"{1077 + n}", address, placed_at=NOW - (4 + n) * DAY, fulfilment=Fulfilment.UNFULFILLED, shipments=()
        )  # fmt: skip
    macro = next(iter(desk.playbook.current().macros))
    desk.incidents.begin("Glaze is late", IncidentKind.DELAY, "is:unfulfilled", macro, NOW - 7200)
    desk.tickets.note(jana, "DHL: stuck in Hamburg.", NOW - 7200)
    desk.promising.promise((jana,), NOW + 2 * DAY, NOW - DAY)
    replies, other = desk.replies, ticket_ids(shop)[-1]
    replies.take(other, ADDRESS.id, None, NOW)
    replies.send(other, replies.review(other, NOW), NOW, Level.AMBER, When(NOW + 3 * DAY))
    return shop


class Walk:
    """Pictures of one size, compared with those kept; what differs is told together at the end."""

    def __init__(self, request, folder, app):
        self.take, self.folder, self.app = request.config.getoption("--update-snapshots"), folder, app
        self.base, self.colours, self.differ = app.base_theme, list(Colours), []

    def look(self, name):
        """Draw what is in sight in each number of colours, beginning with the one that is on."""
        for colours in self.colours:
            if colours is not self.app.colours:
                draw_in(self.app, self.base, colours)
            drawn = picture(self.app)
            assert not (unfilled := NO_KEY.findall(drawn)), (
                f"{name} shows command names, not keys: {unfilled}"
            )
            self.compare(f"{name}.{colours.value}", drawn)
        self.colours.reverse()

    def compare(self, name, now):
        kept = self.folder / f"{name}.ansi"
        if self.take:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(now, encoding="utf-8")
            return
        before = kept.read_text("utf-8") if kept.exists() else ""
        if before != now:
            failed = HERE / "failed" / kept.relative_to(HERE)
            failed.parent.mkdir(parents=True, exist_ok=True)
            failed.write_text(now, encoding="utf-8")
            self.differ.append(f"{kept.relative_to(HERE)} looks different\n{difference(before, now)}")

    def end(self):
        """Fail with all that differs."""
        if self.differ:
            pytest.fail("\n\n".join(self.differ), pytrace=False)


def folder_of(size):
    return HERE / "walk" / named(size)


async def go(pilot, keys):
    """Press keys one after the other; `go:week` goes to that place."""
    app = pilot.app
    for key in keys:
        if key.startswith("go:"):
            values = (
                {"ticket_id": app.home.chosen_ids[0]} if key[3:] in ("review", "timeline", "similar") else {}
            )
            app.post_message(Go(key[3:], **values))
            await pilot.pause()
        else:
            await pilot.press(key)
        await settle(pilot)
        await read_beside(pilot)


async def read_beside(pilot):
    """Wait for what is read on other threads."""
    app = pilot.app
    await until(lambda: all(one.is_finished for one in app.workers if one.group in READ_BESIDE))


async def answers_stand(pilot):
    """Have the list show the answers that are thought about on another thread, which it would with its next look."""
    await until(lambda: pilot.app._looked)
    await read_beside(pilot)
    pilot.app.look()
    await settle(pilot)


async def stand_still(pilot, words):
    """Wait for what a place has to show; no cursor blinks."""
    if words:
        await until(lambda: words in seen(pilot.app) and getattr(pilot.app.screen, "is_armed", True))
    await until(lambda: "Read it over" not in seen(pilot.app))  # a review takes a moment until it can be sent
    for field in pilot.app.screen.query("Input, TextArea").results(Input | TextArea):
        field.cursor_blink = False
    if pane := getattr(pilot.app.screen, "pane", None):
        await until(lambda: pane._past._resting is None)  # it is read when the cursor rests
    await read_beside(pilot)
    await settle(pilot)


async def back(pilot):
    """To the inbox, with its cursor on top and nothing selected."""
    app = pilot.app
    while len(app.screen_stack) > 1:
        app.screen.dismiss(None) if isinstance(app.screen, ModalScreen) else app.pop_screen()
        await pilot.pause()
    app.home.key_input.release()
    await pilot.press("escape", "escape", "escape", "g", "g")
    app.home.remove_class("-side")  # `i` shows or hides the panel
    app.home.tell("")


async def look_at_every_place(request, folder, size):
    """One walk of the app at a size."""
    shop = furnished(folder)
    shop.desk.replies.take(ticket_ids(shop)[0], ADDRESS.id, None, NOW)
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        walk = Walk(request, folder_of(size), app)
        await settle(pilot)
        for name, keys, words in PLACES:
            await answers_stand(pilot)
            await go(pilot, keys)
            await stand_still(pilot, words)
            walk.look(name)
            await back(pilot)
        await answers_stand(pilot)
        for walk.base in ("light", "plain") if size == GOOD else ():
            walk.look(f"inbox_{walk.base}")
        walk.end()
    shop.db.close()
