"""config.toml: what is read, what is refused with its line, what is kept when it is written."""

import stat
from dataclasses import replace

import pytest

from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox, Settings, Shop, Store, load, machine_zone, save, save_theme
from deskterm.errors import ConfigError

FULL = """\
# my shop
work_from = "today"
undo_seconds = 20

[shop]
name = "Kiln & Clay"
addresses = ["shop@kiln.example", "Hello@kiln.example"]
signature = "Ada"
zone = "Europe/Berlin"  # where I live
hours = "Mon-Fri 09:00-17:00, Sat 10:00-13:00"
holidays = ["2027-12-25"]

[keys]
solve = "g x"

[[mailbox]]
name = "shop"
address = "shop@kiln.example"
host = "imap.kiln.example"
ca_file = "ca.pem"

[[mailbox]]
name = "local"
kind = "maildir"
path = "mail"
delivery = "maildir"

[[store]]
name = "kiln"
path = "orders.json"
"""


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "desk")


def written(home, text):
    home.config_file.write_text(text, "utf-8")
    return home


def test_every_part_is_read(home):
    settings = load(written(home, FULL))
    assert settings.work_from == "today"
    assert settings.shop.zone == "Europe/Berlin"
    assert settings.keys == {"solve": "g x"}
    assert [mailbox.kind for mailbox in settings.mailboxes] == ["imap", "maildir"]
    assert settings.stores[0].kind == "file"
    assert settings.own_addresses == {"shop@kiln.example", "hello@kiln.example"}
    assert settings.mailbox("local").delivery == "maildir"
    assert settings.mailbox("other") is None


def test_relative_paths_start_at_the_files_own_folder(home):
    settings = load(written(home, FULL))
    assert settings.stores[0].path == str(home.config_folder / "orders.json")
    assert settings.mailboxes[0].ca_file == str(home.config_folder / "ca.pem")


def test_a_mailbox_without_a_user_logs_in_by_its_address(home):
    mailbox = load(written(home, FULL)).mailboxes[0]
    assert mailbox.login == mailbox.smtp_login == "shop@kiln.example"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[shop]\nname = 3\n", 2, "must be a text in quotes"),
        ("[shop]\n\nzone = 'Mars/Base'\n", 3, "no time zone"),
        ("[shop]\nhours = '9 to 5'\n", 2, "hours are written as"),
        ("[shop]\nholidays = ['Christmas']\n", 2, "no date"),
        ("[shop]\nnmae = 'x'\n", 2, "`nmae` is no setting here"),
        ("[shop]\nnmae = 'x'\n", 2, "did you mean name? there are name, addresses"),
        ("[shop]\nlocale = 'xx_YY'\n", 2, "no locale"),
        ("[shop]\nlocale = 'de_XX'\n", 2, "no locale"),
        ("[shop]\nlocale = 'German'\n", 2, "no locale"),
        (
            "# first\n[[mailboxes]]\nname = 'x'\n",
            2,
            "did you mean [[mailbox]]? there are [shop], [policy], work_from",
        ),
        ("[[stores]]\nname = 'x'\n", 1, "did you mean [[store]]?"),
        ("[shops]\nname = 'x'\n", 1, "did you mean [shop]?"),
        ("colour = 'x'\n", 1, "[[mailbox]], [[store]]"),
        ("shop = 1\n", 1, "written as [shop]"),
        ("work_from = 'monday'\n", 1, "as in"),
        ("\nundo_seconds = -1\n", 2, "0 to 3600"),
        ("undo_seconds = true\n", 1, "whole number"),
        ("theme = 'lihgt'\n", 1, "one of dark, light, plain"),
        ("\npreset = 'emacs'\n", 2, "one of vim, mutt, gmail"),
        ("[keys]\nsolve = 1\n", 2, "must be a text"),
        ("targets = ['reply 1 hour, priority urgent']\n", 1, "priority high"),
        ("[mailbox]\nname = 'x'\n", 1, "[[mailbox]]"),
        ("[[mailbox]]\nname = 'x'\nkind = 'pop3'\n", 3, "one of imap, maildir"),
        ("[[mailbox]]\nname = 'x'\nhost = 'h.example'\nsecurity = 'none'\n", 4, "one of tls, starttls"),
        ("[[mailbox]]\nhost = 'h.example'\naddress = 'a@b.example'\n", 1, "`name` of its own"),
        ("[[store]]\nname = 'a'\npath = 'x'\n[[store]]\nname = 'a'\npath = 'x'\n", 5, "`name` of its own"),
        ("[[store]]\nname = 'a'\n", 1, "`path`"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(home, text, line, words):
    with pytest.raises(ConfigError) as caught:
        load(written(home, text))
    assert f"line {line}:" in caught.value.what
    assert words in caught.value.what
    assert caught.value.todo


def test_broken_toml_names_its_line(home):
    with pytest.raises(ConfigError, match="line 2"):
        load(written(home, "[shop]\nname = \n"))


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 5000, "[" + ".".join("a" * 3000) + "]\nx = 1", "x = " + "9" * 5000]
)
def test_a_file_that_defeats_the_parser_is_reported_in_words(home, text):
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        load(written(home, text))


