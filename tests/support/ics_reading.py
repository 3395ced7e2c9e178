"""A reader of iCalendar (RFC 5545) that shares nothing with the writer: content lines, components, values."""

import re

_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)")


def lines(data):
    """The unfolded content lines. Fails on what is not allowed in the bytes of a file."""
    assert data.endswith(b"\r\n")
    pieces = data[:-2].split(b"\r\n")
    assert all(len(piece) <= 75 and piece for piece in pieces)
    assert not any(control in piece for piece in pieces for control in (b"\r", b"\n", b"\0", b"\x1b"))
    for piece in pieces:
        piece.decode()  # no character is cut in two
    return re.sub(b"\r\n ", b"", data[:-2]).decode().split("\r\n")


def events(data):
    """The events of a calendar, each a dictionary: name, with its parameters, to value. Nesting must be right."""
    found, open_parts = [], []
    for line in lines(data):
        matched = _LINE.fullmatch(line)
        assert matched, line
        name, parameters, value = matched.groups()
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            assert name + parameters not in found[-1]
            found[-1][name + parameters] = value
    assert open_parts == []
    return found


def text(value):
    """A value of the type TEXT as it was meant. Fails on a character that must not stand by itself."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    plain = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda found: plain.get(found[1], found[1]), value)
