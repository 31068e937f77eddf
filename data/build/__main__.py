"""Rebuild the tables of the course from the raw files.

    python data/build                          every table, into data/
    python data/build un_votes --out /tmp/new  the named ones, into another folder

A build script is a module of this folder with `TABLES`, the names of the tables it writes, and four stages:
fetch() reads the raw files, process(raw) makes the tables, validate(tables) rejects implausible ones,
write(tables, folder) stores them. `AFTER` names the scripts whose tables it reads, if any.
"""

import argparse
import importlib
import sys
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

import pandas as pd
from common import DATA, Rejected, reject


def scripts() -> dict[str, ModuleType]:
    """The build scripts by name, each after those that it reads from."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    found = {name: importlib.import_module(name) for name in names}
    found = {
        name: module
        for name, module in found.items()
        if hasattr(module, "TABLES") and hasattr(module, "write")
    }
    ordered: dict[str, ModuleType] = {}

    def add(name: str) -> None:
        for earlier in getattr(found[name], "AFTER", ()):
            add(earlier)
        ordered[name] = found[name]

    for name in found:
        add(name)
    return ordered


def make(module: ModuleType) -> dict[str, pd.DataFrame]:
    """Run the first two stages; a cell that cannot be read, or a lost column, is rejected with the line that needs it."""
    try:
        return module.process(module.fetch())
    except (ValueError, TypeError, LookupError) as error:
        steps = [step for step in extract_tb(error.__traceback__) if step.filename == module.__file__]
        place = f"{Path(module.__file__).name} line {steps[-1].lineno}"
        message = f"the raw files do not give what {steps[-1].line!r} reads ({type(error).__name__}: {error})"
        return reject(", ".join(module.TABLES), place, message)


def build(module: ModuleType, folder: Path) -> None:
    """Run the four stages of one script; nothing is written unless validate() accepts the tables."""
    tables = make(module)
    module.validate(tables)
    module.write(tables, folder)


def main(words: list[str] | None = None) -> int:
    """Build the named scripts or tables, or all; 1 when one was rejected."""
    known = scripts()
    parser = argparse.ArgumentParser(prog="python data/build", description="Rebuild tables of the course.")
    parser.add_argument("names", nargs="*", help="scripts or tables: " + ", ".join(known))
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write into (default: data/)")
    asked = parser.parse_args(words)
    unknown = set(asked.names) - {name for key, module in known.items() for name in (key, *module.TABLES)}
    if unknown:
        parser.error(f"no such script or table: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, module in known.items():
        if not asked.names or {name, *module.TABLES} & set(asked.names):
            try:
                build(module, asked.out)
            except Rejected as error:
                print(f"{name}: rejected. {error}", file=sys.stderr)
                return 1
            print(f"{name}: {', '.join(module.TABLES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
