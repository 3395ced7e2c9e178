"""docs/scale.md holds what benchmarks/scale.py works out, and that is worked out rightly."""

import importlib.util
import sys
from pathlib import Path

import pytest

from storage.stores import s3_upload

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def scale():
    spec = importlib.util.spec_from_file_location("scale", ROOT / "benchmarks" / "scale.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["scale"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["scale"]


def test_the_page_holds_both_tables(scale):
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert scale.inputs_table() in page
    assert scale.results_table() in page


@pytest.mark.parametrize("size", [1, 16 << 20, (16 << 20) + 1, 122 * 10**9, 10**12])
def test_parts_are_those_of_an_upload(scale, size):
    assert scale.PART.value == s3_upload.PART_BYTES
    assert scale.parts(size) == -(-size // s3_upload.part_bytes(size))


def test_a_result_is_the_product_of_its_inputs(scale):
    rows = {name: work(10_000) for name, _, work in scale.ROWS}
    assert rows["measure all masters once, ProRes"] == pytest.approx(10_000 * 0.87 * 5_040 / 3_600)
    assert rows["bytes sent, ProRes"] == pytest.approx(10_000 * 20 * 24.2e6 * 5_040 / 1e12)
    assert rows["packages"] == 200_000


@pytest.mark.parametrize(("value", "shown"), [(12_180, "12,000"), (2.78, "2.8"), (0.0222, "0.022"), (99.6, "100")])
def test_two_digits_are_shown(scale, value, shown):
    assert scale.shown(value) == shown
