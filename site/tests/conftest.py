"""The site is built once for all its tests, by the same command as `make site`, and served on loopback."""
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    out = ROOT / "build" / "site"
    done = subprocess.run([sys.executable, ROOT / "site" / "make.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page, by its path below the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def address(site: Path, serve) -> str:
    """Where the site is served: a name that browsers trust with service workers."""
    return serve(site)
