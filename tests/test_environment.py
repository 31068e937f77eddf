"""The environment: the same pins everywhere, no addresses, and a set-up that notices what is wrong."""
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from course import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import environment
import pins

REQUIREMENTS = (ROOT / "requirements.txt").read_text()


def test_conda_users_get_the_same_pins():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"][-1]["pip"]
    assert listed == ["-e .", *pins.pins(REQUIREMENTS)]
    assert (ROOT / "environment.yml").read_text() == pins.environment(REQUIREMENTS)


def test_every_pin_is_exact_and_hashed_and_names_no_address():
    blocks = re.split(r"\n(?=[a-z0-9])", REQUIREMENTS)[1:]
    assert len(blocks) > 100
    assert not [block for block in blocks if "==" not in block.split("\n")[0] or "--hash=sha256:" not in block]
    assert "://" not in REQUIREMENTS


def test_every_wish_is_pinned():
    wishes = re.findall(r"^([a-z][\w-]*)", (ROOT / "requirements.in").read_text(), re.M)
    assert not [wish for wish in wishes if not re.search(rf"^{wish}==", REQUIREMENTS, re.M)]


def test_the_package_asks_for_the_python_that_the_makefile_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert asked == ">=3.11" and "(3, 11)" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("answer, says", [("exit 1", "too old"), (None, "Python is missing")])
def test_a_missing_or_old_python_gets_one_line(tmp_path, answer, says):
    fake = tmp_path / "python3"
    if answer:
        fake.write_text(f"#!/bin/sh\n[ \"$1\" = --version ] && echo Python 3.9.2 && exit\n{answer}\n")
        fake.chmod(0o755)
    run = subprocess.run(["make", "-s", "env", f"PYTHON={fake}"], cwd=ROOT, capture_output=True, text=True)
    told = [line for line in (run.stdout + run.stderr).splitlines() if not line.startswith("make")]
    assert run.returncode and len(told) == 1 and says in told[0]


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A small real environment: a venv with one package in it, and its stamp."""
    venv = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    assert (venv / "pyvenv.cfg").read_text().rstrip().endswith(f" {venv}")
    site = next(venv.glob("lib/python*/site-packages"))
    info = site / "sample-1.0.dist-info"
    info.mkdir()
    (site / "sample.py").write_text("")
    (info / "RECORD").write_text("sample.py,,\nsample-1.0.dist-info/RECORD,,\n")
    for name, value in {"VENV": venv, "PYTHON": venv / "bin" / "python", "STAMP": venv / "made-from"}.items():
        monkeypatch.setattr(environment, name, value)
    environment.STAMP.write_text(environment.wanted())
    return venv


def test_a_whole_environment_is_left_alone(made):
    assert environment.ready()


@pytest.mark.parametrize("break_it", [
    lambda venv: next(venv.glob("lib/python*/site-packages/sample.py")).unlink(),
    lambda venv: (venv / "made-from").unlink(),
    lambda venv: (venv / "made-from").write_text("other pins"),
    lambda venv: os.remove(venv / "bin" / "python"),
    lambda venv: shutil.rmtree(venv / "bin"),
    lambda venv: (venv / "pyvenv.cfg").write_text("command = python3 -m venv /elsewhere/.venv\n"),
], ids=["a file is gone", "no stamp", "other pins", "no python", "no bin", "made elsewhere"])
def test_a_damaged_environment_is_noticed(made, break_it):
    break_it(made)
    assert not environment.ready()


def test_every_script_that_make_calls_is_there():
    called = re.findall(r"python ((?:tools|benchmarks|data)/\S+)", (ROOT / "Makefile").read_text())
    assert len(called) >= 5 and not [name for name in called if not (ROOT / name).exists()]


def test_the_pin_of_uv_is_found():
    assert environment.pin_of("uv").startswith("uv==") and "--hash" in environment.pin_of("uv")
