"""Build the site into build/site: python site/make.py. Any warning (a link or anchor that leads nowhere) ends it."""

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "site"


def main() -> int:
    """Sphinx's exit code; the folder is only replaced by a whole site."""
    fresh = OUT.with_name("site.new")
    shutil.rmtree(fresh, ignore_errors=True)
    if failed := sphinx(
        [
            "--quiet",
            "--fail-on-warning",
            "--keep-going",
            "--conf-dir",
            str(ROOT / "site"),
            "--doctree-dir",
            str(ROOT / "build" / "doctrees"),
            str(ROOT),
            str(fresh),
        ]
    ):
        return failed
    shutil.rmtree(OUT, ignore_errors=True)
    fresh.rename(OUT)
    print(f"The site is in {OUT.relative_to(ROOT)}: open index.html there, or publish the folder as it is.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
