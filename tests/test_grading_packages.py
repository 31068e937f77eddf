"""The plan of ruspak/grading: data go collect → sandbox → marking → report, and no module looks ahead."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from course import ROOT

GRADING = ROOT / "ruspak" / "grading"
BENEATH = ("files", "text")
STEPS = ("collect", "sandbox", "marking", "report")
ON_TOP = ("batch", "run", "command")
ORDER = {name: place for place, name in enumerate([*BENEATH, *STEPS, *ON_TOP])}
# what a step may use of the others, besides files and text; batch, run and command use everything below them
USES = {
    "collect": set(),
    "sandbox": set(),
    "marking": {"collect", "sandbox"},
    "report": {"collect", "marking"},
}


def part(module: str) -> str:
    return module.split(".")[2] if module.count(".") > 1 else ""


def imports(path: Path) -> set[str]:
    """The modules that a file imports, those within functions as well, as absolute names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: imports are absolute here"
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


FILES = sorted(path for path in GRADING.rglob("*.py") if path != GRADING / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GRADING).as_posix())
def test_a_module_uses_only_what_lies_beneath_it(path):
    own = path.relative_to(GRADING).parts[0].removesuffix(".py")
    used = {part(name) for name in imports(path) if name.startswith("ruspak.grading.")} & ORDER.keys() - {own}
    if own in STEPS:
        assert used <= USES[own] | set(BENEATH)
    else:
        assert all(ORDER[name] < ORDER[own] for name in used)


def test_each_module_has_its_place():
    parts = {path.name.removesuffix(".py") for path in GRADING.iterdir() if path.name[:2] != "__"}
    assert parts == ORDER.keys()


def test_the_learners_kernel_does_not_import_grading():
    program = (
        "import ruspak, sys; assert not [name for name in sys.modules if name.startswith('ruspak.grading')]"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
