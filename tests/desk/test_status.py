"""Which failures are reported: decided by account, duty and kind, never by names or sentences."""

from deskterm.desk.status import mail
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.storage import sources

from .conftest import NOW

EU = "shop (EU)"


def fail(shop, source, failure=Failure.LOGIN, todo="Run `deskterm setup`."):
    with shop.db.write() as tx:
        sources.mark_failed(tx, source, failure, at=NOW, words="The password is refused.", todo=todo)


def failing(shop):
    with shop.db.read() as tx:
        return [one.source for one in mail(tx) if one.failing_since is not None]


def test_an_account_whose_name_looks_like_a_duty_of_another_is_reported(shop):
    fail(shop, Source("shop"))
    fail(shop, Source(EU))
    assert failing(shop) == [Source("shop"), Source(EU)]


def test_a_duty_that_fails_for_the_same_cause_as_its_account_is_not_reported_twice(shop):
    fail(shop, Source(EU), todo="Give the password again.")
    fail(shop, Source(EU, part=SourcePart.SENDING), todo="Make an app password.")
    assert failing(shop) == [Source(EU)]


def test_a_duty_that_fails_for_another_cause_is_reported(shop):
    fail(shop, Source("shop"), Failure.OFFLINE)
    fail(shop, Source("shop", part=SourcePart.SENDING), Failure.LOGIN)
    assert failing(shop) == [Source("shop"), Source("shop", part=SourcePart.SENDING)]


def test_a_duty_of_one_account_is_not_hidden_by_another_of_a_longer_name(shop):
    fail(shop, Source(EU))
    fail(shop, Source("shop", part=SourcePart.SENDING))
    assert failing(shop) == [Source("shop", part=SourcePart.SENDING), Source(EU)]


def test_a_store_named_like_a_mailbox_has_a_place_of_its_own(shop):
    with shop.db.write() as tx:
        sources.mark_complete(tx, Source("shop", SourceKind.ORDERS), complete_to=NOW, at=NOW)
    fail(shop, Source("shop"))
    with shop.db.read() as tx:
        (orders,) = sources.states(tx, SourceKind.ORDERS)
    assert orders.failing_since is None
