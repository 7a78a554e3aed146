"""The menu of actions on a ticket's order, and what became of earlier ones."""

from deskterm.commands.registry import BY_ID
from deskterm.config.store_kinds import Ability
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Direction
from deskterm.domain.orders.action_names import ACTION_NAMES, code_of, name_action, valid_code_of
from deskterm.domain.orders.actions import ActionRecord, ActionState
from deskterm.domain.orders.addresses import read_address
from deskterm.domain.orders.order import Order, PostalAddress
from deskterm.domain.views import TicketView
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.screens.orders.action_forms import TITLES
from deskterm.screens.orders.order_action import OrderActionScreen
from deskterm.widgets.picker import Option

_OTHER, _HAPPENED, _NOT, _ANEW, _BACK = "other", "happened ", "not ", "anew ", "back "
_LEAVE, _PAGE, _COPY, _NOTED, _RIGHT = "leave ", "page", "copy ", "noted", "right"
_KEYS = {
    Ability.REFUND: "r",
    Ability.CANCEL: "c",
    Ability.ADDRESS: "a",
    Ability.NOTE: "n",
    Ability.TAGS: "t",
    Ability.FULFIL: "f",
    Ability.CODE: "d",
    Ability.REPLACE: "p",
    Ability.RETURN: "b",
    Ability.GIFT_CARD: "g",
    Ability.CREDIT: "e",
    Ability.RESEND: "s",
}


async def act_on_order(front: ScreenFront, ticket_id: int, ability: Ability | None = None) -> None:
    """Pick an order and an action, see what it will do, and record it; the next pass sends it.

    A given `ability` is used without the menu if there is one order and its store supports it.
    """
    view = front.ticket_view
    order = await _ticket_order(front, view) if view else None
    if ability and view and len(view.orders) == 1 and order and _can(front, order, ability):
        await _do(front, order, ability.value.replace(" ", "_"), ticket_id)
        return
    if view and order and not any(_has_choices(front, one) for one in view.orders):
        front.tell(
            f"{order.mark} is from a file: act in your shop and note it ({front.work.key('note')}). "
            "`deskterm stores add` connects the shop.",
            "amber",
        )
        return
    while view is not None and order is not None:
        picked = await front.pick(f"Order {order.mark}", _options(front, order, len(view.orders)))
        if picked != _OTHER:
            await _do(front, order, picked, ticket_id)
            return
        order = await _pick_order(front, view, order)


async def _ticket_order(front: ScreenFront, view: TicketView) -> Order | None:
    """The order the ticket is about; asks if that is uncertain and there are several."""
    best = view.order.order if view.order else next(iter(view.orders), None)
    if len(view.orders) > 1 and (view.order is None or not view.order.certain):
        return await _pick_order(front, view, None)
    return best


def _has_choices(front: ScreenFront, order: Order) -> bool:
    """Whether the menu has a line for an order that does something."""
    actions = front.work.desk.store_actions
    known = bool(actions.for_order(order.id) or actions.codes(order) or order.admin_url)
    return known or bool(actions.can(order.id) or actions.lacking(order)) or actions.kind(order).is_live


def _can(front: ScreenFront, order: Order, ability: Ability) -> bool:
    """Whether the action can be done now; an open action on the order is settled in the menu first."""
    actions = front.work.desk.store_actions
    is_open = any(_settle_options(one) for one in actions.for_order(order.id))
    return ability in actions.can(order.id) and not is_open


async def _do(front: ScreenFront, order: Order, picked: str | None, ticket_id: int) -> None:
    if picked is None:
        return
    if picked == _PAGE:
        what = f"{order.mark} in the shop"
        if page := front.work.desk.store_actions.own_page(order):
            await front.open_page(page, what, ours=True)
        else:
            front.copy(order.admin_url, what)
        return
    if picked == _NOTED:
        front.screen.run_command(BY_ID["note"])
        return
    if picked == _RIGHT:
        front.tell(
            f"The key of {order.store} lacks the right: `deskterm stores test {order.store}` names it. "
            "Give it in the shop.",
            "amber",
        )
        return
    verb, _, key = picked.partition(" ")
    if f"{verb} " == _COPY:
        front.copy(key, f"the code {key}")
        return
    if key:
        await _settle(front, f"{verb} ", key)
        return
    ability = Ability(picked.replace("_", " "))
    await do_action(front, order, ability, ticket_id)


async def do_action(front: ScreenFront, order: Order, ability: Ability, ticket_id: int) -> None:
    """Show what one action will do, let the owner confirm it, and send it."""
    actions, desk = front.work.desk.store_actions, front.work.desk
    if ability not in actions.can(order.id) and not (ability is Ability.CODE and actions.codes(order)):
        front.tell(
            f"{ACTION_NAMES[ability]}: not possible from here; use the page of {order.mark} in the store.",
            "amber",
        )
        return
    address = None
    if ability is Ability.ADDRESS:
        address = _wanted_address(desk.tickets.view(ticket_id, front.work.now()), order, front.work.formats)
    screen = OrderActionScreen(front.work, order, ability, ticket_id, address)
    record = await front.screen.app.push_screen_wait(screen)
    if record is None:
        return
    if code := valid_code_of(record):
        front.copy(code, f"the code {code}")
    if record.is_open:
        then = (
            f" Once it exists, {front.work.key('order-actions')} copies its code."
            if code_of(record.action)
            else ""
        )
        front.tell(f"{TITLES[ability]} order {order.mark}: sent to {record.store} now.{then}")
        _send(front)


