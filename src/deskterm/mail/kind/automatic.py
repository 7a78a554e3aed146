"""Whether a machine wrote a mail, and what it reports (RFC 3834, 3464, 5965, 2369)."""

import re

from deskterm.domain.messages import MachineKind
from deskterm.mail.kind.bounce import bounce, looks_returned
from deskterm.mail.kind.forms import address_in
from deskterm.mail.kind.report import MachineReport, read_report
from deskterm.mail.phrases import Phrases
from deskterm.mail.values import Parsed, Verdict

_VACATION = (
    r"auto(?:matic)?[ -]?(?:reply|response|answer)|autoreply|autoresponder|out[ -]of[ -](?:the[ -])?office"
    r"|on (?:vacation|holiday|leave)|vacation (?:reply|notice|message)|automatische antwort|abwesenheits?\w*"
    r"|abwesend|ich bin (?:nicht im büro|im urlaub)|urlaubs(?:notiz|meldung)|réponse automatique|absen(?:t"
    r"|ce) du bureau|absence|message d'absence|respuesta automática|fuera de (?:la )?oficina|ausencia"
    r"|ausente|risposta automatica|fuori (?:ufficio|sede)|assente|automatisch (?:antwoord|bericht)"
    r"|afwezig\w*|niet aanwezig|resposta automática|ausência|fora do escritório|autoodpowied\w+"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|nieobecn\w+|poza biurem|autosvar|automatiskt? svar"
    r"|frånvaro\w*|fraværende|fravær\w*|ikke på kontoret|automaattinen vastaus|poissaolo\w*|poissa"
    r"|automatická odpověď|mimo kancelář|nepřítomn\w+|otomatik yanıt|ofis dışında|автоматический ответ"
    r"|автоответ\w*|отсутстви\w+|не в офисе|自動応答|自動返信|不在(?:通知|のお知らせ)?|休暇|자동 ?(?:회신"
    r"|응답)|부재 ?중|자동 답장|自动(?:回复|答复)|自動(?:回覆|回信)|外出|休假"
)
_VACATION_SUBJECT = re.compile(
    rf"\W*(?:re\s*:\s*)?(?:{_VACATION})\s*(?:[:：\-–—(\[!.]|$|\b(?:re|until|from|bis|vom|von|du|jusqu)\b)",
    re.IGNORECASE,
)
_AWAY = Phrases(
    _VACATION + r"|away (?:until|from)|i am (?:currently )?away|limited access to (?:my )?e-?mail"
)
_CHALLENGE = Phrases(
    r"(?:confirm|verify|prove)\b.{0,60}\b(?:not (?:a )?(?:spam|robot|machine)|you are (?:a )?(?:human|real"
    r"|person)|your (?:e-?mail|message|identity) (?:to|so|before))|to (?:release|deliver) your (?:e-?mail"
    r"|message).{0,80}(?:click|reply|visit)|(?:spam ?arrest|boxbe|challenge[- ]response|whitelist me)"
    r"|(?:add|added) (?:yourself )?to (?:my|his|her|the) (?:approved|allowed|guest) (?:senders?|list)"
    r"|sender verification",
    re.DOTALL,
)
_COMPLAINT = re.compile(
    r"\W*(?:complaint about message from|(?:email |spam |rackspace )?(?:abuse|feedback) report\b)",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"(?:^|[._+-])(?:no-?_?reply|do-?not-?reply|noreply|notifications?|notify|mailer|alerts?|automated)(?:$|[._+-])",
    re.IGNORECASE,
)
_LISTED = frozenset(
    {
        "list-id",
        "list-unsubscribe",
        "list-post",
        "list-help",
        "x-campaign",
        "x-campaignid",
        "x-mailgun-tag",
        "feedback-id",
    }
)
_AUTO_HEADERS = frozenset(
    {
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-mail-autoreply",
        "x-vacation",
    }
)
_REPORTING = frozenset({"text/rfc822-headers", "text/calendar", "application/ics"})
_INVITES = frozenset({"REQUEST", "PUBLISH", "ADD"})  # the others answer one, or end it (RFC 5546)
_RECEIPT = "disposition-notification"  # RFC 8098
_TO_MANY = frozenset({"bulk", "list", "junk"})
_SAYS = {
    MachineKind.CHALLENGE: "asks for a confirmation before our mail is delivered.",
    MachineKind.VACATION: "is away and sent an automatic reply.",
    MachineKind.OTHER: "sent an automatic reply.",
}
_TEXT = 4_000
_NONE = MachineReport()


