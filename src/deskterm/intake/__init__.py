"""What an arriving message or order does: which ticket, whose, what status. Called by sync.

    arrive.arrive_all(tx, mails, context)         one transaction, at most 200 mails
    history.infer(tx, now, …)                     until it gives 0, after a first sync
    orders_in.orders_arrived(tx, orders, now)

Whatever the order of arrival, the same mails give the same tickets.
"""
