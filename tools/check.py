"""See what a change is likely to break: make check, or for one kind of change make check ONLY=figure

`python course.py check figure 03` also runs the notebooks whose names begin so, against their stored outputs. For a
figure those that you changed are run anyway, for an item the tests of the changed sheets: what differs from
origin/main, or from the last commit where there is no such branch.
"""

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
# What each kind of change in CONTRIBUTING.md breaks. Without a kind all are run, and the first notebook.
KINDS = {
    "fact": ("test_data_facts", "test_data_package", "test_data_text"),
    "number": ("test_measures", "test_numbers", "test_prose", "test_traced", "test_data_package"),
    "table": ("test_data_package", "test_data_described", "test_data_text", "test_numbers", "test_teaching"),
    "question": ("test_quiz_bank", "test_quiz_unread", "test_notebooks", "test_teaching", "test_traced"),
    "item": ("test_sheets_keys", "test_numbers", "test_prose", "test_traced", "test_cells"),
    "verdict": (
        "test_codings",
        "test_outlook",
        "test_data_text",
        "test_data_package",
        "test_quiz_unread",
        "test_prose",
    ),
    "term": ("test_data_text", "test_data_package", "test_notebooks"),
    "figure": ("test_titles", "test_cells", "test_notebooks"),
    "plan": ("test_teaching", "test_numbers", "test_traced"),
    "text": ("test_prose", "test_numbers", "test_traced", "test_fairness", "test_notebooks"),
}
FIRST = "00"
SLOW = "not thousand_students and not worked_sheet and not handed_out"
BASES = ("origin/main", "HEAD")
OF_A_SHEET = ("test_sheets_slips", "test_sheets_spaces")  # minutes for all, so for changed sheets only


def wanted(words: list[str]) -> list[str]:
    """The test files of kinds of change, and the notebooks whose names begin so; without a word, of all kinds.

    Raises SystemExit with a message for a word that is neither.
    """
    kinds, begins = [word for word in words if word in KINDS], [word for word in words if word not in KINDS]
    if not words:
        kinds, begins = list(KINDS), [FIRST]
    files = [f"tests/{name}.py" for kind in kinds for name in KINDS[kind]]
    if "item" in words and changed_sheets():
        files += [f"tests/{name}.py" for name in OF_A_SHEET]
    if "figure" in words:
        files += changed_figures()
    for begin in begins:
        found = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.name.startswith(begin)]
        if not found:
            near = difflib.get_close_matches(begin, KINDS, n=1)
            sys.exit(
                f"There is no kind of change '{begin}', and no notebook begins so. "
                f"{f'Did you mean {near[0]}? ' if near else ''}Kinds: {', '.join(KINDS)}."
            )
        files += [path.relative_to(ROOT).as_posix() for path in found]
    return list(dict.fromkeys(files))


def git(root: Path, *words: str) -> list[str] | None:
    """The lines that git prints; None where there is no git, or no such thing in it."""
    try:
        run = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        return None
    return None if run.returncode else run.stdout.splitlines()


def changed(root: Path = ROOT) -> list[Path]:
    """The files that differ from BASES, not only by their time, and the new ones; without git all files."""
    for base in BASES:
        if (differ := git(root, "diff", "--name-only", "--relative", base)) is not None:
            new = git(root, "ls-files", "--others", "--exclude-standard") or []
            return [path for name in sorted({*differ, *new}) if (path := root / name).is_file()]
    return sorted(
        path for folder in ("notebooks", "solutions", "tests") for path in (root / folder).rglob("*.*")
    )


def changed_figures(root: Path = ROOT) -> list[str]:
    """The notebooks that differ, or whose rows in tests/titles.yaml do: there a title may have become false."""
    found, titles = changed(root), root / "tests/titles.yaml"
    names = {path.relative_to(root).as_posix() for path in found if path.suffix == ".ipynb"}
    if titles in found:
        text = next(filter(None, (git(root, "show", f"{base}:./tests/titles.yaml") for base in BASES)), [])
        before = yaml.safe_load("\n".join(text)) or {}
        now = yaml.safe_load(titles.read_text(encoding="utf-8"))
        names |= {f"{name}.ipynb" for name, rows in now.items() if rows != before.get(name)}
    return sorted(
        name for name in names if name.startswith(("notebooks/", "solutions/")) and (root / name).is_file()
    )


def changed_sheets(root: Path = ROOT) -> list[str]:
    """The names of the sheets that differ: key, worked sheet or slips."""
    folders = ("solutions", "solutions/keys", "tests/slips")
    return sorted(
        {path.stem for path in changed(root) if path.parent.relative_to(root).as_posix() in folders}
    )


def chosen(words: list[str]) -> str:
    """What pytest -k chooses of the files: nothing slow, and of tests for each sheet those of the changed ones."""
    sheets = changed_sheets() if "item" in words else []
    return f"{SLOW} and (not ({' or '.join(OF_A_SHEET)}) or {' or '.join(sheets)})" if sheets else SLOW


def main() -> int:
    """Look at the code, then run the tests. Returns the exit code of the first that fails."""
    files = wanted(sys.argv[1:])
    os.environ["RUSPAK_SAMPLE"] = "1"  # tests/test_sheets_keys.py
    return subprocess.call([sys.executable, "-m", "ruff", "check", "--quiet"]) or pytest.main(
        ["-q", "--tb=short", *files, "-k", chosen(sys.argv[1:])]
    )


if __name__ == "__main__":
    sys.exit(main())
