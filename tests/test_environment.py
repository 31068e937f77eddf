"""The environment: locked and hashed pins without addresses, a launcher for every system, and a set-up that
notices what is wrong and that no setting of a user leads astray.

Public reports stand at the tests that come from them.
"""

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
import yaml

from course import ROOT
from tools import check, launcher, lock, settings
from tools.environment import LISTS, Environment, covers
from tools.layout import Layout
from tools.run import wanted

LOCKS = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.txt")}
REQUIREMENTS = LOCKS["requirements"]
UNREACHED = re.compile(
    "error sending request|network was disabled|Temporary failure|Max retries|No matching dist"
)


def pinned(lock_: str) -> dict[str, str]:
    """Version by name of what a lock pins."""
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==([^\s;]+)", lock_, re.M))


class TestLocks:
    def test_conda_users_get_the_learners_pins(self):
        listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"][-1]["pip"]
        assert listed == lock.pins(REQUIREMENTS)  # and no path: some builds see this file before the clone
        assert (ROOT / "environment.yml").read_text() == lock.environment(REQUIREMENTS)
        assert "pip install --no-deps -e ." in (ROOT / "postBuild").read_text()

    @pytest.mark.parametrize("name", LOCKS)
    def test_every_pin_is_exact_and_hashed_and_names_no_address(self, name):
        blocks = re.split(r"\n(?=[a-z0-9])", LOCKS[name])[1:]
        assert len(blocks) >= 5
        assert not [one for one in blocks if "==" not in one.split("\n")[0] or "--hash=sha256:" not in one]
        assert "://" not in LOCKS[name]

    @pytest.mark.parametrize("name", ["", *(f"-{one}" for one in LISTS)])
    def test_every_wanted_package_is_pinned(self, name):
        parts = {"": [""], "-dev": ["-dev", "-site", "-teach"]}.get(name, [name])
        wanted = {
            name
            for part in parts
            for name in re.findall(r"^([a-z][\w-]*)", (ROOT / f"requirements{part}.in").read_text(), re.M)
        }
        assert len(wanted) >= 4 and wanted <= {*pinned(REQUIREMENTS), *pinned(LOCKS[f"requirements{name}"])}

    def test_no_two_locks_disagree(self):
        apart = {path.name: path.read_text() for path in ROOT.glob("tests/*.txt")}
        assert {"nbgrader.txt", "distributed.txt"} <= apart.keys()
        versions: dict[str, set[str]] = {}
        for text in (*LOCKS.values(), *apart.values()):
            for name, version in pinned(text).items():
                versions.setdefault(name, set()).add(version)
        assert {name: found for name, found in versions.items() if len(found) > 1} == {}

    def test_learners_get_no_browser_driver_and_no_test_library(self):
        assert not pinned(REQUIREMENTS).keys() & {
            "pytest",
            "playwright",
            "nbval",
            "hypothesis",
            "ruff",
            "sphinx",
        }

    def test_a_mac_with_an_intel_processor_finds_wheels(self):
        """From 26 on argon2-cffi-bindings has none for it, and a learner would need a compiler."""
        assert int(pinned(REQUIREMENTS)["argon2-cffi-bindings"].split(".")[0]) < 26

    def test_no_start_of_jupyter_builds_parsers_of_addresses(self):
        """A second of each start, for a format that no schema of Jupyter's has: python-jsonschema/jsonschema#1428."""
        assert not [lock_ for lock_ in LOCKS.values() if "rfc3987-syntax" in pinned(lock_)]


