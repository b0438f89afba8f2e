"""The fault switches, by name."""

from dataclasses import asdict

import pytest

from bot.errors import PlayError
from bot.sandbox.faults import Faults
from bot.sandbox.page.switches import Switches


def test_every_fault_is_a_switch():
    faults = Faults()
    switches = Switches(faults)
    switches.turn("error_502", True)
    switches.turn("slow_s", 60)
    shown = {switch["name"]: switch["value"] for switch in switches.shown()}
    assert shown == asdict(faults) == asdict(Faults()) | {"error_502": True, "slow_s": 60.0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("error_502", 1),
        ("slow_s", -1),
        ("slow_s", 60.1),
        ("slow_s", float("nan")),
        ("slow_s", True),
        ("__class__", True),
    ],
)
def test_a_switch_refuses_what_it_cannot_be(name, value):
    faults = Faults()
    with pytest.raises(PlayError, match=name):
        Switches(faults).turn(name, value)
    assert faults == Faults()
