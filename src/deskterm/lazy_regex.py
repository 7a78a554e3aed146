"""Regular expressions that are compiled when they are first asked something."""

TYPE_CHECKING = False  # type checkers know the name; `typing` would take longer to load than all else here
if TYPE_CHECKING:
    import re


class _LazyRegex:
    """Stands for a compiled expression; its methods become the compiled one's at the first call."""

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        import re  # noqa: PLC0415 - it is as late as what it compiles

        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)  # the next call finds it without coming here
        return found


if TYPE_CHECKING:

    def lazy_regex(text: str, flags: int = 0) -> re.Pattern[str]:
        """The expression as `re.compile` gives it, compiled at its first use."""
        ...

else:
    lazy_regex = _LazyRegex
