"""Which mails belong together, by their Message-IDs alone."""

from hypothesis import given
from hypothesis import strategies as st

from deskterm.mail.message_ids import ids, join, own_id


def test_an_answer_joins_the_mail_it_answers():
    assert join([("<a@s.example>", ()), ("<b@s.example>", ("<a@s.example>",))]) == [0, 0]


def test_strangers_stay_apart():
    assert join([("<a@s.example>", ()), ("<b@s.example>", ())]) == [0, 1]


def test_two_answers_to_a_mail_that_never_came_are_one_group():
    assert join([("<b@s.example>", ("<gone@s.example>",)), ("<c@s.example>", ("<gone@s.example>",))]) == [
        0,
        0,
    ]


def test_a_late_mail_joins_two_groups():
    early = [("<a@s.example>", ()), ("<b@s.example>", ())]
    assert join([*early, ("<c@s.example>", ("<a@s.example>", "<b@s.example>"))]) == [0, 0, 0]


def test_mails_without_an_id_are_each_their_own_unless_they_answer():
    assert join([("", ()), ("", ()), ("", ("<a@s.example>",)), ("<a@s.example>", ())]) == [0, 1, 2, 2]


def test_a_chain_of_a_hundred_thousand_answers_is_one_group():
    """A deep chain must neither recurse nor take quadratic time."""
    mails = [(f"<{n}@s.example>", (f"<{n + 1}@s.example>",)) for n in range(100_000)]
    assert set(join(mails)) == {0}


def test_ids_are_read_out_of_broken_headers():
    assert ids("<a@s.example> <b@s.example>,<a@s.example>") == ("<a@s.example>", "<b@s.example>")
    assert ids("Your message of Tuesday <a@s.\n example> (a comment)") == ("<a@s.example>",)
    assert ids("<a@s.example") == ("<a@s.example>",)
    assert ids("<<a@s.example>> <>") == ("<a@s.example>",)
    assert ids("no id here") == ()


def test_a_bare_message_id_gets_its_brackets():
    assert own_id(" a@s.example ") == "<a@s.example>"
    assert own_id("<a@s.example> trailing") == "<a@s.example>"
    assert own_id("") == ""


def groups(mails):
    keys = join(mails)
    together = {}
    for (name, _), key in zip(mails, keys, strict=True):
        together.setdefault(key, set()).add(name)
    return {frozenset(names) for names in together.values()}


names = st.integers(0, 15).map(lambda n: f"<{n}@s.example>")
mailboxes = st.dictionaries(names, st.lists(names, max_size=3)).map(lambda box: list(box.items()))


@given(mailboxes, st.randoms())
def test_the_order_of_arrival_changes_nothing(mails, chance):
    mixed = list(mails)
    chance.shuffle(mixed)
    assert groups(mixed) == groups(mails)


@given(st.text())
def test_any_text_yields_only_bracketed_ids(text):
    assert all(found.startswith("<") and found.endswith(">") and len(found) > 2 for found in ids(text))
