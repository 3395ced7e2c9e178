"""Writes MediaConch policies."""

from xml.sax.saxutils import escape, quoteattr


def rule(field, operator, value="", occurrence="*"):
    """A rule on `Video/Format` and the like."""
    track, _, name = field.partition("/")
    said = f"value={quoteattr(name)} tracktype={quoteattr(track)} occurrence={quoteattr(occurrence)}"
    return f'<rule name="r" {said} operator={quoteattr(operator)}>{escape(value)}</rule>\n'


def group(kind, *items, name="g"):
    """A policy, also one inside of another."""
    return f"<policy type={quoteattr(kind)} name={quoteattr(name)}>\n{''.join(items)}</policy>\n"


def write(path, text):
    """The file of a policy."""
    path.write_text(f'<?xml version="1.0"?>\n{text}', encoding="utf-8")
    return path
