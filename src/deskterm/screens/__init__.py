"""The screens, one file each, with its style sheet beside it.

`base/` is what all of them share. `inbox` and `ticket` show a ticket (`ticket_base`). `reply/` goes from a
macro or the editor to the review, the one place where a key sends. `finding/`, `orders/`, `products/`,
`incidents/`, `knowledge/`, `rules/` and `setup/` have the screens of their subject.
"""
