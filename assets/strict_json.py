"""JSON that anybody may have written. What is not as it must be is a ValueError."""

import json
import math
from typing import Any, NoReturn


def loads(data: bytes) -> Any:  # noqa: ANN401 -- the caller asks for the fields that it needs
    """What JSON says: UTF-8, each name once in its object, finite numbers, nested no deeper than can be read."""
    try:
        return json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refused, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("is nested too deep") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("has a name twice in one object")
    return whole


def _refused(number: str) -> NoReturn:
    raise ValueError(f"{number} is no number of JSON")


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number:.20} is too large")
    return value
