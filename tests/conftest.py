"""Fixtures for all tests, and how the tests are distributed among workers."""

import gc
import os
import sys
from importlib import import_module

import hypothesis
import pytest

from counterparts import templates

hypothesis.settings.register_profile(  # how fast a machine is says nothing about the code
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")
pytest_plugins = ["counterparts.fixtures"]
LONG = (  # by CPU time; what they begin with
    "tests/snapshots/test_walk",
    "tests/demo/test_never_green",
    "tests/screens/setup/test_screen",
    "tests/cli/test_keeping",
    "tests/test_safe_terminal",
    "tests/cli/test_commands",
    "tests/faults/test_terminal",
    "tests/cli/test_two_desks",
    "tests/sync/test_killed",
    "tests/cli/test_setup",
    "tests/screens/test_everywhere",
    "tests/screens/test_inbox",
    "tests/screens/reply/test_review",
    "tests/mail/test_hostile",
    "tests/faults/test_slow",
    "tests/cli/test_secrets_nowhere",
    "tests/test_app",
    "tests/cli/test_doctor",
    "tests/cli/test_current_folder",
    "tests/test_hostile_on_the_wire",
    "tests/desk/figures/test_ledger",
    "tests/intake/test_any_order",
    "tests/test_torture",
    "tests/sync/oauth/test_tokens",
)


def pytest_addoption(parser):
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="take the pictures as they are now; look at them before you commit",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Two per core, because many tests wait for a server or a screen."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(2 * cores, 8)


def pytest_sessionstart():
    """Collecting creates a million objects that all stay: garbage collection among them doubles its time."""
    gc.disable()


def pytest_collection_modifyitems(items):
    """Slow files come first: if they began last, one worker would be left with them."""
    items.sort(
        key=lambda item: next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
    )


def pytest_collection_finish():
    gc.freeze()
    gc.enable()
    if "textual.app" in sys.modules:  # else no test here shows anything
        import_module("counterparts.style_sheets").begin()


def pytest_sessionfinish():
    templates.cleared()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI a skipped or expected failure counts as a failure. Elsewhere it is named at the end of the run."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome, report.longrepr = "failed", f"In CI nothing is skipped. {report.longrepr}"
    return report
