"""Finding the playbook that is shipped with deskterm."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def acknowledging_rules() -> str:
    """The starter rules with the acknowledgement switched on, and nothing else."""
    text = (starter() / "rules" / "rules.toml").read_text("utf-8")
    return text.replace(
        'acknowledge = "acknowledgement"\n', 'acknowledge = "acknowledgement"\non = true\n', 1
    )


def starter() -> Path:
    """The folder that holds the shipped `macros`, `sops` and `rules`.

    A wheel carries them inside the package; an editable install has them at the
    top of its source tree.
    """
    shipped = _PACKAGE / "starter"
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent
