"""Who may read what in a bucket: policy documents that give one window's packages to one receiver, until a date.

The words are those of IAM policies: `aws:CurrentTime` bounds the time, `s3:prefix` what may be listed, and a resource
what may be read. Nothing else is given, and nothing without TLS.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.errors import UsageError
from assets.rights import utc
from storage.expiry import place_of

_VERSION = "2012-10-17"
_RECEIVER = re.compile(r"[0-9]{12}|arn:aws[a-z-]*:iam::[0-9]{12}:(?:root|(?:user|role)/[\w+=,.@/-]{1,512})", re.ASCII)
_SPECIAL = re.compile(r"[*?$]")


@dataclass(frozen=True, slots=True)
class Permission:
    """What is given: the objects of a store whose keys begin with `prefix`, in `[start, end)`, to a receiver.

    `receiver` is an account or an ARN; empty for a document that is attached to the receiver's own identity.
    """

    url: str
    prefix: str
    start: datetime
    end: datetime
    receiver: str = ""


def a_receiver(text: str) -> str:
    """The text, if it names whom a bucket policy can name. Raises UsageError."""
    if not _RECEIVER.fullmatch(text):
        allowed = "an account of 12 digits, or arn:aws:iam::ACCOUNT:root, :user/NAME or :role/NAME"
        raise UsageError(f"--receiver: {text!r} is nobody whom a policy can name; {allowed}")
    return text


def policy(given: Permission) -> dict[str, Any]:
    """A policy document: of the bucket, if it names a receiver, else of an identity. Raises StoreError for a folder."""
    bucket, start = place_of(given.url)
    prefix = literal(start + given.prefix)
    partition = given.receiver.split(":")[1] if given.receiver.startswith("arn:") else "aws"  # China has one of its own
    arn = f"arn:{partition}:s3:::{bucket}"
    bounded: dict[str, Any] = {
        "DateGreaterThanEquals": {"aws:CurrentTime": utc(given.start)},
        "DateLessThan": {"aws:CurrentTime": utc(given.end)},
        "Bool": {"aws:SecureTransport": "true"},
    }
    whom = {"Principal": {"AWS": given.receiver}} if given.receiver else {}
    listing = {"Action": "s3:ListBucket", "Resource": arn}
    reading = {"Action": "s3:GetObject", "Resource": f"{arn}/{prefix}*"}
    return {
        "Version": _VERSION,
        "Statement": [
            {
                "Sid": "ListOneWindow",
                "Effect": "Allow",
                **whom,
                **listing,
                "Condition": {"StringLike": {"s3:prefix": f"{prefix}*"}, **bounded},
            },
            {"Sid": "ReadOneWindow", "Effect": "Allow", **whom, **reading, "Condition": bounded},
        ],
    }


def literal(text: str) -> str:
    """A text in which a policy sees no wildcard and no variable."""
    return _SPECIAL.sub(lambda found: f"${{{found[0]}}}", text)
