"""`deskterm act`: act on an order in its store: refund, cancel, address, note, tags, parcel, codes."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of, secrets_of
from deskterm.cli.output import say, say_json
from deskterm.cli.prompts import asking, confirm
from deskterm.cli.statuses import FAILED, NOTHING, OK, UNCONFIRMED, USAGE
from deskterm.config.store_kinds import Ability
from deskterm.domain.money import as_decimal, parse_amount
from deskterm.domain.orders.action_names import code_of
from deskterm.domain.orders.actions import ActionRecord, ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money, Order
from deskterm.domain.orders.pieces import read_pieces, write_pieces
from deskterm.domain.orders.plans import ActionPlan, amount_left
from deskterm.errors import DesktermError, NotNow

_ABILITIES = {
    "refund": Ability.REFUND,
    "cancel": Ability.CANCEL,
    "address": Ability.ADDRESS,
    "note": Ability.NOTE,
    "tags": Ability.TAGS,
    "shipped": Ability.FULFIL,
    "code": Ability.CODE,
    "replace": Ability.REPLACE,
    "return": Ability.RETURN,
    "card": Ability.GIFT_CARD,
    "credit": Ability.CREDIT,
    "resend": Ability.RESEND,
}
_ON_KEYS = ("repeat", "leave", "take-back", "happened", "not-happened")
_ADDRESS = ("name", "street", "postcode", "city", "region", "country")


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `act`."""
    parser.add_argument("order", metavar="ORDER", help="the order's number")
    parser.add_argument(
        "what",
        nargs="?",
        choices=(*_ABILITIES, *_ON_KEYS),
        metavar="WHAT",
        help="refund AMOUNT, cancel, address, note TEXT, tags TAG..., shipped [NUMBER], code CODE, "
        "replace [PIECES], return [PIECES], card AMOUNT, credit AMOUNT, resend; or, for an "
        "earlier action: repeat, leave, take-back, happened, not-happened KEY (default: list them)",
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="the amount, the text, the tags, the number")
    parser.add_argument("--store", default="", metavar="NAME", help="the store, if two have that number")
    parser.add_argument("--ticket", default="", metavar="T1043", help="the ticket to record it on")
    parser.add_argument("--reason", default="", metavar="TEXT", help="the reason, for the store's record")
    parser.add_argument("--refund", action="store_true", help="with cancel: refund everything that is left")
    parser.add_argument("--restock", action="store_true", help="put the goods back into stock")
    parser.add_argument("--tell", action="store_true", help="let the store mail the customer as well")
    parser.add_argument("--carrier", default="", metavar="NAME", help="with shipped: the carrier")
    parser.add_argument("--amount", default="", metavar="AMOUNT", help="with code: the discount")
    parser.add_argument(
        "--percent", type=int, default=0, metavar="N", help="with code: the discount in per cent"
    )
    for part in _ADDRESS:
        parser.add_argument(f"--{part}", default=None, metavar="TEXT", help=f"with address: the new {part}")
    parser.add_argument(
        "--pieces",
        default="",
        metavar="PIECES",
        help='with refund: the goods it is for, as in "2 x SKU, TITLE"',
    )
    parser.add_argument("--owed", action="store_true", help="the refund is owed, so it is no goodwill")
    parser.add_argument(
        "--why", default="", metavar="TEXT", help="the reason for exceeding your goodwill limit"
    )
    parser.add_argument("--again", action="store_true", help="do it although the same was done before")
    parser.add_argument(
        "--typed", default="", metavar="AMOUNT", help="confirms the amount without a terminal"
    )
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask (except for money)")
    json_option(parser)


def run(args: Namespace) -> int:
    """Show what will happen, ask, and do it now; without WHAT, list the order's actions."""
    with assemble(home_of(args)) as app:
        order = _order(app, args)
        if args.what is None:
            return _list(app, order, as_json=args.json)
        if args.what in _ON_KEYS:
            return _on_key(app, args)
        ticket, now = int(args.ticket.lstrip("Tt") or 0), int(time.time())
        plan = app.desk.store_actions.plan(order.id, _typed_action(order, args), now, ticket_id=ticket)
        if plan.obstacle:
            raise NotNow(plan.obstacle_words, safe="Nothing was sent.")
        _tell_plan(plan, as_json=args.json)
        typed = _ask(plan, args)
        if typed is None:
            return UNCONFIRMED
        record = app.desk.store_actions.confirm(
            plan, order.id, now, ticket_id=ticket, typed=typed, again=args.again
        )
        if record.state is ActionState.DONE:  # a code of the owner's list needs no store
            _tell([record], as_json=args.json)
            return OK
        return _carry_out(app, record, as_json=args.json)


def _order(app: App, args: Namespace) -> Order:
    found = app.desk.store_actions.find_orders(args.order.lstrip("#"), args.store)
    if len(found) > 1:
        names = ", ".join(order.store for order in found)
        raise NotNow(f"Several stores have an order {args.order}: {names}.", todo="Name one with --store.")
    return found[0]


def _typed_action(order: Order, args: Namespace) -> StoreAction:
    """The action from the words. Raises SystemExit (2) if they are invalid."""
    ability = _ABILITIES[args.what]
    action = StoreAction(
        "",
        ability,
        order.external_id,
        restock=args.restock,
        tell_customer=args.tell,
        text=args.reason,
        owed=args.owed,
        over_limit=args.why,
    )
    return replace(action, **_DETAILS[ability](order, args, " ".join(args.words)))


def _address(order: Order, args: Namespace, _: str) -> dict[str, Any]:
    changed = {part: getattr(args, part) for part in _ADDRESS if getattr(args, part) is not None}
    return {"ship_to": replace(order.ship_to, **changed)}


def _code(order: Order, args: Namespace, text: str) -> dict[str, Any]:
    off = _money(args.amount, order.shop_currency) if args.amount else None
    return {"text": text, "amount": off, "percent": args.percent}


_DETAILS: dict[Ability, Callable[[Order, Namespace, str], dict[str, Any]]] = {
    Ability.REFUND: lambda order, args, text: {
        "amount": _money(text, order.total.currency),
        "pieces": _pieces(args.pieces, order),
    },
    Ability.CANCEL: lambda order, args, _: {"amount": amount_left(order) if args.refund else None},
    Ability.ADDRESS: _address,
    Ability.NOTE: lambda _order, _args, text: {"text": text},
    Ability.TAGS: lambda _, args, _text: {"tags": tuple(args.words)},
    Ability.FULFIL: lambda _, args, text: {"tracking": text, "carrier": args.carrier},
    Ability.CODE: _code,
    Ability.REPLACE: lambda order, _, text: {"pieces": _pieces(text or write_pieces(order), order)},
    Ability.RETURN: lambda order, _, text: {"pieces": _pieces(text or write_pieces(order), order)},
    Ability.GIFT_CARD: lambda order, _, text: {"amount": _money(text, order.shop_currency)},
    Ability.CREDIT: lambda order, _, text: {"amount": _money(text, order.total.currency)},
    Ability.RESEND: lambda _order, _args, _text: {},
}


def _money(text: str, currency: str) -> Money:
    """An amount in that currency. Raises SystemExit (2) for anything else."""
    amount = parse_amount(text, currency)
    if amount is None:
        print(f'"{text}" is not an amount in {currency}.', file=sys.stderr)
        raise SystemExit(USAGE)
    return amount


def _pieces(text: str, order: Order) -> tuple[PieceCount, ...]:
    """The pieces in a text. Raises SystemExit (2) if the order does not have them."""
    found = read_pieces(text, order)
    if found is None:
        print(f'"{text}" is not what order {order.mark} has left: {write_pieces(order)}.', file=sys.stderr)
        raise SystemExit(USAGE)
    return found


