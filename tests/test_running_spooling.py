"""Reports on disk are the reports that were put there, in the order of their titles."""

from dataclasses import replace

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
