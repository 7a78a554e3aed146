"""The FAQ's entries: Markdown files in the folder `faq` beside config.toml."""

import json
import re
from pathlib import Path
from unicodedata import normalize

from deskterm.config.files import write_private
from deskterm.desk.playbook_files import day_field, list_field, split_front_matter, text_field, why_not_read
from deskterm.domain.knowledge.faq import FaqEntry
from deskterm.domain.text import line
from deskterm.errors import NotNow, PlaybookError

FOLDER = "faq"
_FIELDS = frozenset("question macro topic category since words allowed".split())
_MOST = 500
_ACCENT = re.compile("[\u0300-\u036f]")
_FENCE = re.compile(r"^\ufeff?---[ \t]*\r?$", re.MULTILINE)
_SINCE = re.compile(r"^since:[^\n]*\n", re.MULTILINE)


def read_entries(folder: Path) -> tuple[tuple[FaqEntry, ...], tuple[tuple[str, str], ...]]:
    """The entries in a folder by file name, and the unusable files with the reason."""
    entries: list[FaqEntry] = []
    broken: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.md"))[:_MOST]:
        try:
            entries.append(read_entry(line(path.stem), path.read_text(encoding="utf-8-sig")))
        except (PlaybookError, OSError, UnicodeDecodeError) as error:
            broken.append((f"{FOLDER}/{line(path.name)}", why_not_read(error)))
    return tuple(entries), tuple(broken)


def read_entry(stem: str, text: str) -> FaqEntry:
    """The entry in a file called `stem`.md. Raises PlaybookError with what to do."""
    front, body, _ = split_front_matter(text, _FIELDS, may_be_empty=True)
    question, macro = text_field(front, "question"), text_field(front, "macro")
    if not question:
        raise PlaybookError("It has no question.", todo="Add a line question: to the front matter.")
    if bool(macro) is bool(body.strip()):
        raise PlaybookError(
            "It needs one answer.", todo="Name a macro in the front matter, or write the answer below it."
        )
    return FaqEntry(
        stem,
        question,
        body.strip(),
        macro,
        text_field(front, "topic"),
        text_field(front, "category"),
        day_field(front, "since"),
        list_field(front, "words"),
        list_field(front, "allowed"),
    )


def as_file(entry: FaqEntry) -> str:
    """An entry as the text of its file."""
    fields = (
        ("question", entry.question), ("macro", entry.macro), ("topic", entry.topic),
        ("category", entry.category), ("since", entry.since),
    )  # fmt: skip
    front = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields if value]
    for name, words in (("words", entry.words), ("allowed", entry.allowed)):
        if words:
            front.append(f"{name}: {json.dumps(list(words), ensure_ascii=False)}")
    return "---\n" + "\n".join(front) + f"\n---\n{entry.body}\n"


def write_entry(folder: Path, entry: FaqEntry) -> Path:
    """Write a new entry under a free name; gives its file. NotNow if it cannot be written."""
    plain = _ACCENT.sub("", normalize("NFKD", entry.question.casefold()))
    stem = "-".join(re.findall(r"[a-z0-9]+", plain)[:7]) or "question"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = next(one for one in (folder / f"{name}.md" for name in names) if not one.exists())
        path.write_text(as_file(entry), "utf-8")
    except OSError as error:
        raise NotNow(f"The entry cannot be written: {error.strerror}.") from error
    return path


def publish_entry(path: Path, day: str) -> tuple[str, str]:
    """Write the publication date into an entry's file, and give its text before and after.

    The rest stays as typed, with its line ends. Raises NotNow, or DiskFull where it cannot be written.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotNow(f"The entry cannot be read: {error.strerror}.", safe="It stays a draft.") from error
    end = [found.start() for found in _FENCE.finditer(text)][1]
    line_end = "\r\n" if text[:end].endswith("\r\n") else "\n"
    published = f"{_SINCE.sub('', text[:end])}since: {day}{line_end}{text[end:]}"
    write_private(path, published.encode())
    return text, published
