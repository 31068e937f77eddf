"""Every page as the Nu checker of the W3C reads it: https://github.com/validator/validator."""

import json
import os
import shutil
import subprocess

import pytest

UNKNOWN_TO_IT = ("container-type", "@container")  # in CSS since 2022


def test_html_is_valid(site, pages):
    jar = os.environ.get("RUSPAK_VNU")
    if not jar or not shutil.which("java"):
        pytest.skip("no Nu checker: it takes Java and `npm install vnu-jar`; set RUSPAK_VNU to its vnu.jar")
    command = ["java", "-Xss8m", "-jar", jar, "--format", "json", "--errors-only"]
    told = subprocess.run([*command, *(site / name for name in pages)], capture_output=True, text=True).stderr
    errors = [
        f"{error['url'].partition('build/site/')[2]}, line {error['lastLine']}: {error['message']}"
        for error in json.loads(told)["messages"]
        if not any(name in error["message"] for name in UNKNOWN_TO_IT)
    ]
    assert not errors, "\n".join(errors)
