"""Say who the sender is: always a customer, never one, or a known customer's other address."""

from deskterm.actions import contact_pickers
from deskterm.actions.front import Front
from deskterm.domain.people.senders import LIST, SenderChoice, SenderVerdict
from deskterm.domain.tickets import View
from deskterm.widgets.picker import Option

_SAME, _OTHER, _BUYER = "same person", "somebody else", "the buyer"
_ALSO = "also "  # and the address of the other customer
_ADDRESS, _LIST, _DOMAIN = "a", "l", "d"  # the capital letter means never


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Ask who the sender is, and remember it."""
    desk, ticket, now = front.work.desk, ids[0], front.work.now()
    asks = front.ticket_view is not None and any(one.stranger for one in front.ticket_view.messages)
    options = _writer_options(front) if asks else _rule_options(front, desk.senders.choices(ticket))
    chosen = await front.pick("Who writes", [*_same_options(front, ticket), *options, contact_pickers.OPTION])
    if chosen == contact_pickers.OPTION.value:
        await contact_pickers.ask_preferred(front, ticket)
    elif chosen == _SAME:
        front.show_change(await front.work.write(desk.writers.same_person, ticket, now))
    elif chosen == _BUYER:
        email = _order_email(front)
        front.show_change(await front.work.write(desk.writers.is_buyer, ticket, email, now))
    elif chosen and chosen.startswith(_ALSO):
        email = chosen.removeprefix(_ALSO)
        front.show_change(await front.work.write(desk.writers.is_buyer, ticket, email, now))
    elif chosen == _OTHER:
        front.show_change(await front.work.write(desk.writers.somebody_else, ticket, now))
    elif chosen:
        verdict, _, key = chosen.partition(" ")
        front.show_change(await front.work.write(desk.senders.set_rule, key, SenderVerdict(verdict), now))


def _order_email(front: Front) -> str:
    """The address with which the ticket's order was placed."""
    order = front.ticket_view.order if front.ticket_view else None
    return order.order.email if order else ""


def _buyer_option(front: Front, ticket: int) -> list[Option]:
    """The option that the sender is the customer who placed the order, if that is another customer."""
    view, email = front.ticket_view, _order_email(front)
    name = front.work.desk.writers.find_buyer(ticket, email)
    if not name or view is None or view.order is None:
        return []
    return [Option(_BUYER, f"the same person as {name}", "s", f"order {view.order.order.mark}")]


def _same_options(front: Front, ticket: int) -> list[Option]:
    """Options that the sender is a known customer: the buyer of the order, one of the same name."""
    buyer, email = _buyer_option(front, ticket), _order_email(front).casefold()
    found = front.work.desk.writers.find_others(ticket)
    others = [one for one in found if not buyer or email not in map(str.casefold, one.addresses)]
    also = (
        Option(f"{_ALSO}{one.addresses[0]}", f"another address of {one.display_name}", key, one.addresses[0])
        for key, one in zip("123", others, strict=False)
    )
    return [*buyer, *also]


def _writer_options(front: Front) -> list[Option]:
    """Options for a sender with an unknown address: the customer, or somebody else."""
    view = front.ticket_view
    name = view.customer.customer.display_name if view else "the customer"
    return [
        Option(_SAME, "the same person", "y", f"another address of {name}"),
        Option(_OTHER, "somebody else", "n", "the mail gets a ticket of its own"),
    ]


def _rule_options(front: Front, choices: tuple[SenderChoice, ...]) -> list[Option]:
    """Always or never, for sender, list and domain; the verdict that would change something comes first."""
    put_aside = front.ticket_view is not None and front.ticket_view.ticket.view is View.OTHERS
    always = _options(choices, SenderVerdict.CUSTOMER, "always a customer")
    never = _options(choices, SenderVerdict.NEVER, "never a customer")
    return [*always, *never] if put_aside else [*never, *always]


def _options(choices: tuple[SenderChoice, ...], verdict: SenderVerdict, words: str) -> list[Option]:
    return [
        Option(f"{verdict} {one.key}", f"{words}: {one.words}", _key(one, verdict), _count(one.tickets))
        for one in choices
    ]


def _key(choice: SenderChoice, verdict: SenderVerdict) -> str:
    key = _LIST if choice.key.startswith(LIST) else _DOMAIN if choice.key.startswith("@") else _ADDRESS
    return key.upper() if verdict is SenderVerdict.NEVER else key


def _count(tickets: int) -> str:
    return "1 ticket here" if tickets == 1 else f"{tickets} tickets here"
