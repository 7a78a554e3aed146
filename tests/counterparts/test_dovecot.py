"""The counterpart itself: a Dovecot that starts empty and tells what was asked of it."""


def test_it_keeps_what_is_put_there_and_logs_commands(dovecot):
    dovecot.put([b"Subject: hi\r\n\r\nyo\r\n"] * 2)
    assert dovecot.flags() == {1: (b"\\Recent",), 2: (b"\\Recent",)} or len(dovecot.flags()) == 2
    assert dovecot.mails() == [b"Subject: hi\r\n\r\nyo\r\n"] * 2
    assert any(line.startswith("UID FETCH 1:* (BODY.PEEK[])") for line in dovecot.commands())


def test_it_starts_empty_for_every_test(dovecot):
    assert dovecot.mails() == []


def test_a_folder_made_anew_has_another_uidvalidity(dovecot):
    with dovecot.login() as client:
        client.create("Shop")
    dovecot.put([b"Subject: hi\r\n\r\nyo\r\n"], "Shop")
    before = validity(dovecot)
    dovecot.renew("Shop")
    assert validity(dovecot) != before
    assert len(dovecot.mails("Shop")) == 1


def validity(dovecot):
    with dovecot.login() as client:
        client.select("Shop", readonly=True)
        return client.response("UIDVALIDITY")[1]