def judge(parsed: Parsed, raw: bytes, text: str) -> Verdict:
    """Say what kind of mail this is. Never raises; any line ends in `raw`.

    `text` is the readable text. Reports come first, for their headers often look
    like lists or auto-replies; `Auto-Submitted: no` is then the sender's word
    that a person wrote (RFC 3834, 5.1).
    """
    report = _NONE
    if _may_report(parsed):
        report = read_report(raw)
        if found := _complaint(parsed, report) or bounce(parsed, report):
            return found
    submitted = parsed.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if submitted == "no":
        return Verdict()
    kind, words = _by_headers(parsed, report, submitted, text[:_TEXT])
    about = (
        () if kind is MachineKind.HUMAN else tuple(dict.fromkeys((*parsed.in_reply_to, *parsed.references)))
    )
    return Verdict(kind, words, about=about)


def _may_report(parsed: Parsed) -> bool:
    """Whether to take the mail apart again: the head of most mail shows that it reports nothing."""
    types = (parsed.content_type, *(attachment.type for attachment in parsed.attachments))
    return (
        parsed.content_type == "multipart/report"
        or any(kind.startswith("message/") or kind in _REPORTING for kind in types)
        or looks_returned(parsed)
        or bool(_COMPLAINT.match(parsed.subject))
    )


def _complaint(parsed: Parsed, report: MachineReport) -> Verdict | None:
    by_words = _COMPLAINT.match(parsed.subject) and report.original and not parsed.in_reply_to
    if not report.feedback and report.kind != "feedback-report" and not by_words:
        return None
    recipient = address_in(report.feedback.get("original-rcpt-to", "") or report.original.get("to", ""))
    about = tuple(dict.fromkeys((*report.about, *parsed.in_reply_to, *parsed.references)))
    words = f"{recipient or 'A recipient'} marked our mail as spam."
    return Verdict(MachineKind.COMPLAINT, words, recipient=recipient, about=about)


def _by_headers(parsed: Parsed, report: MachineReport, submitted: str, text: str) -> tuple[MachineKind, str]:
    name = parsed.sender.name or parsed.sender.address or "The sender"
    precedence = parsed.header("precedence").strip().lower()
    automatic = (
        submitted.startswith("auto")
        or precedence.replace("-", "_") == "auto_reply"
        or _has_any(parsed, _AUTO_HEADERS)
    )
    if report.method and (automatic or not _invites(parsed, report)):
        return MachineKind.CALENDAR, f"{name} sent an appointment ({report.method.lower()})."
    if report.kind == _RECEIPT:
        return MachineKind.OTHER, f"{name} sent a read receipt."
    if automatic or _VACATION_SUBJECT.match(parsed.subject) or _NO_REPLY.search(parsed.sender.address):
        kind = _answer_kind(f"{parsed.subject}\n{text}", parsed.subject, submitted, automatic=automatic)
        if kind is not MachineKind.HUMAN:
            return kind, f"{name} {_SAYS[kind]}"
    if precedence in _TO_MANY or _has_any(parsed, _LISTED):
        return MachineKind.LIST, f"{name} sent this to a list."
    suppressed = parsed.header("x-auto-response-suppress").lower()
    if automatic or "oof" in suppressed or suppressed == "all" or _is_notice(parsed):
        return MachineKind.NOTICE, f"{name} sent a notification."
    return MachineKind.HUMAN, ""


def _invites(parsed: Parsed, report: MachineReport) -> bool:
    """Whether somebody invites us and wrote words to it, which want an answer."""
    return report.method in _INVITES and bool(parsed.plain.strip() or parsed.html.strip())


def _has_any(parsed: Parsed, names: frozenset[str]) -> bool:
    return not names.isdisjoint(parsed.named) and any(map(parsed.header, names))


def _answer_kind(text: str, subject: str, submitted: str, *, automatic: bool) -> MachineKind:
    """Which kind of automatic answer it is; HUMAN stands for none."""
    if _CHALLENGE.stand_in(text):
        return MachineKind.CHALLENGE
    if _VACATION_SUBJECT.match(subject) or (automatic and _AWAY.stand_in(text)):
        return MachineKind.VACATION
    answers = submitted == "auto-replied" or (automatic and not submitted)
    return MachineKind.OTHER if answers else MachineKind.HUMAN


def _is_notice(parsed: Parsed) -> bool:
    """From an address that takes no answers. Where Reply-To gives another, a customer may stand behind it."""
    local = parsed.sender.address.partition("@")[0]
    elsewhere = any(address.key != parsed.sender.key for address in parsed.reply_to)
    return bool(_NO_REPLY.search(local)) and not elsewhere