async def _settle(front: ScreenFront, verb: str, key: str) -> None:
    """Settle an open action: it happened, it did not, send it again, or leave it."""
    actions, now, write = front.work.desk.store_actions, front.work.now(), front.work.write
    if verb == _BACK:
        await write(actions.take_back, key, now)
        front.tell("Taken back: nothing was sent.")
    elif verb == _LEAVE:
        await write(actions.take_note, key, now)
        front.tell("Noted: it will not be done.")
    elif verb == _ANEW:
        await write(actions.repeat, key, now)
        front.tell("It is sent again after the store was asked whether it happened.")
        _send(front)
    else:
        await write(actions.decide, key, now, happened=verb == _HAPPENED)
        front.tell("Noted.")


def _send(front: ScreenFront) -> None:
    front.screen.run_command(BY_ID["sync"])


def _options(front: ScreenFront, order: Order, orders: int) -> list[Option]:
    """What is to be settled, the codes given, each action. An impossible action leads to the order's page.

    Those of an order without a page are done in the shop: one line for all of them.
    """
    actions = front.work.desk.store_actions
    known = actions.for_order(order.id)
    options = [one for record in known for one in _settle_options(record)]
    options += [one for record in known for one in _code_options(record)]
    can, listed, lacking = actions.can(order.id), actions.codes(order), actions.lacking(order)
    elsewhere = False
    for ability, label in ACTION_NAMES.items():
        if ability in can or (ability is Ability.CODE and listed):
            left = f"{len(listed)} left on your list" if ability is Ability.CODE and listed else ""
            options.append(Option(ability.value.replace(" ", "_"), label, _KEYS[ability], left))
        elif order.admin_url:
            options.append(Option(_PAGE, label, "", _why_not(front, order, lacks_right=ability in lacking)))
        elif ability in lacking:
            options.append(Option(_RIGHT, label, "", "the key lacks the right"))
        else:
            elsewhere = True
    if elsewhere:
        what = "all else" if actions.kind(order).is_live else "it is from a file"
        options.append(Option(_NOTED, "note what you did in your shop", "", what))
    if orders > 1:
        options.append(Option(_OTHER, "another order", "o", f"{orders} orders"))
    return options


def _why_not(front: ScreenFront, order: Order, *, lacks_right: bool) -> str:
    """Why an action cannot be done from here, and what its line does instead."""
    opens = front.opens_pages and front.work.desk.store_actions.own_page(order)
    return (
        f"{'no right' if lacks_right else 'in the shop'}: {'opens its page' if opens else 'copies its link'}"
    )


def _settle_options(record: ActionRecord) -> list[Option]:
    what, key = name_action(record), record.action.key
    match record.state:
        case ActionState.UNKNOWN:
            return [
                Option(_HAPPENED + key, f"it did happen: {what}", "", "as the store shows"),
                Option(_NOT + key, f"it did not happen: {what}", "", "as the store shows"),
            ]
        case ActionState.REFUSED:
            return [
                Option(_ANEW + key, f"try again: {what}", "", record.words),
                Option(_LEAVE + key, f"leave it undone: {what}", "", "no longer shown as open"),
            ]
        case ActionState.CONFIRMED:
            return [Option(_BACK + key, f"do not send: {what}", "", "not sent yet")]
        case _:
            return []


def _code_options(record: ActionRecord) -> list[Option]:
    """What can be done with a given code: copy it, or take back one from the owner's list."""
    code, key = valid_code_of(record), record.action.key
    if not code:
        return []
    copies = Option(_COPY + code, f"copy the code {code}")
    if not record.action.from_list:
        return [copies]
    return [copies, Option(_BACK + key, f"take {code} back", "", "as long as no letter names it")]


async def _pick_order(front: ScreenFront, view: TicketView, order: Order | None) -> Order | None:
    options = [
        Option(str(one.id), one.mark, "", f"{one.store}, {front.work.formats.day(one.placed_at)}")
        for one in view.orders
        if order is None or one.id != order.id
    ]
    picked = await front.pick("Which order?", options)
    return next((one for one in view.orders if str(one.id) == picked), None)


def _wanted_address(view: TicketView, order: Order, formats: Formats) -> PostalAddress | None:
    """The address that the customer's newest mail gives; None if it gives none."""
    wrote = [one for one in view.messages if one.direction is Direction.IN and one.human]
    return read_address(wrote[-1].own_words, order.ship_to, formats) if wrote else None
