"""What makes a setting wrong although its type is right."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskterm.config.values import Mailbox, Settings, Shop, Store

_CHOICES = {
    "kind": ("imap", "maildir"),
    "security": ("tls", "starttls"),
    "smtp_security": ("tls", "starttls"),
    "secret": ("keyring", "command", "file"),
    "smtp_secret": ("same", "keyring", "command", "file"),
    "delivery": ("smtp", "maildir"),
    "oauth": ("", "google", "microsoft"),
    "solved": ("leave", "read", "archive"),
}
_DAY = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_STRETCH = rf"{_DAY}(-{_DAY})? ([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"
_HOURS = re.compile(rf"{_STRETCH}(\s*,\s*{_STRETCH})*")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of words and of emoji
_LOCALE = re.compile(r"([a-z]{2,3})(?:_[A-Z][a-z]{3})?(?:_([A-Z]{2}))?")
_PIN = re.compile(r"([0-9a-fA-F]{2}:?){32}")
THEMES = ("dark", "light", "plain")
PRESETS = ("", "vim", "mutt", "gmail")
_WORK_FROM = re.compile(r"all|today|\d{1,4} days?")


def invisible(text: str, *, lines: bool) -> str:
    """The first control or hidden character, which no setting can mean; empty for none."""
    if text.isprintable():
        return ""
    meant = _JOINERS + "\n\t" if lines else _JOINERS
    return next((char for char in text if char not in meant and unicodedata.category(char) in _UNSEEN), "")


def complaint(value: Shop | Mailbox | Store | Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with a value, as (setting, words); nothing when all is well."""
    match value:
        case Shop():
            yield from _shop(value)
        case Mailbox():
            yield from _mailbox(value)
        case Store():
            if value.kind != "file":
                yield "kind", 'a store\'s `kind` is "file"'
            if not value.path:
                yield "path", "a store needs the `path` of its orders file"
        case Settings():
            yield from _at_the_top(value)


def _at_the_top(settings: Settings) -> Iterator[tuple[str, str]]:
    if not _WORK_FROM.fullmatch(settings.work_from):
        yield "work_from", '`work_from` is "all", "today" or as in "14 days"'
    if not 0 <= settings.undo_seconds <= 3600:  # noqa: PLR2004 - an hour
        yield "undo_seconds", "`undo_seconds` is a number from 0 to 3600"
    if settings.theme not in THEMES:
        yield "theme", f"`theme` is one of {', '.join(THEMES)}"
    if settings.preset not in PRESETS:
        yield "preset", f"`preset` is one of {', '.join(filter(None, PRESETS))}, or left out"


def _shop(shop: Shop) -> Iterator[tuple[str, str]]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - load reads nothing before this

    try:
        ZoneInfo(shop.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "zone", f'there is no time zone "{shop.zone}"; it is written as in "Europe/Berlin"'
    if not _is_locale(shop.locale):
        yield "locale", f'there is no locale "{shop.locale}"; it is written as in "de_DE" or "en_GB"'
    if not _HOURS.fullmatch(shop.hours.strip()):
        yield "hours", 'the hours are written as in "Mon-Fri 09:00-17:00, Sat 10:00-13:00"'
    for day in shop.holidays:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield "holidays", f'"{day}" is no date; a holiday is written as in "2027-12-25"'


def _is_locale(name: str) -> bool:
    """Whether language and country exist: babel has a file for each, and importing it would take 0.1 s."""
    from importlib.util import find_spec  # noqa: PLC0415 - as above

    found = _LOCALE.fullmatch(name)
    place = find_spec("babel")
    if not found or not place or not place.origin:
        return bool(found)
    files = Path(place.origin).parent / "locale-data"
    if (files / f"{name}.dat").exists():
        return True
    return (files / f"{found[1]}.dat").exists() and any(files.glob(f"*_{found[2] or '*'}.dat"))


def _mailbox(mailbox: Mailbox) -> Iterator[tuple[str, str]]:
    for key, allowed in _CHOICES.items():
        if getattr(mailbox, key) not in allowed:
            yield key, f"`{key}` is one of {', '.join(filter(None, allowed))}"
    yield from (_maildir if mailbox.kind == "maildir" else _imap)(mailbox)
    if mailbox.delivery == "maildir" and not mailbox.path:
        yield "path", "delivery into a Maildir needs its `path`"
    if mailbox.secret == "command" and not mailbox.password_command:
        yield "password_command", '`secret = "command"` needs a `password_command`'
    yield from _sending(mailbox)
    for key in ("pin", "smtp_pin"):
        if getattr(mailbox, key) and not _PIN.fullmatch(getattr(mailbox, key)):
            yield key, f"`{key}` is a certificate's SHA-256 fingerprint, 64 digits and letters a to f"
    for key in ("port", "smtp_port"):
        if not 0 < getattr(mailbox, key) < 65536:  # noqa: PLR2004 - the largest port
            yield key, f"`{key}` is a number from 1 to 65535"


def _sending(mailbox: Mailbox) -> Iterator[tuple[str, str]]:
    if mailbox.smtp_secret == "command" and not mailbox.smtp_password_command:
        yield "smtp_password_command", '`smtp_secret = "command"` needs a `smtp_password_command`'
    if mailbox.smtp_secret != "same" and mailbox.oauth:
        yield "smtp_secret", "with `oauth` one token reads and sends: leave `smtp_secret` out"


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
    if not re.fullmatch(r"[\w.-]{1,100}", mailbox.tenant):
        yield "tenant", "`tenant` is a name or number as Microsoft gives it"
    if len(set(mailbox.folders)) < len(mailbox.folders) or "" in mailbox.folders:
        yield "folders", "`folders` names each folder once"
