"""`deskterm stores`: where orders come from: list, add a live store, test its permissions."""

import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from getpass import getpass
from typing import TYPE_CHECKING

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of, secrets_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.prompts import asking, confirm
from deskterm.cli.statuses import FAILED, NOTHING, OK, UNCONFIRMED, USAGE
from deskterm.config.paths import Home
from deskterm.config.setting import setting
from deskterm.config.settings_file import Settings, load, save
from deskterm.config.store import Store
from deskterm.config.store_kinds import LIVE_KINDS, STORE_KINDS
from deskterm.domain.sources import SourcePart
from deskterm.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.config.secret.secrets import Secrets
    from deskterm.sync.stores.try_store import StoreTrial


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `stores`."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("add", "test", "key"),
        metavar="add|test|key",
        help="add a live store; test its permissions; enter its secret again (default: list)",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="the store's name in config.toml")
    json_option(parser)


def run(args: Namespace) -> int:
    """List the stores, add one, test one, or store its secret again."""
    home = home_of(args)
    settings = load(home)
    if args.what is None:
        return _list(args, settings)
    if args.what != "test" and not sys.stdin.isatty():
        print("Keys are typed in a terminal, but there is none.", file=sys.stderr)
        return USAGE
    secrets = secrets_of(home, asking(home))
    if args.what == "add":
        return _add(home, settings, secrets, args.name or "")
    stores = [store for store in settings.stores if args.name in (None, store.name)]
    if not stores:
        raise NotFound(f'There is no store "{args.name or ""}" in config.toml.')
    if args.what == "key":
        return _renew_key(settings, secrets, stores[0])
    return _test(settings, secrets, stores, as_json=args.json)


def _list(args: Namespace, settings: Settings) -> int:
    with assemble(home_of(args), read_only=True) as app:
        states = app.desk.state(int(time.time())).orders
    read_to = {one.source.account: one.complete_to for one in states if one.source.part is SourcePart.READING}
    failing = {one.source.account: one.words for one in states if one.failing_since}
    found = []
    for store in settings.stores:
        complete_to = read_to.get(store.name, 0)
        found.append({
            "name": store.name, "kind": store.kind, "where": store.address or store.path,
            "complete_to": moment(complete_to) if complete_to else None,
            "failing": failing.get(store.name, ""),
        })  # fmt: skip
    if args.json:
        say_json({"stores": found})
    for one in () if args.json else found:
        state = one["failing"] or (
            f"complete to {one['complete_to']}" if one["complete_to"] else "not read yet"
        )
        say(f"{one['name']}  {one['kind']}  {one['where']}  {state}")
    if not found and not args.json:
        say("No store is set up. `deskterm stores add` adds one, `deskterm setup` an orders file.")
    return OK if found else NOTHING


def _add(home: Home, settings: Settings, secrets: "Secrets", name: str) -> int:
    """Ask for a store's details, test it, write it."""
    store = _ask_store(settings, name)
    store = _ask_place(store)
    typed = "" if store.secret == "command" else getpass(f"{_secret_of(store)}: ").strip()
    trial = _try(settings, secrets, store, typed)
    if not _show(store, trial) and not confirm("It cannot be read like this. Write it anyway?", yes=False):
        say("Nothing was written.")
        return UNCONFIRMED
    if typed:
        secrets.keep(store.key_secret, typed)
    save(home, replace(settings, stores=(*settings.stores, store)))
    say(f"Written to {home.config_file}. `deskterm sync` reads its orders.")
    return OK


def _ask_store(settings: Settings, name: str) -> Store:
    kind = _ask(f"Kind ({', '.join(LIVE_KINDS)})", lambda text: text if text in LIVE_KINDS else "")
    taken = {one.name for one in settings.stores}
    if not name or name in taken:
        name = _ask("A short name for it", lambda text: "" if text in taken else text)
    address = _ask("The shop's address", _read_address)
    words = LIVE_KINDS[kind].keys
    key = input(f"{words.key} ({words.key_hint}): ").strip()
    return Store(name=name, kind=kind, address=address, key=key)


def _ask(question: str, read: "Callable[[str], str]") -> str:
    """What is typed; asked again until it is valid."""
    while True:
        if found := read(input(f"{question}: ").strip()):
            return found


def _read_address(text: str) -> str:
    """The address with its https; "" if it is invalid."""
    address = text if "://" in text else f"https://{text}"
    wrong = setting(Store, "address").complaint("address", address)
    if not text or wrong:
        print(wrong or "This is required.", file=sys.stderr)
        return ""
    return address.rstrip("/")


def _ask_place(store: Store) -> Store:
    """Where its secret is kept: the keyring if there is one, else a file or a command."""
    from deskterm.config.secret.secrets import has_keyring  # noqa: PLC0415 - slow, only needed here

    usual = "keyring" if has_keyring() else "file"
    question = f"Keep the secret in the keyring, in a file, or get it from a command [{usual}]"
    place = _ask(
        question, lambda text: text if text in ("keyring", "file", "command") else usual * (not text)
    )
    if place == "command":
        return replace(store, secret=place, password_command=input("The command that prints it: ").strip())
    return replace(store, secret=place)


def _secret_of(store: Store) -> str:
    words = STORE_KINDS[store.kind].keys
    return f"{words.secret} ({words.secret_hint})" if words.secret_hint else words.secret


def _renew_key(settings: Settings, secrets: "Secrets", store: Store) -> int:
    typed = getpass(f"{_secret_of(store)} of {store.name}: ").strip()
    works = _show(store, _try(settings, secrets, store, typed))
    if not works:
        say("It was not saved.")
        return FAILED
    secrets.keep(store.key_secret, typed)
    return OK


def _test(settings: Settings, secrets: "Secrets", stores: list[Store], *, as_json: bool) -> int:
    trials = [(store, _try(settings, secrets, store, "")) for store in stores]
    if as_json:
        say_json({"stores": [_as_json(store, trial) for store, trial in trials]})
    good = [trial.works if as_json else _show(store, trial) for store, trial in trials]
    return OK if all(good) else FAILED


def _try(settings: Settings, secrets: "Secrets", store: Store, typed: str) -> "StoreTrial":
    from deskterm.sync.stores.access import store_access  # noqa: PLC0415 - network imports, only needed here
    from deskterm.sync.stores.try_store import try_store  # noqa: PLC0415 - as above

    access = store_access(store, settings, secrets, int(time.time()))
    return try_store(
        replace(access, secret=lambda: typed, kept=str, keep=lambda _: None) if typed else access
    )


def _show(store: Store, trial: "StoreTrial") -> bool:
    """Print each permission; gives whether orders can be read."""
    for one in trial.rights:
        say(f"{store.name}  {'has  ' if one.granted else 'LACKS'}  {one.name}  {one.words}".rstrip())
        if one.todo and not one.granted:
            say(f"    {one.todo}")
    if trial.error:
        print(trial.error, file=sys.stderr)
    return trial.works


def _as_json(store: Store, trial: "StoreTrial") -> dict[str, object]:
    rights = [
        {"name": one.name, "granted": one.granted, "words": one.words, "todo": one.todo}
        for one in trial.rights
    ]
    return {"name": store.name, "works": trial.works, "rights": rights, "error": str(trial.error or "")}
