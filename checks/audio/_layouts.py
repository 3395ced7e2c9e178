"""Names of channel layouts."""


def layout_text(layout: str) -> str:
    """`5.1` of `5.1(side)`: whether the surrounds stand beside or behind the listener, the trade calls both 5.1."""
    return layout.removesuffix("(side)")


def is_unlabelled(layout: str) -> bool:
    """Whether a stream only says how many channels it has: `6 channels`."""
    return layout.endswith(" channels")
