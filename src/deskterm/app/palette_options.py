"""What the palette finds besides commands: macros, views, customers, settings, and a search of all mail."""

import re
from collections.abc import Iterator

from deskterm.actions.work import Work
from deskterm.app.palette_words import OF_SETTINGS, SETTINGS
from deskterm.config.settings_lines import SettingLine, setting_lines
from deskterm.domain.query.terms import CLOSED
from deskterm.widgets.picker import Option

# How an option's value begins, by its kind; the macro's id, the query, the ticket or the line follows.
MACRO, VIEW, CUSTOMER, SETTING, MAIL = "macro ", "view ", "customer ", "setting ", "mail "
_LEAST_TYPED = 2  # typed letters from which customers are searched
_MOST_CUSTOMERS = 8
_SIGNS = re.compile(r"[^\w]+")


def first_options(work: Work, *, about_ticket: bool) -> list[Option]:
    """The macros (if there is a ticket for them), the views and the settings, as they are now."""
    playbook = work.desk.playbook.current()
    macros = tuple(playbook.macros.values()) if about_ticket else ()
    return [
        *(
            Option(
                MACRO + one.id,
                one.title,
                detail=f"macro {one.key}".strip(),
                words=" ".join((one.id.replace("-", " "), one.folder, one.category, *one.tags, *one.words)),
            )
            for one in macros
        ),
        *(Option(VIEW + view, view, detail="view", words=_as_words(view)) for view in work.desk.views.all()),
        *_settings(work),
        *_filters(),
    ]


def customer_options(work: Work, typed: str) -> list[Option]:
    """The customers whose name or address matches the typed words; picking one opens their timeline."""
    if len(typed.strip()) < _LEAST_TYPED:
        return []
    found = work.desk.search.customers(typed.strip(), _MOST_CUSTOMERS)
    return [
        Option(
            f"{CUSTOMER}{one.ticket_id}", one.name or one.address, detail="customer",
            words=f"{typed} {one.address}", hint=one.address if one.name else "",
        )
        for one in found
    ]  # fmt: skip


def search_options(typed: str) -> list[Option]:
    """The typed words as a search of all mail and as a filter; with a field (`tag:vip`) the filter first."""
    search = Option(MAIL + typed, f"/ {typed}", hint="Search all mail for this.")
    narrow = Option(VIEW + typed, f"\\ {typed}", hint="Filter the list by this.")
    return [narrow, search] if ":" in typed else [search, narrow]


def _settings(work: Work) -> Iterator[Option]:
    home = work.desk.shop.home
    config = home.config_file.name
    yield Option(f"{SETTING}{config} 1", config, detail="settings", names=SETTINGS, hint="All settings.")
    for one in setting_lines(home):
        words = f"{_as_words(one.name)} {OF_SETTINGS.get(one.name, '')} {_as_words(one.section)} {SETTINGS}"
        yield Option(
            f"{SETTING}{one.file.name} {one.line} {one.name}",
            one.name,
            detail="setting",
            words=words,
            hint=_means(one),
        )


def _means(one: SettingLine) -> str:
    plain = one.means.replace("`", "")
    return f"{plain} (not in the file yet)" if not one.stands else plain


def _filters() -> Iterator[Option]:
    """The query terms with known values, each as a view of the list."""
    for field, values in CLOSED.items():
        for value in values:
            query = f"{field.value}:{value}"
            yield Option(VIEW + query, query, detail="filter", names=f"{value} {field.value}")


def _as_words(words: str) -> str:
    return _SIGNS.sub(" ", words.replace("_", " "))
