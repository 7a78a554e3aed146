"""The screens, a file each, with its style sheet beside it.

`base` is what all of them share. `inbox` and `ticket` read (`reading`) and work
(`triage`); a reply goes from `macro` and `orders` (`taking`) or `compose` to
`review`, the one place where `y` sends (`arming`). `background` is the work in
threads: it posts values, and handlers alone change what is shown.
"""
