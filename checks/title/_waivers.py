"""What the checks of waivers share."""

from assets.waiver_records import FILE_NAME
from assets.waivers import Waiver
from checks.core import At


def at(waiver: Waiver) -> At:
    """The place of a waiver: its fingerprint, and its line in waivers.toml."""
    return At(f"waiver {waiver.fingerprint}", line=waiver.line, file=FILE_NAME)
