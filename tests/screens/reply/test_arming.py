"""The key that sends."""

from deskterm.screens.reply.arming import SendGuard


def shown(at=100.0):
    arming = SendGuard()
    arming.start_waiting(at)
    return arming


def test_a_key_typed_before_the_review_was_painted_does_not_count():
    arming = SendGuard()
    assert not arming.note_key(99.0)


def test_a_key_within_the_first_moments_does_not_count():
    assert not shown().note_key(100.39)


def test_one_key_after_the_moment_counts():
    assert shown().note_key(100.41)


def test_typing_on_postpones_the_moment():
    arming = shown()
    arming.note_key(100.3)
    assert not arming.is_armed(100.6)
    assert arming.is_armed(100.71)


def test_a_key_held_down_since_before_never_counts():
    """Thirty repeats a second for three seconds, begun on the screen before."""
    arming = SendGuard()
    arming.note_key(99.9)
    arming.start_waiting(100.0)
    assert not any(arming.note_key(100.0 + n / 30) for n in range(90))


def test_a_key_that_begins_to_repeat_late_does_not_count_as_a_single_press():
    """Held from 100.05; the terminal repeats it from 100.65 on, every 33 ms."""
    arming = shown()
    assert not arming.note_key(100.05)
    assert arming.note_key(100.65)
    assert not arming.note_key(100.683)
    assert not arming.is_last_key(100.65)


def test_a_paste_without_brackets_does_not_count_whatever_it_begins_with():
    arming = shown()
    first = arming.note_key(101.0)
    rest = [arming.note_key(101.0 + n / 10000) for n in range(1, 20)]
    assert first
    assert not any(rest)
    assert not arming.is_last_key(101.0)


def test_a_key_soon_after_another_counts_if_a_hand_types_them():
    arming = shown()
    arming.note_key(101.0)
    assert arming.note_key(101.2)
    assert arming.is_last_key(101.2)


def test_a_screen_in_front_disarms_the_key_and_coming_back_starts_again():
    arming = shown()
    arming.stop_waiting()
    assert not arming.note_key(101.0)
    arming.start_waiting(102.0)
    assert not arming.is_armed(102.3)
    assert arming.is_armed(102.4)


def test_the_wait_is_shown():
    arming = shown()
    assert arming.remaining(100.1) > 0.29
    assert arming.remaining(101.0) == 0
