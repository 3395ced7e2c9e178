"""The tool's own version, without importing the package metadata machinery at start-up."""

from functools import cache


@cache
def tool_version() -> str:
    """The installed version of releaseprint, such as `0.1.0`."""
    from importlib.metadata import version

    return version("releaseprint")
