"""The fault switches, by name."""

import json
from dataclasses import asdict

import pytest

from bot.errors import PlayError
from bot.sandbox.faults import Faults
from bot.sandbox.page.switches import Switches


def test_every_fault_is_a_switch_but_what_decides_and_counts_inside():
    faults = Faults()
    switches = Switches(faults)
    switches.turn("error_502", True)
    switches.turn("slow_s", 60)
    shown = {switch["name"]: switch["value"] for switch in json.loads(json.dumps(switches.shown()))}
    switched = {name for name, value in asdict(faults).items() if isinstance(value, bool | float)}
    assert shown.keys() == switched
    assert shown["error_502"] is True
    assert shown["slow_s"] == 60.0
    assert not any(shown[name] for name in switched - {"error_502", "slow_s"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("error_502", 1),
        ("slow_s", -1),
        ("slow_s", 60.1),
        ("slow_s", float("nan")),
        ("slow_s", True),
        ("__class__", True),
        ("chance", 1.0),
        ("too_soon", 1.0),
    ],
)
def test_a_switch_refuses_what_it_cannot_be(name, value):
    faults = Faults()
    with pytest.raises(PlayError, match=name):
        Switches(faults).turn(name, value)
    assert faults == Faults()
