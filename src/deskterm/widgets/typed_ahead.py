"""Keys typed ahead: pressed before the screen they are meant for was in front."""

from textual import events
from textual.widget import Widget


def repeat_key(event: events.Key) -> events.Key:
    """The same key event again, with its original time."""
    key = events.Key(event.key, event.character)
    key.time = event.time
    return key


class KeysAfterAnswer:
    """The keys that reach a widget after it gave its answer: they are meant for what comes next."""

    def __init__(self, widget: Widget) -> None:
        self._widget, self._held = widget, list[events.Key]()
        self._waiting = False  # whether the answer is on its way

    def begin(self) -> None:
        """The answer was posted: once its screen has handled it, the keys go to what is in front then."""
        self._waiting = True
        screen = self._widget.screen
        self._widget.call_later(lambda: screen.call_later(self.end))  # behind the answer, in both queues

    def takes(self, event: events.Key) -> bool:
        """Take a key that is not meant for the widget; gives whether it was one."""
        if not self._waiting and self._widget.screen.is_active:
            return False
        self._held.append(event)
        if not self._waiting:
            self.end()
        return True

    def end(self) -> None:
        """Give the keys to the app. Also called when the widget goes, which may drop what is in its queue."""
        self._waiting = False
        held, self._held = self._held, []
        for event in held:
            self._widget.app.post_message(repeat_key(event))
