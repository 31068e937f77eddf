"""Where progress and sheets lie: ~ is the home folder, a relative path begins at the course, whatever the kernel's folder."""

import subprocess
import sys

import pytest

from course import ROOT
from ruspak.errors import CourseError
from ruspak.folders import folder_from
from ruspak.quiz.progress import path
from ruspak.sheets import public

CASES = [
    ("~/prog", "{home}/prog"),
    ("~", "{home}"),
    ("prog", "{course}/prog"),
    ("./a/../prog", "{course}/a/../prog"),
    (" {home}/p ", "{home}/p"),
    ("", "default"),
    ("  ", "default"),
]


@pytest.mark.parametrize("named, folder", CASES)
def test_a_folder_is_the_same_from_everywhere(tmp_path, monkeypatch, named, folder):
    where = {"home": tmp_path, "course": ROOT}
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("RUSPAK_TEST", named.format(**where))
    found = set()
    for start in (tmp_path, ROOT / "notebooks", ROOT):
        monkeypatch.chdir(start)
        found.add(str(folder_from("RUSPAK_TEST", lambda: "default")))
    assert found == {str(folder.format(**where))}


def test_sheets_and_progress_are_found_by_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUSPAK_PROGRESS", "~/prog")
    monkeypatch.setenv("RUSPAK_SHEETS", "tests/sheet_samples")
    public.read.cache_clear()
    try:
        assert path() == tmp_path / "prog/attempts.jsonl" and public.read("sample")["sheet"] == "sample"
    finally:
        public.read.cache_clear()


def test_a_home_of_nobody_is_told(monkeypatch):
    monkeypatch.setenv("RUSPAK_TEST", "~nobody-of-that-name/x")
    with pytest.raises(CourseError, match="Write the path in full"):
        folder_from("RUSPAK_TEST", lambda: "")


def test_answers_of_two_folders_land_in_one_file(tmp_path):
    code = (
        "from ruspak.quiz.progress import FIELDS, append, attempts;"
        "append(dict.fromkeys(FIELDS, 'x') | dict.fromkeys(('correct', 'revealed', 'confidence', 'brier')));"
        "print(len(attempts('x')))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT / folder,
            capture_output=True,
            text=True,
            check=True,
            env={"HOME": str(tmp_path), "RUSPAK_PROGRESS": "~/prog", "PYTHONPATH": str(ROOT)},
        ).stdout
        for folder in ("notebooks", "exercises")
    ]
    assert (
        told == ["1\n", "2\n"]
        and not (ROOT / "notebooks/~").exists()
        and (tmp_path / "prog/attempts.jsonl").exists()
    )
