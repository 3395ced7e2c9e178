"""Reports on disk are the reports that were put there, in the order of their titles."""

import errno
import io
from dataclasses import replace

import pytest
from reports import FAILING

from cli.running.spooling import Spooled, packed


def test_in_the_order_of_their_numbers():
    spooled = Spooled()
    first, second, third = (replace(FAILING, title_id=name) for name in ("하나", "둘", "셋"))
    assert list(spooled) == []
    spooled.add(5, [packed(third)])
    spooled.add(2, [])
    spooled.add(1, map(packed, [first, second]))
    assert list(spooled) == [first, second, third]
    assert [report.title_id for report in spooled] == ["하나", "둘", "셋"]
    assert (len(spooled), spooled[0], spooled[-1], spooled[1:]) == (3, first, third, [second, third])
    assert min(spooled, key=lambda report: report.title_id) == second
    spooled.add(0, [packed(third)])
    assert [report.title_id for report in spooled] == ["셋", "하나", "둘", "셋"]


@pytest.mark.parametrize("when", ["never", "first", "in the middle"])
def test_what_has_no_room_on_the_disk_is_kept_in_memory_and_said(monkeypatch, capsys, when):
    class Full(io.BytesIO):
        """A file on a disk that is full after one report, the next of which it takes in part."""

        def write(self, data):
            if when == "first" or self.tell():
                if self.getvalue()[-1:] == b"x":
                    raise OSError(errno.ENOSPC, "No space left on device")
                return super().write(data[:10] + b"x")
            return super().write(data)

    def made(**_options):
        if when == "never":
            raise OSError(errno.ENOSPC, "No space left on device")
        return Full()

    monkeypatch.setattr("tempfile.TemporaryFile", made)
    spooled = Spooled()
    reports = [replace(FAILING, title_id=name) for name in ("하나", "둘", "셋", "넷")]
    for number, report in enumerate(reports):
        spooled.add(number, [packed(report)])
    assert list(spooled) == reports
    assert capsys.readouterr().err == (
        "no temporary file can be written: No space left on device\nThe reports are kept in memory.\n"
    )
