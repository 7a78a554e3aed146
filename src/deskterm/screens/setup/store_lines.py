"""The lines of the form for a live store: what is in them, which are asked for, the store they mean."""

from dataclasses import field, replace

from deskterm.config.all_settings import Settings
from deskterm.config.setting import setting
from deskterm.config.store import Store
from deskterm.config.store_kinds import LIVE_KINDS
from deskterm.screens.setup.form import BY_COMMAND, IN_KEYRING, SEALED, SECRETS, LineRefused
from deskterm.value_class import dataclass

NEW = "a new one"
KIND_NAMES = tuple(kind.name for kind in LIVE_KINDS.values())
_OF_NAME = dict(zip(KIND_NAMES, LIVE_KINDS, strict=True))


@dataclass(frozen=True, slots=True)
class TypedStore:
    """The form's lines as they stand, from top to bottom. `shop` is a store that is there, or `NEW`."""

    shop: str = NEW
    kind: str = KIND_NAMES[0]
    name: str = ""
    address: str = ""
    key: str = ""
    place: str = IN_KEYRING
    secret: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    command: str = ""


def kind_of(form: TypedStore) -> str:
    """The kind of store, as config.toml calls it."""
    return _OF_NAME[form.kind]


def live_stores(settings: Settings) -> dict[str, Store]:
    """The live stores that are there, by their names."""
    return {store.name: store for store in settings.stores if store.is_live}


def lines_of(settings: Settings, shop: str, form: TypedStore) -> TypedStore:
    """The lines for an existing store; for a new one but where its secret is kept."""
    empty = TypedStore(place=form.place, passphrase=form.passphrase, again=form.again)
    store = live_stores(settings).get(shop)
    if store is None:
        return empty
    return replace(
        empty,
        shop=shop,
        kind=LIVE_KINDS[store.kind].name,
        address=store.address,
        key=store.key,
        place=next(words for words, kind in SECRETS.items() if kind == store.secret),
        command=store.password_command,
    )


def in_sight(form: TypedStore, settings: Settings, *, new_file: bool) -> tuple[str, ...]:
    """The lines that are asked for; `new_file`: the passphrase is a new one, and typed twice."""
    shown = {
        "shop": bool(live_stores(settings)),
        "kind": form.shop == NEW,
        "name": form.shop == NEW,
        "secret": form.place != BY_COMMAND,
        "passphrase": form.place == SEALED,
        "again": form.place == SEALED and new_file,
        "command": form.place == BY_COMMAND,
    }
    return tuple(name for name in TypedStore.__dataclass_fields__ if shown.get(name, True))


def read_store(form: TypedStore, settings: Settings) -> Store:
    """The store that the lines mean. LineRefused names what is missing."""
    known = live_stores(settings).get(form.shop)
    store = known or Store(name=_free_name(form, settings), kind=kind_of(form))
    command = form.command.strip() if form.place == BY_COMMAND else ""
    if form.place == BY_COMMAND and not command:
        raise LineRefused(
            "command", "The command is missing.", todo="Write one that prints it, as pass show shop."
        )
    if known is None and form.place != BY_COMMAND and not form.secret:
        raise LineRefused(
            "secret", "The key's secret is missing.", todo="The shop shows it once, with its key."
        )
    return replace(
        store,
        address=_address(form),
        key=form.key.strip(),
        secret=SECRETS[form.place],
        password_command=command,
    )


def with_store(settings: Settings, store: Store) -> Settings:
    """The settings with that store, in the place of the one of its name."""
    if any(one.name == store.name for one in settings.stores):
        kept = tuple(store if one.name == store.name else one for one in settings.stores)
        return replace(settings, stores=kept)
    return replace(settings, stores=(*settings.stores, store))


def _address(form: TypedStore) -> str:
    """The shop's address with its https. LineRefused says how it is written."""
    text = form.address.strip().rstrip("/")
    address = text if "://" in text else f"https://{text}"
    wrong = setting(Store, "address").complaint("address", address)
    if not text or wrong:
        what = f"{wrong[0].upper()}{wrong[1:]}." if text and wrong else "The shop's address is missing."
        raise LineRefused("address", what, todo="Write it like https://shop.example.")
    return address


def _free_name(form: TypedStore, settings: Settings) -> str:
    """What the store is called: as typed, else after its kind. LineRefused where another is called so."""
    taken = {one.name for one in settings.stores}
    name = form.name.strip()
    if name in taken:
        raise LineRefused(
            "name", f"Another store is called {name} already.", todo="Each has a name of its own."
        )
    if name:
        return name
    names = (kind_of(form) if number == 1 else f"{kind_of(form)} {number}" for number in range(1, 100))
    return next(one for one in names if one not in taken)
