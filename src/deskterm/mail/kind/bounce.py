"""Mail that did not arrive: told by a report's fields, else by its sender and its words."""

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
    r"|(?:전송|배달)(?:되지|할 수 없)|^\W{0,8}[45]\d\d[ -]|\b[45]\d\d [45]\.\d\.\d",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w+=/!#$%&*?^{|}~-][\w.+=/'!#$%&*?^`{|}~-]{0,79}@[\w.-]{1,120}\.\w{2,24}")
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


def bounce(parsed: Mail, report: MachineReport) -> Verdict | None:
    """What a bounce or delay notice reports; None for any other mail."""
    if ses.may_be_notice(parsed.plain) and (told := ses.read_notice(parsed.plain)):
        return told
    by_daemon = _from_daemon(parsed)
    kind = _by_fields(parsed, report, by_daemon=by_daemon) or _by_words(parsed, report, by_daemon=by_daemon)
    if kind is None:
        return None
    return _verdict(kind, parsed, report)


def looks_returned(parsed: Mail) -> bool:
    """Whether the head of a mail leaves it possible that it is a bounce."""
    return (
        _from_daemon(parsed)
        or _from_nobody(parsed)
        or bool(parsed.header("x-failed-recipients"))
        or parsed.header("auto-submitted").strip().lower().startswith("auto-replied")  # RFC 3834, 5.1
        or _subject_says(parsed)
        or ses.may_be_notice(parsed.plain)
    )


def _subject_says(parsed: Mail) -> bool:
    return _SUBJECT.stand_in(parsed.subject[:_LONGEST_SUBJECT])


def _from_daemon(parsed: Mail) -> bool:
    local = parsed.sender.address.partition("@")[0]
    return bool(_DAEMON.search(local) or _DAEMON_NAME.search(parsed.sender.name))


def _from_nobody(parsed: Mail) -> bool:
    """An empty Return-Path (RFC 5321, 4.5.5)."""
    path = parsed.header("return-path").strip()
    return path in ("<>", "<MAILER-DAEMON>") or not parsed.sender.address


def _by_fields(parsed: Mail, report: MachineReport, *, by_daemon: bool) -> MachineKind | None:
    is_report = parsed.content_type == "multipart/report" or report.kind == "delivery-status"
    if not report.groups or not (is_report or by_daemon or _from_nobody(parsed)):
        return None
    actions = [group.get("action", "failed").split("(")[0].strip().lower() for group in report.groups]
    kinds = [_RFC3464[action] for action in actions if action in _RFC3464]
    if not kinds:
        return None if all(actions) and not report.kind else MachineKind.OTHER
    return MachineKind.BOUNCE if MachineKind.BOUNCE in kinds else MachineKind.DELAY


def _by_words(parsed: Mail, report: MachineReport, *, by_daemon: bool) -> MachineKind | None:
    notes = report.notes[:_CONTEXT]
    if not _speaks_of_bounce(parsed, report, notes, by_daemon=by_daemon):
        return None
    delayed = is_delayed(parsed.subject, notes)
    return MachineKind.DELAY if delayed else MachineKind.BOUNCE


def _speaks_of_bounce(parsed: Mail, report: MachineReport, notes: str, *, by_daemon: bool) -> bool:
    """Whether words speak of a bounce: the subject's where a daemon wrote, else those of the text as well."""
    subject = _subject_says(parsed)
    if by_daemon and subject:
        return True
    returned = _from_nobody(parsed) and bool(report.original)  # our own mail, sent back by nobody
    likely = by_daemon or returned or bool(parsed.header("x-failed-recipients"))
    if not likely and subject:
        automatic = parsed.header("auto-submitted").lower().startswith("auto-")
        likely = _from_nobody(parsed) or automatic or (bool(report.original) and not _is_answer(parsed))
    return likely and _BODY.stand_in(notes)


def _is_answer(parsed: Mail) -> bool:
    """A person who writes about a bounce answers or forwards."""
    return bool(re.match(r"\s*\w{1,6}\s*:", parsed.subject)) and bool(
        parsed.in_reply_to or "fw" in parsed.subject[:4].lower()
    )