def test_a_missing_file_says_what_to_run(home):
    with pytest.raises(ConfigError, match="deskterm setup"):
        load(home)


def test_a_file_in_another_encoding_is_refused_in_words(home):
    home.config_file.write_bytes(b"[shop]\nname = '\xfc'\n")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(home)


def test_what_is_saved_is_read_back(home):
    settings = Settings(
        shop=Shop(name='Clay "&" Co', addresses=("a@b.example",), signature="Ada\nClay"),
        work_from="all",
        keys={"solve": "x"},
        mailboxes=(Mailbox(name="a", address="a@b.example", host="imap.b.example", files_sent_itself=True),),
        stores=(Store(name="s", path=str(home.config_folder / "orders.json")),),
    )
    save(home, settings)
    assert load(home) == settings
    assert "orders.json" in home.config_file.read_text()
    assert str(home.root) not in home.config_file.read_text()


def test_saving_keeps_comments_and_the_files_rights_are_private(home):
    settings = load(written(home, FULL))
    save(home, replace(settings, theme="light", mailboxes=settings.mailboxes[:1], stores=()))
    text = home.config_file.read_text()
    assert "# my shop" in text
    assert "# where I live" in text
    assert stat.S_IMODE(home.config_file.stat().st_mode) == 0o600
    again = load(home)
    assert again.theme == "light"
    assert [mailbox.name for mailbox in again.mailboxes] == ["shop"]
    assert again.stores == ()
    assert again.shop == settings.shop


def test_a_new_theme_leaves_the_comments_beside_the_keys_as_they_are(home):
    keys = '[keys]\n# as in the old desk\nsolve = "z"  # z for zack\nreply = "R"\n'
    written(home, f'theme = "dark"\n{keys}')
    save_theme(home, "light")
    assert home.config_file.read_text().startswith(f'theme = "light"\n{keys}')
    save(home, replace(load(home), keys={"solve": "x", "note": "N"}))
    assert home.config_file.read_text().splitlines()[1:5] == [
        "[keys]", "# as in the old desk", 'solve = "x"  # z for zack', 'note = "N"',
    ]  # fmt: skip


