"""The owner's rules: read from `rules.toml`, switched on and off, moved, starter rules added."""

from collections.abc import Callable, Mapping
from pathlib import Path

from deskterm.config.starter import starter
from deskterm.desk.action_words import sentence
from deskterm.desk.shop import DeskContext
from deskterm.domain.query.query_settings import QueryFrame
from deskterm.domain.rules.file_text import CannotEdit, move_rule, put_sending, put_switch
from deskterm.domain.rules.letters import LetterEnding
from deskterm.domain.rules.read import read_rules
from deskterm.domain.rules.rule import Rule, RulesRead
from deskterm.domain.views import Done
from deskterm.errors import ConfigError, NotFound
from deskterm.storage import desk_changes, events
from deskterm.storage.rules import letters

TRIED_DAYS = 90
STARTER = "rules.toml"
_OPEN = "Open it from the rules screen."
_DAY = 86400


class Rules:
    """The rules in the file. Nothing here sends anything."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def read(self, now: int) -> RulesRead:
        """The rules in the file and what is wrong with them. Without a file there are none."""
        file = self._shop.home.rules_file
        try:
            text = _text_of(file)
        except FileNotFoundError:
            return RulesRead()
        except ConfigError as error:
            return RulesRead(problems=((file.name, f"{error.what} {error.todo} No rule runs."),))
        found = read_rules(text, self._shop.formats.local(now), self._frame())
        return self._with_names(found)

    def _frame(self) -> QueryFrame:
        policy = self._shop.settings.policy
        return QueryFrame(self._shop.hours, policy.ships_within_days, policy.silent_after_days)

    def _with_names(self, found: RulesRead) -> RulesRead:
        """The same, with rules that name a missing macro or SOP reported and left out."""
        playbook = self._shop.playbook.current()
        problems = list(found.problems)
        for one in found.rules:
            letter, sop = one.effects.letter, one.effects.sop
            if letter and letter.macro not in playbook.macros:
                problems.append(
                    (one.name, f"There is no macro {letter.macro}; `deskterm macros` lists them.")
                )
            if sop and sop not in playbook.sops:
                problems.append((one.name, f"There is no SOP {sop}."))
        wrong = {name for name, _ in problems}
        rules = tuple(one for one in found.rules if one.name not in wrong)
        return RulesRead(rules, tuple(problems), found.first_only, found.sending, found.caps)

    def runs(self, now: int, days: int = TRIED_DAYS) -> dict[str, int]:
        """How often each rule ran in the last days."""
        with self._shop.db.read() as tx:
            return events.count_rule_runs(tx, now - days * _DAY)

    def endings(self, now: int, days: int = TRIED_DAYS) -> Mapping[str, Mapping[LetterEnding, int]]:
        """The outcomes of each rule's letters in the last days."""
        with self._shop.db.read() as tx:
            return letters.count_endings(tx, now - days * _DAY)

    def find(self, name: str, now: int) -> Rule:
        """The rule of that name. Raises NotFound."""
        rules = self.read(now).rules
        rule = next((one for one in rules if one.name.casefold() == name.casefold()), None)
        if rule is None:
            from difflib import get_close_matches  # noqa: PLC0415 - only after a typing mistake

            near = get_close_matches(name.casefold(), [one.name.casefold() for one in rules], n=1)
            meant = [f"Nearest is {one.name}." for one in rules if one.name.casefold() in near]
            todo = " ".join([*meant, "`deskterm rules` lists them and what is wrong with others."])
            raise NotFound(f"There is no usable rule {name}.", todo=todo)
        return rule

    def turn(self, name: str, now: int, *, on: bool) -> Done:
        """Switch a rule on or off in the file; other lines are unchanged. NotFound, DiskFull."""
        rule = self.find(name, now)
        words = f"switched the rule “{rule.name}” {'on' if on else 'off'}"
        return self._edit(lambda text: put_switch(text, rule.name, on=on), words)

    def let_send(self, *, on: bool) -> Done:
        """Let rules with `send` send, or only leave drafts. ConfigError, DiskFull."""
        words = "let rules send from now on" if on else "let rules only leave drafts from now on"
        return self._edit(lambda text: put_sending(text, on=on), words)

    def move(self, name: str, by: int, now: int) -> Done:
        """Move a rule up or down in the file; rules run in its order. NotFound, ConfigError, DiskFull."""
        rule = self.find(name, now)
        return self._edit(lambda text: move_rule(text, rule.name, by), f"moved the rule “{rule.name}”")

    def add_starter(self, now: int) -> Done:
        """Add the missing starter rules, all off. DiskFull."""
        known = {one.name for one in self.read(now).rules} | {name for name, _ in self.read(now).problems}
        text = (starter() / "rules" / STARTER).read_text("utf-8")
        parts = text.split("\n\n[[rule]]")
        missing = [f"[[rule]]{one}".rstrip() for one in parts[1:] if not _names_one_of(one, known)]
        if not missing:
            return Done("The starter rules are already here")
        self._copy_macro()
        file = self._shop.home.rules_file
        before = _text_of(file).rstrip() if file.exists() else parts[0].rstrip()
        text = "\n\n".join([before, *missing]).lstrip() + "\n"
        return self._write(text, f"added {len(missing)} starter rules, all off")

    def make_file(self) -> Path:
        """The rules file; if missing, it is created with the comments of the starter rules."""
        file = self._shop.home.rules_file
        if not file.exists():
            text = (starter() / "rules" / STARTER).read_text("utf-8")
            self._write(text.split("\n\n[[rule]]")[0] + "\n", "made rules.toml")
        return file

    def _copy_macro(self) -> None:
        """Copy the acknowledgement's texts into a playbook that does not have them."""
        folder = self._shop.home.config_folder / "macros"
        for text in sorted((starter() / "macros").glob("acknowledgement*.md")):
            if folder.is_dir() and not (folder / text.name).exists():
                (folder / text.name).write_text(text.read_text("utf-8"), "utf-8")

    def _edit(self, change: Callable[[str], str], words: str) -> Done:
        file = self._shop.home.rules_file
        try:
            return self._write(change(_text_of(file) if file.exists() else ""), words)
        except CannotEdit as error:
            raise ConfigError(
                f"{file.name} cannot be changed from here. {error}", safe="It was not changed.", todo=_OPEN
            ) from error

    def _write(self, text: str, words: str) -> Done:
        """Write the file; `words` name the change, for undo too."""
        from deskterm.config.files import write_private  # noqa: PLC0415 - only needed here

        file = self._shop.home.rules_file
        was = desk_changes.text_of(file)
        write_private(file, text.encode())
        with self._shop.db.write() as tx:
            return Done(sentence(words), desk_changes.note(tx, words, files={file: (was, text)}))


def _names_one_of(table: str, names: set[str]) -> bool:
    return any(f'name = "{name}"' in table for name in names)


def _text_of(file: Path) -> str:
    """The file's text with its own line ends. ConfigError, FileNotFoundError."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        what = f"{file.name} is not UTF-8: line {number} has a character in another encoding."
        raise ConfigError(
            what, safe="It was not changed.", todo="Save it as UTF-8 in your editor."
        ) from error
    except OSError as error:
        what = f"{file.name} cannot be read: {error.strerror or 'no access'}."
        raise ConfigError(what, todo="Check the file's owner and permissions.") from error
