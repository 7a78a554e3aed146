"""`dataclass(slots=True)` at a fifteenth of its cost when the program starts.

The standard library writes and compiles six methods for a class as soon as the class is defined, which takes
0.8 ms. Before the first paint 26 classes are defined, 267 in all: 20 ms of every start, and 200 ms more after
the first picture. Two ordinary ways were looked at: msgspec.Struct defines a class as quickly as this module
does but takes 4 to 8 ms to import; a NamedTuple equals any other tuple of the same values.

Here a class costs 0.05 ms: `__eq__`, `__hash__` and `__repr__` are ordinary functions, `__init__` is compiled
when the first instance is made, and `dataclasses.fields`, `replace` and `asdict` find the fields made when
they first ask. To a type checker, and to whoever uses such a class, it is the standard library's own.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, get_origin

if TYPE_CHECKING:
    from dataclasses import Field

# `dataclasses` loads `inspect` and with it a dozen modules: `deskterm status` does without them.
_NOTHING: Any = object()  # no default


def _dataclass(*, frozen: bool = False, slots: bool) -> Callable[[type], type]:
    """As `dataclasses.dataclass`, for classes with slots that do not inherit from another data class."""
    assert slots, "a class without slots can be the standard library's"

    def decorate(written: type) -> type:
        body = {
            key: value for key, value in written.__dict__.items() if key not in ("__dict__", "__weakref__")
        }
        annotations = body.get("__annotations__", {})
        names = tuple(name for name, kind in annotations.items() if get_origin(kind) is not ClassVar)
        given = {name: body.pop(name, _NOTHING) for name in names}
        own: dict[str, Any] = {"__slots__": names, "__match_args__": names, "__given__": given}
        own |= {"__dataclass_fields__": _LateFields(annotations, given)}
        methods = _comparisons([name for name in names if _allows(given[name], "compare")])
        methods |= _FROZEN if frozen else {"__hash__": None}  # a value that changes is no key
        made = type(written)(written.__name__, written.__bases__, methods | body | own)
        made.__qualname__ = written.__qualname__
        if "__init__" not in body:
            _compile_init_late(made, given)
        return made

    return decorate


def given_fields(kind: type) -> dict[str, Any]:
    """What the source of a class gives its fields: defaults, and what `field` returns."""
    return {name: value for name, value in kind.__dict__["__given__"].items() if value is not _NOTHING}


def _allows(given: Any, option: str) -> bool:
    """Whether a field takes part in what `field(compare=…)` or `field(repr=…)` decides."""
    return not _is_field(given) or bool(getattr(given, option))


def _is_field(given: Any) -> bool:
    """Whether a field is given by `dataclasses.field`."""
    return hasattr(given, "default_factory")


def _comparisons(names: list[str]) -> dict[str, Any]:
    """The methods that look at the values of these fields, and `__repr__`."""
    values = attrgetter(*names) if names else lambda _: ()

    def equals(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equals, "__hash__": lambda self: hash(values(self)), "__repr__": _repr}


def _repr(self: Any) -> str:
    shown = [name for name, given in self.__given__.items() if _allows(given, "repr")]
    return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in shown])})"


class _LateFields:
    """`__dataclass_fields__` of a class: the standard library makes them when they are first looked at."""

    def __init__(self, annotations: dict[str, Any], given: dict[str, Any]) -> None:
        self._annotations = annotations
        self._defaults = {name: value for name, value in given.items() if value is not _NOTHING}

    def __get__(self, _: object, owner: type) -> "dict[str, Field[Any]]":
        from dataclasses import dataclass as at_once  # noqa: PLC0415 - see above

        described = {"__doc__": owner.__doc__ or owner.__name__}  # else it is made, which takes milliseconds
        bare = type(owner.__name__, (), {"__annotations__": self._annotations, **described, **self._defaults})
        made: Any = at_once(init=False, repr=False, eq=False)(bare)
        fields: dict[str, Field[Any]] = made.__dataclass_fields__
        owner.__dataclass_fields__ = fields  # type: ignore[attr-defined]
        return fields


def _compile_init_late(kind: Any, given: dict[str, Any]) -> None:
    """Give a class an `__init__` that compiles the real one, puts that in its own place, and calls it."""

    def first_init(self: Any, *values: Any, **named: Any) -> None:
        kind.__init__ = _compile_init(kind, given)
        kind.__init__(self, *values, **named)

    kind.__init__ = first_init


def _compile_init(kind: type, given: dict[str, Any]) -> Callable[..., None]:
    """`__init__` with the fields as parameters. It fills slots through their descriptors: the fastest way."""
    known: dict[str, Any] = {"nothing": _NOTHING}
    parameters, lines = ["self"], []
    for name, value in given.items():
        default, make, is_parameter = _defaults(value)
        known |= {
            f"set_{name}": kind.__dict__[name].__set__,
            f"default_{name}": default,
            f"make_{name}": make,
        }
        has_factory, has_default = make is not _NOTHING, default is not _NOTHING
        if is_parameter and has_factory:
            parameters.append(f"{name}=nothing")
            lines.append(f"set_{name}(self, make_{name}() if {name} is nothing else {name})")
        elif is_parameter:
            parameters.append(f"{name}=default_{name}" if has_default else name)
            lines.append(f"set_{name}(self, {name})")
        elif has_factory or has_default:
            lines.append(f"set_{name}(self, {f'make_{name}()' if has_factory else f'default_{name}'})")
    lines += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    source = f"def __init__({', '.join(parameters)}):\n " + ("\n ".join(lines) or "pass")
    exec(source, known)  # noqa: S102 - made of the names of fields only
    made: Callable[..., None] = known["__init__"]
    made.__qualname__, made.__module__ = f"{kind.__qualname__}.__init__", kind.__module__
    return made


def _defaults(given: Any) -> tuple[Any, Any, bool]:
    """A field's default, what makes it anew for each instance, and whether `__init__` takes it."""
    if not _is_field(given):
        return given, _NOTHING, True
    from dataclasses import MISSING  # noqa: PLC0415 - loaded, as `field` was called

    default, make = (_NOTHING if one is MISSING else one for one in (given.default, given.default_factory))
    return default, make, given.init


def _refuse(value: object, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - see above

    raise FrozenInstanceError(f"cannot change {name!r} of a {type(value).__name__}")


def _state(value: Any) -> list[Any]:
    """What is pickled: the fields' values, because a frozen value's cannot be set one by one."""
    return [getattr(value, name) for name in value.__slots__]


def _restore(value: Any, state: list[Any]) -> None:
    for name, one in zip(value.__slots__, state, strict=True):
        object.__setattr__(value, name, one)


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - re-exported
else:
    dataclass = _dataclass
