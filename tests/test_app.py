"""The app: places, the palette, themes, background work, and how it ends when all fails."""

import threading
from dataclasses import replace

import pytest

from desk.conftest import settings
from deskterm.app.background import Wire
from deskterm.app.desk_app import DesktermApp
from deskterm.app.places import PLACES
from deskterm.config import settings_file as stored
from deskterm.config.all_settings import Settings
from deskterm.config.terminal import Colours
from deskterm.domain.desk_state import Progress
from deskterm.domain.formats import Formats
from deskterm.errors import NotNow, Offline
from deskterm.screens.base.messages import Go
from deskterm.widgets.bars import StatusLine
from screens.looking import MIA, NOW, Clock, app_of, sample, seen, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("g", "m"), "MetricsScreen"),
        (("g", "o"), "OutboxScreen"),
        (("slash",), "SearchScreen"),
        (("question_mark",), "HelpScreen"),
        (("r",), "ComposeScreen"),
        (("m",), "MacroScreen"),
        (("c",), "NewMailScreen"),
        (("colon",), "Palette"),
        (("ctrl+p",), "Palette"),
    ],
)
async def test_every_place_is_opened_by_its_key_and_left_by_escape(shop, keys, place):
    app = app_of(shop)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        assert type(app.screen).__name__ == place
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert type(app.screen).__name__ in ("InboxScreen", "Ask")


async def test_going_to_the_place_one_came_from_goes_back_and_opens_no_second(shop):
    app = app_of(shop)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        for key in ("g", "m", "enter", "slash", "escape", "g", "m", "g", "m"):
            await pilot.press(key)
            await settle(pilot)
        assert [type(screen).__name__ for screen in app.screen_stack] == ["InboxScreen", "MetricsScreen"]


def test_every_place_can_be_imported():
    from importlib import import_module

    assert all(hasattr(import_module(module), name) for module, name in PLACES.values())


async def test_the_palette_runs_what_is_typed_q_quits_and_a_theme_is_picked_and_kept(shop):
    app, home = app_of(shop), shop.desk.shop.home
    stored.save(home, Settings())
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("colon", *"theme", "space", *"light", "enter")
        await settle(pilot)
        assert app.theme == "light"
        await until(pilot, lambda: stored.load(home).theme == "light")
        await pilot.press("colon", "q", "enter")
        await settle(pilot)
        assert "Quit deskterm?" in seen(app)


async def test_the_owners_keys_are_the_apps(shop):
    app = DesktermApp(
        shop.desk,
        replace(settings(), keys={"go-metrics": "U"}),
        Formats("en_GB", "Europe/Berlin"),
        clock=Clock(),
    )
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("U")
        await settle(pilot)
        assert type(app.screen).__name__ == "MetricsScreen"


def _colours_painted(app) -> set:
    """All colours that would reach the terminal, of text and ground."""
    strips = app.screen._compositor.render_strips()
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    return {colour for style in styles for colour in (style.color, style.bgcolor) if colour}


async def test_without_colour_no_colour_is_sent_and_the_cursor_is_reversed(shop):
    app = app_of(shop, colours=Colours.NONE)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        assert all(colour.is_default for colour in _colours_painted(app))
        row = app.screen._compositor.render_strips()[2]
        assert next(segment for segment in row if "Jana" in segment.text).style.reverse


@pytest.mark.parametrize(("colours", "most"), [(Colours.FEW, 16), (Colours.MANY, 256)])
@pytest.mark.parametrize("theme", ["dark", "light", "plain"])
async def test_only_colours_that_the_terminal_has_are_sent(shop, theme, colours, most):
    app = app_of(shop, theme=theme, colours=colours)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        for key in ("enter", "m", "escape", "colon"):
            await settle(pilot)
            assert all(colour.number is not None and colour.number < most for colour in _colours_painted(app))
            await pilot.press(key)


async def test_a_theme_is_kept_by_its_own_name_whatever_the_terminal(shop):
    app = app_of(shop, colours=Colours.MANY)
    async with app.run_test(size=(120, 36), notifications=True):
        app.use_theme("light")
        assert app.theme == "light-256"
        assert app.base_theme == "light"


@pytest.mark.parametrize("colours", Colours)
async def test_focus_is_seen_in_every_terminal(shop, colours):
    """The row under the cursor looks otherwise once its ticket has the keys."""
    app = app_of(shop, colours=colours)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        before = [[*strip] for strip in app.screen._compositor.render_strips()]
        await pilot.press("enter")
        await settle(pilot)
        after = [[*strip] for strip in app.screen._compositor.render_strips()]
        assert before[2][0].style != after[2][0].style or before[2][1].style != after[2][1].style


# background work


class Pass:
    """A pass that the test holds in its hand."""

    def __init__(self):
        self.go, self.begun, self.times = threading.Event(), threading.Event(), 0
        self.error = None

    def __call__(self, report, stop, *, asked):
        self.asked = asked
        self.times += 1
        report(Progress("fetching mail", 300, 1200, NOW - 30))
        self.begun.set()
        self.go.wait(10)
        self.go.clear()
        if self.error:
            raise self.error
        return "3 new mails"


