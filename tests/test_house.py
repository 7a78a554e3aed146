"""The house stays in order: names, sizes, circles, arrows. What is not yet so is listed, and the list only shrinks."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import grimp

SOURCE = Path(__file__).parents[1] / "src"
FILES = sorted((SOURCE / "deskterm").rglob("*.py"))
LONGEST, FULLEST = 300, 20
ROOMY = {"cli", "actions"}  # a file for each command

# Exceptions of today. Whoever mends one takes its line out; none is added.
LONG_FILES: set[str] = set()
FULL_ROOMS: set[str] = set()
SAME_NAMES: set[str] = set()
CIRCLES: set[str] = set()
PARTICIPLES: set[str] = set()

# Words that end like a participle and are none, and names required from outside.
NO_PARTICIPLES = set("need feed embed shed seed exceed proceed red bed speed heed weed breed".split())
IRREGULAR = set(
    "told had held known kept gone done made seen said sent left lost found written shown given taken "
    "meant bought brought caught thought begun chosen drawn driven fallen hidden torn spoken".split()
)
FIELD_WORDS: set[str] = set()


@cache
def _trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text("utf-8")) for file in FILES}


def _short(file: Path) -> str:
    return str(file.relative_to(SOURCE / "deskterm"))


def _functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (_short(file), node)
        for file, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def _is_lone_participle(name: str) -> bool:
    word = name.strip("_")
    if "_" in word or word in NO_PARTICIPLES or word in FIELD_WORDS:
        return False
    return word in IRREGULAR or bool(re.fullmatch(r"[a-z]{2,}ed", word))


def _is_value(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A property is a noun or an adjective of its object: `draft.sent`."""
    return any("property" in ast.unparse(one) for one in node.decorator_list)


def test_no_function_is_named_by_a_lone_participle():
    named = [
        f"{file}: {node.name}"
        for file, node in _functions()
        if _is_lone_participle(node.name) and not _is_value(node)
    ]
    assert set(named) <= PARTICIPLES


def test_a_participle_is_noticed():
    assert [name for name in ("told", "_judged", "rowed", "feed", "parse_mail", "is_sent") if _is_lone_participle(name)] == [
        "told", "_judged", "rowed",
    ]  # fmt: skip


def test_no_two_classes_have_the_same_name():
    """Messages inside a widget's class have its name as well: `Choice.Changed`."""
    names = Counter(
        node.name for tree in _trees().values() for node in tree.body if isinstance(node, ast.ClassDef)
    )
    assert {name for name, number in names.items() if number > 1} <= SAME_NAMES


def test_no_file_is_long():
    long = {_short(file) for file in FILES if len(file.read_text("utf-8").splitlines()) > LONGEST}
    assert long <= LONG_FILES


LONGEST_FUNCTION, USUAL = 50, 15  # lines; nine functions of ten are no longer than usual


def test_no_function_is_long_and_most_are_short():
    lengths = [(node.end_lineno - node.lineno + 1, f"{file}: {node.name}") for file, node in _functions()]
    assert [name for lines, name in lengths if lines > LONGEST_FUNCTION] == []
    assert sorted(lengths)[len(lengths) * 9 // 10][0] <= USUAL


MOST_METHODS, MOST_LINES = 60, 500  # of a screen or the app, with those of its bases in this project


def test_neither_a_screen_nor_the_app_is_large():
    """Counted over its bases: a screen cut into bases is as hard to know as before."""
    classes = {
        node.name: node
        for file, tree in _trees().items()
        if _short(file).startswith(("screens/", "app/"))
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert {name for name in classes if len(_methods(name, classes)) > MOST_METHODS} == set()
    screens = {name for name in classes if name.endswith("Screen") or name == "DesktermApp"}
    assert {name for name in screens if _lines(name, classes) > MOST_LINES} == set()


def _bases(name: str, classes: dict[str, ast.ClassDef]) -> set[str]:
    """A class and those it is built on, of the project's own."""
    if name not in classes:
        return set()
    bases = {ast.unparse(base).split("[")[0] for base in classes[name].bases}
    return {name}.union(*(_bases(base, classes) for base in bases))


def _methods(name: str, classes: dict[str, ast.ClassDef]) -> set[str]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    nodes = [node for one in _bases(name, classes) for node in classes[one].body]
    return {node.name for node in nodes if isinstance(node, kinds)}


def _lines(name: str, classes: dict[str, ast.ClassDef]) -> int:
    spans = [(classes[one].lineno, classes[one].end_lineno) for one in _bases(name, classes)]
    return sum((last or first) - first + 1 for first, last in spans)


def test_a_large_screen_is_noticed():
    tree = ast.parse("class A:\n    def a(self): ...\nclass B(A[None]):\n    x = 1\n    def b(self): ...\n")
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    assert (_lines("B", classes), _methods("B", classes)) == (5, {"a", "b"})


def test_no_room_is_full():
    rooms = Counter(file.parent for file in FILES)
    full = {_short(room) for room, number in rooms.items() if number > FULLEST and room.name not in ROOMY}
    assert full <= FULL_ROOMS


def _module(file: Path) -> str:
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def test_no_modules_import_each_other_in_a_circle():
    """Imports inside functions count too: `grimp` reads them all."""
    graph = grimp.build_graph("deskterm", cache_dir=None)
    names = {_module(file) for file in FILES}
    edges = {name: graph.find_modules_directly_imported_by(name) & names for name in names}
    assert {" ".join(circle) for circle in _circles(edges)} <= CIRCLES


def _circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that reach each other, each sorted."""
    reached = {name: _reachable(name, edges) for name in edges}
    groups = {
        tuple(sorted(other for other in found if name in reached[other])) for name, found in reached.items()
    }
    return sorted([*group] for group in groups if len(group) > 1)


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = [*edges[start]]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += edges[name]
    return found


def test_an_import_circle_is_noticed():
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [["b", "c"]]
    assert _circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_import_goes_up():
    """The contracts in pyproject.toml: the layers, and who may not know whom."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=SOURCE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


# Imports inside functions stand at a room's border, for what is slow or seldom needed. Today's exceptions:
LATE_IMPORTS = {
    "domain/formats.py", "domain/liquid/fill.py", "domain/people/recipients.py", "mail/text/readable.py",
    "intake/sent_replies.py", "widgets/conversation.py", "widgets/side_panel.py", "widgets/suggestions.py",
    "screens/base/screen_front.py", "screens/ticket_base.py", "storage/schema/columns.py",
    "lazy_regex.py", "value_class.py",
}  # fmt: skip
BORDERS = ("cli/", "app/", "config/", "desk/", "sync/")  # what starts a process or a use case


def test_late_imports_are_only_at_the_border_of_a_room():
    late = {_short(file) for file in FILES if "noqa: PLC0415" in file.read_text("utf-8")}
    assert {file for file in late if not file.startswith(BORDERS)} <= LATE_IMPORTS
