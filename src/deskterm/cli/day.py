"""`deskterm day`: the day switches."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.statuses import OK
from deskterm.domain.views import Done

_SWITCHES = ("away", "notice", "hold", "clock")
_NEEDS = {
    "away": "the last day, as in 2026-12-27; --off ends it",
    "notice": "its text; --off removes it",
    "hold": "a macro; `deskterm macros` lists them",
}


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `day`."""
    parser.add_argument(
        "what", nargs="?", choices=_SWITCHES, metavar="away|notice|hold|clock",
        help="away until a day; a notice in the acknowledgement; hold a macro's letters; "
        "the 72-hour clock (default: show what is on)",
    )  # fmt: skip
    parser.add_argument(
        "value", nargs="?", default="", metavar="VALUE", help="the day, the text, or the macro"
    )
    parser.add_argument("--off", action="store_true", help="switch it off")
    json_option(parser)
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    """Show the day switches, or switch one."""
    if args.what in _NEEDS and not args.value and not (args.off and args.what != "hold"):
        args.refuse(f"{args.what} needs {_NEEDS[args.what]}")
    with assemble(home_of(args)) as app:
        if args.what:
            done = _switch(app, args.what, args.value, int(time.time()), off=args.off)
            say_json({"words": done.words}) if args.json else say(f"{done.words}.")
        else:
            _show(app, int(time.time()), as_json=args.json)
    return OK


def _switch(app: App, what: str, value: str, now: int, *, off: bool) -> Done:
    day = app.desk.automation.day
    if what == "away":
        return day.come_back() if off else day.go_away(value, now)
    if what == "notice":
        return day.set_notice("" if off else value, now)
    if what == "hold":
        return day.release(value) if off else day.hold(value, now)
    return day.stop_clock() if off else day.start_clock(now)


def _show(app: App, now: int, *, as_json: bool) -> None:
    state, clock = app.desk.automation.day.state(now), app.desk.automation.clock_words(now)
    if as_json:
        on = {
            "away_until": state.away_until,
            "notice": state.notice,
            "held": list(state.held),
            "clock": clock,
        }
        say_json(on)
        return
    rows = [
        ("away", state.away_until),
        ("notice", state.notice),
        ("hold", ", ".join(state.held)),
        ("clock", clock),
    ]
    for text in table([(name, value or "off") for name, value in rows]):
        say(text)
