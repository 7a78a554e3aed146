"""The review between writing and sending: the only place where a key sends."""

from asyncio import sleep
from collections.abc import Callable, Iterable

from textual.widget import Widget

from deskterm.actions.copy import pick_and_copy
from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.desk.reply.sending import AFTER_UNDO, When
from deskterm.domain.review.replies import Draft, Level, Review
from deskterm.errors import DesktermError, SendStopped
from deskterm.screens.base.file_picker import FilePicker
from deskterm.screens.base.messages import Go, Sent
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.screens.orders.order_menu import do_action
from deskterm.screens.reply import later
from deskterm.screens.reply.also_answers import pick_others
from deskterm.screens.reply.armed_screen import ArmedScreen
from deskterm.screens.reply.arming import ALONE
from deskterm.screens.reply.copy_reply import reply_texts
from deskterm.screens.reply.order_choice import OrderScreen
from deskterm.screens.reply.review_keys import offered_keys
from deskterm.screens.reply.review_picture import ReviewPicture


class ReviewScreen(ArmedScreen):
    """The saved draft of a ticket as it will be sent. Posts `Sent` once it is queued."""

    WHERE = Where.REVIEW
    CSS_PATH = "review.tcss"
    PLACE = "review"
    CAREFUL = frozenset({"send", "send-amber", "later", "tick"})
    PATIENT = frozenset({"later"})

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.front = ScreenFront(self)
        self.ticket_id = ticket_id
        self.review: Review | None = None
        self.picture = ReviewPicture(self, work)
        self._beside = work.desk.forwarding.parent(ticket_id)
        self.stopped = ""

    @property
    def place(self) -> str:
        """Which ticket's reply this is."""
        return f"review beside T{self._beside}" if self._beside else f"review T{self.ticket_id}"

    def body(self) -> Iterable[Widget]:
        """On the left the customer's words and the checks, on the right the mail as it will be sent."""
        return self.picture.widgets()

    # what is shown

    def refresh_desk(self) -> None:
        """Judge the draft again; a new mail from the customer stops sending for good."""
        shown = self.review
        if self.stopped:
            return
        try:
            fresh = self.work.desk.replies.review(self.ticket_id, self.work.now())
        except DesktermError as error:  # the draft is gone: sent or discarded elsewhere
            self.stopped = error.what
            self._show_verdict()
            return
        if shown is not None and fresh.has_news_since(shown):
            self.stopped = (
                f"A new mail from the customer has come: {self.work.key('back')} goes back to read it."
            )
            self._show_verdict()
            return
        if fresh != shown:
            self._show(fresh)

    def _show(self, review: Review) -> None:
        self.review = review
        self.arming.stop_waiting()  # until this picture is painted
        self.picture.show(review)
        self._show_verdict()
        self.call_after_refresh(self.start_guard)

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """Offer only what this review allows, with what it would do now."""
        level = self.review.level if self.review and not self.stopped else Level.RED
        offers = self.review is not None and any(one.can_be_done for one in self.review.claims)
        others = self.review is not None and bool(self.review.others)
        return offered_keys(
            shown, level, reads_on=bool(self.picture.unread), does_claims=offers, others=others
        )

    @property
    def movable(self) -> Movable:
        """The mail as it will be sent."""
        return self.picture.letter

    def on_sheet_scrolled(self) -> None:
        """The end may be on screen now."""
        self._show_verdict()

    @property
    def has_picture(self) -> bool:
        """Whether a review is shown."""
        return self.review is not None

    def show_armed(self) -> None:
        """Show in the line above the footer what the keys would do now."""
        self._show_verdict()

    def _show_verdict(self) -> None:
        self.picture.show_verdict(self.review, self.stopped, armed=self.is_armed)
        self.show_keys()

    # keys

    def on_resize(self) -> None:
        """Show the review at another size: start the guard again."""
        self.picture.fit(self.review)
        if self.review is not None:
            self.call_after_refresh(self.start_guard)

    async def do_send(self) -> None:
        """Send a green reply."""
        await self._send(Level.GREEN)

    async def do_send_amber(self) -> None:
        """Send an amber reply; a green one too."""
        await self._send(Level.AMBER)

    async def _send(self, confirmed: Level) -> None:
        """Scroll while the end has not been seen; then queue the reply."""
        review, key_at = self.review, self.counted_at
        if review is None or self.stopped:
            return
        if self.picture.read_on():
            return
        if review.level > confirmed:
            await self._refuse(review)
            return
        await sleep(ALONE)
        if not self.arming.is_last_key(key_at) or self.review is not review or self.app.screen is not self:
            self.tell("More keys followed, so nothing was sent.", "amber")
            return
        await self._queue_reply(review, confirmed)

    async def _queue_reply(self, review: Review, confirmed: Level, when: When = AFTER_UNDO) -> None:
        replies, now = self.work.desk.replies, self.work.now()
        try:
            done = await self.work.write(replies.send, self.ticket_id, review, now, confirmed, when)
        except SendStopped:
            self.refresh_desk()
            raise
        self.post_message(Sent(done, planned=when.at is not None))

    async def _refuse(self, review: Review) -> None:
        """Say why nothing is sent; the figures count it."""
        await self.work.write(self.work.desk.replies.record_stop, self.ticket_id, review, self.work.now())
        if review.level is Level.RED:
            self.tell(
                self.work.with_keys("Not sent: {edit} edits it, {other-order} picks another order."), "red"
            )
        else:
            self.tell(self.work.with_keys("Read the warnings; {send-amber} sends it anyway."), "amber")

    async def do_tick(self) -> None:
        """Tick the next claim; if all are ticked, untick the last."""
        claims = self.review.claims if self.review else ()
        if not claims:
            self.picture.letter.go_page(1)
        else:
            chosen = next((claim for claim in claims if not claim.ticked), claims[-1])
            await self._change(self.work.desk.replies.tick, chosen.words)

    async def do_claimed_action(self) -> None:
        """Do in the store what the reply says was done and is not done yet."""
        review = self.review
        claim = next((one for one in review.claims if one.can_be_done), None) if review else None
        if review is None or claim is None or claim.ability is None or review.order is None:
            self.tell("This reply says nothing that could be done from here.", "amber")
            return
        if claim.state is not None:
            self.tell(
                self.work.with_keys("Already started: {order-actions} on the ticket settles it."), "amber"
            )
            return
        await do_action(ScreenFront(self), review.order.order, claim.ability, self.ticket_id)
        self.refresh_desk()

    async def do_after(self) -> None:
        """Change what happens to the ticket after sending."""
        await self._change(self.work.desk.replies.then)

    async def _change(self, use_case: Callable[..., Draft], *values: object) -> None:
        await self.work.write(use_case, self.ticket_id, *values, self.work.now())
        self.refresh_desk()

    async def do_other_order(self) -> None:
        """Fill the reply from another order."""
        options = self.work.desk.replies.orders_for(self.ticket_id)
        if not options:
            self.tell("This customer has no order.", "amber")
            return
        chosen = await self.app.push_screen_wait(OrderScreen(self.work, options))
        if chosen is not None:
            await self._change(self.work.desk.replies.choose_order, chosen)

    async def do_attach(self) -> None:
        """Attach a file, or remove an attachment."""
        path = await self.app.push_screen_wait(FilePicker(self.work, "Attach which file?"))
        if path:
            await self._change(self.work.desk.replies.attach, path)

    async def do_also_answer(self) -> None:
        """Let the reply answer another open ticket of the customer too, or no longer."""
        chosen = await pick_others(ScreenFront(self), self.review.others) if self.review else ()
        if chosen:
            await self._change(self.work.desk.replies.answer_also, chosen)

    async def do_copy(self) -> None:
        """Copy the reply, the customer's words, or something of the order."""
        if self.review is not None:
            await pick_and_copy(ScreenFront(self), [*reply_texts(self.review)])

    def do_edit(self) -> None:
        """Go back to editing."""
        self.post_message(Go("compose", instead=True, ticket_id=self.ticket_id))

    async def do_later(self) -> None:
        """Schedule it, or keep the draft. What `y` or `Y` would refuse cannot be scheduled either."""
        review = self.review
        if review is None or self.stopped:
            self.dismiss(None)
            return
        if review.level is not Level.RED and self.picture.read_on():
            return
        picked = await later.pick(self, review)
        if isinstance(picked, later.KeepDraft):
            self.dismiss(None)
        elif picked is not None:
            planned = later.judge(self, review, picked)
            if await later.confirm_amber(self, planned):
                await self._queue_reply(planned, planned.level, picked)
