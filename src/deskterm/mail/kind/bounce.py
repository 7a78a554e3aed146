"""Recognising bounces and delay notices: by the fields of a report, else by sender and words."""

import re

from deskterm.domain.messages import MachineKind
from deskterm.mail.kind import ses
from deskterm.mail.kind.bounce_reasons import (
    Reason,
    codes_in,
    derive_status,
    reason_of,
    reply_in,
    reply_status,
)
from deskterm.mail.kind.delays import is_delayed
from deskterm.mail.kind.report import MachineReport
from deskterm.mail.phrases import Phrases
from deskterm.mail.values import Mail, Verdict

_DAEMON = re.compile(
    r"mailer-?daemon|p[o0]+st[_-]?master|mail[.-]?delivery|double-bounce|^mdaemon|^bounces?$|^mail-?system|^microsoftexchange",
    re.IGNORECASE,
)
_DAEMON_NAME = re.compile(
    r"mail(?:er)? ?-?(?:deliver|daemon|administrator|system)|system administrator|^\W*postmaster"
    r"|delivery subsystem",
    re.IGNORECASE,
)
_SUBJECT = Phrases(
    r"undeliver|deliver(?:y|ed)\b.{0,30}(?:status|fail|delay|problem|report|notification|error|unable"
    r"|incomplete)|^\W*returned (?:mail|message|to)|return(?:ed|ing) (?:mail|message|to sender)"
    r"|mail delivery|failure notice|notice of failure|non-?deliver|mail (?:failure|failed|system error)"
    r"|(?:could|can) ?no[t'] (?:be )?(?:send|sent|deliver)|message delivery has failed"
    r"|error sending your mail|loop alert|errors from|unzustellbar|nicht zugestellt|zustell(?:ung|bericht)"
    r"|non remis|non distribu|échec de (?:la )?(?:remise|distribution)|no se (?:pudo|puede) entregar"
    r"|no entregad|mancat[ao] (?:recapito|consegna)|impossibile recapitare|onbestelbaar|niet bezorgd"
    r"|não entregue|falha (?:na|de) entrega|niedostarcz|nie dostarczono|kunde inte levereras|olevererbar"
    r"|kunne ikke leveres|ei voitu toimittaa|toimitus epäonnistui|nedoručiteln|teslim edilemedi"
    r"|не ?доставлен|недоставл|配信(?:でき|不能|エラー)|送信(?:エラー|でき|失敗)|배달 ?(?:실패|불가)"
    r"|전송 ?실패|반송|退信|无法投递|投递失败|無法傳遞"
)
_BODY = Phrases(
    r"(?:could|can|was|were|has|have)(?: ?not|n['’]t) (?:yet )?(?:be(?:en)? )?(?:able to )?(?:deliver|send"
    r"|sent|reach)|unable to deliver|undeliverable|delivery .{0,80}(?:failed|errors?|problems|attempt)"
    r"|did not reach the following|permanent (?:fatal )?(?:error|failure)|trouble delivering"
    r"|transcript of session|error message below|failed permanently|failed addresses|failure reasons"
    r"|user unknown|no such user|mailbox is full|incorrectly constructed|duplicated message-id"
    r"|not able to be\s+delivered|message is delayed|recipients? .{0,20}failed"
    r"|nicht (?:zugestellt|übermittelt|ausgeliefert|zugeleitet)|n['’](?:a|ont) pas pu (?:(?:lui|leur) )?être"
    r"|impossible de (?:remettre|livrer|distribuer)"
    r"|no (?:se )?(?:ha podido|pudo|ha sido|fue) (?:ser )?entregad"
    r"|no se (?:ha podido|pudo) entregar|non è stat[oa] (?:possibile|consegnat|recapitat)"
    r"|non può essere (?:consegnat|recapitat)|niet (?:worden )?(?:bezorgd|afgeleverd)"
    r"|não (?:pôde|foi|pode) (?:ser )?entregue|nie (?:udało|może|mogła|został)\w*.{0,20} dostarcz"
    r"|kunde inte levereras|kunne ikke (?:leveres|afleveres)|ei voitu toimittaa"
    r"|ne(?:podařilo|lze).{0,20}doruč|(?:teslim edile|iletile)medi"
    r"|не (?:удалось|может|был[оа]?)\b.{0,20}достав"
    r"|送信(?:でき|に失敗)|配信でき|投稿できな|お届けでき|退(?:信|回)|(?:无法|未能)(?:投递|送达)"
    r"|(?:전송|배달)(?:되지|할 수 없)|^\W{0,8}[45]\d\d[ -]|@[\w.-]+>?:? {1,3}[45]\d\d[ -]"
    r"|\b[45]\d\d [45]\.\d\.\d",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w+=/!#$%&*?^{|}~-][\w.+=/'!#$%&*?^`{|}~-]{0,79}@[\w.-]{1,120}\.\w{2,24}")
# It looks like an address and is none.
_MESSAGE_ID = re.compile(r"^.{0,8}message-?id\W.*$", re.IGNORECASE | re.MULTILINE)
_WHO = ("original-recipient", "final-recipient")
_BEFORE_ADDRESS = " \t<*-•>\"'("
_MOST_OTHERS = 2
_AFTER_DATA = Phrases(
    r"in reply to end of DATA|after end of data|^>>> DATA\n<<< 5\d\d .{0,300}\n554 5\.0\.0 Service"
    r" unavailable",
    re.MULTILINE,
)
_TOOK_TOO_LONG = ".4.7"
_LONGEST_SUBJECT = 400
_CONTEXT = 6_000  # characters of the notes that are searched for words
_RFC3464 = {"failed": MachineKind.BOUNCE, "expired": MachineKind.BOUNCE, "delayed": MachineKind.DELAY}


def bounce(mail: Mail, report: MachineReport) -> Verdict | None:
    """What a bounce or delay notice reports; None for any other mail."""
    if ses.may_be_notice(mail.plain) and (verdict := ses.read_notice(mail.plain)):
        return verdict
    by_daemon = _from_daemon(mail)
    kind = _by_fields(mail, report, by_daemon=by_daemon) or _by_words(mail, report, by_daemon=by_daemon)
    if kind is None:
        return None
    return _verdict(kind, mail, report)


def looks_returned(mail: Mail) -> bool:
    """Whether a mail may be a bounce, judged by its headers and the beginning of its text."""
    return (
        _from_daemon(mail)
        or _from_nobody(mail)
        or bool(mail.header("x-failed-recipients"))
        or mail.header("auto-submitted").strip().lower().startswith("auto-replied")  # RFC 3834, 5.1
        or _subject_says(mail)
        or ses.may_be_notice(mail.plain)
    )


def _subject_says(mail: Mail) -> bool:
    return _SUBJECT.appear_in(mail.subject[:_LONGEST_SUBJECT])


def _from_daemon(mail: Mail) -> bool:
    local = mail.sender.address.partition("@")[0]
    return bool(_DAEMON.search(local) or _DAEMON_NAME.search(mail.sender.name))


def _from_nobody(mail: Mail) -> bool:
    """Whether its Return-Path is empty (RFC 5321, 4.5.5) or it has no sender."""
    path = mail.header("return-path").strip()
    return path in ("<>", "<MAILER-DAEMON>") or not mail.sender.address


def _by_fields(mail: Mail, report: MachineReport, *, by_daemon: bool) -> MachineKind | None:
    is_report = mail.content_type == "multipart/report" or report.kind == "delivery-status"
    if not report.groups or not (is_report or by_daemon or _from_nobody(mail)):
        return None
    actions = [group.get("action", "failed").split("(")[0].strip().lower() for group in report.groups]
    kinds = [_RFC3464[action] for action in actions if action in _RFC3464]
    if not kinds:
        return None if all(actions) and not report.kind else MachineKind.OTHER
    return MachineKind.BOUNCE if MachineKind.BOUNCE in kinds else MachineKind.DELAY


def _by_words(mail: Mail, report: MachineReport, *, by_daemon: bool) -> MachineKind | None:
    notes = report.notes[:_CONTEXT]
    if not _speaks_of_bounce(mail, report, notes, by_daemon=by_daemon):
        return None
    delayed = is_delayed(mail.subject, notes)
    return MachineKind.DELAY if delayed else MachineKind.BOUNCE


def _speaks_of_bounce(mail: Mail, report: MachineReport, notes: str, *, by_daemon: bool) -> bool:
    """Whether its words are a bounce's: a daemon's subject is enough, else the text must say it too."""
    subject = _subject_says(mail)
    if by_daemon and subject:
        return True
    returned = _from_nobody(mail) and bool(report.original)  # our own mail, sent back by nobody
    likely = by_daemon or returned or bool(mail.header("x-failed-recipients"))
    if not likely and subject:
        automatic = mail.header("auto-submitted").lower().startswith("auto-")
        likely = _from_nobody(mail) or automatic or (bool(report.original) and not _is_answer(mail))
    return likely and _BODY.appear_in(notes)


def _is_answer(mail: Mail) -> bool:
    """Whether it is an answer or a forward: that is how a person writes about a bounce."""
    return bool(re.match(r"\s*\w{1,6}\s*:", mail.subject)) and bool(
        mail.in_reply_to or "fw" in mail.subject[:4].lower()
    )


def _verdict(kind: MachineKind, mail: Mail, report: MachineReport) -> Verdict:
    group = _first_failed(report.groups)
    recipient = _recipient(mail, report, group)
    notes = report.notes[:_CONTEXT]
    reason, status, hard = _judge_failure(kind, mail, group, _about(recipient, report, notes))
    first = _sentence(kind, reason, recipient)
    others = _sentences_on_others(kind, mail, report, recipient) if kind is MachineKind.BOUNCE else []
    return Verdict(
        kind=kind,
        words=" ".join(dict.fromkeys((first, *others[:_MOST_OTHERS]))),
        status=status,
        hard=hard,
        recipient=recipient,
        about=tuple(dict.fromkeys((*report.about, *mail.in_reply_to, *mail.references))),
    )


def _sentences_on_others(kind: MachineKind, mail: Mail, report: MachineReport, recipient: str) -> list[str]:
    """A sentence for each further recipient that failed, where the reason is known."""
    notes = report.notes[:_CONTEXT]
    failed = {who: one for one in report.groups if _has_failed(one) and (who := _recipient_of(mail, one))}
    if not report.groups:
        own = {address.key for address in mail.to}
        failed = {who: {} for who in _listed_like(recipient.casefold(), notes.split("\n")) - own}
    others = {who: group for who, group in failed.items() if who.casefold() != recipient.casefold()}
    reasons = {
        who: _judge_failure(kind, mail, group, _about(who, report, notes))[0] for who, group in others.items()
    }
    return [
        one.sentence(who) for who, one in sorted(reasons.items()) if report.groups or one.name != "unknown"
    ]


def _judge_failure(
    kind: MachineKind, mail: Mail, group: dict[str, str], notes: str
) -> tuple[Reason, str, bool]:
    """Why one recipient failed, the status code, and whether it is final. `notes` are about that one only."""
    diagnostic = group.get("diagnostic-code", "")
    words = diagnostic.partition(";")[2] or diagnostic
    field = next(iter(codes_in(group.get("status", ""))), "")
    status = _status(field, words, notes)
    reason = reason_of(words, status, more=f"{mail.subject}\n{notes}")
    if not status:
        status = derive_status(reason, reply_in(words or notes))
    after_data = reason.name == "no user" and _AFTER_DATA.appear_in(f"{words}\n{notes}")
    return reason, status, kind is MachineKind.BOUNCE and reason.hard and not after_data


def _about(recipient: str, report: MachineReport, notes: str) -> str:
    """The lines of a report's text that are about this recipient; all lines if there is no other one.

    What is said about a recipient begins at the line that names them. Without fields that list the
    recipients, a line counts if it lists an address in the same form as this recipient's line does.
    """
    known = {found[0].casefold() for one in report.groups for name in _WHO for found in _found_in(one, name)}
    mine, rows = recipient.casefold(), notes.split("\n")
    if not mine or len(known) == 1:
        return notes
    current, parts = "", list[tuple[str, str]]()
    listed = known or _listed_like(mine, rows)
    for row in rows:
        named = _ADDRESS.search(row) if "@" in row else None
        if named and named[0].casefold() in listed:
            current = named[0].casefold()
        parts.append((current, row))
    spoken_of = {who for who, _ in parts} - {""}
    if spoken_of <= {mine}:
        return notes
    return "\n".join(row for who, row in parts if who == mine or (not who and mine not in spoken_of))


def _listed_like(mine: str, rows: list[str]) -> set[str]:
    """The addresses listed in the same form as this one: likely the list of recipients."""
    shapes: dict[str, tuple[str, str]] = {}
    for row in rows:
        for found in _ADDRESS.finditer(row) if "@" in row else ():
            shapes.setdefault(found[0].casefold(), (row[: found.start()], row[found.end() : found.end() + 2]))
            break
    shape = shapes.get(mine)
    alike = {one for one, other in shapes.items() if other == shape}
    return alike if shape and not shape[0].strip(_BEFORE_ADDRESS) else set()


def _found_in(group: dict[str, str], name: str) -> list[re.Match[str]]:
    value = group.get(name, "")
    return list(_ADDRESS.finditer(value)) if "@" in value else []


def _has_failed(group: dict[str, str]) -> bool:
    return group.get("action", "").strip().lower().startswith("fail")


def _first_failed(groups: list[dict[str, str]]) -> dict[str, str]:
    return next(filter(_has_failed, groups), groups[0] if groups else {})


def _status(field: str, words: str, notes: str) -> str:
    """The most specific status code: of the SMTP reply, then of the Status field, then any in the words."""
    replied = reply_status(words)
    if replied and not _is_vague(replied):
        return replied
    if field and not _is_vague(field):
        return field
    others = codes_in(words)
    if not others or field.endswith(_TOOK_TOO_LONG):
        others += codes_in(notes) if field or not words else []
    specific = [code for code in others if not _is_vague(code)]
    some = [code for code in others if not code.endswith(".0.0")]
    return next(iter(specific or some), field or next(iter(others), ""))


def _is_vague(code: str) -> bool:
    """Whether a code means no more than "some error" or "took too long"."""
    return code.endswith((".0.0", ".1.0", _TOOK_TOO_LONG))


def _recipient(mail: Mail, report: MachineReport, group: dict[str, str]) -> str:
    sources = (
        group.get("original-recipient", ""),
        group.get("final-recipient", ""),
        mail.header("x-failed-recipients"),
        _MESSAGE_ID.sub("", report.notes[:_CONTEXT]),
        report.original.get("to", ""),
    )
    own = {address.key for address in mail.to}
    for source in sources:
        for found in _ADDRESS.finditer(source) if "@" in source else ():
            if found[0].casefold() not in own and not _DAEMON.search(found[0]):
                return found[0]
    return ""


def _recipient_of(mail: Mail, group: dict[str, str]) -> str:
    own = {address.key for address in mail.to}
    listed = (found[0] for name in _WHO for found in _found_in(group, name))
    return next((one for one in listed if one.casefold() not in own), "")


def _sentence(kind: MachineKind, reason: Reason, recipient: str) -> str:
    if kind is MachineKind.DELAY:
        return f"The mail to {recipient or 'the customer'} has not arrived yet; the server keeps trying."
    if kind is MachineKind.OTHER:
        return f"The mail to {recipient or 'the customer'} arrived."
    return reason.sentence(recipient)