def test_the_machines_zone_comes_from_tz_first(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert machine_zone() == "Asia/Tokyo"
    monkeypatch.setenv("TZ", ":/usr/share/zoneinfo/Europe/Paris")
    assert machine_zone() == "Europe/Paris"
    monkeypatch.delenv("TZ")
    assert machine_zone()


@pytest.mark.parametrize(
    "escape", ["\\u001b]0;x\\u0007", "\\u009b", "\\u202e", "\\u200b", "\\n", "\\U000E0041"]
)
@pytest.mark.parametrize("place", ["[shop]\nname", "[[mailbox]]\nname", "[keys]\nsolve", "[shop]\naddresses"])
def test_what_would_control_the_terminal_is_refused_with_its_line(home, place, escape):
    value = f'["a{escape}"]' if place.endswith("addresses") else f'"a{escape}"'
    with pytest.raises(ConfigError, match=r"line 2: there is an invisible character \(U\+") as refused:
        load(written(home, f"{place} = {value}\n"))
    assert str(refused.value).isprintable()


def test_a_setting_with_invisible_characters_is_refused_without_repeating_it(home):
    with pytest.raises(ConfigError, match="invisible") as refused:
        load(written(home, '[shop]\n"na\\u001bme" = "x"\n'))
    assert str(refused.value).isprintable()


def test_a_signature_has_lines_and_a_name_its_emoji_and_joiners(home):
    text = '[shop]\nname = "می\u200cخواهم 👩\u200d🎨 Töpferei"\nsignature = """\nAda\n\tKiln & Clay\n"""\n'
    assert load(written(home, text)).shop.signature == "Ada\n\tKiln & Clay\n"


ACCOUNT = '[[mailbox]]\nname = "shop"\naddress = "shop@kiln.example"\nhost = "imap.kiln.example"\n'


def test_several_folders_and_what_becomes_of_solved_mail_are_read(home):
    (box,) = load(written(home, ACCOUNT + 'folders = ["INBOX", "Support"]\nsolved = "archive"\n')).mailboxes
    assert box.inboxes == ("INBOX", "Support")
    assert box.solved == "archive"


def test_by_default_one_folder_is_read_and_nothing_is_changed(home):
    (box,) = load(written(home, ACCOUNT)).mailboxes
    assert (box.inboxes, box.solved, box.oauth) == (("INBOX",), "leave", "")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ('folders = ["INBOX", "INBOX"]', "names each folder once"),
        ('solved = "delete"', "is one of leave, read, archive"),
        ('oauth = "google"', "needs the `client_id`"),
        ('smtp_secret = "command"', "needs a `smtp_password_command`"),
        ('pin = "AB:CD"', "SHA-256 fingerprint"),
        ('oauth = "google"\nclient_id = "x"\nsmtp_secret = "file"', "one token reads and sends"),
        ('oauth = "yahoo"', "is one of google, microsoft"),
        (
            'oauth = "google"\nclient_id = "x"\nsecret = "command"\npassword_command = "x"',
            "keeps its tokens itself",
        ),
        ('oauth = "microsoft"\nclient_id = "x"\ntenant = "../x"', "as Microsoft gives it"),
    ],
)
def test_impossible_settings_of_an_account_are_reported(home, words, complaint):
    with pytest.raises(ConfigError, match=complaint):
        load(written(home, f"{ACCOUNT}{words}\n"))


def test_what_a_maildir_cannot_do_is_reported(home):
    with pytest.raises(ConfigError, match="is for IMAP mailboxes"):
        load(written(home, '[[mailbox]]\nname = "a"\nkind = "maildir"\npath = "mail"\nsolved = "read"\n'))


@pytest.mark.parametrize("locale", ["de_DE", "en_GB", "zh_CN", "zh_Hans_CN", "en_FR", "sr_RS", "de", "ja_JP"])
def test_every_existing_locale_is_accepted(home, locale):
    assert load(written(home, f"[shop]\nlocale = '{locale}'\n")).shop.locale == locale


def test_how_long_parcels_take_by_country_is_read_checked_and_kept(tmp_path):
    home = Home(tmp_path)
    home.config_file.write_text('[policy.shipping_times_to]\nAT = "4 to 6 days"\n')
    settings = load(home)
    assert settings.policy.shipping_times_to == {"AT": "4 to 6 days"}
    save(home, replace(settings, policy=replace(settings.policy, return_days=30)))
    assert load(home).policy.shipping_times_to == {"AT": "4 to 6 days"}
    home.config_file.write_text('[policy]\nshipping_times_to = { Austria = "4 to 6 days" }\n')
    with pytest.raises(ConfigError, match="its two letters"):
        load(home)


