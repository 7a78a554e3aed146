"""Which backups are due and which are kept: pure rules over times."""

from datetime import UTC, datetime, timedelta

from deskterm.domain.backups import DAY, backups_to_keep, copies_to_remove, is_backup_due, made_at, name

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


def at(days_ago: float) -> int:
    return int((NOON - timedelta(days=days_ago)).timestamp())


def test_a_backup_is_named_after_its_time_and_known_by_its_name():
    assert name(at(0)) == "desk-2026-11-20T120000Z.db"
    assert made_at(name(at(0))) == at(0)


def test_other_files_are_no_backups():
    assert made_at("desk.db") is None
    assert made_at(".desk-2026-11-20T120000Z.db.part") is None
    assert made_at("desk-2026-13-40T120000Z.db") is None


def test_a_backup_is_due_when_the_newest_is_a_day_old():
    assert is_backup_due([], at(0))
    assert not is_backup_due([at(0.9), at(5)], at(0))
    assert is_backup_due([at(1), at(5)], at(0))


def test_a_backup_from_the_future_does_not_count_for_today():
    assert is_backup_due([at(-400)], at(0))


def test_a_year_of_daily_backups_leaves_seven_days_and_four_weeks():
    left: set[int] = set()
    for day in range(365, -1, -1):
        left.add(at(day))
        left = set(backups_to_keep(left, at(day)))
    days = sorted((at(0) - one) // DAY for one in left)
    assert days == [0, 1, 2, 3, 4, 5, 6, 12, 19]  # today's week, and the Sundays of the three before
    assert [datetime.fromtimestamp(at(day), UTC).weekday() for day in (5, 12, 19)] == [6, 6, 6]


def test_what_was_made_by_hand_within_a_day_stays_beside_the_daily_one():
    assert backups_to_keep([at(0), at(0.04), at(0.9), at(1)], at(0)) == {at(0), at(0.04), at(0.9), at(1)}


def test_of_several_on_an_earlier_day_the_newest_stays():
    assert backups_to_keep([at(0), at(2), at(2.1), at(2.2)], at(0)) == {at(0), at(2)}


def test_of_very_many_in_a_day_the_newest_stay_and_replace_no_earlier_days():
    minutes = [at(minute / 1440) for minute in range(100)]
    older = [at(day) for day in range(1, 7)]
    assert backups_to_keep([*minutes, *older], at(0)) == {*minutes[:12], *older}


def test_a_desk_left_alone_for_months_keeps_its_last_ones():
    old = [at(100 + day) for day in range(7)]
    assert backups_to_keep([at(0), *old[:6]], at(0)) == {at(0), *old[:6]}


def test_a_backup_from_the_future_is_kept_and_replaces_none():
    assert backups_to_keep([at(-3), at(0), at(1)], at(0)) == {at(-3), at(0), at(1)}


def test_of_what_is_kept_beside_the_database_the_newest_three_of_each_kind_stay():
    days = [f"desk.db.replaced-2026-11-0{day}T091400Z" for day in range(1, 6)]
    again = "desk.db.replaced-2026-11-02T091400Z.2"
    upgrades = [f"desk.db.before-{number}" for number in (2, 9, 10, 11)]
    damaged = ["desk.db.damaged-2020-01-01T000000Z"]
    others = ["desk.db.mine-1", "desk.db.lock", "desk.db"]
    gone = copies_to_remove([*days, again, *upgrades, *damaged, *others])
    assert gone == {*days[:2], again, "desk.db.before-2"}
    assert copies_to_remove([*days[:2], again, *damaged]) == set()
