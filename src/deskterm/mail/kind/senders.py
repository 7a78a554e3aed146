"""Who really wrote a mail: the customer behind a form, a marketplace or a chat, or nobody's customer."""

import re

from deskterm.domain.messages import Address, Cue, MachineKind
from deskterm.mail.kind.cues import cues_of
from deskterm.mail.kind.forms import address_in, mentions_form, read_form
from deskterm.mail.kind.notices import notice_kind, order_in
from deskterm.mail.values import Parsed, Verdict, Writer

_NO_CUSTOMERS = frozenset(
    {MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT, MachineKind.LIST, MachineKind.NOTICE}
)
_ROBOT = re.compile(
    r"(?:^|[._+-])(?:no-?_?reply|do-?not-?reply|mailer|wordpress|woocommerce|notifications?|notify"
    r"|info-noreply|automated|store\+\d+|messages?|conversations?|transcripts?|inbox|www-data|forms?)(?:$"
    r"|[._+-])",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"(?:^|\.)(?:shopify(?:email)?|myshopify|woocommerce|wordpress|wix|squarespace|bigcommerce|ecwid|etsy"
    r"|ebay|amazon|amazonses|stripe|paypal|klarna|mollie|adyen|sumup|squareup|tidio|tawk|jotform"
    r"|typeform)\.[a-z.]{2,12}$",
    re.IGNORECASE,
)
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


def identify_writer(parsed: Parsed, text: str, verdict: Verdict, own: frozenset[str]) -> Writer:
    """Say who wrote. `text` is the readable text, `own` the owner's addresses, case folded.

    Forms, marketplaces and chats come before the verdict: their mail often looks
    like a list's or a notice's, but a customer stands behind it.
    """
    if verdict.kind in (MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT):
        return Writer(parsed.sender, is_customer=False)
    says_so, is_relay = mentions_form(text), _is_relay(parsed, own)
    form = _form(parsed, text, own) if says_so or is_relay else None
    if form and says_so:
        return form
    return (is_relay and _behind_relay(parsed, text, own, form)) or _plain(parsed, verdict, own)


def _behind_relay(parsed: Parsed, text: str, own: frozenset[str], form: Writer | None) -> Writer | None:
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


def _is_relay(parsed: Parsed, own: frozenset[str]) -> bool:
    """Whether the mail comes from a program or from the shop itself: such mail may carry a customer's."""
    local, _, domain = parsed.sender.address.partition("@")
    return bool(_ROBOT.search(local) or _PLATFORM.search(domain) or parsed.sender.key in own)


def _plain(parsed: Parsed, verdict: Verdict, own: frozenset[str]) -> Writer:
    local = parsed.sender.address.partition("@")[0]
    elsewhere = [
        address for address in parsed.reply_to if address.key != parsed.sender.key and address.key not in own
    ]
    is_customer = verdict.kind not in _NO_CUSTOMERS and parsed.sender.key not in own
    if is_customer and elsewhere and (_ROBOT.search(local) or not parsed.sender.address):
        return Writer(elsewhere[0], cues=cues_of(parsed))
    if verdict.kind is MachineKind.OTHER and _ROBOT.search(local):
        is_customer = False
    return Writer(parsed.sender, is_customer=is_customer, cues=cues_of(parsed))


def _notice(parsed: Parsed) -> Writer | None:
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


def _marketplace(parsed: Parsed, text: str) -> Writer | None:
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


def _marketplace_name(parsed: Parsed) -> str:
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


def _chat(parsed: Parsed, text: str, own: frozenset[str]) -> Writer | None:
    if not _CHAT.search(f"{parsed.subject}\n{parsed.sender.name}"):
        return None
    fields = read_form(text)
    fields.pop("message", None)
    customer = _customer_of(parsed, fields, own)
    if customer is None:
        return None
    return Writer(customer, "chat transcript", fields=fields, cues=_form_cues(parsed, customer, own))


def _phone(parsed: Parsed, text: str) -> Writer | None:
    if not _PHONE.search(parsed.subject):
        return None
    number = _PHONE_NUMBER.search(f"{parsed.subject}\n{text[:2_000]}")
    fields = {"phone": number[0].strip()} if number else {}
    return Writer(Address(fields.get("phone", ""), parsed.sender.address), "phone", fields=fields)


def _form(parsed: Parsed, text: str, own: frozenset[str]) -> Writer | None:
    fields = read_form(text)
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


def _form_cues(parsed: Parsed, customer: Address, own: frozenset[str]) -> tuple[Cue, ...]:
    """Anybody can write a mail that looks like a form's: one from outside shows that answers go elsewhere."""
    domain = parsed.sender.address.rpartition("@")[2].casefold()
    ours = {address.rpartition("@")[2] for address in own}
    trusted = _PLATFORM.search(domain) or any(domain == our or domain.endswith(f".{our}") for our in ours)
    return cues_of(parsed, () if trusted else (customer,))


def _customer_of(parsed: Parsed, fields: dict[str, str], own: frozenset[str]) -> Address | None:
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
