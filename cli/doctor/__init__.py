"""The probes of `releaseprint doctor`, one a file: `probe(question)` yields what it found.

A module may say `SECONDS`, after which it is given up. `ORDER` sorts them in the table.
"""
