"""Data classes that are made late behave as those of the standard library."""

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest

from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass


def shapes(made_by):
    """The same classes, made by that decorator."""

    @made_by(frozen=True, slots=True)
    class Parcel:
        """A parcel."""

        number: str
        weight: int = 0
        stops: tuple[str, ...] = ()
        notes: list[str] = field(default_factory=list)
        code: str = field(default="", repr=False, compare=False)

    @made_by(slots=True)
    class Reader:
        keys: dict[str, int]
        prefix: str = ""
        firsts: frozenset[str] = field(init=False)

        def __post_init__(self):
            self.firsts = frozenset(key[0] for key in self.keys)

    return Parcel, Reader


@dataclass(frozen=True, slots=True)
class Kept:
    """At the top of a module, so that it can be pickled."""

    number: str
    stops: tuple[str, ...] = ()


@pytest.mark.parametrize("made_by", [dataclasses.dataclass, dataclass], ids=["library", "ours"])
def test_a_class_made_late_behaves_like_the_librarys(made_by):
    parcel_class, reader_class = shapes(made_by)
    parcel = parcel_class("1", stops=("Kiel",), code="secret")
    assert repr(parcel).endswith(".Parcel(number='1', weight=0, stops=('Kiel',), notes=[])")
    assert parcel == parcel_class("1", 0, ("Kiel",)) != parcel_class("2")
    assert parcel != "1"
    assert parcel.notes is not parcel_class("1").notes
    with pytest.raises(dataclasses.FrozenInstanceError):
        parcel.number = "2"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del parcel.number
    with pytest.raises(TypeError):
        parcel_class()
    names = ("number", "weight", "stops", "notes", "code")
    assert tuple(one.name for one in dataclasses.fields(parcel_class)) == parcel_class.__match_args__ == names
    assert dataclasses.replace(parcel, weight=3).weight == 3
    assert dataclasses.asdict(parcel)["stops"] == ("Kiel",)
    assert copy.deepcopy(parcel) == parcel
    reader = reader_class({"g m": 1})
    assert (reader.firsts, reader.prefix) == (frozenset("g"), "")
    reader.prefix = "g"
    assert repr(reader).endswith("Reader(keys={'g m': 1}, prefix='g', firsts=frozenset({'g'}))")
    with pytest.raises(TypeError):
        hash(reader)
    with pytest.raises(AttributeError):
        reader.unknown = 1


def test_a_value_that_only_came_by_pickle_can_be_compared_and_printed():
    assert pickle.loads(pickle.dumps(Kept("1", ("Kiel",)))) == Kept("1", ("Kiel",))
    bare = object.__new__(Kept)
    bare.__setstate__(["1", ()])
    assert (repr(bare), hash(bare), bare) == ("Kept(number='1', stops=())", hash(Kept("1")), Kept("1"))


def test_an_expression_is_compiled_at_its_first_use():
    found = lazy_regex(r"(\d+)")
    assert "fullmatch" not in vars(found)
    assert found.fullmatch("12")[1] == "12"
    assert "fullmatch" in vars(found)
