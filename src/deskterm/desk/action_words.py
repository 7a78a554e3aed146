"""What an action did, in words: the same when it is done, undone and redone."""

from collections.abc import Callable, Sequence

from deskterm.domain.events import Event, What, snooze_in
from deskterm.domain.rules.letters import ENDING_WORDS, LetterEnding

_STATUS = {
    "solved": "solved {}",
    "open": "opened {}",
    "waiting": "set {} to waiting",
    "on hold": "put {} on hold",
    "spam": "marked {} as spam",
}
_PRIORITY: dict[object, str] = {1: "high", -1: "low"}
_VIEW = {
    "trash": "put {} into the trash",
    "customers": "brought {} back to the inbox",
    "not customers": "moved {} to not customers",
}


def _category(event: Event) -> str:
    now = event.now
    name = now.get("category") if isinstance(now, dict) else now
    return f"set the category of {{}} to {name}" if name else "removed the category of {}"


def _tags(event: Event) -> str:
    names = ", ".join(map(str, event.now)) if isinstance(event.now, list) else ""
    return f"tagged {{}}: {names}" if names else "removed the tags of {}"


def _describe_snooze(event: Event) -> str:
    now = snooze_in(event.now)
    if now.until is None:
        return "ended the snooze of {}"
    return "snoozed {} as the customer asked" if now.asked else "snoozed {}"


def _step(event: Event) -> str:
    ticked = event.now.get("ticked") if isinstance(event.now, dict) else event.now
    return "ticked a step of {}" if ticked else "unticked a step of {}"


def _sender(event: Event) -> str:
    now = event.now if isinstance(event.now, dict) else {}
    who = str(now.get("key", "")).removeprefix("@").replace("{", "").replace("}", "")
    verdicts = {"customer": "always a customer", "never": "never a customer", "blocked": "blocked"}
    return f"set {who} to {verdicts.get(str(now.get('verdict')), 'judged by the mail')} (on {{}})"


def _split(event: Event) -> str:
    value = event.now or event.was
    return f"split T{value['ticket']} off {{}}" if isinstance(value, dict) else "split {}"


def _writer(event: Event) -> str:
    value = event.now if isinstance(event.now, dict) else {}
    who = str(value.get("address", "")).replace("{", "").replace("}", "")
    if value.get("mark") == 0 and value.get("name"):
        name = str(value["name"]).replace("{", "").replace("}", "")
        return f"said that {who} is another address of {name} (on {{}})"
    return (
        f"said that {who} is somebody else (on {{}})"
        if value.get("mark")
        else f"asked who {who} is (on {{}})"
    )


def _log_words(event: Event) -> str:
    value = event.now or event.was
    channel = str(value.get("channel", "")) if isinstance(value, dict) else ""
    return f"logged a {'call' if channel in ('', 'phone') else channel} on {{}}"


def _describe_queued(event: Event) -> str:
    planned = isinstance(event.now, dict) and event.now.get("planned")
    return "planned the reply to {}" if planned else "sent the reply to {}"


def _also(event: Event) -> str:
    value = event.now or event.was
    return f"answered {{}} with the reply to T{value['ticket']}" if isinstance(value, dict) else "answered {}"


def _goes(event: Event) -> bool:
    return isinstance(event.now, dict) and bool(event.now["goes"])


def _run_words(event: Event) -> str:
    name = str(event.now or event.was).replace("{", "").replace("}", "")
    return f"ran the rule “{name}” on {{}}"


# In order: the first that occurs in an action names it.
_PHRASES: dict[What, Callable[[Event], str]] = {
    What.RULE: _run_words,
    What.QUEUED: _describe_queued,
    What.DRAFT: lambda event: "drafted a reply to {}" if event.now else "discarded the draft of {}",
    What.ALSO: _also,
    What.NOTE: lambda _: "added a note to {}",
    What.LOGGED: _log_words,
    What.WRITER: _writer,
    What.JOINED: lambda event: f"merged T{event.now or event.was} into {{}}",
    What.SPLIT: _split,
    What.SENDER: _sender,
    What.VIEW: lambda event: _VIEW.get(str(event.now), "moved {}"),
    What.STATUS: lambda event: _STATUS.get(str(event.now), "changed {}"),
    What.SNOOZE: _describe_snooze,
    What.CATEGORY: _category,
    What.TAGS: _tags,
    What.ORDER: lambda event: "chose the order of {}" if event.now else "removed the order of {}",
    What.STEP: _step,
    What.SOP: lambda event: f"put the SOP {event.now} beside {{}}" if event.now else "removed the SOP of {}",
    What.PREFERS: lambda _: "noted how the customer of {} wants to be reached",
    What.PRIORITY: lambda event: f"set the priority of {{}} to {_PRIORITY.get(event.now, 'normal')}",
    What.RETURN: lambda _: "noted a return on {}",
    What.STOCK: lambda event: f"{'put {} on' if event.now else 'took {} off'} the back-in-stock list",
    What.FOLLOW_UP: lambda event: (
        "let the follow-up of {} go after all" if _goes(event) else "took the follow-up of {} out"
    ),
    What.PROMISE: lambda event: "noted a promise on {}" if event.now else "dropped a promise on {}",
    What.SOLVES: lambda event: (
        "set when {} is solved by itself" if event.now else "no longer solves {} by itself"
    ),
}


def describe_action(events: Sequence[Event]) -> str:
    """`solved T1043`, `snoozed T1043 and T1044`, `put 12 tickets into the trash`."""
    for what, phrase in _PHRASES.items():
        found = [event for event in events if event.what is what]
        if len(found) > 1 and what is What.JOINED:
            return f"merged {len(found)} tickets into T{found[0].ticket_id}"
        if found:
            return phrase(found[0]).format(marks(tuple(event.ticket_id for event in found)))
    return f"changed {marks(touched_tickets(events))}"


_HAPPENED = {
    What.CREATED: "the ticket was created",
    What.MESSAGE_IN: "a mail arrived",
    What.REPLY: "a reply was sent",
    What.STOPPED: "the review stopped a reply",
    What.DELIVERY: "the delivery of a reply was noted",
    What.SIDE: "a supplier was written to",
    What.MACRO: "a macro was used",
}


def describe_event(event: Event) -> str:
    """One event for a history: `solved T1043`, `a mail arrived`."""
    if event.what in (What.WENT_INTO, What.SPLIT_FROM):
        value = event.now or event.was
        other = value.get("ticket") if isinstance(value, dict) else value
        return f"{event.what} T{other}"
    if event.what is What.RULE:
        return f"the rule “{event.now or event.was}” ran"
    if event.what is What.LETTER and isinstance(event.now, dict):
        value = event.now
        return f"{value['macro']} {ENDING_WORDS[LetterEnding(value['ending'])]} (rule “{value['rule']}”)"
    return _HAPPENED.get(event.what) or describe_action([event])


def touched_tickets(events: Sequence[Event]) -> tuple[int, ...]:
    """The tickets of an action, each once, in its order."""
    return tuple(dict.fromkeys(event.ticket_id for event in events))


def marks(ids: Sequence[int]) -> str:
    """`T1043`, `T1043 and T1044`, `3 tickets`."""
    each = list(dict.fromkeys(ids))
    return " and ".join(f"T{one}" for one in each) if len(each) <= 2 else f"{len(each)} tickets"  # noqa: PLR2004


def sentence(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]
