"""Leaving: what still reads is waited for."""

import threading

from screens.looking import app_of, sample


async def test_an_app_that_ends_waits_for_what_still_reads(tmp_path):
    shop = sample(tmp_path)
    begun, goes_on, read = threading.Event(), threading.Event(), []

    def read_long():
        begun.set()
        goes_on.wait(20)
        with shop.db.read() as tx:
            read.append(tx.execute("SELECT count(*) FROM ticket").fetchone()[0])

    app = app_of(shop)
    async with app.run_test() as pilot:
        pilot.app.run_worker(app.work.read(read_long), exit_on_error=False)
        await pilot.pause()
        assert begun.wait(20)
        threading.Timer(0.2, goes_on.set).start()
    shop.db.close()
    assert read == [5]
