"""See what a change is likely to break: make check, or for one kind of change make check ONLY=figure

`python course.py check figure 03` also runs the notebooks whose names begin so, against their stored outputs.
"""

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each kind of change in CONTRIBUTING.md breaks. Without a kind all are run, and the first notebook.
KINDS = {
    "fact": ("test_data_facts", "test_data_package", "test_data_text"),
    "number": ("test_measures", "test_numbers", "test_prose", "test_traced", "test_data_package"),
    "table": ("test_data_package", "test_data_described", "test_data_text"),
    "question": ("test_quiz_bank", "test_quiz_unread", "test_notebooks", "test_teaching", "test_traced"),
    "item": ("test_sheets_keys", "test_numbers", "test_prose", "test_traced", "test_cells"),
    "verdict": ("test_data_text", "test_data_package", "test_quiz_unread", "test_prose"),
    "term": ("test_data_text", "test_data_package", "test_notebooks"),
    "figure": ("test_titles", "test_cells", "test_notebooks"),
    "plan": ("test_teaching", "test_numbers", "test_traced"),
    "text": ("test_prose", "test_numbers", "test_traced", "test_fairness", "test_notebooks"),
}
FIRST = "00"
SLOW = "not thousand_students and not worked_sheet and not handed_out"


def wanted(words: list[str]) -> list[str]:
    """The test files of kinds of change, and the notebooks whose names begin so; without a word, of all kinds.

    Raises SystemExit with a message for a word that is neither.
    """
    kinds, begins = [word for word in words if word in KINDS], [word for word in words if word not in KINDS]
    if not words:
        kinds, begins = list(KINDS), [FIRST]
    files = [f"tests/{name}.py" for kind in kinds for name in KINDS[kind]]
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


def main() -> int:
    """Look at the code, then run the tests. Returns the exit code of the first that fails."""
    files = wanted(sys.argv[1:])
    os.environ["RUSPAK_SAMPLE"] = "1"  # tests/test_sheets_keys.py
    return subprocess.call([sys.executable, "-m", "ruff", "check", "--quiet"]) or pytest.main(
        ["-q", "--tb=short", *files, "-k", SLOW]
    )


if __name__ == "__main__":
    sys.exit(main())
