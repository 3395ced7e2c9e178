"""The line of a key is told whatever the value before it looks like."""

import pytest

from assets.tomlfile import TomlFile

VALUES = (
    '"a"', '""', r'"a\"b" # "c', "'x'", "''", "12", "true", "2026-01-01", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00",
    "[]", '["a", "b"] # c', '["]"]', "{ a = 1 }", '[["a"], [1]]',
    '"""a"""', '"""a\nb"""', "'''a\n'b'''", '""""a"\n"""', '[\n  "a",\n  "]", # ]\n]', '["a", # ]\n"b"]', '[ # ]\n"a"]',
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_the_line_after_a_value(tmp_path, value):
    path = tmp_path / "a.toml"
    path.write_text(f"a = {value}\nb = 1\n[c]\nd = {value}\ne = 2\n", encoding="utf-8")
    file, height = TomlFile(path), 1 + value.count("\n")
    found = [file.line((key,)) for key in ("a", "b", "c")]
    assert found == [1, 1 + height, 2 + height]
    assert [file.line(("c", key)) for key in ("d", "e")] == [3 + height, 3 + 2 * height]