def _verdict(kind: MachineKind, parsed: Mail, report: MachineReport) -> Verdict:
    group = _first_failed(report.groups)
    recipient = _recipient(parsed, report, group)
    notes = report.notes[:_CONTEXT]
    reason, status, hard = _judge_failure(kind, parsed, group, _about(recipient, report, notes))
    first = _sentence(kind, reason, recipient)
    others = _tell_others(kind, parsed, report, recipient) if kind is MachineKind.BOUNCE else []
    return Verdict(
        kind=kind,
        words=" ".join(dict.fromkeys((first, *others[:_MOST_OTHERS]))),
        status=status,
        hard=hard,
        recipient=recipient,
        about=tuple(dict.fromkeys((*report.about, *parsed.in_reply_to, *parsed.references))),
    )


def _tell_others(kind: MachineKind, parsed: Mail, report: MachineReport, recipient: str) -> list[str]:
    """What became of the report's other recipients that failed, a sentence each, where that is known."""
    notes = report.notes[:_CONTEXT]
    failed = {who: one for one in report.groups if _has_failed(one) and (who := _recipient_of(parsed, one))}
    if not report.groups:
        own = {address.key for address in parsed.to}
        failed = {who: {} for who in _listed_like(recipient.casefold(), notes.split("\n")) - own}
    others = {who: group for who, group in failed.items() if who.casefold() != recipient.casefold()}
    reasons = {
        who: _judge_failure(kind, parsed, group, _about(who, report, notes))[0]
        for who, group in others.items()
    }
    return [one.tell(who) for who, one in sorted(reasons.items()) if report.groups or one.name != "unknown"]


def _judge_failure(
    kind: MachineKind, parsed: Mail, group: dict[str, str], notes: str
) -> tuple[Reason, str, bool]:
    """Why one recipient failed, the status code, and whether that is final. `notes` speak of no other one."""
    diagnostic = group.get("diagnostic-code", "")
    words = diagnostic.partition(";")[2] or diagnostic
    told = codes_in(group.get("status", "")) or [""]
    status = _status(told[0], words, notes)
    reason = reason_of(words, status, more=f"{parsed.subject}\n{notes}")
    if not status:
        status = derive_status(reason, reply_in(words or notes))
    after_data = reason.name == "no user" and _AFTER_DATA.stand_in(f"{words}\n{notes}")
    return reason, status, kind is MachineKind.BOUNCE and reason.hard and not after_data


def _about(recipient: str, report: MachineReport, notes: str) -> str:
    """The lines of a report's text that speak of this recipient; all of them where there is but one.

    What is said of a recipient begins at a line that names one of the report's recipients, or, where the
    report has no fields, at one that lists an address as the line of this recipient lists theirs.
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
    """The addresses that stand in their lines as this one does: a list of recipients."""
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


def _status(told: str, words: str, notes: str) -> str:
    """The most telling code: the SMTP reply's own, then that of the fields, then any in the words."""
    replied = reply_status(words)
    if replied and not _says_little(replied):
        return replied
    if told and not _says_little(told):
        return told
    beside = codes_in(words)
    if not beside or told.endswith(_TOOK_TOO_LONG):
        beside += codes_in(notes) if told or not words else []
    telling = [code for code in beside if not _says_little(code)]
    some = [code for code in beside if not code.endswith(".0.0")]
    return next(iter(telling or some), told or next(iter(beside), ""))


def _says_little(code: str) -> bool:
    """Codes that mean "some error" or "took too long"."""
    return code.endswith((".0.0", ".1.0", _TOOK_TOO_LONG))


def _recipient(parsed: Mail, report: MachineReport, group: dict[str, str]) -> str:
    sources = (
        group.get("original-recipient", ""),
        group.get("final-recipient", ""),
        parsed.header("x-failed-recipients"),
        report.notes[:_CONTEXT],
        report.original.get("to", ""),
    )
    own = {address.key for address in parsed.to}
    for source in sources:
        for found in _ADDRESS.finditer(source) if "@" in source else ():
            if found[0].casefold() not in own and not _DAEMON.search(found[0]):
                return found[0]
    return ""


def _recipient_of(parsed: Mail, group: dict[str, str]) -> str:
    own = {address.key for address in parsed.to}
    listed = (found[0] for name in _WHO for found in _found_in(group, name))
    return next((one for one in listed if one.casefold() not in own), "")


def _sentence(kind: MachineKind, reason: Reason, recipient: str) -> str:
    if kind is MachineKind.DELAY:
        return f"The mail to {recipient or 'the customer'} has not arrived yet; the server goes on trying."
    if kind is MachineKind.OTHER:
        return f"The mail to {recipient or 'the customer'} arrived."
    return reason.tell(recipient)
