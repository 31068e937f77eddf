"""What tries to break the course: `make endure` (under an hour), `make endure-long` (hours), results in
benchmarks/ENDURANCE.md. Linux only, as are bubblewrap and SIGKILL.
"""

import sys
from pathlib import Path

# As conftest.py does: what drives a browser and a class in the tests is needed here, too.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
