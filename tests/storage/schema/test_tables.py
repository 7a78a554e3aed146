"""What SQLModel declares is what the migrations make."""

import pytest
from sqlalchemy import Float, Integer, LargeBinary, create_engine, inspect
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from deskterm.storage.schema import tables  # noqa: F401 - declares them

KINDS = {"INTEGER": Integer, "BLOB": LargeBinary, "TEXT": AutoString, "REAL": Float}


@pytest.fixture
def made(db):
    engine = create_engine(f"sqlite:///{db.path}")
    yield inspect(engine)
    engine.dispose()


def test_both_know_the_same_tables(made):
    virtual = {name for name in made.get_table_names() if name.startswith("search")}
    assert set(made.get_table_names()) - virtual == set(SQLModel.metadata.tables)


def test_columns_agree_in_name_type_and_whether_they_may_be_empty(made):
    for name, table in SQLModel.metadata.tables.items():
        there = {column["name"]: column for column in made.get_columns(name)}
        assert list(there) == [column.name for column in table.columns], name
        for column in table.columns:
            kind = str(there[column.name]["type"])
            assert isinstance(column.type, KINDS[kind]), (name, column.name)
            if not column.primary_key:
                assert there[column.name]["nullable"] == column.nullable, (name, column.name)


def test_defaults_agree(made):
    for name, table in SQLModel.metadata.tables.items():
        for column in made.get_columns(name):
            declared = table.columns[column["name"]].default
            if column["default"] is not None:
                assert str(declared.arg) == column["default"].strip("'"), (name, column["name"])


def test_keys_agree(made):
    for name, table in SQLModel.metadata.tables.items():
        key = made.get_pk_constraint(name)["constrained_columns"]
        assert set(key) == {column.name for column in table.primary_key}, name
        there = {
            (one["constrained_columns"][0], f"{one['referred_table']}.{one['referred_columns'][0]}")
            for one in made.get_foreign_keys(name)
        }
        assert there == {(key.parent.name, key.target_fullname) for key in table.foreign_keys}, name
