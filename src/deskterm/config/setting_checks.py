"""Checks of settings whose types are right: each alone (`setting.py`), and together with others."""

import unicodedata
from collections.abc import Iterator

from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.policy import Policy
from deskterm.config.setting import default_of, settings_of
from deskterm.config.store import Store

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of words and of emoji


def invisible(text: str, *, lines: bool) -> str:
    """The first control or invisible character, which no setting may have; "" if there is none."""
    if text.isprintable():
        return ""
    meant = _JOINERS + "\n\t" if lines else _JOINERS
    return next((char for char in text if char not in meant and unicodedata.category(char) in _UNSEEN), "")


def complaint(value: Shop | Policy | Mailbox | Store | Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with a value, as (setting, words). Defaults are always right."""
    for name, (one, record) in settings_of(type(value)).items():  # type: ignore[arg-type]
        chosen = getattr(value, name)
        if chosen != default_of(one) and (words := record.complaint(name, chosen)):
            yield name, words
    if isinstance(value, Mailbox):
        yield from _mailbox(value)
    elif isinstance(value, Store):
        yield from _store(value)


def _mailbox(mailbox: Mailbox) -> Iterator[tuple[str, str]]:
    yield from (_maildir if mailbox.kind == "maildir" else _imap)(mailbox)
    if mailbox.delivery == "maildir" and not mailbox.path:
        yield "path", "delivery into a Maildir needs its `path`"
    if mailbox.secret == "command" and not mailbox.password_command:
        yield "password_command", '`secret = "command"` needs a `password_command`'
    if mailbox.smtp_secret == "command" and not mailbox.smtp_password_command:
        yield "smtp_password_command", '`smtp_secret = "command"` needs a `smtp_password_command`'
    if mailbox.smtp_secret != "same" and mailbox.oauth:
        yield "smtp_secret", "with `oauth` one token reads and sends: leave `smtp_secret` out"


def _store(store: Store) -> Iterator[tuple[str, str]]:
    if store.is_live and not store.address:
        yield "address", f"a store of kind {store.kind} needs its `address`"
    if not store.is_live and not store.path:
        yield "path", "a store needs the `path` of its orders file"
    if store.secret == "command" and not store.password_command:
        yield "password_command", '`secret = "command"` needs a `password_command`'


def _maildir(mailbox: Mailbox) -> Iterator[tuple[str, str]]:
    if not mailbox.path:
        yield "path", "a Maildir mailbox needs its `path`"
    for key, usual in (("folders", ()), ("solved", "leave")):
        if getattr(mailbox, key) != usual:
            yield key, f"`{key}` is for IMAP mailboxes"


def _imap(mailbox: Mailbox) -> Iterator[tuple[str, str]]:
    if not mailbox.host:
        yield "host", "an IMAP mailbox needs the server's name as `host`"
    if not mailbox.login:
        yield "address", "an IMAP mailbox needs its `address`"
    if mailbox.oauth and not mailbox.client_id:
        yield "client_id", "`oauth` needs the `client_id` of your own app (docs/accounts.md says how)"
    if mailbox.oauth and mailbox.secret == "command":
        yield "secret", '`oauth` keeps its tokens itself: `secret` is "keyring" or "file" then'
