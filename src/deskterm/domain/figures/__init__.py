"""The figures of a period: the stories of tickets, and how figures are counted from them."""
