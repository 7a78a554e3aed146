"""Who really wrote a mail: the customer behind a form, a marketplace or a chat, or no customer at all."""

import re
from dataclasses import replace

from deskterm.domain.messages import Address, Cue, MachineKind
from deskterm.domain.orders.numbers import numbers
from deskterm.domain.ticket_work.subjects import is_answer
from deskterm.mail.kind.form.free_labels import all_fields, begins_with_label
from deskterm.mail.kind.form.labels import address_in, mentions_form, read_form
from deskterm.mail.kind.form.marks import has_form_marks, is_from_mail_program, without_added
from deskterm.mail.kind.marketplaces import find_buyer, is_made_for_one
from deskterm.mail.kind.named_writer import find_forwarded, find_stranger
from deskterm.mail.kind.notices import lists_order, notice_kind, order_in
from deskterm.mail.kind.relays import (
    PLATFORM,
    ROBOT,
    VIA,
    is_own_domain,
    is_person,
    is_public,
    is_surely_person,
    names_differ,
    reply_to_stranger,
    speaks_for_others,
    speaks_for_us,
)
from deskterm.mail.kind.sender_warnings import cues_of
from deskterm.mail.values import Mail, Verdict, Writer

_NO_CUSTOMERS = frozenset(
    {MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT, MachineKind.LIST, MachineKind.NOTICE}
)
_PROGRAMS = frozenset({MachineKind.NOTICE, MachineKind.OTHER})
_PAYMENT = re.compile(
    r"[@.](?:stripe|paypal|klarna|mollie|adyen|sumup|squareup)\.[a-z.]{2,12}$", re.IGNORECASE
)
_CHAT = re.compile(
    r"chat (?:transcript|conversation|history)|transcript of (?:your |the |a )?(?:chat|conversation)"
    r"|conversation (?:transcript|with)|offline message|shopify inbox|tidio|chat[- ]?(?:verlauf|protokoll)"
    r"|transcription (?:du|de) (?:chat|conversation)|transcripción (?:del|de) chat"
    r"|new (?:chat )?message from (?:a )?visitor",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"voice ?mail|missed call|verpasster anruf|sprachnachricht|anrufbeantworter|message vocal|appel manqué"
    r"|llamada perdida|mensaje de voz",
    re.IGNORECASE,
)
_PHONE_NUMBER = re.compile(r"\+?\d[\d ()/.-]{5,20}\d")


def identify_writer(mail: Mail, text: str, verdict: Verdict, own: frozenset[str]) -> Writer:
    """Find out who wrote a mail and who gets the answer. `text` is the readable text, `own` our addresses.

    Forms, marketplaces and chats are tried before the verdict counts: their mail often looks like a list's
    or a notice's although a customer wrote it.
    """
    writer = _find_writer(mail, text, verdict, own)
    return replace(writer, answer_to=_answer_to(mail, writer, own))


def _find_writer(mail: Mail, text: str, verdict: Verdict, own: frozenset[str]) -> Writer:
    if verdict.kind in (MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT):
        return Writer(mail.sender, is_customer=False)
    is_relay = speaks_for_others(mail, own)
    says_so = mentions_form(text) or (not is_answer(mail.subject) and mentions_form(mail.subject))
    form = None
    if says_so or is_relay or _is_labelled(mail, text) or _is_filled_in(mail, text):
        form = _form(mail, text, own)
    if form and not is_relay:
        return form
    return (
        (form if form and says_so else None)
        or (is_relay and _behind_relay(mail, text, own, form))
        or _original_writer(mail, own)
        or _named_inside(mail, text, verdict, own, is_relay=is_relay)
        or _plain(mail, verdict, own)
    )


def _is_labelled(mail: Mail, text: str) -> bool:
    """Whether a labelled line has the address of Reply-To: then a form sent it, whatever the sender is."""
    if len(mail.reply_to) != 1 or mail.reply_to[0].key == mail.sender.key:
        return False
    return read_form(text).get("email", "").casefold() == mail.reply_to[0].key


def _is_filled_in(mail: Mail, text: str) -> bool:
    """Whether a text is labels and values from its first line on and names somebody else than its sender.

    People write like this about others too, so a sender whose name matches the address rules it out. A sender
    who has no name, a first name as the whole address, or an address at a public host also needs a mark of a
    web form.
    """
    if mail.in_reply_to or is_answer(mail.subject) or not begins_with_label(text):
        return False
    bare = is_person(mail.sender) or not mail.sender.name or is_public(mail.sender.address)
    marked, carries = has_form_marks(mail, text), VIA.search(mail.sender.name)
    if is_from_mail_program(mail) or ((is_surely_person(mail.sender) or bare) and not (marked or carries)):
        return False
    fields = all_fields(text, mail)
    named = Address(fields.get("name", ""), fields.get("email", ""))
    if not named.address or "message" not in fields or _is_of_same_house(mail.sender, named):
        return False
    return not mail.sender.name or not named.name or names_differ(mail, named)


def _is_of_same_house(sender: Address, named: Address) -> bool:
    """Whether two addresses are the same or of one company: a purchaser may name who pays."""
    host = named.key.rpartition("@")[2]
    firm = host == sender.key.rpartition("@")[2] and not is_public(named.address)
    return named.key == sender.key or firm


def _answer_to(mail: Mail, writer: Writer, own: frozenset[str]) -> tuple[Address, ...]:
    """Who gets an answer: the customer whose mail was passed on, else Reply-To (RFC 5322, 3.6.2) or From."""
    if writer.customer.key != mail.sender.key:
        return (writer.customer,) if writer.customer.address else ()
    asked = tuple(one for one in mail.reply_to if one.address and one.key not in own)
    return asked or ((mail.sender,) if mail.sender.address else ())


