"""Reading the fields of a contact form from the mail it sends."""

import re

from deskterm.mail.kind.form.columns import with_colons
from deskterm.mail.phrases import Phrases

# Each field, followed by the labels that forms use for it.
_LABELS = """
name
    name|your name|full name|customer name|contact name|sender|absender|absendername|
    ihr name|dein name|vollständiger name|kundenname|
    nom|votre nom|nom complet|nom et prénom|nombre|su nombre|tu nombre|nombre completo|nombre y apellidos|
    nome|il tuo nome|nome e cognome|naam|je naam|uw naam|volledige naam|o seu nome|seu nome|imię|
    imię i nazwisko|namn|navn|nimi|jméno|from|von|de|da|van|ad soyad|adınız|név|nume|имя|ваше имя|όνομα|
    お名前|名前|氏名|姓名|您的姓名|이름|성함
first name
    first name|vorname|prénom|primer nombre|nome proprio|voornaam|förnamn|fornavn
last name
    last name|surname|nachname|familienname|nom de famille|apellido|apellidos|cognome|achternaam|sobrenome|
    apelido|nazwisko|efternamn|efternavn|etternavn
email
    email|e-mail|mail|email address|e-mail address|your email|your e-mail|e-mail-adresse|email-adresse|
    e-mail adresse|ihre e-mail|ihre e-mail-adresse|deine e-mail|mailadresse|adresse e-mail|adresse email|
    adresse mail|courriel|votre e-mail|votre email|correo|correo electrónico|
    dirección de correo electrónico|tu correo electrónico|su correo electrónico|indirizzo email|
    indirizzo e-mail|la tua email|e-mailadres|emailadres|je e-mailadres|endereço de e-mail|o seu email|
    adres e-mail|e-post|e-postadress|e-postadresse|mejladress|sähköposti|reply-to|e-posta|e-mailová adresa|
    e-mail cím|почта|эл. почта|электронная почта|メールアドレス|メール|e-mailアドレス|邮箱|电子邮件|
    电子邮箱|이메일|메일
phone
    phone|phone number|telephone|tel|mobile|telefon|telefonnummer|handynummer|rufnummer|téléphone|
    numéro de téléphone|teléfono|número de teléfono|móvil|telefono|numero di telefono|telefoon|
    telefoonnummer|telefone|numer telefonu|puhelin|телефон|電話番号|お電話番号|电话|전화번호|연락처
order
    order|order number|order no|order no.|order id|order #|your order number|bestellnummer|bestellung|
    auftragsnummer|bestell-nr|bestell-nr.|numéro de commande|n° de commande|no de commande|commande|
    número de pedido|n.º de pedido|pedido|nº de pedido|numero d'ordine|numero ordine|ordine|bestelnummer|
    ordernummer|número do pedido|número da encomenda|numer zamówienia|ordrenummer|beställningsnummer|
    tilausnumero|číslo objednávky|sipariş numarası|номер заказа|注文番号|ご注文番号|订单号|주문번호
subject
    subject|your subject|topic|reason|betreff|thema|anliegen|sujet|objet|asunto|motivo|oggetto|onderwerp|
    assunto|temat|ämne|emne|předmět|konu|tárgy|тема|件名|主题|제목
country
    country|country code|land|ländercode|pays|code pays|país|código de país|paese|codice paese|landcode
message
    message|your message|body|comment|comments|comment or message|question|enquiry|inquiry|message body|
    nachricht|ihre nachricht|deine nachricht|nachrichtentext|kommentar|frage|mitteilung|
    kommentar oder nachricht|votre message|commentaire|corps du message|corps|commentaire ou message|
    mensaje|su mensaje|tu mensaje|cuerpo del mensaje|cuerpo|comentario|comentario o mensaje|comentarios|
    messaggio|il tuo messaggio|corpo del messaggio|commento|bericht|je bericht|uw bericht|opmerking|
    mensagem|a sua mensagem|corpo da mensagem|comentário|wiadomość|treść wiadomości|meddelande|besked|
    beskjed|melding|viesti|zpráva|vaše zpráva|mesaj|mesajınız|üzenet|сообщение|ваш вопрос|μήνυμα|
    お問い合わせ内容|お問合せ内容|メッセージ|内容|ご質問|本文|留言|留言内容|문의내용|문의 내용|메시지
"""


