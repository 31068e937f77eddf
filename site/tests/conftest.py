"""The site as `make test-site` has just built it, served on loopback."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    out = ROOT / "build" / "site"
    assert (out / "index.html").is_file(), "there is no site yet: run make test-site, which builds it first"
    return out


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page, by its path below the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def address(site: Path, serve) -> str:
    """Where the site is served: a name that browsers trust with service workers."""
    return serve(site)
