"""The line of macros under a ticket."""

from dataclasses import replace

import pytest

from deskterm.commands.keymap import default_key
from deskterm.domain.playbook import Macro
from deskterm.domain.review.order_needs import Need
from deskterm.domain.suggest.offer import Abstention, Offer
from deskterm.widgets.suggestions import Suggestions
from widgets.hosting import Host, drawn
from widgets.test_cards import ORDER

LATE = Macro("late", "Late parcel", "Sorry", key="l", needs=(Need.SHIPPED, Need.TRACKING))
THANKS = Macro("thanks", "Thank you", "You are welcome", key="h")


async def line_of(macros, order, width=80):
    app = Host(Suggestions(default_key))
    async with app.run_test(size=(width, 3)) as pilot:
        app.widget.show(macros, order, Offer(tuple(one.id for one in macros)), draft=False)
        await pilot.pause()
        return "\n".join(drawn(app)).strip()


async def test_a_need_of_a_macro_that_the_order_does_not_meet_is_shown_before_it_is_taken():
    assert await line_of((LATE, THANKS), ORDER) == "1 Late parcel   2 Thank you"
    bare = replace(ORDER, shipments=())
    assert await line_of((LATE, THANKS), bare) == "1 Late parcel needs tracking   2 Thank you"


async def test_without_a_known_order_no_need_is_held_against_a_macro():
    assert await line_of((LATE,), None) == "1 Late parcel"


async def test_macros_that_do_not_fit_wrap_and_those_below_the_bar_are_left_out_whole():
    shown = (await line_of((LATE, THANKS), ORDER, width=24)).split()
    assert shown == ["1", "Late", "parcel", "2", "Thank", "you"]
    app = Host(Suggestions(default_key))
    async with app.run_test(size=(24, 1)) as pilot:
        app.widget.show((LATE, THANKS), ORDER, Offer(("late", "thanks")), sop="Late parcel", draft=False)
        await pilot.pause()
        assert "\n".join(drawn(app)).strip() == "1 Late parcel"


async def test_the_keys_are_those_of_the_owner():
    app = Host(Suggestions({"first-answer": "Alt+1", "second-answer": "Alt+2", "sop": "S"}.get))
    async with app.run_test(size=(80, 3)) as pilot:
        app.widget.show((LATE, THANKS), ORDER, Offer(("late", "thanks")), sop="Parcel is late", draft=False)
        await pilot.pause()
        said = "\n".join(drawn(app)).strip()
        assert said == "Alt+1 Late parcel   Alt+2 Thank you   S Parcel is late"


async def test_the_sop_is_named_by_its_title_after_the_macros_or_without_any():
    app = Host(Suggestions(default_key))
    async with app.run_test(size=(80, 3)) as pilot:
        app.widget.show((LATE,), ORDER, Offer(("late",)), sop="Parcel is late", draft=False)
        await pilot.pause()
        assert "\n".join(drawn(app)).strip() == "1 Late parcel   s Parcel is late"
        app.widget.show((), ORDER, Offer(), sop="Parcel is late", draft=False)
        await pilot.pause()
        assert "no suggested answer   s Parcel is late   a say you have read it" in " ".join(drawn(app))


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Abstention.RETURNED, "your mail came back: no suggested answer"),
        (Abstention.MACHINE, "a program wrote this: nobody waits for an answer"),
        (Abstention.UNREAD, "nobody reads the address it came from"),
    ],
)
async def test_if_no_answer_reaches_anybody_it_says_why_and_offers_no_key_that_writes_one(why, words):
    app = Host(Suggestions(default_key))
    async with app.run_test(size=(80, 3)) as pilot:
        app.widget.show((), ORDER, Offer(why=why), sop="Parcel is late", draft=False)
        await pilot.pause()
        assert "\n".join(drawn(app)).strip() == f"{words}   s Parcel is late"
