"""Past tickets like one: what was asked, and what was answered."""

from desk.conftest import BEN, DAY, JANA, NOW

WINE = "I spilt red wine over the woollen throw. Can the stain be washed out in cold water?"


def asked_and_answered(shop, text, answer="Cold water and wool soap.", *, days=20, who=BEN):
    ticket = shop.ticket(who, subject="Hello", text=text, at=NOW - days * DAY)
    if answer:
        shop.answer(ticket, at=NOW - days * DAY + 3600, text=answer)
    return ticket


def test_the_most_similar_answered_question_comes_first_with_its_answer(shop):
    parcels = {
        asked_and_answered(shop, f"Where is parcel {number}? It should be here by now.", "It is on its way.")
        for number in range(6)
    }
    near = asked_and_answered(shop, "A wine stain on the woollen throw: will cold water wash it out?")
    unanswered = asked_and_answered(shop, WINE, answer="", days=3)
    here = shop.ticket(JANA, subject="Accident", text=WINE)
    found = shop.desk.search.similar(here)
    assert found[0].row.ticket_id == near
    assert unanswered not in {one.row.ticket_id for one in found}
    assert not parcels & {one.row.ticket_id for one in found}
    assert (found[0].asked[:12], found[0].answered) == ("A wine stain", "Cold water and wool soap.")


def test_a_ticket_is_not_similar_to_itself_and_only_its_newest_question_counts(shop):
    here = asked_and_answered(shop, WINE, who=JANA)
    other = asked_and_answered(shop, WINE + " Thank you.")
    assert [one.row.ticket_id for one in shop.desk.search.similar(here)] == [other]
    shop.mail(here, JANA, text="Lovely, all is well now.", at=NOW)
    assert shop.desk.search.similar(here) == ()


def test_a_mail_without_words_is_similar_to_none(shop):
    asked_and_answered(shop, WINE)
    for text in ("", "4711 / 0815", '"((( AND NOT'):
        assert shop.desk.search.similar(shop.ticket(JANA, subject="", text=text)) == ()


def test_runs_without_spaces_are_compared_by_pairs(shop):
    near = asked_and_answered(shop, "ギフト包装はできますか、教えてください", "できます。")
    here = shop.ticket(JANA, subject="質問", text="ギフト包装はできますか")
    assert [one.row.ticket_id for one in shop.desk.search.similar(here)] == [near]
