"""How long the site takes to build from nothing."""

import os
import sys

from benchmarks.comparison import Measured, again
from endurance.trial import course, timed


def seconds() -> float:
    with course() as clone:
        return timed([sys.executable, "site/make.py"], cwd=clone, env=os.environ | {"PYTHONPATH": str(clone)})


def measure() -> list[Measured]:
    return [Measured("the site, from nothing", "s", again(seconds, rounds=2), aim=120)]