def _behind_relay(mail: Mail, text: str, own: frozenset[str], form: Writer | None) -> Writer | None:
    """The writer behind a program's mail. A form with an address counts whatever its subject is."""
    personal = is_made_for_one(mail)
    whole = form and "email" in form.fields and not _PAYMENT.search(mail.sender.address)
    return (
        (personal and find_buyer(mail, text))
        or (whole and form)
        or _notice(mail, text)
        or find_buyer(mail, text)
        or _chat(mail, text, own)
        or _phone(mail, text)
        or form
        or None
    )


def _original_writer(mail: Mail, own: frozenset[str]) -> Writer | None:
    """The person whose mail a group passed on under its own address (X-Original-From, X-Original-Sender)."""
    if not (mail.sender.key in own or VIA.search(mail.sender.name)):
        return None
    for field in ("x-original-from", "x-original-sender"):
        address = address_in(mail.header(field))
        if address and address.casefold() not in own | {mail.sender.key}:
            name = mail.header(field).partition("<")[0] if "<" in mail.header(field) else ""
            name = name.strip(" \"'") or VIA.sub("", mail.sender.name).strip(" \"'")
            return Writer(Address(name, address), cues=cues_of(mail, ()))
    return None


def _named_inside(
    mail: Mail, text: str, verdict: Verdict, own: frozenset[str], *, is_relay: bool
) -> Writer | None:
    """The customer that only the text names: in a mail of our server or form, or one a rule forwarded."""
    if verdict.kind is MachineKind.LIST or mail.in_reply_to or reply_to_stranger(mail, own):
        return None
    found = find_forwarded(mail, text, own)
    if not found and is_relay and (speaks_for_us(mail, own) or has_form_marks(mail, text)):
        found = find_stranger(mail, text, own)
    return found and Writer(found.customer, text=found.text, cues=_form_cues(mail, found.customer, own))


def _plain(mail: Mail, verdict: Verdict, own: frozenset[str]) -> Writer:
    stranger = reply_to_stranger(mail, own)
    if stranger and (
        speaks_for_others(mail, own) or verdict.kind in _PROGRAMS or names_differ(mail, stranger)
    ):
        trusted = mail.sender.key in own or is_own_domain(mail.sender.address, own)
        return Writer(stranger, cues=cues_of(mail, () if trusted else None))
    is_customer = verdict.kind not in _NO_CUSTOMERS and mail.sender.key not in own
    local = mail.sender.address.partition("@")[0]
    if verdict.kind is MachineKind.OTHER and ROBOT.search(local):
        is_customer = False
    return Writer(mail.sender, is_customer=is_customer, cues=cues_of(mail))


def _notice(mail: Mail, text: str) -> Writer | None:
    kind = notice_kind(mail.subject) or ("order" if lists_order(mail.subject, text) else "")
    if not kind:
        return None
    fields = {"notice": kind}
    if order := order_in(mail.subject) or next(iter(numbers(mail.subject)), ""):
        fields["order"] = order
    buyer = next((address for address in mail.reply_to if address.key != mail.sender.key), None)
    if buyer and kind == "order":
        fields["email"] = buyer.address
    return Writer(mail.sender, is_customer=False, fields=fields, cues=cues_of(mail, ()))


def _chat(mail: Mail, text: str, own: frozenset[str]) -> Writer | None:
    if not _CHAT.search(f"{mail.subject}\n{mail.sender.name}"):
        return None
    fields = read_form(text)
    fields.pop("message", None)
    customer = _customer_of(mail, fields, own)
    if customer is None and (found := find_stranger(mail, text, own)):
        customer = found.customer
    if customer is None:
        return None
    return Writer(customer, "chat transcript", fields=fields, cues=_form_cues(mail, customer, own))


def _phone(mail: Mail, text: str) -> Writer | None:
    if not _PHONE.search(mail.subject):
        return None
    number = _PHONE_NUMBER.search(f"{mail.subject}\n{text[:2_000]}")
    fields = {"phone": number[0].strip()} if number else {}
    return Writer(Address(fields.get("phone", ""), mail.sender.address), "phone", fields=fields)


def _form(mail: Mail, text: str, own: frozenset[str]) -> Writer | None:
    fields = all_fields(text, mail)
    if "message" not in fields or not (len(fields) > 1 or mail.reply_to):
        return None
    customer = _customer_of(mail, fields, own)
    if customer is None:
        return None
    if not fields.get("order") and (order := order_in(fields.get("subject", ""))):
        fields["order"] = order
    cues = _form_cues(mail, customer, own)
    return Writer(customer, "contact form", fields=fields, text=without_added(fields["message"]), cues=cues)


def _form_cues(mail: Mail, customer: Address, own: frozenset[str]) -> tuple[Cue, ...]:
    """The warnings for a form's mail. Anybody can imitate one: mail from outside shows where answers go."""
    domain = mail.sender.address.rpartition("@")[2]
    trusted = PLATFORM.search(domain) or is_own_domain(mail.sender.address, own)
    return cues_of(mail, () if trusted else (customer,))


def _customer_of(mail: Mail, fields: dict[str, str], own: frozenset[str]) -> Address | None:
    """The address typed into the form, else Reply-To; None if both are missing or our own."""
    typed = address_in(fields.get("email", ""))
    replies = [
        address for address in mail.reply_to if address.key not in own and address.key != mail.sender.key
    ]
    if typed and typed.casefold() not in own:
        return Address(fields.get("name", ""), typed)
    if replies:
        return Address(fields.get("name", "") or replies[0].name, replies[0].address)
    return None
