"""What of a user's settings reaches the course's programs: all that says how packages are reached, nothing
that says where they go, which Python runs, or what it imports first.

Two lists of what may stay, rather than of what must go: settings that nobody has thought of can then do no
harm.
"""

import ast
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

PYTHONS = {
    "PYTHONUNBUFFERED",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "PYTHONIOENCODING",
    "PYTHONHASHSEED",
}
# Options of pip that say how packages are reached; with uv's variable for the same, where it has one.
REACH = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "cache-dir": None,
    "no-cache-dir": None,
    "keyring-provider": "UV_KEYRING_PROVIDER",
    "use-deprecated": None,
}
UVS = re.compile(
    r"UV_((DEFAULT_|EXTRA_)?INDEX(_URL|_STRATEGY|_\w+_(USERNAME|PASSWORD))?|FIND_LINKS|NO_INDEX|OFFLINE|"
    r"INSECURE_HOST|NATIVE_TLS|SYSTEM_CERTS|KEYRING_PROVIDER|HTTP_\w+|REQUEST_TIMEOUT|"
    r"CACHE_DIR|NO_CACHE|CONFIG_FILE|LINK_MODE|CONCURRENT_\w+)"
)
OTHERS = re.compile(
    r"(PYTHON|PIP_|UV_)\w*|VIRTUAL_ENV(_PROMPT)?|CONDA_\w+|__PYVENV_LAUNCHER__|JUPYTER_PATH|PYTEST_ADDOPTS"
)
# Where Jupyter and IPython keep things: the variable that says so, and the place below home without it.
PLACES = {
    "JUPYTER_CONFIG_DIR": ".jupyter",
    "JUPYTER_DATA_DIR": ".local/share/jupyter",
    "JUPYTER_RUNTIME_DIR": ".local/share/jupyter/runtime",
    "IPYTHONDIR": ".ipython",
    "JUPYTERLAB_SETTINGS_DIR": ".jupyter/lab/user-settings",
    "JUPYTERLAB_WORKSPACES_DIR": ".jupyter/lab/workspaces",
}


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without what could mislead Python, pip, uv or Jupyter; its kernel comes before a user's
    own.
    """
    kept = {
        name: value
        for name, value in environ.items()
        if not OTHERS.fullmatch(name) or name in PYTHONS or UVS.fullmatch(name)
    }
    return kept | {"JUPYTER_PREFER_ENV_PATH": "1"}


def pip_options(python: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """pip's options on how packages are reached, from the user's configuration files and variables; a later
    one wins.

    environ: as the user has it. Where pip can't read a configuration, only what the variables say.
    """
    asked = {name: value for name, value in environ.items() if not name.startswith("PYTHON")}
    told = subprocess.run(
        [python, "-I", "-m", "pip", "config", "list"],
        env=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    ).stdout
    lines = re.findall(r"^(\w+|:env:)\.([\w-]+)=('.*'|\".*\")$", told, re.M)
    order = ["global", "install", ":env:"]
    options = {}
    for _, name, value in sorted(
        (line for line in lines if line[0] in order), key=lambda line: order.index(line[0])
    ):
        if name in REACH:
            options[name] = ast.literal_eval(value).strip()
    for name, value in environ.items() if not lines else ():
        if name.startswith("PIP_") and (option := name[4:].lower().replace("_", "-")) in REACH:
            options[option] = value
    return {name: value for name, value in options.items() if value}


def for_pip(environ: Mapping[str, str], options: Mapping[str, str]) -> dict[str, str]:
    """The environment in which pip sees these options and no configuration file."""
    named = {f"PIP_{name.upper().replace('-', '_')}": value for name, value in options.items()}
    return {
        **environ,
        **named,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
    }


def for_uv(environ: Mapping[str, str], options: Mapping[str, str]) -> dict[str, str]:
    """The environment in which uv reaches packages as pip would; what the user told uv itself comes first.

    Of several indexes uv takes a package from the first that knows it, pip from all; the hashes of the lock
    make the latter safe.
    """
    told = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}
    given = dict(environ)
    for name, value in options.items():
        if not (variable := REACH[name]) or variable in environ or told.get(variable) in environ:
            continue
        given[variable] = ",".join(value.split()) if name == "find-links" else " ".join(value.split())
    if "extra-index-url" in options:
        given.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return given


def usable(folder: Path) -> bool:
    """Whether things can be kept in it, or in the nearest folder above it that is there."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def with_home(environ: Mapping[str, str], venv: Path) -> tuple[dict[str, str], str]:
    """The environment with a home folder in which Jupyter, IPython and pip can keep their things, and what to
    tell the user: nothing where theirs will do.
    """
    home = Path(environ.get("HOME") or os.path.expanduser("~"))
    kept = {name: Path(environ.get(name) or home / place) for name, place in PLACES.items()}
    bad = [folder for folder in (home, *kept.values()) if not usable(folder)]
    if home.is_dir() and not bad or os.name == "nt":
        return dict(environ), ""
    own = venv / "home" if usable(venv / "home") else Path(tempfile.mkdtemp(prefix="ruspak-home-"))
    drop = {*PLACES, "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}
    return (
        {name: value for name, value in environ.items() if name not in drop} | {"HOME": str(own)},
        f"Nothing can be kept in {(bad or [home])[0]}: settings of JupyterLab go to {own} instead.",
    )
