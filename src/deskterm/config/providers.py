"""Server settings of the most used mail hosts, and where to get app passwords."""

from deskterm.value_class import dataclass

_TLS, _STARTTLS = "tls", "starttls"


@dataclass(frozen=True, slots=True)
class Provider:
    """One mail host. `app_passwords` is where an app password is made, empty where the usual one works.

    `files_sent_itself` says that its SMTP server puts a copy into Sent. `note`
    is one sentence for the owner at setup, empty when there is nothing to say.
    """

    name: str
    domains: tuple[str, ...]
    imap_host: str
    smtp_host: str
    smtp_port: int = 465
    smtp_security: str = _TLS
    imap_port: int = 993
    imap_security: str = _TLS
    app_passwords: str = ""
    files_sent_itself: bool = False
    note: str = ""
    oauth: str = ""  # the issuer of its OAuth2 tokens, if it accepts any
    exchangers: tuple[str, ...] = ()  # endings of MX names by which it is recognised for other domains


_TWO_STEPS = "Turn on two-step verification first; then an app password can be made."
_ALLOW_IMAP = "IMAP must be allowed once in the settings of the web mail."

PROVIDERS = (
    Provider(
        "Gmail",
        ("gmail.com", "googlemail.com"),
        "imap.gmail.com",
        "smtp.gmail.com",
        app_passwords="https://myaccount.google.com/apppasswords",
        files_sent_itself=True,
        note=_TWO_STEPS,
        oauth="google",
        exchangers=("google.com", "googlemail.com"),
    ),
    Provider(
        "Microsoft",
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.co.uk", "hotmail.fr"),
        "outlook.office365.com",
        "smtp-mail.outlook.com",
        587,
        _STARTTLS,
        files_sent_itself=True,
        note="Microsoft takes no passwords. Log in by OAuth2, with an app that you register once\n"
        "at https://entra.microsoft.com (docs/accounts.md has the steps); its number is the client id.",
        oauth="microsoft",
        exchangers=("mail.protection.outlook.com", "olc.protection.outlook.com"),
    ),
    Provider(
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        "imap.mail.me.com",
        "smtp.mail.me.com",
        587,
        _STARTTLS,
        app_passwords="https://account.apple.com/account/manage",
        files_sent_itself=True,
        note="The password is an app-specific one, made under Sign-In and Security.",
        exchangers=("mail.icloud.com",),
    ),
    Provider(
        "Yahoo",
        ("yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.es", "ymail.com"),
        "imap.mail.yahoo.com",
        "smtp.mail.yahoo.com",
        app_passwords="https://login.yahoo.com/account/security",
        note="Choose `Generate app password` on that page.",
        exchangers=("yahoodns.net",),
    ),
    Provider(
        "AOL",
        ("aol.com", "aim.com"),
        "imap.aol.com",
        "smtp.aol.com",
        app_passwords="https://login.aol.com/account/security",
    ),
    Provider(
        "Fastmail",
        ("fastmail.com", "fastmail.fm", "sent.com", "messagingengine.com"),
        "imap.fastmail.com",
        "smtp.fastmail.com",
        app_passwords="https://app.fastmail.com/settings/security/integrations",
        exchangers=("messagingengine.com",),
    ),
    Provider(
        "Zoho",
        ("zoho.com", "zohomail.com"),
        "imap.zoho.com",
        "smtp.zoho.com",
        app_passwords="https://accounts.zoho.com/home#security/app_password",
        files_sent_itself=True,
        note=_ALLOW_IMAP,
        exchangers=("zoho.com",),
    ),
    Provider(
        "Zoho Europe",
        ("zohomail.eu",),
        "imap.zoho.eu",
        "smtp.zoho.eu",
        app_passwords="https://accounts.zoho.eu/home#security/app_password",
        files_sent_itself=True,
        note=_ALLOW_IMAP,
        exchangers=("zoho.eu",),
    ),
    Provider(
        "GMX",
        ("gmx.de", "gmx.net", "gmx.at", "gmx.ch"),
        "imap.gmx.net",
        "mail.gmx.net",
        note=_ALLOW_IMAP,
    ),
    Provider("GMX international", ("gmx.com", "gmx.fr"), "imap.gmx.com", "mail.gmx.com", note=_ALLOW_IMAP),
    Provider("WEB.DE", ("web.de",), "imap.web.de", "smtp.web.de", note=_ALLOW_IMAP),
    Provider("mail.com", ("mail.com", "email.com"), "imap.mail.com", "smtp.mail.com", note=_ALLOW_IMAP),
    Provider(
        "Telekom",
        ("t-online.de", "magenta.de"),
        "secureimap.t-online.de",
        "securesmtp.t-online.de",
        note="The password is the one for e-mail programs, set in the customer centre.",
    ),
    Provider(
        "mailbox.org",
        ("mailbox.org",),
        "imap.mailbox.org",
        "smtp.mailbox.org",
        exchangers=("mailbox.org",),
    ),
    Provider("Posteo", ("posteo.de", "posteo.net"), "posteo.de", "posteo.de", exchangers=("posteo.de",)),
    Provider("freenet", ("freenet.de",), "mx.freenet.de", "mx.freenet.de"),
    Provider(
        "IONOS",
        (),
        "imap.ionos.com",
        "smtp.ionos.com",
        exchangers=("ionos.com", "1and1.com"),
    ),
    Provider(
        "IONOS Germany",
        ("online.de",),
        "imap.ionos.de",
        "smtp.ionos.de",
        exchangers=("ionos.de", "kundenserver.de"),
    ),
    Provider("OVH", ("ovh.net",), "ssl0.ovh.net", "ssl0.ovh.net", exchangers=("ovh.net",)),
    Provider("Gandi", (), "mail.gandi.net", "mail.gandi.net", exchangers=("gandi.net",)),
    Provider(
        "Infomaniak",
        ("ik.me", "ikmail.com", "etik.com"),
        "mail.infomaniak.com",
        "mail.infomaniak.com",
        exchangers=("infomaniak.ch", "infomaniak.com"),
    ),
    Provider("Migadu", (), "imap.migadu.com", "smtp.migadu.com", exchangers=("migadu.com",)),
    Provider(
        "Namecheap Private Email",
        (),
        "mail.privateemail.com",
        "mail.privateemail.com",
        exchangers=("privateemail.com",),
    ),
    Provider("Titan", (), "imap.titan.email", "smtp.titan.email", exchangers=("titan.email",)),
    Provider(
        "Yandex",
        ("yandex.com", "yandex.ru", "ya.ru"),
        "imap.yandex.com",
        "smtp.yandex.com",
        app_passwords="https://id.yandex.com/security/app-passwords",
        note=_ALLOW_IMAP,
        exchangers=("yandex.net", "yandex.ru"),
    ),
    Provider("Orange", ("orange.fr", "wanadoo.fr"), "imap.orange.fr", "smtp.orange.fr", note=_ALLOW_IMAP),
    Provider("Free", ("free.fr",), "imap.free.fr", "smtp.free.fr"),
    Provider(
        "Proton Bridge",
        ("proton.me", "protonmail.com", "pm.me"),
        "127.0.0.1",
        "127.0.0.1",
        1025,
        _STARTTLS,
        1143,
        _STARTTLS,
        files_sent_itself=True,
        note="Proton Mail Bridge must run on this machine; the certificate is its own.",
    ),
)


def find(address: str) -> Provider | None:
    """The provider of an address, by its domain."""
    domain = address.rpartition("@")[2].casefold()
    return next((one for one in PROVIDERS if domain in one.domains), None)


def by_exchanger(names: tuple[str, ...]) -> Provider | None:
    """The provider that receives mail for a domain with these MX names."""
    hosts = [name.rstrip(".").casefold() for name in names]
    for one in PROVIDERS:
        if any(host == end or host.endswith("." + end) for host in hosts for end in one.exchangers):
            return one
    return None


def by_host(host: str) -> Provider | None:
    """The provider with that IMAP server."""
    return next((one for one in PROVIDERS if one.imap_host == host.casefold()), None)


def intended_address(address: str) -> str:
    """The address probably meant if its domain looks like a provider's with a typo; else ""."""
    from difflib import get_close_matches  # noqa: PLC0415 - only at setup

    name, _, domain = address.rpartition("@")
    domains = [domain for one in PROVIDERS for domain in one.domains]
    near = get_close_matches(domain.casefold(), domains, 1, 0.85)
    return f"{name}@{near[0]}" if near and find(address) is None else ""
