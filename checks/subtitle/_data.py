"""Word lists: TOML files beside the checks that read them, one table a language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words_of(name: str) -> dict[str, Any]:
    """The tables of `<name>.toml` in this folder."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
