"""`deskterm forget ADDRESS`: erase a customer."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import home_of
from deskterm.cli.output import count_of, say, say_json
from deskterm.cli.prompts import confirm
from deskterm.cli.statuses import OK, UNCONFIRMED
from deskterm.desk.upkeep.forget import Copies, CustomerEraser
from deskterm.domain.people.customers import Erased


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `forget`."""
    parser.add_argument("address", metavar="ADDRESS", help="any address of the customer")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask")
    parser.add_argument("--backups", action="store_true", help="also erase them from backups and kept copies")
    json_option(parser)


def run(args: Namespace) -> int:
    """Erase a customer and say what was erased. 3 if the address is unknown, 4 if not confirmed."""
    home = home_of(args)
    forgetting = CustomerEraser(home)
    keys = forgetting.find_person(args.address, copies=args.backups)
    named = ", ".join(sorted(keys))
    if not confirm(f"Erase all tickets, mails and drafts of {named}? This cannot be undone.", yes=args.yes):
        return UNCONFIRMED
    erased = forgetting.erase(keys)
    copies = forgetting.erase_copies(keys) if args.backups else Copies(holding=forgetting.holding(keys))
    logs = forgetting.erase_wire_log()
    if args.json:
        say_json({**_as_json(erased, copies), "wire_log": [str(path) for path in logs]})
        return OK
    _tell(erased, copies)
    for path in logs:
        say(f"Removed because it may contain their mail: {path}")
    saved = home.attachments_out
    say(
        f"Mails on the server, orders in stores and files, and attachments saved to {saved} are not affected."
    )
    return OK


def _tell(erased: Erased, copies: Copies) -> None:
    say(f"Erased {', '.join(erased.keys)}:")
    kinds = (
        (len(erased.tickets), "ticket", ""),
        (erased.messages, "message", ""),
        (erased.attachments, "attachment", ""),
        (erased.drafts, "draft", ""),
        (erased.replies, "outbox row", ""),
        (erased.orders, "order", ": name, address, phone and notes; number, goods and amounts are kept"),
    )
    for number, one, rest in kinds:
        say(f"  {count_of(number, one)}{rest}")
    for paths, words in (
        (copies.cleaned, "Also erased in"),
        (copies.removed, "Removed because it could not be cleaned"),
        (copies.holding, "Still contains them (--backups erases it there too)"),
    ):
        for path in paths:
            say(f"{words}: {path}")
    if erased.mentioned:
        others = ", ".join(f"T{one}" for one in erased.mentioned)
        say(f"Other customers' tickets that mention an address: {others}.")


def _as_json(erased: Erased, copies: Copies) -> dict[str, object]:
    def names(paths: tuple[Path, ...]) -> list[str]:
        return [str(path) for path in paths]

    return {
        "addresses": list(erased.keys),
        "tickets": [f"T{one}" for one in erased.tickets],
        "messages": erased.messages,
        "attachments": erased.attachments,
        "drafts": erased.drafts,
        "outbox": erased.replies,
        "orders": erased.orders,
        "mentioned": [f"T{one}" for one in erased.mentioned],
        "copies": {
            "cleaned": names(copies.cleaned),
            "removed": names(copies.removed),
            "holding": names(copies.holding),
        },
    }
