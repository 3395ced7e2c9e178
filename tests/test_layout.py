"""The four top-level packages are ours alone: no dependency may bring one of the same name."""

from importlib.metadata import distributions

PACKAGES = {"assets", "checks", "cli", "storage"}


def test_no_dependency_ships_a_package_of_ours():
    clashing = {
        f"{distribution.name}: {file}"
        for distribution in distributions()
        if distribution.name != "releaseprint"
        for file in distribution.files or ()
        if file.parts[0].removesuffix(".py") in PACKAGES
    }
    assert clashing == set()
