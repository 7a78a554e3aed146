"""The connection to a Shopify shop: tokens, its bucket, its versions, and each way it says no."""

import pytest

from deskterm.errors import LoginRefused, Offline, ServerNonsense, ServerRefused
from deskterm.sync.line.failures import Busy


def token_requests(shop):
    return sum(path == "/admin/oauth/access_token" for _, path, _ in shop.asked)


def test_a_token_for_a_day_is_kept_and_used_again(shop, way):
    way.read()
    way.read()
    assert token_requests(shop) == 1


def test_a_token_that_is_about_to_end_is_renewed(shop, way):
    way.read()
    shop.now += 86_399 - 299
    assert way.orders()
    assert token_requests(shop) == 2


def test_a_token_refused_before_its_time_is_renewed_once(shop, way):
    way.read()
    shop.tokens.clear()
    assert way.orders()
    assert token_requests(shop) == 2


def test_another_apps_token_is_not_used(shop, way):
    way.read()
    shop.client = "client-2"
    assert way.orders()
    assert token_requests(shop) == 2


def test_a_permanent_token_is_used_as_it_is(shop, way):
    assert way.orders(key="", secret=shop.fixed)
    assert token_requests(shop) == 0


def test_a_permanent_token_that_was_revoked_is_a_refused_login(shop, way):
    with pytest.raises(LoginRefused, match="no longer takes"):
        way.read(key="", secret="shpat_old")


def test_a_wrong_secret_is_a_refused_login_and_is_not_shown(shop, way):
    with pytest.raises(LoginRefused) as refused:
        way.read(secret="shpss_wrong")
    assert "shpss_wrong" not in str(refused.value)
    assert "client id" in str(refused.value)


def test_the_waits_follow_the_shops_own_figures(shop, way):
    shop.points, shop.rate, shop.cost = 15.0, 50.0, 10.0
    way.read()
    assert way.naps
    assert all(0 < nap <= 0.2 for nap in way.naps[:1]), way.naps


def test_a_throttled_query_is_repeated_after_a_wait(shop, way):
    shop.points = 5.0
    assert way.orders()
    assert way.naps


def test_a_shop_that_throttles_endlessly_is_left_for_later(shop, way):
    told = {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]}
    shop.fault("given", "ShopAndRights", times=20, given=(200, {}, told))
    with pytest.raises(Busy):
        way.read()


def test_too_many_requests_are_repeated_after_the_time_that_the_shop_names(shop, way):
    shop.fault("given", "Orders", given=(429, {"Retry-After": "2.0"}, {"errors": "Exceeded"}))
    assert way.orders()
    assert 2.0 in way.naps


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("402", ServerRefused, "not paid"),
        ("403", ServerRefused, "may not do that"),
        ("423", ServerRefused, "locked"),
        ("430", ServerRefused, "attack"),
        ("500", Busy, "500"),
        ("503", Busy, "503"),
        ("html", ServerNonsense, "like a website"),
        ("cut before", Offline, "lost"),
        ("cut within", Offline, "lost"),
    ],
)
def test_each_way_a_shop_fails_has_its_words(shop, way, fault, error, words):
    shop.fault(fault, "Orders")
    with pytest.raises(error, match=words):
        way.read()


def test_half_an_answer_that_claims_to_be_whole_is_nonsense(shop, way):
    shop.fault("given", "Orders", given=(200, {}, b'{"data": {"orders"'))
    with pytest.raises(ServerNonsense, match="another form"):
        way.read()


def test_a_redirect_is_named_and_the_key_not_given_to_it(shop, way):
    shop.fault("given", "Orders", given=(301, {"Location": "https://elsewhere.example/x"}, b""))
    with pytest.raises(ServerRefused, match=r"elsewhere\.example") as refused:
        way.read()
    assert "key was not given" in refused.value.safe


def test_a_version_that_does_not_exist_yet_is_named(shop, way):
    with pytest.raises(ServerRefused, match="2031-01"):
        way.read(version="2031-01")


def test_an_answer_in_another_version_than_asked_is_reported(shop, way):
    assert way.gaps(version="2024-01") == ["Shopify keeps version 2024-01 no longer and answers in 2026-01"]


def test_a_query_that_the_schema_no_longer_knows_names_the_version(shop, way):
    told = {
        "errors": [
            {
                "message": "Field 'totalPriceSet' doesn't exist on type 'Order'",
                "extensions": {"code": "undefinedField"},
            }
        ]
    }
    shop.fault("given", "Orders", given=(200, {}, told))
    with pytest.raises(ServerNonsense, match="in version 2026-07: Field 'totalPriceSet'") as error:
        way.read()
    assert error.value.todo == "See whether there is a newer deskterm."
    shop.fault("given", "Orders", given=(200, {}, told))
    with pytest.raises(ServerNonsense, match="in version 2026-01") as error:
        way.read(version="2026-01")
    assert "set `version` of this store to 2026-07" in error.value.todo


def test_forbidden_orders_name_the_permission(shop, way):
    shop.scopes.discard("read_orders")
    shop.scopes.discard("write_orders")
    with pytest.raises(ServerRefused, match="read_orders"):
        way.read()


def test_each_permission_is_listed_with_what_is_missing_without_it(shop, way):
    shop.scopes.discard("read_inventory")
    with way.open() as store:
        missing = [check for check in store.check_rights() if not check.granted]
    assert [(check.name, check.words) for check in missing] == [
        ("read_inventory", "incoming stock is not known")
    ]
    assert "Dev Dashboard" in missing[0].todo
