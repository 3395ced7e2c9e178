"""`add` and `import`, killed at random moments: nothing is lost, and the command repeated ends as it would have."""

import killing
import pytest


@pytest.mark.slow
@pytest.mark.parametrize("work", [killing.kill_adds, killing.kill_imports])
def test_killed_at_random_moments(tmp_path, work):
    root = tmp_path / "catalogue"
    root.mkdir()
    assert work(root, 12, seed=20261122), "none was still at work when it was killed"  # how many: the machine's pace
