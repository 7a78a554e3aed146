"""Who really wrote a mail: the customer behind a form, a marketplace or a chat, or nobody's customer."""

import re
from dataclasses import replace

from deskterm.domain.messages import Address, Cue, MachineKind
from deskterm.mail.kind.cues import cues_of
from deskterm.mail.kind.form_marks import bears_marks, was_typed
from deskterm.mail.kind.forms import address_in, mentions_form, read_form
from deskterm.mail.kind.free_labels import all_fields, begins_with_label
from deskterm.mail.kind.notices import notice_kind, order_in
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
)
from deskterm.mail.kind.subjects import is_answer
from deskterm.mail.values import Mail, Verdict, Writer

_NO_CUSTOMERS = frozenset(
    {MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT, MachineKind.LIST, MachineKind.NOTICE}
)
_PROGRAMS = frozenset({MachineKind.NOTICE, MachineKind.OTHER})
_PAYMENT = re.compile(
    r"[@.](?:stripe|paypal|klarna|mollie|adyen|sumup|squareup)\.[a-z.]{2,12}$", re.IGNORECASE
)
_MARKETPLACE = re.compile(
    r"(?:^|\.)(?:(?:members|message|reply)\.ebay|marketplace\.amazon|(?:\w+\.)?etsy)\.[a-z.]{2,10}$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"@(?:members\.ebay|marketplace\.amazon|convos?\.etsy)\.[a-z.]{2,10}$", re.IGNORECASE)
_MARKETPLACE_NAME = re.compile(
    r"^\W*(?:ebay\W+|message from |nachricht von |message de |mensaje de )|\s*(?:[-–—(|]|\bfrom\b|\bvia\b"
    r"|\bon\b|\bauf\b|\bsur\b|\ben\b|\bde\b|\bvon\b)\s*(?:amazon(?:\.[a-z.]{2,6})?(?: (?:marketplace"
    r"|services))?|etsy|ebay)\b.*$",
    re.IGNORECASE,
)
_MARKETPLACE_SUBJECT = re.compile(
    r"(?:message|question|inquiry|enquiry|anfrage|nachricht|frage|demande|question|mensaje|pregunta"
    r"|consulta)\s+(?:from|von|de|du client|del cliente)\s+(?:amazon customer |amazon[- ]kunden? "
    r"|client amazon |cliente de amazon )?(?P<name>[\w .'-]{2,40}?)(?:\s*[(:,!]|\s+(?:on|about|auf|zu|sur"
    r"|sobre)\b|$)|^(?P<first>[\w.'*-]{2,40}(?: [\w.'-]{1,30}){0,2}) (?:has )?(?:sent|asked|hat|a envoyé"
    r"|te ha enviado|wrote)\b",
    re.IGNORECASE,
)
_BEGIN = re.compile(
    r"^[-* 	]{0,40}(?:begin message|beginn der nachricht|nachrichtenbeginn|début du message"
    r"|inicio del mensaje|inizio messaggio)[-*: 	]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_FINISH = re.compile(
    r"^[-* 	]{0,40}(?:end message|ende der nachricht|nachrichtenende|fin du message|fin del mensaje"
    r"|fine messaggio)[-*: 	]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS_WITHIN = 20_000
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
_AMAZON_ORDER = re.compile(r"\b\d{3}-\d{7}-\d{7}\b")


def identify_writer(parsed: Mail, text: str, verdict: Verdict, own: frozenset[str]) -> Writer:
    """Say who wrote, and whom an answer reaches. `text` is the readable text, `own` our addresses.

    Forms, marketplaces and chats come before the verdict: their mail often looks like a list's or a
    notice's, but a customer stands behind it.
    """
    writer = _find_writer(parsed, text, verdict, own)
    return replace(writer, answer_to=_answer_to(parsed, writer, own))


def _find_writer(parsed: Mail, text: str, verdict: Verdict, own: frozenset[str]) -> Writer:
    if verdict.kind in (MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT):
        return Writer(parsed.sender, is_customer=False)
    is_relay = speaks_for_others(parsed, own)
    says_so = mentions_form(text) or (not is_answer(parsed.subject) and mentions_form(parsed.subject))
    form = None
    if says_so or is_relay or _is_labelled(parsed, text) or _is_filled_in(parsed, text):
        form = _form(parsed, text, own)
    if form and not is_relay:
        return form
    return (
        (form if form and says_so else None)
        or (is_relay and _behind_relay(parsed, text, own, form))
        or _original_writer(parsed, own)
        or _plain(parsed, verdict, own)
    )


def _is_labelled(parsed: Mail, text: str) -> bool:
    """Whether a labelled line bears the address that Reply-To names: a form's mail, whoever sent it."""
    if len(parsed.reply_to) != 1 or parsed.reply_to[0].key == parsed.sender.key:
        return False
    return read_form(text).get("email", "").casefold() == parsed.reply_to[0].key


def _is_filled_in(parsed: Mail, text: str) -> bool:
    """Whether a text is labels and values from its first line on, and names somebody else than its sender.

    A person writes so too, about somebody else: who is named as their address is, is one. Without a name,
    with a first name that is the whole address, or from where everybody has an address, it takes a mark
    that a program wrote.
    """
    if parsed.in_reply_to or is_answer(parsed.subject) or not begins_with_label(text):
        return False
    bare = is_person(parsed.sender) or not parsed.sender.name or is_public(parsed.sender.address)
    if is_surely_person(parsed.sender) or was_typed(parsed) or (bare and not bears_marks(parsed, text)):
        return False
    fields = all_fields(text, parsed)
    named = Address(fields.get("name", ""), fields.get("email", ""))
    if not named.address or "message" not in fields or named.key == parsed.sender.key:
        return False
    return not parsed.sender.name or not named.name or names_differ(parsed, named)


def _answer_to(parsed: Mail, writer: Writer, own: frozenset[str]) -> tuple[Address, ...]:
    """Whom an answer reaches: Reply-To (RFC 5322, 3.6.2), or the customer whose mail it carries."""
    if writer.customer.key != parsed.sender.key:
        return (writer.customer,) if writer.customer.address else ()
    asked = tuple(one for one in parsed.reply_to if one.address and one.key not in own)
    return asked or ((parsed.sender,) if parsed.sender.address else ())


def _behind_relay(parsed: Mail, text: str, own: frozenset[str], form: Writer | None) -> Writer | None:
    """Who stands behind a program's mail. A form with an address typed in counts whatever its subject is."""
    personal = bool(_PERSONAL.search(parsed.sender.address))  # a relay address made for one customer
    whole = form and "email" in form.fields and not _PAYMENT.search(parsed.sender.address)
    return (
        (personal and _marketplace(parsed, text))
        or (whole and form)
        or _notice(parsed)
        or _marketplace(parsed, text)
        or _chat(parsed, text, own)
        or _phone(parsed, text)
        or form
        or None
    )


def _original_writer(parsed: Mail, own: frozenset[str]) -> Writer | None:
    """The person whose mail a group sent on under its own address (X-Original-From, X-Original-Sender)."""
    if not (parsed.sender.key in own or VIA.search(parsed.sender.name)):
        return None
    for field in ("x-original-from", "x-original-sender"):
        address = address_in(parsed.header(field))
        if address and address.casefold() not in own | {parsed.sender.key}:
            name = parsed.header(field).partition("<")[0] if "<" in parsed.header(field) else ""
            name = name.strip(" \"'") or VIA.sub("", parsed.sender.name).strip(" \"'")
            return Writer(Address(name, address), cues=cues_of(parsed, ()))
    return None


def _plain(parsed: Mail, verdict: Verdict, own: frozenset[str]) -> Writer:
    stranger = reply_to_stranger(parsed, own)
    if stranger and (
        speaks_for_others(parsed, own) or verdict.kind in _PROGRAMS or names_differ(parsed, stranger)
    ):
        trusted = parsed.sender.key in own or is_own_domain(parsed.sender.address, own)
        return Writer(stranger, cues=cues_of(parsed, () if trusted else None))
    is_customer = verdict.kind not in _NO_CUSTOMERS and parsed.sender.key not in own
    local = parsed.sender.address.partition("@")[0]
    if verdict.kind is MachineKind.OTHER and ROBOT.search(local):
        is_customer = False
    return Writer(parsed.sender, is_customer=is_customer, cues=cues_of(parsed))


def _notice(parsed: Mail) -> Writer | None:
    kind = notice_kind(parsed.subject)
    if not kind:
        return None
    fields = {"notice": kind}
    if order := order_in(parsed.subject):
        fields["order"] = order
    buyer = next((address for address in parsed.reply_to if address.key != parsed.sender.key), None)
    if buyer and kind == "order":
        fields["email"] = buyer.address
    return Writer(parsed.sender, is_customer=False, fields=fields, cues=cues_of(parsed, ()))


def _marketplace(parsed: Mail, text: str) -> Writer | None:
    domain = parsed.sender.address.partition("@")[2]
    if not _MARKETPLACE.search(domain):
        return None
    relay = next((address for address in parsed.reply_to if address.key != parsed.sender.key), None)
    personal = relay is not None or _PERSONAL.search(parsed.sender.address)
    if not personal and not _MARKETPLACE_SUBJECT.search(parsed.subject):
        return None
    address = (relay or parsed.sender).address
    fields = {}
    order = _AMAZON_ORDER.search(parsed.subject) or _AMAZON_ORDER.search(text[:4_000])
    if number := order[0] if order else order_in(parsed.subject):
        fields["order"] = number
    customer = Address(_marketplace_name(parsed), address)
    return Writer(customer, "marketplace", fields=fields, text=_between_marks(text), cues=cues_of(parsed, ()))


def _marketplace_name(parsed: Mail) -> str:
    name = _MARKETPLACE_NAME.sub("", parsed.sender.name)
    name = _MARKETPLACE_NAME.sub("", name).strip(" -–—|:\"'")
    if name and name.casefold() not in ("etsy", "ebay", "amazon", "amazon.com", "etsy conversations"):
        return name
    told = _MARKETPLACE_SUBJECT.search(parsed.subject)
    return (told["name"] or told["first"] or "").strip() if told else ""


def _between_marks(text: str) -> str:
    """The customer's words, where the marketplace sets them between marks; else an empty text."""
    begin = _BEGIN.search(text[:_MARKS_WITHIN])
    if begin is None:
        return ""
    end = _FINISH.search(text, begin.end())
    return text[begin.end() : end.start() if end else len(text)].strip()


def _chat(parsed: Mail, text: str, own: frozenset[str]) -> Writer | None:
    if not _CHAT.search(f"{parsed.subject}\n{parsed.sender.name}"):
        return None
    fields = read_form(text)
    fields.pop("message", None)
    customer = _customer_of(parsed, fields, own)
    if customer is None:
        return None
    return Writer(customer, "chat transcript", fields=fields, cues=_form_cues(parsed, customer, own))


def _phone(parsed: Mail, text: str) -> Writer | None:
    if not _PHONE.search(parsed.subject):
        return None
    number = _PHONE_NUMBER.search(f"{parsed.subject}\n{text[:2_000]}")
    fields = {"phone": number[0].strip()} if number else {}
    return Writer(Address(fields.get("phone", ""), parsed.sender.address), "phone", fields=fields)


def _form(parsed: Mail, text: str, own: frozenset[str]) -> Writer | None:
    fields = all_fields(text, parsed)
    if "message" not in fields or not (len(fields) > 1 or parsed.reply_to):
        return None
    customer = _customer_of(parsed, fields, own)
    if customer is None:
        return None
    if not fields.get("order") and (order := order_in(fields.get("subject", ""))):
        fields["order"] = order
    return Writer(
        customer,
        "contact form",
        fields=fields,
        text=fields["message"],
        cues=_form_cues(parsed, customer, own),
    )


def _form_cues(parsed: Mail, customer: Address, own: frozenset[str]) -> tuple[Cue, ...]:
    """Anybody can write a mail that looks like a form's: one from outside shows that answers go elsewhere."""
    domain = parsed.sender.address.rpartition("@")[2]
    trusted = PLATFORM.search(domain) or is_own_domain(parsed.sender.address, own)
    return cues_of(parsed, () if trusted else (customer,))


def _customer_of(parsed: Mail, fields: dict[str, str], own: frozenset[str]) -> Address | None:
    """The address typed into the form, else Reply-To; None when neither is a stranger's."""
    told = address_in(fields.get("email", ""))
    replies = [
        address for address in parsed.reply_to if address.key not in own and address.key != parsed.sender.key
    ]
    if told and told.casefold() not in own:
        return Address(fields.get("name", ""), told)
    if replies:
        return Address(fields.get("name", "") or replies[0].name, replies[0].address)
    return None
