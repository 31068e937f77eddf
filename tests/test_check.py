"""make check looks at what was changed: notebooks with figures, and the sheets of items."""

import subprocess

import pytest

from tools import check


@pytest.fixture
def clone(tmp_path):
    """A course under git with two notebooks and a key, all committed; clone(words) runs git in it."""
    for name in ("notebooks/01_x.ipynb", "notebooks/02_y.ipynb", "solutions/keys/01_x.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/titles.yaml").write_text("notebooks/01_x: {a: 1}\nnotebooks/02_y: {b: 1}\n")

    def git(*words):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "all"]):
        git(*words)
    return tmp_path, git


def test_what_was_changed_is_looked_at(clone):
    folder, git = clone
    assert check.changed(folder) == check.changed_figures(folder) == check.changed_sheets(folder) == []
    (folder / "notebooks/02_y.ipynb").write_text("{ }\n")
    (folder / "notebooks/03_new.ipynb").write_text("{}\n")
    (folder / "solutions/keys/01_x.py").write_text("sheet = 1\n")
    assert check.changed_figures(folder) == ["notebooks/02_y.ipynb", "notebooks/03_new.ipynb"]
    assert check.changed_sheets(folder) == ["01_x"]
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("add", "-A")
    git("commit", "-qm", "mine")
    assert len(check.changed(folder)) == 3, "a commit of one's own is a change, too"


def test_a_row_of_a_title_is_a_change_of_its_notebook(clone):
    folder, _ = clone
    (folder / "tests/titles.yaml").write_text("notebooks/01_x: {a: 1}\nnotebooks/02_y: {b: 2}\n")
    assert check.changed_figures(folder) == ["notebooks/02_y.ipynb"]


def test_without_git_all_is_looked_at(clone, monkeypatch):
    folder, _ = clone
    monkeypatch.setenv("PATH", str(folder))
    assert check.changed_figures(folder) == ["notebooks/01_x.ipynb", "notebooks/02_y.ipynb"]
    assert check.changed_sheets(folder) == ["01_x"]
