"""Shell completion and the manual page come from the parser, so they know every command."""

import shutil
import subprocess
import sys

import pytest
from scripts.manual import TARGET, page

from deskterm.cli import main
from deskterm.cli.arguments import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_knows_every_command_and_the_shell_can_read_it(capsys, shell):
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    assert "backups" in script, "the options of a command too"
    if shutil.which(shell):
        read = subprocess.run([shell, "-n"], input=script, text=True, capture_output=True, check=False)
        assert read.returncode == 0, read.stderr


def test_bash_completes_a_command_that_was_begun(capsys):
    main(["completion", "bash"])
    script = capsys.readouterr().out
    asked = f'{script}\nCOMP_WORDS=(deskterm sta); COMP_CWORD=1; _shtab_deskterm; echo "${{COMPREPLY[@]}}"'
    ran = subprocess.run(["bash", "-c", asked], text=True, capture_output=True, check=False)
    assert ran.stdout.split() == ["status"], ran.stderr


def test_the_manual_page_is_that_of_the_parser():
    """`make manual` updates it. Later versions of argparse format usage lines differently."""
    if sys.version_info < (3, 12):
        assert TARGET.read_text("utf-8") == page()
    assert all(
        f"deskterm {name}" in page().replace("\\fI\\,", "").replace("\\-", "-").replace("\\/\\fR", "")
        for name in COMMANDS
    )
