"""The owner's settings as values. `settings.py` reads and writes them."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Shop:
    """Who the owner is to the customers, and when the shop works.

    `addresses` are all of the owner's own. `zone` is an IANA name, `hours` reads
    `Mon-Fri 09:00-17:00` (several stretches with commas), `holidays` are ISO dates.
    """

    name: str = ""
    addresses: tuple[str, ...] = ()
    signature: str = ""
    zone: str = "UTC"
    locale: str = "en_US"
    hours: str = "Mon-Fri 09:00-17:00"
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mail account: where mail is read, how replies leave.

    `path` is a Maildir's folder (kind maildir). `security` is `tls` or
    `starttls`; there is no third. `pin` (and `smtp_pin`) is the fingerprint of
    the one certificate that is believed, whoever vouches for it. `secret` says
    where the password is: `keyring`, `command` (its first output line) or
    `file` (under a passphrase); `smtp_secret` where that for sending is, if it
    is another one.
    `oauth` (`google`, `microsoft`) logs in by token in its place, as the app
    that `client_id` names; `tenant` is Microsoft's. `folders` are read in place
    of `inbox`, where there are several. `sent` and `archive` may stay empty: the
    server is asked for them. `files_sent_itself` marks a provider whose SMTP
    server puts the copy into Sent. `solved` says what becomes of a solved
    ticket's mails on the server: `leave`, `read` or `archive`.
    """

    name: str = ""
    kind: str = "imap"
    address: str = ""
    path: str = ""
    host: str = ""
    port: int = 993
    security: str = "tls"
    user: str = ""
    secret: str = "keyring"
    password_command: str = ""
    oauth: str = ""
    client_id: str = ""
    tenant: str = "common"
    ca_file: str = ""
    pin: str = ""
    inbox: str = "INBOX"
    folders: tuple[str, ...] = ()
    sent: str = ""
    archive: str = ""
    solved: str = "leave"
    delivery: str = "smtp"
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: str = "tls"
    smtp_user: str = ""
    smtp_secret: str = "same"
    smtp_password_command: str = ""
    smtp_pin: str = ""
    files_sent_itself: bool = False

    @property
    def login(self) -> str:
        """The name to log in with: the address, where no other was given."""
        return self.user or self.address

    @property
    def uses_secrets_file(self) -> bool:
        """Whether a password of it is in the file under a passphrase."""
        return "file" in (self.secret, self.sending.secret)

    @property
    def inboxes(self) -> tuple[str, ...]:
        """The folders customers' mail is read from; the first is watched."""
        return self.folders or (self.inbox,)

    @property
    def takes_all(self) -> bool:
        """Whether All Mail may be read in place of INBOX (Gmail): no folder was named."""
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
class Store:
    """Where a store's orders come from: a file (`path`), as `docs/orders-json.md` describes or an export.

    `currency` (ISO 4217) is for exports that do not name theirs.
    """

    name: str = ""
    kind: str = "file"
    path: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of config.toml. `work_from` says from when on old mail counts as work: all, today, `14 days`.

    `wire_log` has what goes over the wire written into a file for support, passwords masked.
    """

    shop: Shop = Shop()
    work_from: str = "14 days"
    undo_seconds: int = 15
    wire_log: bool = False
    theme: str = "dark"
    preset: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    mailboxes: tuple[Mailbox, ...] = ()
    stores: tuple[Store, ...] = ()

    @property
    def own_addresses(self) -> frozenset[str]:
        """Every address that is the owner's, casefolded as addresses are compared."""
        listed = (*self.shop.addresses, *(mailbox.address for mailbox in self.mailboxes))
        return frozenset(address.casefold() for address in listed if address)

    def mailbox(self, name: str) -> Mailbox | None:
        """The mailbox of that name."""
        return next((mailbox for mailbox in self.mailboxes if mailbox.name == name), None)
