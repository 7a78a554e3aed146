"""Fixtures every room's tests may use."""

pytest_plugins = ["counterparts.fixtures"]


def pytest_addoption(parser):
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="take the pictures as they are now; look at them before you commit",
    )
