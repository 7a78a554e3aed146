"""Letters as the bytes a mail server would deliver."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from deskterm.demo import shop
from deskterm.demo.clock import local
from deskterm.demo.letters import Letter

_POLICY = SMTP.clone(linesep="\n")
_CHARSETS = {"ja": "iso-2022-jp", "pl": "iso-8859-2", "sv": "iso-8859-1", "it": "windows-1252"}
_WROTE = {
    "en": "On {day}, {name} <{address}> wrote:",
    "de": "Am {short} um {time} schrieb {name} <{address}>:",
    "fr": "Le {short} à {time}, {name} <{address}> a écrit :",
    "nl": "Op {short} om {time} schreef {name} <{address}>:",
    "es": "El {short} a las {time}, {name} (<{address}>) escribió:",
    "it": "Il giorno {short} alle ore {time} {name} <{address}> ha scritto:",
    "sv": "Den {short} kl {time} skrev {name} <{address}>:",
    "pl": "{short} o {time} {name} <{address}> napisał(a):",
    "pt": "{name} <{address}> escreveu no dia {short} às {time}:",
    "ja": "{iso} {time} {name} <{address}>:",
}
_PHONE = {"en": "Sent from my phone", "de": "Von meinem Handy gesendet", "fr": "Envoyé de mon téléphone"}


def as_bytes(letter: Letter) -> bytes:
    """The whole mail with LF line ends; always the same for the same letter."""
    if letter.raw:
        return letter.raw.encode()
    mail = EmailMessage(policy=_POLICY)
    _head(mail, letter)
    _body(mail, letter)
    for name, kind, data in letter.attachments:
        main, _, sub = kind.partition("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=-{letter.key}-{number}")
    return mail.as_bytes()


def _head(mail: EmailMessage, letter: Letter) -> None:
    written = local(letter.at - 7)
    if not letter.ours:
        host = letter.address.partition("@")[2]
        arrived = format_datetime(local(letter.at))
        mail["Received"] = f"from mx.{host} by mail.oakandwool.example with ESMTPS; {arrived}"
    mail["Date"] = format_datetime(written)
    mail["From"] = _person(letter.name, letter.address)
    mail["To"] = _person(*letter.to)
    mail["Subject"] = letter.subject
    mail["Message-ID"] = letter.message_id
    if letter.parents:
        mail["In-Reply-To"] = letter.parents[-1]
        mail["References"] = " ".join(letter.parents)
    for name, value in letter.headers:
        mail[name] = value


def _person(name: str, address: str) -> Address:
    return Address(name, addr_spec=address)


def _body(mail: EmailMessage, letter: Letter) -> None:
    charset = _CHARSETS.get(letter.language, "utf-8")
    text = _whole(letter)
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    if letter.style == "html":
        mail.set_content(_html(letter), subtype="html")
        return
    mail.set_content(text + "\n", charset=charset)
    if letter.style == "gmail":
        mail.add_alternative(_html(letter), subtype="html")


def _whole(letter: Letter) -> str:
    """The text with the phone's footer and the quoted letter, laid out as the writer's program does."""
    text = letter.text
    if letter.style == "phone":
        text += f"\n\n{_PHONE.get(letter.language, _PHONE['en'])}"
    if letter.answers is None:
        return text
    if letter.style == "outlook":
        return f"{text}\n\n{_outlook(letter.answers)}\n\n{_whole(letter.answers)}"
    quoted = "\n".join(f"> {line}".rstrip() for line in _whole(letter.answers).split("\n"))
    return f"{text}\n\n{_wrote(letter)}\n\n{quoted}"


def _wrote(letter: Letter) -> str:
    asked = letter.answers
    assert asked is not None
    moment = local(asked.at)
    return _WROTE[letter.language].format(
        name=asked.name,
        address=asked.address,
        day=_english(moment),
        short=f"{moment:%d.%m.%Y}",
        iso=f"{moment:%Y-%m-%d}",
        time=f"{moment:%H:%M}",
    )


def _english(moment: datetime) -> str:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return (
        f"{days[moment.weekday()]}, {moment.day} {months[moment.month - 1]} {moment.year} at {moment:%H:%M}"
    )


def _outlook(asked: Letter) -> str:
    return (
        f"From: {asked.name} <{asked.address}>\nSent: {_english(local(asked.at))}\n"
        f"To: {asked.to[0]} <{asked.to[1]}>\nSubject: {asked.subject}"
    )


def _html(letter: Letter) -> str:
    body = f"<html><body>{_paragraphs(letter.text)}"
    if letter.answers:
        body += (
            f'<div class="gmail_quote"><div class="gmail_attr">{escape(_wrote(letter))}</div>'
            f"<blockquote>{_paragraphs(_whole(letter.answers))}</blockquote></div>"
        )
    if letter.style == "html":
        body += f'<img src="https://{shop.STORE}.example/open.gif" width="1" height="1" alt="">'
    return f"{body}</body></html>\n"


def _paragraphs(text: str) -> str:
    parts = (escape(part).replace("\n", "<br>\n") for part in text.split("\n\n"))
    return "".join(f"<p>{part}</p>\n" for part in parts)
