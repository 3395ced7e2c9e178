"""What must not be read in a log: the credentials of the environment, and those that stand in an address."""

import os
import re
from collections.abc import Mapping

HIDDEN = "…"
"""What is shown in the place of a secret."""

_SHORTEST = 8
"""Characters from which the value of a variable is taken for a secret: a shorter one stands in any word."""

_PLACES = re.compile(r"(?i)_(?:file|path|dir|url|uri)$")
"""Variables that say where a secret lies: what they say is wanted in an error."""

_NAMES = re.compile(r"(?i)secret|token|passw|credential|(?:access|api|private)_?key")
_USER = re.compile(r"(?<=//)(?:[^/\s]+|[^/\s:@]+:(?!\d+/)[^\s@]+)@")
"""A name and a password before a host. A password that should have been percent-encoded may hold `@` or `/`."""

_SIGNED = re.compile(
    r"(?i)((?:[?&;]|\\u0026)(?:x-(?:amz|goog)-(?:signature|credential|security-token)|signature|awsaccesskeyid|sig"
    r"|token|key-pair-id|policy)=)[^&\s;\"'<>\\]+"
)
_HEADER = re.compile(r"(?i)\b(AWS4-HMAC-SHA256|Bearer|authorization['\"]?\s*[:=]\s*['\"]?Basic)\s+[^\"'\r\n]{8,}")
"""Credentials as a header has them; the word `basic` is also one of any sentence."""

_NAMED = re.compile(
    r"(?i)\b((?:aws_)?(?:secret_?access_?key|session_?token)|password)"
    r"(\s*=\s*['\"]?|['\"]\s*:\s*['\"])[^\s'\",;&<>]{4,}"
)
"""A secret beside its name, as a settings file or a document in JSON has it; after `password:` an error goes on."""


def without_secrets(text: str, environment: Mapping[str, str] | None = None) -> str:
    """A text in which no secret of the environment stands, no password of an address and no signature of a link."""
    for secret in _secrets(os.environ if environment is None else environment):
        text = text.replace(secret, HIDDEN)
    text = _USER.sub(f"{HIDDEN}@", text)
    text = _SIGNED.sub(rf"\1{HIDDEN}", text)
    text = _NAMED.sub(rf"\1\2{HIDDEN}", text)
    return _HEADER.sub(rf"\1 {HIDDEN}", text)


def _secrets(environment: Mapping[str, str]) -> list[str]:
    """The values of variables whose names say that they are secret, the longest first: one may contain another."""
    names = (name for name in environment if _NAMES.search(name) and not _PLACES.search(name))
    found = {environment[name] for name in names if len(environment[name]) >= _SHORTEST}
    return sorted(found, key=len, reverse=True)
