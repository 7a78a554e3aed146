"""Signs that a mail was made by a web form: its headers, its subject, the lines that a form adds below."""

import re

from deskterm.mail.kind.signs import SAYS_NO
from deskterm.mail.phrases import Phrases
from deskterm.mail.values import Mail

_FIELDS = (
    "x-php-originating-script", "x-php-script", "x-php-filename", "x-source-args", "x-wpcf7-content-type",
    "x-auto-response-suppress", "auto-submitted", "x-form-id", "x-feedback-id", "x-mailgun-sid", "x-sg-eid",
)  # fmt: skip
_PROGRAM = re.compile(
    r"php|swift ?mailer|nodemailer|symfony|laravel|django|\bperl\b|mime::lite|wordpress"
    r"|(?<![a-z])form|forms\b",
    re.IGNORECASE,
)
_BY_HAND = re.compile(
    r"(?:apple|iphone|ipad|k-9|fair|blue|windows|web|yahoo) ?mail|outlook|thunderbird|evolution"
    r"|roundcube|horde|mutt",
    re.IGNORECASE,
)
_SUBJECT = Phrases(
    r"\b(?:submi(?:ssion|tted)|new (?:entry|response|message|enquiry|inquiry|contact|lead)"
    r"|website|webseite|homepage|web ?shop|neue (?:anfrage|nachricht)|kontaktanfrage"
    r"|nouve(?:au|lle) (?:message|demande)"
    r"|nuevo (?:mensaje|contacto)|nuovo messaggio|nieuw (?:bericht|contact)|nov[ao] (?:mensagem|contac?to)"
    r"|nowa wiadomość|yeni mesaj|ny (?:besked|melding)|nytt meddelande|formular\w*|form)\b"
    r"|お問い合わせ|フォーム|表单|문의"
)
_ADDED = re.compile(
    r"^\W{0,4}(?:(?:remote |visitor |user )?ip(?:[- ]?(?:address|adresse|adres))?|adresse ip|user[- ]agent"
    r"|browser|referr?er|(?:source|page)[- ]?(?:url)?|form (?:id|name|url)|submi(?:ssion|tted)[\w ]{0,12}"
    r"|powered by|url)\s*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_WHEN = re.compile(
    r"^\W{0,4}(?:date|time|datum|zeit|uhrzeit|heure|fecha|hora|data|ora|tijd|godzina|tid|dato|日時)\s*[:：]\s*\d",
    re.IGNORECASE,
)
_FOOT = 600
# Form services speak of "this submission" below the customer's words.
_OF_SUBMISSION = Phrases(
    r"th(?:is|e) (?:form )?(?:submission|form entry)|(?:view|manage|all|your) (?:form )?submissions"
    r"|^submitted (?:on|from|at|via|\d)|(?:log in|sign in) to view"
    r"|diese (?:einsendung|einreichung|übermittlung|formularnachricht)|eingereicht (?:am|über)"
    r"|cette (?:soumission|réponse au formulaire)|ce formulaire|gérer les (?:soumissions|réponses)"
    r"|este (?:envío|envio|formulario|formulário)|gestionar (?:los )?envíos|quest[oa] (?:invio|modulo)"
    r"|deze inzending|dit formulier|to zgłoszenie|tego formularza|denna inskickning|detta formulär"
    r"|このフォーム|この送信",
    re.MULTILINE,
)
_MOST_ADDED = 40  # words of a paragraph that a form adds
_LAST_PARAGRAPHS = 5
_EMPTY_FIELD = re.compile(r"\n\W{0,4}[^\W\d_][^:：.!?\n]{0,38}[:：]\s*\Z")


def has_form_marks(mail: Mail, text: str) -> bool:
    """Whether something in a mail other than labels shows that a program wrote it."""
    return (
        any(mail.header(name).strip().casefold() not in SAYS_NO for name in _FIELDS)
        or _PROGRAM.search(_mailer(mail)) is not None
        or _SUBJECT.appear_in(mail.subject)
        or _ADDED.search(text[-_FOOT:]) is not None
    )


def is_added(line: str) -> bool:
    """Whether a program added this line below the fields: `Remote IP: …`, `Date: …`."""
    return _ADDED.match(line) is not None or _WHEN.match(line) is not None


def without_added(message: str) -> str:
    """A form's message without what its service adds below: notes on the submission, an empty last field."""
    parts = re.split(r"\n[ \t]*\n", message)
    for at in range(max(1, len(parts) - _LAST_PARAGRAPHS), len(parts)):
        if len(parts[at].split()) <= _MOST_ADDED and _OF_SUBMISSION.appear_in(parts[at].strip()):
            parts = parts[:at]
            break
    return _EMPTY_FIELD.sub("", "\n\n".join(parts)).rstrip()


def is_from_mail_program(mail: Mail) -> bool:
    """Whether its headers name a program in which people write mail, such as Outlook."""
    return _BY_HAND.search(_mailer(mail)) is not None


def _mailer(mail: Mail) -> str:
    return f"{mail.header('x-mailer')} {mail.header('user-agent')}"
