"""The owner's playbook: a folder of Markdown files, read again when they change.

`macros/late-parcel.md` and `sops/late-parcel.md` have front matter between two `---` lines and a body;
`snippets/returns-address.md` is plain text; `notes/MUG-1.md` is a note on a product. Macros can be in
subfolders. A file that cannot be used is listed with the reason, and its last usable version stays in use.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from errno import EEXIST, ENOTEMPTY
from functools import partial
from pathlib import Path
from stat import S_ISREG
from threading import Lock

from deskterm.desk.answers.playbook_clashes import clashes, lost_follow_ups, lost_steps
from deskterm.desk.answers.sound_texts import SoundTexts
from deskterm.desk.playbook_files import Check, macro, snippet, why_not_read
from deskterm.desk.products.note_files import product_note
from deskterm.desk.sops.sop_file import read_sop
from deskterm.domain.liquid.snippets import expand, snippets_in
from deskterm.domain.people.language import NAMES
from deskterm.domain.playbook import Macro, Playbook, Snippet
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.sops.sop import Sop
from deskterm.domain.text import line
from deskterm.errors import PlaybookError
from deskterm.storage.read_once import memory
from deskterm.value_class import dataclass

_MOST_BYTES = 256 * 1024
_MOST_FILES = 1_000
_Read = Macro | Sop | Snippet | ProductNote
FOLDERS = ("macros", "sops", "snippets", "notes")


_Mark = tuple[str, int, int]  # a path, its time of change, its size


@dataclass(slots=True)
class _File:
    """A file: its stamp, its last good version, and why the current one is refused."""

    stamp: tuple[int, int]
    read: _Read | None = None
    reason: str = ""


class PlaybookFiles:
    """The macros and SOPs of one folder, kept up to date by size and time of change.

    Whether a text can be used is noted in the file `noted`, if there is one.
    """

    def __init__(self, folder: Path, noted: Path | None = None) -> None:
        self.folder = folder
        self._sound = SoundTexts(noted)
        self._readers: dict[str, Callable[[str, str], _Read]] = {
            "macros": partial(macro, check=self._sound.check),
            "sops": read_sop,
            "snippets": partial(snippet, check=self._sound.check),
            "notes": product_note,
        }
        self._files: dict[Path, _File] = {}
        self._refused: tuple[tuple[str, str], ...] = ()
        self._current: Playbook | None = None
        self._marks: tuple[_Mark, ...] = ()
        self._lock = Lock()  # a screen and a worker may call at once

    def current(self) -> Playbook:
        """The playbook as the files are now. Only changed files are read.

        Filling many letters looks at the files once: a look takes as long as filling one letter.
        """
        kept: Playbook | None = memory().get(self)
        if kept is not None:
            return kept
        memory()[self] = found = self._look()
        return found

    def _look(self) -> Playbook:
        with self._lock:
            marks = tuple(mark for kind in FOLDERS for mark in _marks(f"{self.folder}/{kind}"))
            if self._current is None or marks != self._marks:
                self._current = self._refresh()
                self._marks = marks
            return self._current

    def _refresh(self) -> Playbook:
        found, refused = self._find_files()
        changed = [path for path, stamp in found.items() if self._stamp(path) != stamp]
        gone = self._files.keys() - found.keys()
        for path in changed:
            self._read_file(path, found[path])
        for path in gone:
            del self._files[path]
        if self._current is None or changed or gone or refused != self._refused:
            self._refused = refused
            self._current = self._gather()
            self._sound.keep()
        return self._current

    def _stamp(self, path: Path) -> tuple[int, int] | None:
        known = self._files.get(path)
        return known.stamp if known else None

    def _find_files(self) -> tuple[dict[Path, tuple[int, int]], tuple[tuple[str, str], ...]]:
        """Every file with its stamp, and those not read at all with the reason."""
        found: dict[Path, tuple[int, int]] = {}
        refused: list[tuple[str, str]] = []
        for path in (path for kind in FOLDERS for path in sorted((self.folder / kind).glob("**/*.md"))):
            try:
                stat = path.stat()
                inside = not path.is_symlink() or path.resolve().is_relative_to(self.folder.resolve())
            except (OSError, RuntimeError) as error:
                why = getattr(error, "strerror", "") or error
                refused.append((self._name(path), f"It cannot be read: {why}."))
                continue
            if reason := _why_not(stat.st_mode, stat.st_size, inside=inside, before=len(found)):
                refused.append((self._name(path), reason))
            else:
                found[path] = (stat.st_mtime_ns, stat.st_size)
        return found, tuple(refused)

    def _read_file(self, path: Path, stamp: tuple[int, int]) -> None:
        file = self._files.setdefault(path, _File(stamp))
        file.stamp, file.reason = stamp, ""
        try:
            kind, *folders = path.relative_to(self.folder).parts[:-1]
            read = self._readers[kind](line(path.stem), path.read_text(encoding="utf-8-sig"))
            if folders and isinstance(read, Macro):
                read = replace(read, folder=line("/".join(folders)))
            file.read = read
        except (PlaybookError, UnicodeDecodeError, OSError) as error:
            file.reason = why_not_read(error)

    def _gather(self) -> Playbook:
        read = [file.read for _, file in sorted(self._files.items())]
        snippets = {value.id: value for value in read if isinstance(value, Snippet)}
        macros, unusable = _with_snippets(
            _with_translations({value.id: value for value in read if isinstance(value, Macro)}),
            snippets,
            self._sound.check,
        )
        sops = {value.id: value for value in read if isinstance(value, Sop)}
        broken = [
            (self._name(path), f"{file.reason} {_stands(file)}")
            for path, file in sorted(self._files.items())
            if file.reason
        ]
        return Playbook(
            macros,
            sops,
            (
                *self._refused,
                *broken,
                *self._find_duplicates(),
                *unusable,
                *clashes(macros),
                *lost_steps(sops, macros),
                *lost_follow_ups(macros),
            ),
            snippets,
            {value.id: value for value in read if isinstance(value, ProductNote)},
        )

    def _find_duplicates(self) -> list[tuple[str, str]]:
        """Macros with the same name in two folders: the last one counts."""
        first: dict[str, str] = {}
        paths = [
            self._name(path) for path, file in sorted(self._files.items()) if isinstance(file.read, Macro)
        ]
        names = [(name.rpartition("/")[2], name) for name in paths]
        return [
            (name, f"{first[stem]} has the same name. Rename one of them.")
            for stem, name in names
            if first.setdefault(stem, name) != name
        ]

    def _name(self, path: Path) -> str:
        return line(path.relative_to(self.folder).as_posix())


def _marks(folder: str) -> Iterator["_Mark"]:
    """Marks that change when anything in a folder does; cheap, as they are read at every use."""
    try:
        with os.scandir(folder) as found:
            for entry in found:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size
                if entry.is_dir(follow_symlinks=False):
                    yield from _marks(entry.path)
    except OSError as error:  # a dead link or an unreadable folder: reported when it is read
        yield folder, error.errno or 0, 0


def _with_translations(macros: dict[str, Macro]) -> dict[str, Macro]:
    """The macros, with `order-status.de` added to `order-status` as its German text."""
    texts: dict[str, dict[str, Macro]] = {}
    for id_, one in macros.items():
        base, _, language = id_.rpartition(".")
        if language in NAMES and base in macros:
            texts.setdefault(base, {})[language] = one
    for base, found in texts.items():
        macros[base] = replace(
            macros[base],
            translations=tuple((language, one.body) for language, one in found.items()),
            everybody_in=tuple((language, one.everybody) for language, one in found.items() if one.everybody),
        )
    translations = {f"{base}.{language}" for base, found in texts.items() for language in found}
    return {id_: one for id_, one in macros.items() if id_ not in translations}


def _with_snippets(
    macros: dict[str, Macro], snippets: dict[str, Snippet], check: Check
) -> tuple[dict[str, Macro], list[tuple[str, str]]]:
    """The macros with their snippets filled in, and the unusable ones with the reason."""
    usable: dict[str, Macro] = {}
    unusable: list[tuple[str, str]] = []
    for id_, one in macros.items():
        try:
            usable[id_] = _expand(one, snippets, check)
        except PlaybookError as error:
            unusable.append((one.file, line(str(error))))
    return usable, unusable


def _expand(one: Macro, snippets: dict[str, Snippet], check: Check) -> Macro:
    """A macro with its snippets filled in, in the language of each text where available."""
    bodies = (one.body, *(body for _, body in one.translations))
    if not any(map(snippets_in, bodies)):
        return one
    body = expand(one.body, _in_language(snippets, ""))
    translations = tuple(
        (name, expand(text, _in_language(snippets, name))) for name, text in one.translations
    )
    for text in (body, *(text for _, text in translations)):
        check(text, 1)
    return replace(one, body=body, translations=translations)


def _in_language(snippets: dict[str, Snippet], language: str) -> dict[str, str]:
    own = {id_: one.body for id_, one in snippets.items()}
    return own | {
        id_.removesuffix(f".{language}"): body
        for id_, body in own.items()
        if language and id_.endswith(f".{language}")
    }


def start(folder: Path, starter: Path) -> None:
    """Copy the shipped playbook into the owner's folder, once; a kind that has files is left alone.

    Several processes may do so at once: each makes its own copy, and the first one finished is kept.
    """
    for kind in FOLDERS:
        if not (starter / kind).exists():
            continue
        if (folder / kind).exists() and any((folder / kind).iterdir()):
            continue
        from tempfile import TemporaryDirectory  # noqa: PLC0415 - once in a desk's life

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{kind}-", dir=folder) as own:
            new = Path(own) / kind
            new.mkdir(mode=0o700)
            for path in sorted((starter / kind).glob("*.md")):
                (new / path.name).write_bytes(path.read_bytes())
            _put_in_place(new, folder / kind)


def _put_in_place(new: Path, place: Path) -> None:
    """Move a folder into place as a whole. If another process has filled the place meanwhile, that stays."""
    try:
        new.rename(place)
    except OSError as error:
        if error.errno not in (ENOTEMPTY, EEXIST):
            raise


def _why_not(mode: int, size: int, *, inside: bool, before: int) -> str:
    if not inside:
        return "It is a link to a file outside the playbook's folder. Copy the file itself."
    if not S_ISREG(mode):
        return "It is not a file."
    if size > _MOST_BYTES:
        return "It is larger than 256 KB. Shorten it."
    return "There are more than 1,000 files. Move some away." if before >= _MOST_FILES else ""


def _stands(file: _File) -> str:
    if file.read is None:
        return "It is left out until it is corrected."
    return "Its previous version is used until it is corrected."
