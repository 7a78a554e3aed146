"""Where an older mail begins in a text: its header ("From: ... Sent: ...") or a line that announces it."""

import re

_LABELS = {
    "from": "from von de da van od fra från frå lähettäjä от від kimden gönderen expéditeur mittente "
    "remitente afzender nadawca odesílatel avsändare afsender avsender feladó από 差出人 发件人 寄件者 "
    "寄件人 보낸사람 보낸-사람 de-la 送信者",
    "date": "date sent datum gesendet gesendet-am envoyé envoyé-le fecha enviado enviado-el enviada-em "
    "enviado-em enviada data inviato inviata verzonden wysłano data-wysłania skickat sendt dato lähetetty "
    "päivämäärä päiväys odesláno дата отправлено надіслано tarih gönderildi gönderilme-tarihi 送信日時 "
    "日付 日時 发送时间 时间 日期 寄件日期 傳送時間 보낸날짜 보낸-날짜 날짜 elküldve dátum ημερομηνία "
    "στάλθηκε trimis",
    "to": "to an à para a aan do till til vastaanottaja komu кому kime alıcı 宛先 收件人 收件者 받는사람 "
    "받는-사람 címzett προς către destinatario destinataire pour",
    "cc": "cc bcc kopie kopia kopi copie copia kopio копия копія bilgi 抄送 副本 参照 참조 másolat "
    "reply-to antwort-an risposta répondre-à responder-a attachments anlagen importance priority",
    "subject": "subject betreff objet asunto assunto oggetto onderwerp temat ämne emne aihe předmět "
    "predmet тема konu 件名 主题 主旨 主題 標題 제목 tárgy θέμα subiect",
}
_ROLE = {label.replace("-", " "): role for role, labels in _LABELS.items() for label in labels.split()} | {
    "reply-to": "cc"
}
_TIME_OF_DAY = re.compile(r"\d\s?[:：h時时시點]\s?\d\d|\d\s?(?:am|pm|uhr)\b|\bkl\.?\s?\d", re.IGNORECASE)
_LONGEST_LABEL = 24
_ROLES_NEEDED = 3
_LINES = 24  # of one header, including wrapped recipients

_ORIGINAL = frozenset(
    (
        "original message|reply message|ursprüngliche nachricht|originalnachricht|original-nachricht"
        "|urspr. nachricht|message d'origine|message d’origine|message original|message initial"
        "|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht"
        "|oorspronkelijke bericht|origineel bericht|wiadomość oryginalna|oryginalna wiadomość"
        "|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|oprindelig besked"
        "|opprinnelig melding|alkuperäinen viesti|původní zpráva|původní e-mail|pôvodná správa|özgün ileti"
        "|orijinal mesaj|orjinal mesaj|исходное сообщение|первоначальное сообщение|оригинальное сообщение"
        "|вихідне повідомлення|元のメッセージ|元のメール|원본 메시지|원본 메일|원본메일|原始邮件|原始郵件"
        "|原邮件|eredeti üzenet|αρχικό μήνυμα|mesaj original|mesajul original|original e-mail|original email"
        "|réponse"
    ).split("|")
)
_FORWARDED = frozenset(
    (
        "forwarded message|begin forwarded message|forwarded email|weitergeleitete nachricht"
        "|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|message transféré"
        "|début du message transféré|début du message réexpédié|mensaje reenviado"
        "|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht"
        "|begin doorgestuurd bericht|mensagem encaminhada|início da mensagem encaminhada"
        "|início da mensagem reencaminhada|wiadomość przekazana dalej|przekazana wiadomość"
        "|początek przekazywanej wiadomości|treść przekazanej wiadomości|vidarebefordrat meddelande"
        "|vidarebefordrat brev|videresendt meddelelse|start på videresendt besked|videresendt melding"
        "|videresendt e-post|start på videresendt melding|välitetty viesti|edelleenlähetetty viesti"
        "|välitetty viesti alkaa|přeposlaná zpráva|začátek přeposlané zprávy|iletilmiş mesaj|iletilen ileti"
        "|yönlendirilmiş ileti başlangıcı|пересылаемое сообщение|пересланное сообщение"
        "|начало переадресованного сообщения|転送メッセージ|転送されたメッセージ|転送されたメッセージの先頭"
        "|전달된 메시지|전달된 이메일|转发的邮件|轉寄郵件|轉寄的郵件|开始转发的邮件|továbbított üzenet"
        "|προωθημένο μήνυμα|mesaj redirecționat|переслане повідомлення"
    ).split("|")
)
_REPLY_ABOVE = tuple(
    (
        "reply above this line|type your reply above|write above this line|über dieser zeile antworten"
        "|oberhalb dieser zeile|antwort bitte über|au-dessus de cette ligne|encima de esta línea"
        "|por encima de esta|sopra questa riga|boven deze regel|acima desta linha|powyżej tej linii"
    ).split("|")
)
_HELP_DESK = frozenset({"##", "--", "==", "__", "**"})
_LONGEST_LINE = 120
_RULE = " \t-_*=—–~>|#+"


