"""EBU STL files put together by hand, field by field, so that a test need not trust the writer."""

HEADER = {
    "CPN": (0, b"850"),
    "DFC": (3, b"STL25.01"),
    "DSC": (11, b"0"),
    "CCT": (12, b"00"),
    "LC": (14, b"09"),
    "OPT": (16, b""),
    "CD": (224, b"260102"),
    "TNB": (238, b""),
    "TNS": (243, b""),
    "MNC": (251, b"40"),
    "MNR": (253, b"23"),
    "TCS": (255, b"1"),
    "TCP": (256, b"00000000"),
    "UDA": (448, b""),
}


def file(*blocks, **fields):
    """A file of blocks; header fields may be given by name."""
    header = bytearray(b" " * 1024)
    counts = {"TNB": b"%05d" % len(blocks), "TNS": b"%05d" % len(blocks)}
    for name, (at, value) in HEADER.items():
        given = fields.get(name, counts.get(name, value))
        header[at : at + len(given)] = given
    return bytes(header) + b"".join(blocks)


def block(
    text,
    start=(0, 0, 1, 0),
    end=(0, 0, 2, 0),
    *,
    index=0,
    extension=0xFF,
    cumulative=0,
    row=22,
    justification=2,
    comment=0,
):
    """A block of 128 bytes; labels are hours, minutes, seconds, frames."""
    head = bytes([0, index & 0xFF, index >> 8, extension, cumulative, *start, *end, row, justification, comment])
    return head + text.ljust(112, b"\x8f")
