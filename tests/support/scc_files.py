"""SCC files put together by hand from pairs of bytes without parity, so that a test need not trust the writer."""

EDM, ENM, EOC, RCL, RDC, CR = (0x142C, 0x142E, 0x142F, 0x1420, 0x1429, 0x142D)
RU2, RU3, RU4 = (0x1425, 0x1426, 0x1427)


def file(*lines):
    """A file of lines, each a timecode and pairs: numbers are codes, sent twice, and strings are characters."""
    rows = [f"{timecode}\t{' '.join(words(pairs))}" for timecode, *pairs in lines]
    return "\n\n".join(["Scenarist_SCC V1.0", *rows])


def words(pairs):
    """Pairs of bytes with parity."""
    result = []
    for pair in pairs:
        if isinstance(pair, int):
            result += [word(pair)] * 2
        else:
            data = pair.encode("ascii") + b"\0" * (len(pair) % 2)
            result += [word(data[at] << 8 | data[at + 1]) for at in range(0, len(data), 2)]
    return result


def word(pair):
    """A pair as four digits, each byte with a bit that makes the number of its ones odd."""
    return "".join(f"{byte | (0x80 if byte.bit_count() % 2 == 0 else 0):02x}" for byte in (pair >> 8, pair & 0x7F))