def role_of(line: str) -> str:
    """Which header field a line is, in any of the languages: from, date, to, cc, subject; "" for none."""
    label = line[: _LONGEST_LABEL + 8]
    if ":" not in label and "：" not in label:
        return ""
    label = label.replace("：", ":").partition(":")[0].strip(" \t*_\u00a0").casefold()
    return _ROLE.get(label) or _ROLE.get(" ".join(label.split()), "")


def head_at(lines: list[str], at: int) -> int:
    """The line after the header of an older mail that begins at line `at`; 0 if none begins there.

    A header has at least three different fields, one of them From, and an address or the time of day. The
    heading of a letter as on paper (From, To, Date, Subject) has neither.
    """
    if not role_of(lines[at]):
        return 0
    roles, addressed, timed, last = set[str](), False, False, at
    for place in range(at, min(at + _LINES, len(lines))):
        line = lines[place]
        role = role_of(line)
        if role in roles and role != "cc":
            break
        if role:
            roles.add(role)
            addressed = addressed or "@" in line or line.lstrip().startswith("*")  # bold: laid-out HTML
            timed = timed or (role == "date" and _TIME_OF_DAY.search(line) is not None)
            last = place + 1
        elif not _may_stand_between(lines, place, last):
            break
    whole = (
        "from" in roles
        and bool(roles & {"date", "subject"})
        and (addressed or (timed and "subject" in roles))
    )
    return last if whole and len(roles) >= _ROLES_NEEDED else 0


def _may_stand_between(lines: list[str], place: int, last: int) -> bool:
    """Whether a line that is not a field may be inside a header: one blank line, or a wrapped value."""
    following = place + 1 < len(lines) and bool(role_of(lines[place + 1]))
    if not lines[place].strip():
        return following
    return following or (place - last < 3 and lines[last - 1].rstrip().endswith((";", ",", "<")))  # noqa: PLR2004


def announces_original(line: str) -> bool:
    """Whether it says `-----Original Message-----` in some language, or "reply above this line"."""
    if len(line) > _LONGEST_LINE:
        return False
    if _is_decorated(line) and _normalise(line) in _ORIGINAL:
        return True
    return (line[:2] in _HELP_DESK or " line" in line) and any(
        words in line.casefold() for words in _REPLY_ABOVE
    )


def announces_forwarded(line: str) -> bool:
    """Whether it says `---------- Forwarded message ---------` or Apple's "Begin forwarded message:"."""
    if len(line) > _LONGEST_LINE:
        return False
    decorated = _is_decorated(line)
    if not decorated and not line.rstrip().endswith((":", "：")):
        return False
    return _normalise(line).rstrip(":： ") in _FORWARDED


def _normalise(line: str) -> str:
    """The line in lower case without decoration and the combining dot that the Turkish capital I leaves."""
    return line.strip(_RULE).casefold().replace("\u0307", "")


def _is_decorated(line: str) -> bool:
    stripped = line.strip(" \t*>|")
    return stripped[:2] in {"--", "__", "==", "—-", "——", "- "} or stripped[-2:] in {"--", "__", "==", "——"}
