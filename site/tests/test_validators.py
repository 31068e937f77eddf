"""Pages and book as the W3C's own checkers read them, where they are to be had: both take Java and one file.

Nu: https://github.com/validator/validator (`npm install vnu-jar`). EPUBCheck: https://github.com/w3c/epubcheck.
"""

import json
import os
import shutil
import subprocess

import pytest

UNKNOWN_TO_NU = ("container-type", "@container")  # in CSS since 2022


def checker(variable: str) -> list[str]:
    """The command of a checker; the test is skipped where it is not there."""
    jar = os.environ.get(variable)
    if not jar or not shutil.which("java"):
        pytest.skip(f"needs Java, and {variable} set to the checker's .jar: see the first lines of this file")
    return ["java", "-Xss8m", "-jar", jar]


def test_html_is_valid(site, pages):
    command = [*checker("RUSPAK_NU"), "--format", "json", "--errors-only", *(site / name for name in pages)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True).stderr)
    errors = [
        f"{error['url'].partition('build/site/')[2]}, line {error['lastLine']}: {error['message']}"
        for error in told["messages"]
        if not any(name in error["message"] for name in UNKNOWN_TO_NU)
    ]
    assert not errors, "\n".join(errors)


def test_the_book_is_valid(site):
    book = site.parent / "handouts" / "unlikely-partners.epub"
    command = [*checker("RUSPAK_EPUBCHECK"), "--failonwarnings", book]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