def _keys(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""
    for line in table.strip().split("\n"):
        if line.startswith(" "):
            found |= dict.fromkeys(line.strip(" |").split("|"), key)
        else:
            key = line
    return found


_KEYS = _keys(_LABELS)
_INTRO = Phrases(
    r"contact[ -]form|kontaktformular|formulaire de contact|formulario de contacto|modulo di contatto"
    r"|contactformulier|formulário de contac?t|formularz\w* kontaktow|kontaktformulär|kontaktskjema"
    r"|yhteydenottolomak|kontaktní formulář|iletişim formu|kapcsolatfelvételi űrlap|обратн(?:ой|ая) связ"
    r"|お問い合わせフォーム|联系表单|문의 ?양식",
    near=("form", "contatto", "skjema", "lomak", "űrlap", "связ", "フォーム", "表单", "양식"),
)
_END = re.compile(
    r"-{2,}\s*$|(?:this|dies\w*|cet|ce|este|questa|deze) (?:e-?mail|message|mail|nachricht|correo"
    r"|mensaje)\b.{0,80}(?:sent|gesendet|envoyé|enviado|inviata|verzonden)|(?:page url|source url"
    r"|user agent|remote ip|ip address|ip-adresse|adresse ip|powered by|time|date|zeit|datum)\s*:"
    r"|sent (?:from|by an? (?:un)?verified)|_{5,}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_COLON = re.compile("[:：]")
_LONGEST_LABEL = 48
_WHOLE = frozenset({"email", "message"})
_BRACKETED = re.compile(r"\s*[【［]([^【】［］]{1,24})[】］][ \u3000]*[:：]?")
_REMARK = re.compile(
    r"^\(?\d{1,2}[.)]\s*|\s*[(（\[][^()（）\[\]]{1,24}[)）\]]$|\s*[*＊※]$"
)  # `(required)`, `1.`
_LINES = 2_000
_TOP, _FOOT = 2_000, 600  # characters at both ends in which a mail says that it comes from a form


def mentions_form(text: str) -> bool:
    """Whether a text says that it comes from a contact form."""
    return _INTRO.appear_in(text if len(text) < _TOP + _FOOT else f"{text[:_TOP]}\n\n{text[-_FOOT:]}")


def address_in(text: str) -> str:
    """The first mail address in a text, or ""."""
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def read_form(text: str) -> dict[str, str]:
    """The fields of a form's mail: name, email, phone, order, subject, message ...; empty if it is none.

    Understands "Label: value" on one line, labels on lines of their own with the value below, and columns.
    The message goes on to the end or to the lines that the form adds. What looks like a field inside the
    message belongs to the message.
    """
    fields = _read_lines(text)
    if fields.keys() >= _WHOLE or not (columns := with_colons(text)).text:
        return fields
    in_columns = _read_lines(columns.text)
    if len(_WHOLE & in_columns.keys()) <= len(_WHOLE & fields.keys()):
        return fields
    if "message" in in_columns:
        in_columns["message"] = columns.restore(in_columns["message"])
    return in_columns


def _read_lines(text: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    current, own_line = "", False
    lines = text.split("\n", _LINES)[:_LINES]
    for at, line in enumerate(lines):
        if not current and len(line) > _LONGEST_LABEL and not _COLON.search(line, 0, _LONGEST_LABEL + 1):
            continue  # quick way out for most lines of most mails
        key, value, alone = _field(line)
        if current and not fields[current] and not _COLON.search(line) and line.strip():
            key = ""  # directly below a label "DE" is a value (Germany), not the label "de"
        if current == "message":
            if _END.match(line.strip()):
                break
            if key and not (key not in fields and alone and own_line and not lines[at - 1].strip()):
                key = ""
        if key and key not in fields:
            current, own_line = "" if value and key != "message" else key, alone
            fields[key] = [value] if value else []
        elif current:
            fields[current].append(line)
            if current != "message" and line.strip():
                current = ""
    return _tidy(fields)


def _field(line: str) -> tuple[str, str, bool]:
    """The field that a line begins ("" for none), its value, and whether the label is alone on its line."""
    line = _BRACKETED.sub(r"\1:", line, count=1) if line.lstrip()[:1] in {"【", "［"} else line
    line = line.replace("：", ":", 1) if "：" in line[:_LONGEST_LABEL] else line
    label, colon, value = line[: _LONGEST_LABEL * 8].partition(":")
    if not label or len(label) > _LONGEST_LABEL:
        return "", "", False
    name = _REMARK.sub("", label.strip(" \t*_#>|■●◆▼・").casefold()).strip(" *")
    key = _KEYS.get(name, "")
    if not colon:
        return key, "", bool(key)
    return key, line.partition(":")[2].strip(" \t*_"), not value.strip(" \t*_")


def _tidy(fields: dict[str, list[str]]) -> dict[str, str]:
    found = {key: "\n".join(lines).strip() for key, lines in fields.items()}
    names = [found.pop(key, "") for key in ("first name", "last name")]
    if any(names) and not found.get("name"):
        found["name"] = " ".join(name for name in names if name)
    email = address_in(found.get("email", "")) or address_in(found.get("name", ""))
    found["email"] = email
    found["name"] = found.get("name", "").replace(f"<{email}>", "").replace(email, "").strip(" <>\"'")
    return {
        key: value if key == "message" else " ".join(value.split()) for key, value in found.items() if value
    }
