"""What happens when a mail, an order or a product arrives: its ticket, customer and status. Called by sync.

    arrive.arrive_all(tx, mails, context)         one transaction, at most 200 mails
    history.infer(tx, now, …)                     after a first sync, until it returns 0
    orders_in.orders_arrived(tx, orders, now)

The same mails give the same tickets in whatever order they arrive.
"""
