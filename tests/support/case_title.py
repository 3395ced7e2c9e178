"""The subject of a case of a title check: see builders_text.read_title for the keys."""

from builders_text import read_title


def subject(_check, case):
    return read_title(case)
