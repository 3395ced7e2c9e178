"""What is the same for all tasks of a run goes to a worker once."""

from pickle import dumps

from assets.catalogue import Config
from cli import judgement
from cli.running.packing import Packed


def asked():
    return judgement.Asked(judgement.platform_of(None, "svod"), frozenset({"KR"}), None)


def test_a_worker_makes_the_value_once():
    question = asked()
    first, again = (Packed.of((question, Config())) for _ in range(2))
    assert first == again
    found, config = first.value()
    assert (found.platform.id, found.territories, config) == ("svod", frozenset({"KR"}), Config())
    assert again.value() is first.value()


def test_another_value_is_another():
    assert Packed.of("svod").value() == "svod"
    assert Packed.of("est").value() == "est"


def test_it_is_a_fraction_of_the_size():
    assert len(dumps(Packed.of(asked()))) * 3 < len(dumps(asked()))