class TestLauncher:
    def test_it_asks_for_the_python_that_the_package_asks_for(self):
        asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
        assert asked == ">=3.11" and "(3, 11)" in (ROOT / "course.py").read_text()

    def test_an_old_python_gets_one_line(self, tmp_path, monkeypatch, capsys):
        spec = importlib.util.spec_from_file_location("launched", ROOT / "course.py")
        course = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(course)
        monkeypatch.setattr(sys, "version_info", (3, 6, 15))
        with pytest.raises(SystemExit, match="too old: .* 3.11 or newer"):
            course.main()

    @pytest.mark.parametrize("feature", [(3, 6), (3, 8), (3, 10)])
    def test_an_old_python_can_read_it(self, feature):
        compile((ROOT / "course.py").read_text(encoding="utf-8"), "course.py", "exec", 0, True)
        import ast

        ast.parse((ROOT / "course.py").read_text(encoding="utf-8"), feature_version=feature)
        assert 'f"' not in (ROOT / "course.py").read_text(encoding="utf-8")

    def test_make_without_python_gets_one_line(self):
        run = subprocess.run(
            ["make", "-s", "env", "PYTHON=no-such"], cwd=ROOT, capture_output=True, text=True
        )
        told = [line for line in (run.stdout + run.stderr).splitlines() if not line.startswith("make")]
        assert run.returncode and len(told) == 1 and "Python is missing" in told[0]

    def test_files_in_the_course_folder_hide_nothing(self, tmp_path):  # jupyter-server/jupyter_server#327
        """-S: without what a system's own sitecustomize has imported already."""
        shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "course.py", tmp_path)
        for name in ("types", "random", "csv", "pandas"):
            (tmp_path / f"{name}.py").write_text("mine = 7\n")
        told = subprocess.run(
            [sys._base_executable, "-S", tmp_path / "course.py"], cwd=tmp_path, capture_output=True, text=True
        )
        assert told.returncode == 0 and "open the course in JupyterLab" in told.stdout, told.stderr

    def test_make_knows_every_command(self):
        listed = re.search(r"^COMMANDS := (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
        assert listed == list(launcher.COMMANDS)

    def test_every_script_is_there(self):
        steps = [step for command in launcher.COMMANDS.values() for step in command.steps]
        assert len(steps) >= 8
        assert [step for step in steps if step[0] != "-m" and not (ROOT / step[0]).exists()] == []
        assert [name for name in check.wanted([]) if not (ROOT / name).exists()] == []

    def test_each_recipe_has_its_kind_of_check(self):
        page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        assert set(re.findall(r"make check ONLY=(\w+)", page)) == check.KINDS.keys()

    def test_a_kind_and_a_notebook_are_named_alone(self):
        assert check.wanted(["figure", "03"])[-1] == "notebooks/03_energy.ipynb"
        assert set(check.wanted(["fact"])) < set(check.wanted([]))
        with pytest.raises(SystemExit) as told:
            check.wanted(["figures"])
        assert "no kind of change 'figures'" in told.value.code and "Did you mean figure?" in told.value.code

    def test_a_slip_gets_the_nearest_name(self, capsys):
        assert launcher.main(["chek"]) == 2
        assert "Did you mean check?" in capsys.readouterr().err

    def test_a_notebook_is_named_by_how_it_begins(self):
        assert [path.stem for path in wanted(["05"])] == ["05_limits"] * 2
        assert len(wanted([])) == 13
        with pytest.raises(SystemExit, match="No notebook is named '09'. There are: 00_start_here"):
            wanted(["09"])

    def test_a_python_of_the_store_is_told(self):
        store = PureWindowsPath(r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_x64")
        assert launcher.from_store(store)
        assert not launcher.from_store(PureWindowsPath(r"C:\Users\Мария\Python312"))

    def test_ctrl_c_is_for_what_it_started(self, tmp_path):
        """On Windows the launcher waits beside JupyterLab, which asks a question on Ctrl+C."""
        child = (
            "from signal import *; import time; signal(2, lambda *_: exit(7)); "
            "print('up', flush=True); time.sleep(60)"
        )
        code = (
            "import os, sys; from tools import launcher; "
            f"sys.exit(launcher.wait_for([sys.executable, '-c', {child!r}], os.environ))"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert process.stdout.readline() == "up\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 7


class TestPlaces:
    """Windows by its logic: nobody has run the course there."""

    WINDOWS = Layout(PureWindowsPath(r"C:\Users\Мария Иванова\Курс 1\.venv"), "nt_venv")
    OTHERS = Layout(PurePosixPath("/home/мария/курс 1/.venv"), "posix_venv")

    def test_windows(self):
        within = PureWindowsPath(r"C:\Users\Мария Иванова\Курс 1\.venv")
        assert self.WINDOWS.windows
        assert self.WINDOWS.python == within / "Scripts" / "python.exe"
        assert self.WINDOWS.program("uv") == within / "Scripts" / "uv.exe"
        assert self.WINDOWS.site == within / "Lib" / "site-packages"

    def test_others(self):
        within, version = PurePosixPath("/home/мария/курс 1/.venv"), f"python3.{sys.version_info[1]}"
        assert not self.OTHERS.windows
        assert self.OTHERS.program("uv") == within / "bin" / "uv"
        assert self.OTHERS.site == within / "lib" / version / "site-packages"

    def test_files_to_double_click(self):
        windows = (ROOT / "open-course.bat").read_bytes().decode("ascii")
        assert windows.count("\r\n") == windows.count("\n") and "py -3 course.py lab" in windows
        assert 'cd /d "%~dp0"' in windows and os.access(ROOT / "open-course.command", os.X_OK)


class TestSettings:
    ASTRAY = {
        "PIP_USER": "1", "PIP_TARGET": "/x", "PIP_PREFIX": "/x", "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_NO_BINARY": ":all:", "PYTHONWARNINGS": "error",
        "UV_PYTHON": "3.9", "UV_SYSTEM_PYTHON": "1", "UV_PROJECT_ENVIRONMENT": "/x", "UV_TARGET": "/x",
        "PYTHONPATH": "/x", "PYTHONHOME": "/x", "PYTHONSTARTUP": "/x", "PYTHONUSERBASE": "/x",
        "CONDA_PREFIX": "/x", "VIRTUAL_ENV": "/x", "JUPYTER_PATH": "/x", "PYTEST_ADDOPTS": "-x",
    }  # fmt: skip
    KEPT = {
        "UV_DEFAULT_INDEX": "a", "UV_INDEX_URL": "b", "UV_EXTRA_INDEX_URL": "c",
        "UV_INDEX_HOME_PASSWORD": "d", "HTTPS_PROXY": "e", "SSL_CERT_FILE": "f",
        "UV_NATIVE_TLS": "1", "UV_CACHE_DIR": "g", "PATH": "h",
    }  # fmt: skip

    def test_what_leads_astray_is_dropped_and_the_way_to_packages_kept(self):
        assert settings.clean(self.ASTRAY | self.KEPT) == self.KEPT | {"JUPYTER_PREFER_ENV_PATH": "1"}

    @pytest.fixture
    def config(self, tmp_path):
        """A user's configuration of pip."""
        (tmp_path / "pip").mkdir()
        (tmp_path / "pip" / "pip.conf").write_text(
            "[global]\nindex-url = https://mirror.example/simple\nuser = true\ncert = /a.pem\n"
            "find-links =\n    /one\n    /two\n[install]\ntarget = /elsewhere\nextra-index-url = https://more.example/simple\n"
        )
        return {"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}

    def test_a_mirror_of_pip_is_passed_on_to_uv(self, config):  # astral-sh/uv#1404
        options = settings.pip_options(sys.executable, config)
        assert (
            options["index-url"] == "https://mirror.example/simple"
            and not {"user", "target"} & options.keys()
        )
        uv = settings.for_uv({}, options)
        assert (
            uv["UV_DEFAULT_INDEX"] == "https://mirror.example/simple" and uv["UV_FIND_LINKS"] == "/one,/two"
        )
        assert uv["SSL_CERT_FILE"] == "/a.pem" and uv["UV_INDEX"] == "https://more.example/simple"
        pip = settings.for_pip({}, options)
        assert (
            pip["PIP_INDEX_URL"] == "https://mirror.example/simple" and pip["PIP_CONFIG_FILE"] == os.devnull
        )

    def test_a_variable_outdoes_a_file_and_what_uv_was_told_stays(self, config):
        options = settings.pip_options(
            sys.executable, config | {"PIP_INDEX_URL": "https://mine.example/simple"}
        )
        assert options["index-url"] == "https://mine.example/simple"
        assert "UV_DEFAULT_INDEX" not in settings.for_uv({"UV_INDEX_URL": "told"}, options)

    def test_a_home_that_keeps_nothing_is_replaced(self, tmp_path):
        environ, said = settings.with_home({"HOME": str(tmp_path), "A": "b"}, tmp_path / ".venv")
        assert said == "" and environ == {"HOME": str(tmp_path), "A": "b"}
        for home in ("/nonexistent", "/proc/self"):
            environ, said = settings.with_home(
                {"HOME": home, "JUPYTER_DATA_DIR": "/proc"}, tmp_path / ".venv"
            )
            assert (
                environ == {"HOME": str(tmp_path / ".venv" / "home")} and "Nothing can be kept in /" in said
            )

    def test_one_folder_that_keeps_nothing_is_enough(self, tmp_path):
        (tmp_path / ".ipython").write_text("a file, where a folder should be")
        _, said = settings.with_home({"HOME": str(tmp_path)}, tmp_path / ".venv")
        assert str(tmp_path / ".ipython") in said


class TestStamp:
    @pytest.fixture
    def made(self, tmp_path):
        """A small real environment: a venv with one package in it, and its stamp."""
        for path in ROOT.glob("requirements*.txt"):
            shutil.copy(path, tmp_path)
        environment = Environment(tmp_path)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment.venv], check=True)
        info = environment.layout.site / "sample-1.0.dist-info"
        info.mkdir()
        (environment.layout.site / "sample.py").write_text("")
        (info / "RECORD").write_text("sample.py,,\nsample-1.0.dist-info/RECORD,,\n")
        environment.stamp.write_text(json.dumps(environment.wanted(["teach"])))
        return environment

    def test_a_whole_environment_is_left_alone(self, made):
        assert made.ready(["teach"])

    def test_one_that_holds_more_is_left_alone_and_one_that_holds_less_is_not(self, made):
        assert made.ready([]) and not made.ready(["dev"]) and not made.ready(["site"])
        made.stamp.write_text(json.dumps(made.wanted(["dev"])))
        assert made.ready([]) and made.ready(["dev"]) and made.ready(["site", "teach"])

    def test_dev_covers_all(self):
        assert covers(["dev"], list(LISTS)) and not covers(["teach", "site"], ["dev"])

    @pytest.mark.parametrize(
        "break_it",
        [
            lambda one: (one.layout.site / "sample.py").unlink(),
            lambda one: one.stamp.unlink(),
            lambda one: one.stamp.write_text("other pins"),
            lambda one: (one.root / "requirements.txt").write_text("other"),
            lambda one: one.layout.python.unlink(),
            lambda one: shutil.rmtree(one.layout.python.parent),
            lambda one: (one.venv / "pyvenv.cfg").write_text("command = python3 -m venv /elsewhere/.venv\n"),
        ],
        ids=[
            "a file is gone",
            "no stamp",
            "a broken stamp",
            "other pins",
            "no python",
            "no bin",
            "made elsewhere",
        ],
    )
    def test_a_damaged_environment_is_noticed(self, made, break_it):
        break_it(made)
        assert not made.ready(["teach"])

    def test_packages_that_went_elsewhere_are_noticed(self, made):
        """As with a `target` of uv or pip that nobody thought of."""
        assert "pandas" in made.lacks([]) and "colorama" not in made.lacks([])

    def test_the_pin_of_uv_is_found(self, made):
        assert made.pin_of("uv").startswith("uv==") and "--hash" in made.pin_of("uv")


def small(folder: Path) -> Path:
    """A course of few packages, with the real launcher: what is needed to see how an environment is made. One of them asks
    for what the lock does not hold, as an older pip takes one with an extra: pypa/pip#9644."""
    course = folder / "Курс один"
    shutil.copytree(ROOT / "tools", course / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "course.py", course)
    (course / "ruspak_jupyter" / "etc" / "jupyter").mkdir(parents=True)
    (course / "ruspak_jupyter" / "etc" / "jupyter" / "ours.json").write_text("{}")
    whole, blocks = (
        Environment(),
        "".join(f"{Environment().pin_of(name)}" for name in ("uv", "pyyaml", "traitlets", "jinja2")),
    )
    (course / "requirements.txt").write_text(blocks)
    (course / "requirements-teach.txt").write_text(
        re.search(r"^segno==(?:.*\\\n)*.*\n", whole.files(["teach"])[1].read_text(), re.M)[0]
    )
    return course


def launch(course: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess:
    """Run the small course's launcher with these variables on top of ours."""
    ran = subprocess.run(
        [sys._base_executable, course / "course.py", *arguments],
        env=os.environ | environ, capture_output=True, text=True, cwd=course.parent,
    )  # fmt: skip
    if ran.returncode and UNREACHED.search(ran.stdout + ran.stderr):
        pytest.skip("packages can't be fetched without network: no environment was made")
    return ran


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """An environment made under settings that lead astray, in a folder with a space and Cyrillic letters;
    with it a folder that must stay empty.

    Reports: pypa/pip#8977, pypa/virtualenv#1416 (user = true); pypa/pip#4984, #9054, #1960 and #1338 (letters
    and spaces in the path); pypa/pip#9243 (constraints beside hashes); astral-sh/uv#9962 (HOME=/nonexistent);
    hynek/build-and-inspect-python-package#180, astral-sh/uv#7829, #15603 (another Python, another environment).
    """
    folder = tmp_path_factory.mktemp("odd")
    for name in ("ruspak.py", "json.py", "csv.py"):
        (folder / "evil").mkdir(exist_ok=True)
        (folder / "evil" / name).write_text("raise SystemExit('a stranger was imported')\n")
    (folder / "config" / "pip").mkdir(parents=True)
    (folder / "config" / "pip" / "pip.conf").write_text(
        f"[global]\nuser = true\n[install]\ntarget = {folder}/astray/file\n"
    )
    astray = {
        name: str(folder / "astray" / name)
        for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "UV_PROJECT_ENVIRONMENT", "PYTHONUSERBASE")
    }
    (folder / "constraints.txt").write_text("pyyaml==5.4\n")
    astray |= {"PIP_USER": "1", "PIP_REQUIRE_VIRTUALENV": "1", "UV_PYTHON": "3.9",
               "HOME": "/nonexistent", "PIP_CONSTRAINT": str(folder / "constraints.txt"), "UV_SYSTEM_PYTHON": "1",
               "PYTHONPATH": str(folder / "evil"), "PYTHONSTARTUP": "/nowhere", "PYTHONWARNINGS": "error",
               "CONDA_PREFIX": "/nowhere", "XDG_CONFIG_HOME": str(folder / "config")}  # fmt: skip
    course = small(folder)
    ran = launch(course, "env", "teach", **astray)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "uv did not manage" not in ran.stdout
    return course, folder / "astray", astray


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An environment with nothing but pip in it, as the launcher makes one: where only what comes then is tried."""
    environment = Environment(tmp_path_factory.mktemp("empty"))
    environment._make_empty(settings.clean(os.environ))
    return environment.venv


class TestMade:
    def test_under_any_settings_it_holds_the_pins_and_nothing_lies_elsewhere(self, odd):
        course, elsewhere, _ = odd
        environment = Environment(course)
        assert environment.lacks(["teach"]) == [] and environment.ready(["teach"]) and environment.ready([])
        assert not elsewhere.exists() and not Path("/nonexistent").exists()

    def test_settings_of_the_server_are_in_its_etc(self, odd):
        assert (odd[0] / ".venv" / "etc" / "jupyter" / "ours.json").read_text() == "{}"

    def test_ruspak_is_found_in_the_clone(self, odd):
        course = odd[0]
        say = "import sys; print(sys.path[-1])"
        said = subprocess.check_output([Environment(course).layout.python, "-I", "-c", say], text=True)
        assert said == f"{course}\n"

    def test_less_is_asked_and_nothing_is_undone(self, odd):
        course, _, astray = odd
        began = time.monotonic()
        ran = launch(course, "env", "lab", **astray)
        assert (ran.returncode, ran.stdout) == (0, "") and time.monotonic() - began < 20
        assert Environment(course).holds() == ["teach"]

    def test_a_damaged_one_is_mended(self, odd):
        course, _, astray = odd
        lost = Environment(course).layout.site / "traitlets" / "__init__.py"
        lost.unlink()
        ran = launch(course, "env", "teach", **astray)
        assert ran.returncode == 0 and lost.is_file(), ran.stdout + ran.stderr

    @pytest.mark.parametrize("cache", ["/dev/shm", "/proc"], ids=["on another disk", "that can't be written"])
    def test_a_cache_elsewhere_is_no_hindrance(
        self, tmp_path, empty, cache
    ):  # astral-sh/uv#6397, #15149; uv#15691
        if not Path(cache).is_dir():
            pytest.skip(f"there is no {cache} here")
        folder, course = Path(cache, f"ruspak-cache-{os.getpid()}"), small(tmp_path)
        shutil.copytree(empty, course / ".venv", symlinks=True)
        made = course / ".venv" / "pyvenv.cfg"
        made.write_text(
            made.read_text(encoding="utf-8").replace(str(empty), str(course / ".venv")), encoding="utf-8"
        )
        try:
            ran = launch(course, "env", "teach", UV_CACHE_DIR=str(folder), PIP_CACHE_DIR=str(folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        assert ran.returncode == 0 and "Traceback" not in ran.stderr, ran.stdout + ran.stderr
        assert ("plain pip" in ran.stdout) == (cache == "/proc") and "hardlink" not in ran.stderr

    def test_without_venv_there_is_one_line(self, tmp_path):
        """As on Debian without python3-venv: ensurepip is not there."""
        course = small(tmp_path)
        code = (
            "import sys; sys.path.insert(0, '.'); from tools import launcher; "
            "sys.executable = '/bin/false'; launcher.main(['env'])"
        )
        ran = subprocess.run([sys.executable, "-c", code], cwd=course, capture_output=True, text=True)
        assert (
            ran.returncode == 1 and "apt install python3-venv" in ran.stderr and "Traceback" not in ran.stderr
        )
        assert not (course / ".venv").exists()

    @pytest.mark.skipif(
        not shutil.which("bwrap"), reason="no bubblewrap: as root nothing else makes a folder read-only"
    )
    def test_a_folder_that_cannot_be_written_gets_a_line(self, tmp_path):
        course = small(tmp_path)
        words = [
            "bwrap",
            "--dev-bind",
            "/",
            "/",
            "--ro-bind",
            course,
            course,
            sys._base_executable,
            course / "course.py",
        ]
        ran = subprocess.run([*words, "env", "lab"], capture_output=True, text=True)
        assert ran.returncode == 1 and "Traceback" not in ran.stderr
        assert (
            "Python could not make an environment in" in ran.stderr and "Read-only file system" in ran.stderr
        )


def test_lab_starts_without_a_home_and_takes_its_own_kernel(tmp_path):
    """Another user's kernel, or one in a folder that JUPYTER_PATH names, comes before an environment's own
    else.
    """
    kernel = tmp_path / "foreign" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        '{"argv": ["false"], "display_name": "foreign", "language": "python"}'
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        "lab",
        "--no-browser",
        "--IdentityProvider.token=",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
    ]
    if not Environment().ready([]):
        pytest.skip("these tests run in another environment than .venv")
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys._base_executable, ROOT / "course.py", *words], stdout=out, stderr=out,
            env=os.environ | {"HOME": "/proc/nowhere", "JUPYTER_PATH": str(tmp_path / "foreign")},
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            with contextlib.suppress(OSError):
                found = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/api/kernelspecs"))
                break
            time.sleep(0.2)
        else:
            pytest.fail(log.read_text())
        assert found["kernelspecs"]["python3"]["spec"]["display_name"] != "foreign"
    finally:
        server.terminate()
        server.wait(30)
    assert "Traceback" not in log.read_text() and "Nothing can be kept in /proc/nowhere" in log.read_text()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder into which `pip install .` put ruspak; made from a copy, as a build writes beside what it
    builds.
    """
    folder = tmp_path_factory.mktemp("installed")
    for name in ("ruspak", "data", "quizzes", "exercises"):
        shutil.copytree(ROOT / name, folder / "clone" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (
        *ROOT.glob("requirements*.in"),
        *ROOT.glob("*.py"),
        ROOT / "pyproject.toml",
        ROOT / "README.md",
    ):
        shutil.copy(path, folder / "clone")
    (folder / "clone" / "ruspak_jupyter" / "etc" / "sample").mkdir(parents=True, exist_ok=True)
    (folder / "clone" / "ruspak_jupyter" / "etc" / "sample" / "a.json").write_text("{}")
    uv = Path(sys.executable).with_name("uv")
    ran = subprocess.run(
        [uv, "pip", "install", "--quiet", "--no-deps", "--target", folder / "there", folder / "clone"],
        capture_output=True, text=True, env=settings.clean(os.environ),
    )  # fmt: skip
    if ran.returncode and UNREACHED.search(ran.stderr):
        pytest.skip("setuptools can't be fetched without network: the package was not built")
    assert ran.returncode == 0, ran.stderr
    return folder / "there"


class TestInstalled:
    def test_ruspak_works_from_anywhere(self, installed, tmp_path):
        code = """
import ruspak
from ruspak.quiz import bank
from ruspak.sheets import public
print(ruspak.__file__); print(len(ruspak.table("un_votes"))); print(len(bank.questions()))
print(public.read("history")["notebook"]); print(ruspak.about("un_votes") is None)"""
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("RUSPAK", "PYTHON"))
        }
        said = subprocess.check_output(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            text=True,
            env=environ | {"PYTHONPATH": str(installed)},
        )
        file, *counts = said.split()
        assert file.startswith(str(installed)) and int(counts[0]) > 6000 and int(counts[1]) >= 99
        assert counts[2] == "01_history"

    def test_keys_and_solutions_stay_out(self, installed):
        assert [
            path
            for path in installed.rglob("*")
            if "solutions" in path.parts or path.name == "facts_edits.csv"
        ] == []

    def test_settings_of_the_server_come_along(self, installed):
        assert (installed / "etc" / "sample" / "a.json").is_file()
