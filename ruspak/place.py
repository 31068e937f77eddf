"""Where the files of the course lie that ruspak reads: data/, quizzes/ and exercises/."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# In a clone beside this package, where they are edited; else within it, where `pip install .` puts a copy of
# them.
COURSE = _HERE.parent if (_HERE.parent / "data" / "datapackage.json").is_file() else _HERE / "_course"
