"""The check master/encrypted."""

from assets.media import Master
from checks.core import Problem, Problems, check


@check("master/encrypted", on=Master)
def encrypted(master: Master) -> Problems:
    """The file is encrypted.

    Nobody without its key can judge or transcode it. Deliver it unencrypted, over a connection that is.
    """
    if master.info.encryption is not None:
        yield Problem("encrypted ({measured})", measured=master.info.encryption, allowed="not encrypted")
