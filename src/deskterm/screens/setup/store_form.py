"""The lines of the form for a live store: their labels and hints, and which are shown."""

from dataclasses import fields

from textual.widgets import Static

from deskterm.config.all_settings import Mailbox, Settings
from deskterm.config.setting import setting
from deskterm.config.store import Store
from deskterm.config.store_kinds import LIVE_KINDS
from deskterm.screens.setup import store_lines
from deskterm.screens.setup.form import BY_COMMAND, IN_KEYRING, SEALED
from deskterm.screens.setup.line_form import LineForm
from deskterm.screens.setup.store_lines import KIND_NAMES, NEW, TypedStore
from deskterm.widgets.form import Choice, Field

_LABELS = {
    "shop": "Shop",
    "kind": "Kind",
    "name": "Called",
    "address": setting(Store, "address").label,
    "place": setting(Store, "secret").label,
    "command": setting(Mailbox, "password_command").label,
}
_HINTS = {
    "name": "a short name that stands beside its orders; empty: after its kind",
    "address": setting(Store, "address").hint,
    "passphrase": "the passphrase of the encrypted file",
    "again": "the passphrase once more",
    "command": setting(Store, "password_command").hint,
}
_SECRET = frozenset({"secret", "passphrase", "again"})


class StoreForm(LineForm):
    """All lines of the form, by their names in `TypedStore`. `new_file`: no passphrase was ever given."""

    LINES = TypedStore
    LABELS = _LABELS

    def __init__(self, settings: Settings, was: TypedStore, *, new_file: bool) -> None:
        super().__init__()
        self.settings, self._was, self._new_file = settings, was, new_file

    def make_field(self, name: str) -> Field | Choice:
        """The field or choice of a line."""
        value = getattr(self._was, name)
        words = {"shop": self._shops, "kind": KIND_NAMES, "place": (IN_KEYRING, BY_COMMAND, SEALED)}
        if name in words:
            return Choice(words[name], value, ident=name)
        return Field(value, placeholder=_HINTS.get(name, ""), ident=name, secret=name in _SECRET)

    @property
    def _shops(self) -> tuple[str, ...]:
        return (NEW, *store_lines.live_stores(self.settings))

    @property
    def typed_store(self) -> TypedStore:
        """The form as it is now."""
        return TypedStore(**self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the visible lines, from top to bottom."""
        return store_lines.in_sight(self.typed_store, self.settings, new_file=self._new_file)

    def show_lines(self) -> None:
        """Show the lines that are asked for now, with the names that the kind of store has for them."""
        form = self.typed_store
        kind = LIVE_KINDS[store_lines.kind_of(form)]
        words = kind.keys
        self.query_one("#label-key", Static).update(words.key)
        self.query_one("#label-secret", Static).update(words.secret)
        self.query_one("#key", Field).placeholder = words.key_hint
        kept = "empty keeps the one there is" if form.shop != NEW else words.secret_hint
        self.query_one("#secret", Field).placeholder = f"{kept}; never written to the config file"
        hint = f"as in: {kind.address_hint}" if kind.address_hint else _HINTS["address"]
        self.query_one("#address", Field).placeholder = hint
        super().show_lines()

    def lack_keyring(self) -> None:
        """Offer what works without a keyring; the file first."""
        self.query_one("#place", Choice).offer((SEALED, BY_COMMAND))
        self.show_lines()

    def show_shop(self, settings: Settings, shop: str) -> None:
        """Fill the lines with an existing store, or empty them for a new one."""
        self.settings = settings
        lines = store_lines.lines_of(settings, shop, self.typed_store)
        self.query_one("#shop", Choice).offer(self._shops)
        for one in fields(TypedStore):
            self.line(one.name).value = getattr(lines, one.name)
        self.show_lines()