PROMISES = 'return_days = 30\nholidays = ["2027-12-24"]\n\n[shipping_times_to]\nAT = "4 to 6 days"\n'


def test_the_policy_may_stand_in_a_file_of_its_own_and_is_left_there(home):
    home.policy_file.write_text(PROMISES)
    settings = load(written(home, '[shop]\nname = "Kiln"\n\n[policy]\nrefund_days = 7\n'))
    policy = settings.policy
    assert (policy.return_days, policy.refund_days, policy.silent_after_days) == (30, 7, 5)
    assert policy.shipping_times_to == {"AT": "4 to 6 days"}
    assert (settings.shop.name, settings.shop.holidays) == ("Kiln", ("2027-12-24",))
    save(home, replace(settings, theme="light"))
    assert home.policy_file.read_text() == PROMISES
    assert "return_days" not in home.config_file.read_text()
    assert load(home) == replace(settings, theme="light")


def test_with_a_policy_of_its_own_no_section_is_written(home):
    home.policy_file.write_text(PROMISES)
    save(home, load(written(home, "")))
    assert "policy" not in home.config_file.read_text()


@pytest.mark.parametrize(
    ("config", "policy", "lines"),
    [
        ("[policy]\n\nreturn_days = 14\n", "\nreturn_days = 30\n", (2, 3)),
        ("[shop]\nholidays = ['2027-12-25']\n", "holidays = ['2027-12-24']\n", (1, 2)),
        (
            "\n[policy.shipping_times_to]\nAT = '5 days'\n",
            "return_days = 3\n[shipping_times_to]\nAT = '4 days'\n",
            (2, 2),
        ),
    ],
)
def test_a_setting_in_both_files_is_refused_and_both_lines_are_named(home, config, policy, lines):
    home.policy_file.write_text(policy)
    with pytest.raises(ConfigError, match=rf"policy.toml, line {lines[0]}: .* config.toml, line {lines[1]};"):
        load(written(home, config))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("refund_days = 3\nretrun_days = 30\n", 2, "did you mean return_days"),
        ("return_days = 'thirty'\n", 1, "a whole number"),
        ("\ngoodwill_per_ticket = -1\n", 2, "a number from 0"),
        ("[shipping_times_to]\nAustria = '4 days'\n", 1, "its two letters"),
        ("\nshipping_times_to = '4 days'\n", 2, "must be a table of texts"),
        ("holidays = ['Christmas']\n", 1, "no date"),
        ('free_shipping_from = "a\\u202e"\n', 1, "invisible"),
        ("[policy]\nreturn_days = 30\n", 1, "`policy` is no setting here"),
        ("return_days = \n", 1, "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_in_the_policy_is_named_with_its_line(home, text, line, words):
    home.policy_file.write_text(text)
    with pytest.raises(ConfigError, match=words) as caught:
        load(written(home, "[shop]\nname = 'Kiln'\n"))
    assert f"line {line}" in caught.value.what
    assert "policy.toml" in caught.value.what


def test_each_language_may_have_a_sign_off_of_several_lines(home):
    text = '[shop]\nsignature = "Best\\nAda"\n[shop.sign_offs]\nde = """\nViele Grüße\nAda"""\n'
    shop = load(written(home, text)).shop
    assert (shop.sign_off("de"), shop.sign_off("fr"), shop.sign_off("")) == (
        "Viele Grüße\nAda",
        "Best\nAda",
        "Best\nAda",
    )


@pytest.mark.parametrize("wrong", ['german = "Viele Grüße"', 'de = ""', "de = 3", 'de = "a\\u202eb"'])
def test_a_sign_off_that_cannot_be_used_is_named(home, wrong):
    with pytest.raises(ConfigError, match="line"):
        load(written(home, f"[shop.sign_offs]\n{wrong}\n"))
