"""The commented files that a new catalogue and a new title begin with."""

from pathlib import Path

GITIGNORE = "/deliveries/\n/reports/\n.releaseprint-incoming-*\n"
"""What of a new catalogue git leaves out: packages, reports that can be made again, and files that are half there."""

_TEMPLATES = Path(__file__).with_name("templates")


def config() -> str:
    """A releaseprint.toml."""
    return (_TEMPLATES / "releaseprint.toml").read_text(encoding="utf-8")


def title(title_id: str) -> str:
    """A title.toml whose English name is made from the id; valid as it stands."""
    name = title_id.replace("-", " ").title()
    return (_TEMPLATES / "title.toml").read_text(encoding="utf-8").replace("@NAME@", name)
