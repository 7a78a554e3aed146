"""Surveys of customers after their matter was settled, and their answers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from deskterm.demo import texts
from deskterm.demo.clock import DAY, after_business_minutes
from deskterm.demo.letters import Letter, from_shop, next_key, reply_again
from deskterm.demo.people import Person

_EVERY = 5  # one conversation in five is asked
_LATER, _HOUR = 41 * 3600, 3600  # from the last answer to the survey
_ANSWERS = ("5", "4", "", "5 - quick and friendly", "5", "2 - it took far too long", "3")  # empty: no answer


def survey_letters(now: int, people: Sequence[Person], letters: Sequence[Letter]) -> list[Letter]:
    """The questions, the answers, and the store's reply."""
    who = {person.address: person for person in people}
    conversations = defaultdict[str, list[Letter]](list)
    for letter in letters:
        conversations[letter.key.rpartition(".")[0]].append(letter)
    settled = [
        one[-1] for name, one in sorted(conversations.items()) if name.startswith("h") and one[-1].ours
    ]
    over = now - 5 * DAY  # a weekend may precede the store's reply
    lasts = [last for last in settled if last.at < over and last.language == texts.DEFAULT]
    return [
        letter
        for place, last in enumerate(sorted(lasts, key=lambda one: one.at)[::_EVERY])
        for letter in _question(who[last.to[1]], last, _ANSWERS[place % len(_ANSWERS)])
    ]


def _question(person: Person, last: Letter, answer: str) -> Iterator[Letter]:
    words = next(text for text in texts.read_texts("survey") if text.topic == "survey")
    key = f"s{next_key(last)[1:]}"
    question = from_shop(last, last.at + _LATER, key, words.body.format(first=person.first))
    yield question
    if answer:
        reply = reply_again(person, question, question.at + 5 * _HOUR, answer)
        yield reply
        thanks = f"Hello {person.first},\n\n{words.answer}"
        yield from_shop(reply, after_business_minutes(reply.at, 60), next_key(reply), thanks)
