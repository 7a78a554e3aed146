"""Where the playbook that ships lies."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def starter() -> Path:
    """The folder that holds the shipped `macros`, `sops` and `rules`.

    A wheel carries them inside the package; an editable install has them at the
    top of its source tree.
    """
    shipped = _PACKAGE / "starter"
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent
