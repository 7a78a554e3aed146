"""Data classes whose methods are made when they are first needed.

`dataclass` of this module stands for that of the standard library wherever a class has slots. That one
compiles six methods as it meets a class, which takes a millisecond; a program defines hundreds of classes
and uses few of them before its first picture. To a type checker it is the standard library's own.
"""

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, get_origin

_COMPARED = ("__repr__", "__eq__", "__hash__")
_FIELDS, _PARAMETERS = "__dataclass_fields__", "__dataclass_params__"
_NONE: Any = object()  # no default
_lock = RLock()


def _late_dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type], type]:
    """As `dataclasses.dataclass`; a class with slots, of no other data class, gets its methods late."""

    def decorate(written: type) -> type:
        if slots and not any(_FIELDS in base.__dict__ for base in written.__mro__[1:]):
            return _LateClass(written, frozen=frozen).used
        from dataclasses import dataclass as at_once  # noqa: PLC0415 - seldom needed, and it loads much

        return at_once(frozen=frozen, slots=slots)(written)

    return decorate


def given_fields(kind: type) -> dict[str, Any]:
    """What the file of a data class with slots gives each field: its default, or what `field` returns."""
    fields: dict[str, Any] = kind.__dict__["__given__"]
    return fields


class _LateClass:
    """A data class: `written` as in its file, for the standard library; `used`, with slots, by all others."""

    def __init__(self, written: type, *, frozen: bool) -> None:
        self.written, self.frozen, self._is_compared = written, frozen, False
        notes = written.__dict__.get("__annotations__", {})  # noqa: RUF063 - `inspect` loads much
        names = [name for name, kind in notes.items() if get_origin(kind) is not ClassVar]
        self.fields = {name: written.__dict__.get(name, _NONE) for name in names}
        self.used = type(written)(written.__name__, written.__bases__, self._body())
        self.used.__qualname__ = written.__qualname__

    def _body(self) -> dict[str, Any]:
        """What the class holds: a slot for each field, and for each method one that makes it."""
        given = dict(self.written.__dict__)
        for name in (*self.fields, "__dict__", "__weakref__"):
            given.pop(name, None)
        late: dict[str, Any] = {name: self._first_call(name) for name in ("__init__", *_COMPARED)}
        late |= {name: _FirstLook(self, name) for name in (_FIELDS, _PARAMETERS)}
        late |= _FROZEN if self.frozen else {"__hash__": None}  # what changes is no key
        names = tuple(self.fields)
        return late | given | {"__slots__": names, "__match_args__": names, "__given__": self.fields}

    def _first_call(self, name: str) -> Callable[..., Any]:
        def method(*given: Any, **named: Any) -> Any:
            self.make(constructor=name == "__init__")
            return getattr(self.used, name)(*given, **named)

        method.__late__ = True  # type: ignore[attr-defined]
        return method

    def make(self, *, constructor: bool) -> None:
        """Put the constructor, or all else, in the place of what stands for it."""
        with _lock:
            if not constructor:
                self._compare()
            elif hasattr(self.used.__dict__["__init__"], "__late__"):
                self.used.__init__ = _constructor(self)  # type: ignore[misc]

    def _compare(self) -> None:
        if self._is_compared:
            return
        from dataclasses import dataclass as at_once  # noqa: PLC0415 - as above

        at_once(init=False, frozen=self.frozen)(self.written)
        for name in (*_COMPARED, _FIELDS, _PARAMETERS):
            if isinstance(now := self.used.__dict__[name], _FirstLook) or hasattr(now, "__late__"):
                setattr(self.used, name, self.written.__dict__[name])
        self._is_compared = True


class _FirstLook:
    """An attribute of the class that is made when somebody first asks for it."""

    def __init__(self, late: _LateClass, name: str) -> None:
        self._late, self._name = late, name

    def __get__(self, _: object, owner: type) -> Any:
        self._late.make(constructor=False)
        return self._late.used.__dict__[self._name]


def _constructor(late: _LateClass) -> Callable[..., None]:
    """`__init__` of a class, its fields as parameters. A slot is filled faster by its own descriptor."""
    known: dict[str, Any] = {"_none": _NONE}
    parameters, lines = ["self"], []
    for name, given in late.fields.items():
        default, new, is_parameter = _defaults(given)
        known |= {
            f"_set_{name}": late.used.__dict__[name].__set__,
            f"_new_{name}": new,
            f"_given_{name}": default,
        }
        value = name if is_parameter else f"_given_{name}"
        if new is not _NONE:
            value = f"_new_{name}() if {name} is _none else {name}" if is_parameter else f"_new_{name}()"
        if is_parameter:
            optional = default is not _NONE or new is not _NONE
            parameters.append(f"{name}=_given_{name}" if optional else name)
        if is_parameter or default is not _NONE or new is not _NONE:
            lines.append(f" _set_{name}(self, {value})" if late.frozen else f" self.{name} = {value}")
    lines += [" self.__post_init__()"] if hasattr(late.used, "__post_init__") else []
    exec(f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or " pass"), known)  # noqa: S102 - only names
    made: Callable[..., None] = known["__init__"]
    made.__qualname__, made.__module__ = f"{late.used.__qualname__}.__init__", late.used.__module__
    return made


def _defaults(given: Any) -> tuple[Any, Any, bool]:
    """A field's default, what makes it anew for each value, and whether the constructor takes it."""
    if not hasattr(given, "default_factory"):  # else it is what `dataclasses.field` gives
        return given, _NONE, True
    from dataclasses import MISSING  # noqa: PLC0415 - loaded, then

    default = _NONE if given.default is MISSING else given.default
    new = _NONE if given.default_factory is MISSING else given.default_factory
    return default, new, given.init


def _refuse(value: object, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - as above

    raise FrozenInstanceError(f"{name!r} of a {type(value).__name__} is not to change")


def _state(value: Any) -> list[Any]:
    """What is pickled: as the values never change otherwise, they cannot be set one by one."""
    return [getattr(value, name) for name in value.__slots__]


def _restore(value: Any, state: list[Any]) -> None:
    for name, one in zip(value.__slots__, state, strict=True):
        object.__setattr__(value, name, one)


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - given on
else:
    dataclass = _late_dataclass
