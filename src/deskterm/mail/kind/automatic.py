"""Whether a machine wrote a mail, and what it reports (RFC 3834, 3464, 5965, 2369)."""

import re

from deskterm.domain.messages import MachineKind
from deskterm.domain.ticket_work.subjects import is_answer
from deskterm.mail.kind import signs
from deskterm.mail.kind.bounce import bounce, looks_returned
from deskterm.mail.kind.form.labels import address_in
from deskterm.mail.kind.report import MachineReport, read_report
from deskterm.mail.phrases import Phrases
from deskterm.mail.text.folding import folds
from deskterm.mail.values import Mail, Verdict

# Subjects that only programs write.
_ANSWER_NAMES = (
    r"auto(?:matic)?[ -]?(?:reply|response|answer)|autoreply|autoresponder|vacation (?:reply|notice|message)"
    r"|automatische antwort|abwesenheits\w+|urlaubs(?:notiz|meldung)|réponse automatique|message d'absence"
    r"|respuesta automática|risposta automatica|automatisch (?:antwoord|bericht)|afwezigheids\w+"
    r"|resposta automática|autoodpowied\w+|odpowiedź automatyczna|automatyczna odpowiedź|autosvar"
    r"|automatiskt? svar|frånvaromeddelande|automaattinen vastaus|automatická odpověď|otomatik yanıt"
    r"|автоматический ответ|автоответ\w*|自動応答|自動返信|不在(?:通知|のお知らせ)"
    r"|자동 ?(?:회신|응답)|자동 답장"
    r"|自动(?:回复|答复)|自動(?:回覆|回信)"
)
# Words for being away, which people write too.
_AWAY_NAMES = (
    r"out[ -]of[ -](?:the[ -])?office|on (?:vacation|holiday|leave)|abwesenheit|abwesend"
    r"|(?:ich|wir) (?:bin|sind)\b.{0,60}\b(?:nicht im (?:büro|hause?)|im urlaub|außer haus)"
    r"|absente?s? du bureau|absence|fuera de (?:la )?oficina|ausencia"
    r"|ausente|fuori (?:ufficio|sede)|assente|afwezig\w*|niet aanwezig|ausência|fora do escritório"
    r"|nieobecn\w+"
    r"|poza biurem|frånvaro\w*|fraværende|fravær\w*|ikke på kontoret|poissaolo\w*|poissa|mimo kancelář"
    r"|nepřítomn\w+|ofis dışında|отсутстви\w+|не в офисе|不在|休暇|부재 ?중|外出|休假"
)
_VACATION = f"{_ANSWER_NAMES}|{_AWAY_NAMES}"
_NAME_END = r"\s*(?:[:：\-–—(\[!.]|$|\b(?:re|until|from|bis|vom|von|du|jusqu)\b)"
_ANSWER_SUBJECT = re.compile(rf"\W*(?:re\s*:\s*)?(?:{_ANSWER_NAMES}){_NAME_END}", re.IGNORECASE)
_AWAY_SUBJECT = re.compile(rf"\W*(?:{_AWAY_NAMES}){_NAME_END}", re.IGNORECASE)
_AWAY = Phrases(
    _VACATION + r"|away (?:until|from)|i am (?:currently )?away|limited access to (?:my )?e-?mail"
)
_AWAY_NOTE = Phrases(
    r"limited access to (?:my )?e-?mail|(?:i will|i'll|and will) (?:reply|respond|answer|get back)"
    r".{0,40}(?:return|back)"
    r"|in urgent (?:cases|matters)|wird nicht weitergeleitet|in dringenden fällen|nach meiner rückkehr"
    r"|(?:répondrai|reviendrai vers vous)\b.{0,60}retour|à mon retour"
    r"|en cas d'urgence|a mi (?:regreso|vuelta)|en caso de urgencia|al mio rientro"
    r"|in caso di urgenza"
    r"|bij (?:mijn )?terugkomst|in dringende gevallen|quando (?:eu )?regressar|po (?:moim )?powrocie"
    r"|när jag är tillbaka|når jeg er tilbage",
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
_NO_REPLY = re.compile(r"(?:^|[._+-])(?:no-?_?reply|do-?not-?reply|noreply)(?:$|[._+-])", re.IGNORECASE)
_RECEIVED = Phrases(
    r"(?:we|i) (?:have |'ve )?received your|(?:has|have) been (?:received|registered|logged|forwarded)"
    r"|(?:ticket|request|case|reference) (?:number|no\.?|id|#)\W{0,3}(?:is |has )|get back to you"
    r"|within (?:the next )?\w{1,8}(?: \(\d\))? (?:working |business )?(?:days?|hours?)"
    r"|thank you for (?:contacting|reaching out|getting in touch)"
    r"|automat\w* (?:e-?mail|message|reply|response)"
    r"|(?:ticket|request|case)\b.{0,40}\b(?:closed|resolved|solved|merged)|rate your|how did we do"
    r"|generated automatically|automatically generated|do not (?:reply|respond)"
    r"|we(?:'ll| will) (?:reply|answer|be in touch)"
    r"|(?:ist|sind) (?:bei uns )?(?:eingegangen|eingetroffen)|(?:anfrage|nachricht|mail) erhalten"
    r"|schnellstmöglich"
    r"|automatisch (?:erstellt|generiert|erzeugt|versandt)|dank\w* für (?:ihre|deine) (?:anfrage|kontakt)"
    r"|(?:bien|avons) reçu (?:votre|ton)|(?:a|ont) (?:bien )?été (?:reçue?s?|enregistrée?s?)"
    r"|dans les (?:plus brefs|meilleurs)"
    r"|(?:hemos|ha sido) recibid[oa]|a la (?:mayor )?brevedad|abbiamo ricevuto|è stat[ao] ricevut[ao]"
    r"|(?:hebben|is) .{0,40}ontvangen|recebemos (?:a sua|o seu|seu|sua)|foi recebid[oa]"
    r"|otrzymaliśmy|zostało (?:otrzymane|przyjęte)|(?:er|har|är|vi) (?:tagit emot|mottag\w+|modtaget|mottatt)"
    r"|受け付け(?:まし|いたしまし)た|受信(?:しまし|いたしまし)た|已收到|접수되었습니다",
)
_REPORTING = frozenset({"text/rfc822-headers", "text/calendar", "application/ics"})
_INVITES = frozenset({"REQUEST", "PUBLISH", "ADD"})  # the other methods answer or cancel (RFC 5546)
_RECEIPT = "disposition-notification"  # RFC 8098
_SAYS = {
    MachineKind.CHALLENGE: "asks for a confirmation before our mail is delivered.",
    MachineKind.VACATION: "is away and sent an automatic reply.",
    MachineKind.OTHER: "sent an automatic reply.",
}
_TEXT = 4_000
_NONE = MachineReport()


def judge(mail: Mail, raw: bytes, text: str, own: frozenset[str] = frozenset()) -> Verdict:
    """Decide what kind of mail this is. Never raises; `raw` may have any line ends.

    `text` is the readable text, `own` the owner's addresses, case-folded. Reports are looked for first,
    because their headers often look like those of lists or auto-replies. After that `Auto-Submitted: no`
    means that a person wrote (RFC 3834, 5.1).
    """
    report = _NONE
    if _may_report(mail):
        report = read_report(raw)
        if found := _complaint(mail, report) or bounce(mail, report):
            return found
    submitted = signs.auto_submitted(mail)
    if submitted == "no":
        return Verdict()
    if submitted == "auto-generated" and _is_persons_answer(mail, report, text[:_TEXT], own):
        return Verdict(by_program=True)
    kind, words = _by_headers(mail, report, submitted, text[:_TEXT], own)
    if kind is MachineKind.HUMAN and _reads_like_absence(mail, text[:_TEXT]):
        return Verdict(by_program=True)
    about = () if kind is MachineKind.HUMAN else tuple(dict.fromkeys((*mail.in_reply_to, *mail.references)))
    return Verdict(kind, words, about=about)


def _may_report(mail: Mail) -> bool:
    """Whether the mail may be a report and must be taken apart as one; for most, the headers rule it out."""
    types = (mail.content_type, *(attachment.type for attachment in mail.attachments))
    return (
        mail.content_type == "multipart/report"
        or any(kind.startswith("message/") or kind in _REPORTING for kind in types)
        or looks_returned(mail)
        or bool(_COMPLAINT.match(mail.subject))
    )


def _complaint(mail: Mail, report: MachineReport) -> Verdict | None:
    by_words = _COMPLAINT.match(mail.subject) and report.original and not mail.in_reply_to
    if not report.feedback and report.kind != "feedback-report" and not by_words:
        return None
    recipient = address_in(report.feedback.get("original-rcpt-to", "") or report.original.get("to", ""))
    about = tuple(dict.fromkeys((*report.about, *mail.in_reply_to, *mail.references)))
    words = f"{recipient or 'A recipient'} marked our mail as spam."
    return Verdict(MachineKind.COMPLAINT, words, recipient=recipient, about=about)


def _by_headers(
    mail: Mail, report: MachineReport, submitted: str, text: str, own: frozenset[str]
) -> tuple[MachineKind, str]:
    name = mail.sender.name or mail.sender.address or "The sender"
    automatic = _says_automatic(mail, text, submitted)
    if report.method and (automatic or not _invites(mail, report)):
        return MachineKind.CALENDAR, f"{name} sent an appointment ({report.method.lower()})."
    if report.kind == _RECEIPT:
        return MachineKind.OTHER, f"{name} sent a read receipt."
    is_away = _is_away_note(mail, text, automatic=automatic)
    if automatic or is_away or _NO_REPLY.search(mail.sender.address):
        kind = _answer_kind(f"{mail.subject}\n{text}", submitted, automatic=automatic, is_away=is_away)
        if kind is not MachineKind.HUMAN:
            return kind, f"{name} {_SAYS[kind]}"
    if signs.is_list(mail, text, own):
        return MachineKind.LIST, f"{name} sent this to a list."
    if automatic or _takes_no_answers(mail) or signs.is_notice(mail, text, own):
        return MachineKind.NOTICE, f"{name} sent a notification."
    return MachineKind.HUMAN, ""


def _says_automatic(mail: Mail, text: str, submitted: str) -> bool:
    """Whether headers say that a machine wrote it.

    `Precedence: auto_reply` alone is not enough, because some programs always set it.
    """
    if submitted.startswith("auto") or _has_any(mail, signs.ANSWERING_FIELDS):
        return True
    if mail.header("precedence").strip().lower().replace("-", "_") != "auto_reply":
        return False
    words_of_mail = f"{mail.subject}\n{text}"
    return signs.forbids_answers(mail) or any(
        words.appear_in(words_of_mail) for words in (_AWAY, _AWAY_NOTE, _RECEIVED, _CHALLENGE)
    )


def _is_persons_answer(mail: Mail, report: MachineReport, text: str, own: frozenset[str]) -> bool:
    """Whether a person answered our mail in a help desk that marks what it sends as "auto-generated".

    Receipts, absence notes and mail from addresses made for programs also answer our mail, but do not count.
    """
    if not mail.in_reply_to or report.method or report.kind or _NO_REPLY.search(mail.sender.address):
        return False
    if signs.is_list(mail, text, own) or signs.is_notice(mail, text, own):
        return False
    own_words = _own_words(text)
    if not own_words or _ANSWER_SUBJECT.match(mail.subject) or _AWAY_SUBJECT.match(mail.subject):
        return False
    return not any(words.appear_in(own_words) for words in (_RECEIVED, _AWAY, _AWAY_NOTE, _CHALLENGE))


def _reads_like_absence(mail: Mail, text: str) -> bool:
    """Whether an answer without any header of a program seems to be an absence note.

    A person may have written it, so it stays among the customers' mails; but no program should answer it.
    """
    if not (mail.in_reply_to or is_answer(mail.subject) or _AWAY_SUBJECT.match(mail.subject)):
        return False
    if not (_AWAY_NOTE.appear_in(text) or _AWAY.appear_in(text)):  # quick way out for most mails
        return False
    words = _own_words(text)
    return "?" not in words and _AWAY_NOTE.appear_in(words) and _AWAY.appear_in(f"{mail.subject}\n{words}")


def _own_words(text: str) -> str:
    """A text without its folds: the quoted mail may itself say "we have received"."""
    parts, at = [], 0
    for fold in folds(text):
        parts.append(text[at : fold.start])
        at = fold.end
    return "".join((*parts, text[at:])).strip().casefold()


def _is_away_note(mail: Mail, text: str, *, automatic: bool) -> bool:
    """Whether the subject is an absence note's. Words that people write too need a second sign."""
    if _ANSWER_SUBJECT.match(mail.subject):
        return True
    if not _AWAY_SUBJECT.match(mail.subject):
        return False
    return bool(automatic or mail.in_reply_to) or signs.forbids_answers(mail) or _AWAY_NOTE.appear_in(text)


def _invites(mail: Mail, report: MachineReport) -> bool:
    """Whether it is an invitation with words of the sender, which need an answer."""
    return report.method in _INVITES and bool(mail.plain.strip() or mail.html.strip())


def _has_any(mail: Mail, names: frozenset[str]) -> bool:
    if names.isdisjoint(mail.named):
        return False
    return any(mail.header(name).strip().casefold() not in signs.SAYS_NO for name in names)


def _answer_kind(text: str, submitted: str, *, automatic: bool, is_away: bool) -> MachineKind:
    """Which kind of automatic answer it is; HUMAN if it is none."""
    if _CHALLENGE.appear_in(text):
        return MachineKind.CHALLENGE
    if is_away or (automatic and _AWAY.appear_in(text)):
        return MachineKind.VACATION
    answers = submitted == "auto-replied" or (automatic and not submitted)
    return MachineKind.OTHER if answers else MachineKind.HUMAN


def _takes_no_answers(mail: Mail) -> bool:
    """Whether it is from a no-reply address and has no other Reply-To, which might be a customer's."""
    local = mail.sender.address.partition("@")[0]
    elsewhere = any(address.key != mail.sender.key for address in mail.reply_to)
    return bool(_NO_REPLY.search(local)) and not elsewhere
