"""The numbers that are found in a text, whatever the language writes them with."""

import pytest

from checks.title._numbers import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1951년", {1951}),
        ("１９５１年", {1951}),
        ("一九五一年", {1951}),
        ("2만 5천 명", {25_000}),
        ("25,000 children", {25_000}),
        ("二万五千人", {25_000}),
        ("２万５０００人", {25_000}),
        ("3억 5000만", {350_000_000}),
        ("1.2 million", {1_200_000}),
        ("120만", {1_200_000}),
        ("3 thousand and 40", {3_000, 40}),
        ("from 1950 to 1953", {1950, 1953}),
        ("the 1950s, the '50s", {1950, 50}),
        ("6월 25일", {6, 25}),
        ("二十", {20}),
        ("百二十三", {123}),
        ("3.5", set()),
        ("万一", set()),
        ("一人", set()),
        ("二三五千", set()),
        ("B52, v1.4", set()),
        ("1,95", {1, 95}),
        ("", set()),
    ],
)
def test_numbers(text, found):
    assert numbers(text) == found
