"""Avails: the trade's sheets and documents that say what is offered where, when and how, read and written.

`rows.py` says what one line of them is. Sheets (EMA 1.7 to 1.9) and XML (MovieLabs 2.2 to 2.7) become the same rows;
`semantics.py` says what is wrong with rows that are well formed; `incoming.py` and `outgoing.py` turn rows into
licences and licences into rows.
"""