async def until(pilot, holds):
    for _ in range(200):
        await pilot.pause(0.01)
        if holds():
            return
    raise AssertionError


async def test_a_pass_shows_how_far_it_is_and_then_what_it_brought(shop):
    work = Pass()
    app = app_of(shop, wire=Wire(sync=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: "90 s left" in seen(app) or "2 min left" in seen(app))
        await pilot.press("j")  # the inbox is usable meanwhile
        work.go.set()
        await until(pilot, lambda: "3 new mails" in seen(app))
        assert "fetching" not in seen(app)


async def test_asked_for_again_a_pass_is_followed_by_another(shop):
    work = Pass()
    app = app_of(shop, wire=Wire(sync=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, work.begun.is_set)
        await pilot.press("R", "R")
        work.go.set()
        await until(pilot, lambda: work.times == 2)
        assert work.asked, "somebody waits for this one"
        work.go.set()
        await until(pilot, lambda: not app._background._running)
        assert work.times == 2


async def test_a_pass_that_fails_is_reported_once_and_in_words(shop):
    work = Pass()
    work.error = Offline("There is no network.", safe="Nothing is lost.", todo="It is tried again.")
    app = app_of(shop, wire=Wire(sync=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        work.go.set()
        await until(pilot, lambda: len(app._notifications) == 1)
        await until(pilot, lambda: not app._background._running)
        work.go.set()
        await pilot.press("R")
        await until(pilot, lambda: work.times == 2 and not app._background._running)
        await until(pilot, lambda: "There is no network." in seen(app))
        assert len(app._notifications) == 1
        assert "There is no network." in seen(app)


async def test_a_fault_in_a_thread_does_not_end_the_app_or_show_what_it_held(shop):
    def sync(_report, _stop, *, asked):
        assert not asked
        secret = "hunter2"
        raise ValueError(secret)

    app = app_of(shop, wire=Wire(sync=sync))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: app._notifications)
        await until(pilot, lambda: "fault" in seen(app))
        assert "hunter2" not in seen(app)


class Fetched:
    """Fetching the rest of a mail, under the test's hand: a half, and all once it is let `go`, unless it is stopped."""

    def __init__(self):
        self.tickets, self.go = [], threading.Event()

    def __call__(self, ticket_id, report, stop):
        self.tickets.append(ticket_id)
        report(Progress("fetching the rest of a mail, in MB", 20, 40, NOW - 10))
        for _ in range(6000):  # a test that failed lets it go as well
            if self.go.wait(0.01):
                break
            if stop.is_set():
                raise NotNow("Stopped.", safe="The mail's beginning is kept.")
        return f"All of T{ticket_id} is here now."


async def test_the_rest_of_a_mail_is_fetched_in_the_background_and_reported(shop):
    work = Fetched()
    app = app_of(shop, wire=Wire(rest=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await until(pilot, lambda: "20 of 40" in seen(app))
        await pilot.press("j", "k")  # the desk goes on meanwhile
        (ticket,) = work.tickets
        work.go.set()
        await until(pilot, lambda: f"All of T{ticket} is here now." in seen(app))
        assert "20 of 40" not in seen(app)


async def test_the_same_key_stops_it_and_begins_it_again(shop):
    work = Fetched()
    app = app_of(shop, wire=Wire(rest=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await until(pilot, lambda: "20 of 40" in seen(app))
        await pilot.press("F")
        await until(pilot, lambda: not app._background._running)
        await until(pilot, lambda: "Stopped. The mail's beginning is kept" in seen(app))
        assert "20 of 40" not in seen(app)
        await pilot.press("F")
        await until(pilot, lambda: len(work.tickets) == 2)
        work.go.set()


async def test_a_pass_follows_it_for_the_mailbox_that_passes_left_alone(shop):
    work, passes = Fetched(), []
    app = app_of(
        shop,
        wire=Wire(
            rest=work,
            sync=lambda _report, _stop, *, asked: passes.append(asked) or "",
            sync_at_start=False,
        ),
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await until(pilot, lambda: work.tickets)
        assert passes == []
        work.go.set()
        await until(pilot, lambda: passes == [False])


async def test_leaving_stops_it(shop):
    work = Fetched()
    app = app_of(shop, wire=Wire(rest=work))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await until(pilot, lambda: work.tickets)
        await app.leave()
        assert app._background._enough.is_set()


async def test_news_from_outside_starts_a_pass(shop):
    ready, passes = threading.Event(), []
    wire = Wire(
        sync=lambda _report, _stop, *, asked: passes.append(asked) or "",
        watch=lambda changed, stop: (ready.wait(10), changed(), stop.wait(10)),
        sync_at_start=False,
    )
    app = app_of(shop, wire=wire)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        assert not passes
        ready.set()
        await until(pilot, lambda: passes)
        app._background.end()
        assert passes == [False], "nobody waits for it"


async def test_a_reply_that_waits_for_the_mail_has_it_read_from_time_to_time(shop):
    """A planned reply is due, and goes only unanswered: nobody knows before the mail is read."""
    tries, passes = [], []
    wire = Wire(
        sync=lambda _report, _stop, *, asked: passes.append(asked) or "",
        deliver=lambda: tries.append(1) or True,
        sync_at_start=False,
    )
    app = app_of(shop, wire=wire)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        for now in (NOW, NOW + 10, NOW + 20, NOW + 70):
            app._background.deliver(NOW, now)
            await until(pilot, lambda: not app._background._running)
            await pilot.pause()
        assert (len(tries), passes) == (4, [False, False])


async def test_what_another_process_wrote_is_seen(shop):
    app = app_of(shop)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        shop.ticket(MIA, subject="By the child process", text="Hello", at=NOW - 60)
        app.look()
        await settle(pilot)
        assert "By the child" in seen(app)
        assert "open 6" in seen(app)


async def test_a_snooze_that_is_over_comes_back_by_itself(shop):
    (first, *_rest) = [row.ticket_id for row in shop.desk.inbox.page("inbox", 0, 9)]
    shop.desk.tickets.snooze((first,), NOW + 600, NOW)
    clock = Clock()
    app = app_of(shop, clock=clock)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        assert "Jana" not in seen(app)
        clock.at += 700
        app.look()
        await until(pilot, lambda: shop.row(first)["snoozed_until"] is None)
        app.look()
        await settle(pilot)
        assert "Jana" in seen(app)


# the outbox


async def test_a_reply_counts_down_and_is_then_delivered(shop):
    (first, *_rest) = [row.ticket_id for row in shop.desk.inbox.page("inbox", 0, 9)]
    shop.desk.replies.take(first, "trace", None, NOW)
    review = shop.desk.replies.review(first, NOW)
    shop.desk.replies.send(first, review, NOW, review.level)
    clock, delivered = Clock(), []
    app = app_of(shop, clock=clock, wire=Wire(deliver=lambda: delivered.append(clock.at)))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        app.look()
        assert "sends in 15 s" in seen(app).splitlines()[-2]
        clock.at += 6
        app.look()
        await pilot.pause()
        assert "sends in 9 s" in seen(app).splitlines()[-2]
        assert not delivered
        clock.at += 9
        app.look()
        await until(pilot, lambda: delivered)


async def test_quitting_with_unsent_mail_says_how_much(shop):
    (first, *_rest) = [row.ticket_id for row in shop.desk.inbox.page("inbox", 0, 9)]
    shop.desk.replies.take(first, "trace", None, NOW)
    review = shop.desk.replies.review(first, NOW)
    shop.desk.replies.send(first, review, NOW, review.level)
    app = app_of(shop)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("q")
        await settle(pilot)
        assert "1 unsent in the outbox" in seen(app)


# when all fails


async def faulty(app):
    """The app meets a fault of its own while a customer's words are in a variable."""
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        def fault():
            secret = "the customer's words"
            return len(secret) / 0

        app.call_later(fault)
        await pilot.pause()


async def test_a_fault_of_the_app_ends_with_a_sentence_and_no_locals(shop, capsys):
    app = app_of(shop)
    with pytest.raises(ZeroDivisionError):
        await faulty(app)
    said = capsys.readouterr()
    assert "customer's words" not in said.out + said.err
    assert "What was written is saved" in said.err
    assert app.return_code == 1


async def go_to_radar(app):
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("g", "r")
        await settle(pilot)


async def test_a_desk_whose_program_was_removed_says_so(shop, capsys, monkeypatch):
    monkeypatch.setitem(PLACES, "radar", ("deskterm.screens.gone", "RadarScreen"))
    with pytest.raises(ModuleNotFoundError):
        await go_to_radar(app_of(shop))
    assert "updated or removed while this desk was open" in capsys.readouterr().err


async def test_what_a_customer_wrote_cannot_control_the_terminal(shop):
    shop.ticket(
        MIA,
        subject="[bold red]x[/] [@click=app.quit]y[/]",
        text="[link=file:///etc/passwd]z[/link]",
        at=NOW - 90_000,
    )
    app = app_of(shop)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        picture = seen(app)
        assert "[bold red]x[/]" in picture
        assert "[link=file:///etc/passwd]z[/link]" in picture
        assert app.query_one(StatusLine)


async def test_a_refresh_while_a_screen_is_being_made_or_removed_does_no_harm(shop):
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for place in ("outbox", "search", "metrics"):
            app.on_go(Go(place))
            app.look()
            app.screen.tell("said too early")
            await settle(pilot)
            app.screen.dismiss(None)
            app.look()
            await settle(pilot)
        assert type(app.screen).__name__ == "InboxScreen"
