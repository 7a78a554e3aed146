"""The one list of commands: keys, chords, presets and the owner's own keys."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import deskterm.actions
import deskterm.screens
from deskterm.commands.keymap import PRESETS, KeyReader, key_name, keymap, shown_keys
from deskterm.commands.record import Where
from deskterm.commands.registry import BY_ID, all_commands
from deskterm.commands.ticket_commands import TICKET_COMMANDS
from deskterm.errors import ConfigError


@pytest.mark.parametrize("where", Where)
def test_no_key_means_two_things_in_one_place(where):
    """But for Space on the review: a claim is ticked there, and the page keys turn the page."""
    taken = {}
    for command in all_commands():
        for key in command.keys if where in command.where else ():
            first = taken.setdefault(key, command.id)
            assert first == command.id or (where, key, first) == (Where.REVIEW, "Space", "tick")


@pytest.mark.parametrize("where", Where)
def test_no_key_is_also_the_first_of_a_chord(where):
    keys = keymap(where)
    prefixes = {key.split(" ")[0] for key in keys if " " in key}
    assert not prefixes & set(keys)


def test_every_preset_names_existing_commands():
    assert {name for preset in PRESETS.values() for name in preset} <= set(BY_ID)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("where", Where)
def test_every_command_can_be_reached_with_every_preset(preset, where):
    keys = keymap(where, preset=preset)
    assert {command.id for command in keys.values()} == {
        one.id for one in all_commands() if where in one.where
    }
    assert not {key.split(" ")[0] for key in keys if " " in key} & set(keys)
    assert where is Where.REVIEW or not {"y", "Y"} & set(keys)


def presses(keys, **counting):
    """What a row of keys runs, each command with how often."""
    reader = KeyReader(keymap(Where.LIST, **counting), counts=True)
    return [(found.id, reader.times) for key in keys if (found := reader.press(key))]


def test_a_digit_without_a_key_of_its_own_begins_a_count():
    assert presses("5j") == [("down", 5)]
    assert presses("03j12k") == [("down", 3), ("first-answer", 1), ("second-answer", 1), ("up", 1)]
    assert presses("012jj") == [("down", 12), ("down", 1)]
    assert presses(["9", "9", "9", "9", "9", "j"]) == [("down", 999)]
    assert presses(["5", "Esc", "j"]) == [("down", 1)]
    assert presses("5gij") == [("go-inbox", 5), ("down", 1)]


def test_every_digit_is_a_count_in_the_keys_of_vim():
    assert presses("3j10k", preset="vim") == [("down", 3), ("up", 10)]
    assert presses(["Alt+1", "'", "2"], preset="vim") == [("first-answer", 1), ("second-answer", 1)]


def test_among_many_replies_a_digit_is_no_count():
    assert KeyReader(keymap(Where.BULK)).press("5") is None
    assert KeyReader(keymap(Where.BULK)).count == ""


def test_every_help_is_a_sentence():
    assert all(command.help[0].isupper() and command.help.endswith(".") for command in all_commands())


def test_ids_are_unique():
    assert len(BY_ID) == len(all_commands())


def test_each_record_of_a_ticket_command_has_its_file_and_each_file_its_record():
    files = {file.stem for file in Path(deskterm.actions.__file__).parent.glob("*.py")} - {"__init__"}
    verbs = {name for name in files if hasattr(import_module(f"deskterm.actions.{name}"), "run")}
    assert verbs == {one.id.replace("-", "_") for one in TICKET_COMMANDS}
    assert files - verbs == {"front", "work", "offered", "contact_pickers", "time_options"}, (
        "shared by several verbs"
    )


@pytest.mark.parametrize(
    "key",
    [
        "j",
        "k",
        "e",
        "b",
        "w",
        "t",
        "d",
        "n",
        "r",
        "m",
        ".",
        "c",
        "z",
        "Z",
        "s",
        "Q",
        "H",
        "v",
        "l",
        "/",
        "R",
        "?",
        ":",
    ],
)
def test_list_and_open_ticket_have_the_same_keys(key):
    assert keymap(Where.LIST)[key] is keymap(Where.TICKET)[key]


@pytest.mark.parametrize("where", [where for where in Where if where is not Where.REVIEW])
def test_y_sends_on_the_review_and_does_nothing_anywhere_else(where):
    assert not {"y", "Y"} & set(keymap(where))
    assert keymap(Where.REVIEW)["y"].id == "send"


def test_a_chord_waits_for_its_second_key_and_swallows_an_unknown_one():
    reader = KeyReader(keymap(Where.LIST))
    assert reader.press("g") is None
    assert reader.prefix == "g"
    assert ("m", BY_ID["go-metrics"]) in reader.chords()
    assert reader.press("m") is BY_ID["go-metrics"]
    reader.press("g")
    assert reader.press("e") is BY_ID["go-solved"]  # not `e`, which solves
    reader.press("g")
    assert reader.press("z") is None
    assert reader.prefix == ""
    assert reader.press("z") is BY_ID["undo"]


def test_the_owner_gives_a_command_another_key_and_the_old_one_is_free():
    keys = keymap(Where.LIST, {"solve": "E  g x"})
    assert keys["E"].id == keys["g x"].id == "solve"
    assert "e" not in keys


def test_an_own_key_that_hides_another_command_is_refused_with_both_names():
    with pytest.raises(ConfigError, match="the key r to solve, and reply has it"):
        keymap(Where.LIST, {"solve": "r"})
    with pytest.raises(ConfigError, match="the key e to reply, and solve has it"):
        keymap(Where.LIST, {"reply": "e"})
    swapped = keymap(Where.LIST, {"solve": "r", "reply": "e"})
    assert (swapped["r"].id, swapped["e"].id) == ("solve", "reply")


def test_a_key_given_to_two_commands_is_reported():
    with pytest.raises(ConfigError, match="two commands in the list: reply and solve"):
        keymap(Where.LIST, {"solve": "x", "reply": "x"})


def test_a_key_for_an_unknown_command_is_reported():
    with pytest.raises(ConfigError, match="'fly', which is no command"):
        keymap(Where.LIST, {"fly": "x"})


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("upper_g", "G", "G"),
        ("question_mark", "?", "?"),
        ("space", " ", "Space"),
        ("pagedown", None, "PgDn"),
        ("ctrl+d", "\x04", "Ctrl+D"),
        ("escape", "\x1b", "Esc"),
        ("enter", "\r", "Enter"),
        ("down", None, "Down"),
        ("shift+tab", None, "Shift+Tab"),
    ],
)
def test_a_terminals_key_is_written_as_in_the_table(key, character, name):
    assert key_name(key, character) == name


@pytest.mark.parametrize("where", [Where.LIST, Where.TICKET])
def test_the_footer_shows_reply_macro_and_solve_first(where):
    labels = [command.label for command, _ in shown_keys(where, keymap(where)) if command.label]
    assert labels[:5] == ["open", "reply", "macro", "note", "solve"]


def subclasses(kind):
    """The classes of the program below a class, each once."""
    found = {below for one in kind.__subclasses__() for below in (one, *subclasses(one))}
    return {one for one in found if one.__module__.startswith("deskterm.")}


def screens():
    """Every screen of the program with its places; bases that others build on are none."""
    from textual.screen import Screen

    from deskterm.screens.base.screen import DeskScreen
    from deskterm.screens.inbox import InboxScreen
    from deskterm.screens.ticket_base import TicketScreenBase

    for module in walk_packages(deskterm.screens.__path__, "deskterm.screens."):
        import_module(module.name)
    for screen in sorted(subclasses(Screen), key=lambda one: one.__name__):
        is_base = screen.__module__.startswith("deskterm.screens.base.") and screen.__subclasses__()
        if not issubclass(screen, DeskScreen):
            if not screen.__subclasses__():
                yield screen, {Where.SETUP}
        elif not is_base and screen.body is not DeskScreen.body:
            places = {screen.WHERE}
            places |= {Where.TICKET, Where.SOP} if issubclass(screen, TicketScreenBase) else set()
            yield screen, places | ({Where.LIST} if screen is InboxScreen else set())


def unheard(screen, command):
    """Whether a key for the command would do nothing on the screen."""
    from deskterm.actions import ACTIONS
    from deskterm.app.desk_app import DesktermApp
    from deskterm.app.places import PLACES
    from deskterm.screens.base.moves import MOVES
    from deskterm.screens.base.screen import DeskScreen
    from deskterm.screens.inbox import LISTINGS

    name = "do_" + command.id.replace("-", "_")
    if not issubclass(screen, DeskScreen):
        return not hasattr(screen, name)
    if command.id.startswith("go-"):
        return command.id.removeprefix("go-") not in {*PLACES, *LISTINGS}
    moves = command.id in MOVES and screen.movable is not DeskScreen.movable
    return not (moves or hasattr(screen, name) or hasattr(DesktermApp, name) or command.id in ACTIONS)


def test_every_screen_answers_every_command_of_its_places():
    """A key that a screen shows and nobody hears would be a lie."""
    deaf = [
        (screen.__name__, command.id)
        for screen, places in screens()
        for where in places
        for command in keymap(where).values()
        if unheard(screen, command)
    ]
    assert not deaf


def test_no_place_is_left_out_of_that():
    assert {where for _, places in screens() for where in places} == set(Where)


def test_a_screen_that_was_forgotten_is_noticed():
    from deskterm.screens.base.list_screen import ListScreen

    class Forgotten(ListScreen[None]):
        __module__ = "deskterm.screens.forgotten"
        WHERE = Where.OUTBOX

        def body(self):
            return ()

    assert unheard(Forgotten, BY_ID["retry"])
    assert (Forgotten, {Where.OUTBOX}) in list(screens())
    Forgotten.__module__ = __name__  # no screen of the program any more


def test_an_action_about_a_ticket_is_only_offered_where_there_are_tickets():
    from deskterm.actions import ACTIONS

    about = [BY_ID[name] for name in ACTIONS if BY_ID[name].about_ticket]
    assert about
    assert all(
        command.where <= {Where.LIST, Where.TICKET, Where.SOP, Where.REVIEW, Where.SEARCH}
        for command in about
    )


def test_the_order_names_only_existing_commands():
    from deskterm.commands.registry import ORDER

    assert set(ORDER) <= set(BY_ID)


def key_literals(source):
    """The keys that a text in the shade of a key names as a literal, where the owner may have another one."""
    keys = {key for one in all_commands() for key in one.keys}
    for node in ast.walk(ast.parse(source)):
        parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        words = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        strong = isinstance(node, ast.Call) and any(one.arg == "bold" for one in node.keywords)
        text, shade = words if len(words) == 2 else ("", "")
        if text.strip() in keys and ((strong and shade in ("accent", "soft")) or shade.startswith("$act")):
            yield text.strip()


def test_widgets_and_screens_name_the_key_in_force():
    """The keys of modals are their own and always the same."""
    root = Path(deskterm.screens.__file__).parents[1]
    files = [file for room in ("widgets", "screens", "app") for file in (root / room).rglob("*.py")]
    sources = {file.name: file.read_text("utf-8") for file in files}
    found = [
        (name, key)
        for name, text in sources.items()
        if "(DeskModal" not in text
        for key in key_literals(text)
    ]
    assert found == []


def test_a_literal_key_is_noticed():
    source = (
        'Bit("Q", "soft", bold=True), Content.assemble(("Space ", "$act bold"), "ticks"), Bit("! ", "amber")'
    )
    assert sorted(key_literals(source)) == ["Q", "Space"]
