"""Where an environment keeps its things, on every system."""

import sysconfig
from dataclasses import dataclass
from pathlib import Path, PurePath


@dataclass(frozen=True)
class Layout:
    """The places within one environment. `scheme`: Python's name for the system's way, "nt_venv" on Windows,
    "posix_venv" elsewhere, "venv" for the one of this machine.
    """

    venv: PurePath
    scheme: str = "venv"

    def _place(self, name: str) -> PurePath:
        return type(self.venv)(sysconfig.get_path(name, self.scheme, {"base": str(self.venv)}))

    @property
    def windows(self) -> bool:
        return self._place("scripts").name == "Scripts"

    @property
    def site(self) -> Path:
        """The folder of its packages."""
        return self._place("purelib")

    @property
    def python(self) -> Path:
        return self.program("python")

    def program(self, name: str) -> Path:
        """One of its commands."""
        return self._place("scripts") / (f"{name}.exe" if self.windows else name)
