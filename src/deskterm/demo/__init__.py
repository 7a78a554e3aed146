"""The sample store, as values dated from `now`, and laid down as a Maildir and an orders file."""

from deskterm.demo.files import lay_down

__all__ = ["lay_down"]
