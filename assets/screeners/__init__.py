"""Screeners: who asked for a copy to look at, who was given one, until when, and what became of it.

`titles/<id>/screeners.jsonl` is the truth (`ledger.py`); `model.py` says what its lines together mean.
"""
