"""The owner's settings as values, each declared once with everything about it.

`settings_file.py` reads and writes them; `python -m scripts.settings` writes their documentation.
"""

from dataclasses import field, replace

from deskterm.config.policy import Policy
from deskterm.config.setting import (
    HOURS,
    check_days,
    check_folders,
    check_locale,
    check_segments,
    check_sign_offs,
    check_targets,
    check_zone,
    declare,
    declare_table,
)
from deskterm.config.store import Store
from deskterm.value_class import dataclass

_SECURITY = ("tls", "starttls")
_SECRETS = ("keyring", "command", "file")
_PORTS = (1, 65535)
_PIN = r"(?:(?:[0-9a-fA-F]{2}:?){32})?"


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop as customers know it, and when it works."""

    name: str = declare("", "your name as customers see it", label="Shop", hint="as customers know it")
    addresses: tuple[str, ...] = declare(
        (),
        "all addresses of your own, beside those of the mailboxes: mail from them is yours, not a customer's",
        label="Also yours",
        hint="other addresses, if any",
    )
    signature: str = declare(
        "",
        'what stands below each reply; with `"""` it may have several lines',
        label="Sign-off",
        hint="as in: Kind regards, / Anna   ( / begins a line)",
    )
    zone: str = declare("UTC", 'your time zone, as in `"Europe/Berlin"`', check=check_zone)
    locale: str = declare(
        "en_US",
        'your language and country, as in `"de_DE"`: how dates, numbers and money are written',
        check=check_locale,
        label="Language",
        hint="as in: de_DE or en_GB; dates and prices are written its way",
    )
    hours: str = declare(
        "Mon-Fri 09:00-17:00",
        "business hours; several stretches with commas",
        pattern=HOURS,
        wrong='the hours are written as in "Mon-Fri 09:00-17:00, Sat 10:00-13:00"',
    )
    holidays: tuple[str, ...] = declare(
        (), 'days without business hours, as in `"2027-12-25"`', check=check_days
    )
    sign_offs: dict[str, str] = declare_table(
        'what stands below letters in another language than `signature`, as in `de = "Viele Grüße, Anna"`',
        check=check_sign_offs,
    )

    def sign_off(self, language: str) -> str:
        """What stands below a letter in that language; "" is a language that is not certain."""
        return self.sign_offs.get(language) or self.signature

    @property
    def all_sign_offs(self) -> tuple[str, ...]:
        """All sign-offs, the longest first: a short one may be the end of another."""
        return tuple(sorted((self.signature, *self.sign_offs.values()), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail account: where mail is read and how replies are sent."""

    name: str = declare("", "required, and unique: what deskterm calls the account")
    kind: str = declare("imap", "`imap` or `maildir`", choices=("imap", "maildir"))
    address: str = declare(
        "",
        "required for IMAP: the address replies are sent from",
        label="Your address",
        hint="the one customers write to",
    )
    path: str = declare("", "the folder of a Maildir", is_path=True, hint="the folder with cur and new")
    host: str = declare("", "required for IMAP: the server mail is read from")
    port: int = declare(993, "its port", bounds=_PORTS)
    security: str = declare("tls", "`tls` or `starttls`; mail is never read unencrypted", choices=_SECURITY)
    user: str = declare(
        "",
        "the name to log in with, if it is not the address",
        label="Log in as",
        hint="the address, if this stays empty",
    )
    secret: str = declare(
        "keyring",
        "where the password is: `keyring`, `command`, or `file` (encrypted with a passphrase)",
        choices=_SECRETS,
        label="Password from",
    )
    password_command: str = declare(
        "", "the command whose first line is the password", hint="as in: pass show mail"
    )
    oauth: str = declare(
        "",
        "`google` or `microsoft`: log in with `deskterm login` instead of a password",
        choices=("", "google", "microsoft"),
    )
    client_id: str = declare(
        "",
        "the app you registered, which logs in with `oauth`",
        label="Client id",
        hint="of the app that you registered",
    )
    tenant: str = declare(
        "common",
        "Microsoft's name of your organisation, with `oauth`",
        pattern=r"[\w.-]{1,100}",
        wrong="`tenant` is a name or number as Microsoft gives it",
    )
    ca_file: str = declare(
        "",
        "a PEM file: the only certificate authority trusted for this mailbox",
        is_path=True,
        hint="a PEM file, as in: ~/ca.pem",
    )
    pin: str = declare(
        "",
        "the SHA-256 fingerprint of the only certificate accepted from `host`, whoever signed it",
        pattern=_PIN,
        wrong="`pin` is a certificate's SHA-256 fingerprint, 64 digits and letters a to f",
    )
    inbox: str = declare("INBOX", "the folder mail is read from")
    folders: tuple[str, ...] = declare(
        (), "several folders instead of `inbox`; the first is watched for new mail", check=check_folders
    )
    sent: str = declare("", "the folder of sent mail, if the server does not say which")
    archive: str = declare("", "the archive folder, if the server does not say which")
    solved: str = declare(
        "leave",
        "what happens on the server to the mails of a solved ticket: `leave`, `read` or `archive`",
        choices=("leave", "read", "archive"),
    )
    delivery: str = declare(
        "smtp",
        "`smtp`, or `maildir`: replies are put into the Maildir's Sent folder and sent nowhere",
        choices=("smtp", "maildir"),
    )
    smtp_host: str = declare("", "the server replies are sent by")
    smtp_port: int = declare(465, "its port", bounds=_PORTS)
    smtp_security: str = declare("tls", "`tls` or `starttls`", choices=_SECURITY)
    smtp_user: str = declare(
        "", "the name to send with, if it is another one", hint="the name to send with; empty: the same"
    )
    smtp_secret: str = declare(
        "same",
        "where the password for sending is: `same`, or as for `secret` if it is another one",
        choices=("same", *_SECRETS),
    )
    smtp_password_command: str = declare(
        "", "the command that prints it", hint="the command that prints it; empty: the same"
    )
    smtp_pin: str = declare(
        "",
        "as `pin`, for `smtp_host`",
        pattern=_PIN,
        wrong="`smtp_pin` is a certificate's SHA-256 fingerprint, 64 digits and letters a to f",
    )
    files_sent_itself: bool = declare(
        default=False, means="the provider files sent mail in Sent by itself (Gmail, Outlook)"
    )

    @property
    def login(self) -> str:
        """The name to log in with: the address, where no other was given."""
        return self.user or self.address

    @property
    def uses_secrets_file(self) -> bool:
        """Whether one of its passwords is in the secrets file."""
        return "file" in (self.secret, self.sending.secret)

    @property
    def inboxes(self) -> tuple[str, ...]:
        """The folders that customers' mail is read from; the first is watched for new mail."""
        return self.folders or (self.inbox,)

    @property
    def takes_all(self) -> bool:
        """Whether All Mail may be read instead of INBOX (Gmail), because no folder is set."""
        return not self.folders and self.inbox.upper() == "INBOX"

    @property
    def smtp_login(self) -> str:
        """The name to send with: the same, where no other was given."""
        return self.smtp_user or self.login

    @property
    def sending(self) -> "Mailbox":
        """The account whose password opens the server replies are sent by: this one, or one beside it."""
        if self.smtp_secret == "same":
            return self
        return replace(
            self,
            name=f"{self.name} (sending)",
            secret=self.smtp_secret,
            password_command=self.smtp_password_command,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """All of config.toml."""

    shop: Shop = Shop()
    policy: Policy = field(default_factory=Policy)
    work_from: str = declare(
        "14 days",
        'how far back old mail counts as work at the first sync: `"all"`, `"today"` or as in `"14 days"`; '
        "anything older is history",
        pattern=r"all|today|\d{1,4} days?",
        wrong='`work_from` is "all", "today" or as in "14 days"',
        label="Old mail is work",
    )
    undo_seconds: int = declare(15, "seconds a sent reply waits in the outbox, 0 to 3600", bounds=(0, 3600))
    letters_per_minute: int = declare(
        20, "how many of many letters leave in a minute; most providers refuse more than 30", bounds=(1, 600)
    )
    wire_log: bool = declare(
        default=False,
        means="writes the traffic of mail connections to `wire.log`, passwords masked; for support",
    )
    draft_command: str = declare(
        "",
        "a command of your own that writes drafts, as in `llm -s 'You answer for a shop.'`; `A` runs it: the "
        "conversation, the order and your macros go to it as JSON (docs/drafting.md)",
    )
    theme: str = declare(  # the names are those of THEMES in widgets/look/themes.py
        "dark", "`dark`, `light` or `plain`; `:` changes it, here too", choices=("dark", "light", "plain")
    )
    colours: str = declare(
        "auto",
        "how many colours your terminal shows: `auto` goes by NO_COLOR, TERM and COLORTERM; "
        "else `true`, `256`, `16` or `none`",
        choices=("auto", "true", "256", "16", "none"),
    )
    preset: str = declare(  # the names are those of PRESETS in commands/keymap.py
        "", "keys as in `vim`, `mutt`, `gmail` or `zendesk`", choices=("", "vim", "mutt", "gmail", "zendesk")
    )
    notify: str = declare(
        "",
        "says when customers write while you look elsewhere: `osc9`, `osc777` (your terminal), or a command "
        "of your own, given the words at its end, as in `notify-send deskterm`",
    )
    survey: str = declare(
        "",
        "asks customers one question by mail, a day after their ticket was solved: `csat`, `nps` or `ces`; "
        "docs/metrics.md says whom it never asks",
        choices=("", "csat", "nps", "ces"),
    )
    report_folder: str = declare(
        "", "writes each week's report into this folder once it is over, as a page to read", is_path=True
    )
    targets: tuple[str, ...] = declare(
        (),
        'within how many business hours customers are answered and tickets solved, as in `"reply 4 hours"`, '
        '`"reply 1 hour, category complaint"`, `"solve 16 hours, channel mail"`; the most exact one counts',
        check=check_targets,
    )
    segments: dict[str, str] = declare_table(
        'groups of customers, shown on their card: `VIP = "orders >= 5 or spent >= 300"`; rules speak of '
        "`orders`, `spent`, `refunds` (orders with one), `days` (since the first order or mail) and `quiet` "
        "(days since the last order)",
        check=check_segments,
    )
    keys: dict[str, str] = field(default_factory=dict)
    mailboxes: tuple[Mailbox, ...] = ()
    stores: tuple[Store, ...] = ()

    @property
    def own_addresses(self) -> frozenset[str]:
        """All addresses of the owner, case-folded for comparison."""
        listed = (*self.shop.addresses, *(mailbox.address for mailbox in self.mailboxes))
        return frozenset(address.casefold() for address in listed if address)

    @property
    def uses_secrets_file(self) -> bool:
        """Whether a password or the key of a store is in the secrets file."""
        stores = any(store.is_live and store.secret == "file" for store in self.stores)
        return stores or any(mailbox.uses_secrets_file for mailbox in self.mailboxes)

    def mailbox(self, name: str) -> Mailbox | None:
        """The mailbox with that name."""
        return next((mailbox for mailbox in self.mailboxes if mailbox.name == name), None)