def _tell_plan(plan: ActionPlan, *, as_json: bool) -> None:
    for words in () if as_json else (*(f"Look again: {one}" for one in plan.doubts), *plan.effects):
        say(words)


def _ask(plan: ActionPlan, args: Namespace) -> str | None:
    """What the owner typed; None for no."""
    if plan.to_type is None:
        return "" if confirm("Do it?", yes=args.yes) else None
    if args.typed or not sys.stdin.isatty():
        return str(args.typed)
    amount = f"{as_decimal(plan.to_type)} {plan.to_type.currency}"
    return input(f"Type the amount to confirm it ({amount}): ").strip() or None


def _on_key(app: App, args: Namespace) -> int:
    """Send a failed action again, drop one, or record what became of it."""
    key, now = " ".join(args.words), int(time.time())
    actions = app.desk.store_actions
    if args.what == "repeat":
        return _carry_out(app, actions.repeat(key, now), as_json=args.json)
    if args.what == "leave":
        actions.take_note(key, now)
        say("Noted: it will not be done.")
        return OK
    if args.what == "take-back":
        actions.take_back(key, now)
        say("Taken back: nothing was sent.")
        return OK
    _tell([actions.decide(key, now, happened=args.what == "happened")], as_json=args.json)
    return OK


def _carry_out(app: App, record: ActionRecord, *, as_json: bool) -> int:
    """Send it now and say what became of it."""
    from deskterm.sync.locks import account_lock  # noqa: PLC0415 - network imports, only needed here
    from deskterm.sync.stores.access import store_access  # noqa: PLC0415 - as above
    from deskterm.sync.stores.carry_out import carry_out  # noqa: PLC0415 - as above

    store = next(one for one in app.settings.stores if one.name == record.store)
    secrets = secrets_of(app.home, asking(app.home))
    with account_lock(app.home.locks, f"{store.name} orders") as ours:
        try:
            if ours:
                carry_out(store_access(store, app.settings, secrets, int(time.time())), app.db)
        except DesktermError as error:
            print(str(error), file=sys.stderr)
    settled = [
        one
        for one in app.desk.store_actions.for_order(record.order_id)
        if one.action.key == record.action.key
    ]
    _tell(settled, as_json=as_json)
    app.desk.store_actions.take_note(record.action.key, int(time.time()))  # said only if it did not happen
    return OK if settled[0].state is ActionState.DONE else FAILED


def _list(app: App, order: Order, *, as_json: bool) -> int:
    records = app.desk.store_actions.for_order(order.id)
    _tell(records, as_json=as_json)
    if not records and not as_json:
        say(f"Nothing has been done to order {order.mark} from here.")
    return OK if records else NOTHING


_STATES = {
    ActionState.CONFIRMED: "It is waiting; the next pass sends it.",
    ActionState.SENDING: "It is being sent.",
    ActionState.DONE: "Done.",
    ActionState.REFUSED: "It did not happen.",
    ActionState.UNKNOWN: "It may have happened: the next pass asks the store. Do not repeat it.",
}


def _tell(records: Sequence[ActionRecord], *, as_json: bool) -> None:
    if as_json:
        say_json({"actions": [_as_json(one) for one in records]})
        return
    for one in records:
        answer = f" {one.words}" if one.words else ""
        amount = one.action.amount
        money = f" {as_decimal(amount)} {amount.currency}" if amount else ""
        code = f" {given}" if (given := code_of(one.action)) else ""
        say(f"{one.action.key[:32]}  {one.action.ability}{money}{code}: {_STATES[one.state]}{answer}")


def _as_json(one: ActionRecord) -> dict[str, object]:
    amount = one.action.amount
    return {
        "key": one.action.key,
        "what": str(one.action.ability),
        "state": str(one.state),
        "amount": f"{as_decimal(amount)} {amount.currency}" if amount else None,
        "code": code_of(one.action) or None,
        "words": one.words,
        "tries": one.tries,
    }
