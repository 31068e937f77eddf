"""What the one who keeps the hub may set, in hub.toml of its place."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

TEXT = """# The hub's settings. After a change: deploy/hub/start

listen = "127.0.0.1:8000"   # "0.0.0.0:8000" opens it to the network: only behind https
                            # (the two ports after it are used, too, on this machine only)
group = "ruspak"            # accounts of this group may log in, with the password they have on this machine
admins = []                 # accounts that may see and stop everybody's servers
roster = ""                 # the class list of `grade`, full path: its column login gives each account its id
memory_mb = 1024            # of one student: server, kernels and /tmp together
cores = 1.0                 # processors of one student
processes = 200             # processes and threads of one student
idle_minutes = 60           # a server without activity ends; files and answers stay
idle_kernel_minutes = 30    # a kernel without activity ends; "Run All" brings its variables back
share_memory = true         # servers and kernels are forks of one process, and share what that has loaded
"""


@dataclass(frozen=True)
class Settings:
    """hub.toml, checked."""

    listen: str
    group: str
    admins: list
    roster: str
    memory_mb: int
    cores: float
    processes: int
    idle_minutes: float
    idle_kernel_minutes: float
    share_memory: bool

    @property
    def port(self) -> int:
        """The port of `listen`."""
        return int(self.listen.rpartition(":")[2])

    hand_in_port = property(lambda self: self.port + 1)
    hub_port = property(lambda self: self.port + 2)

    @property
    def own_address(self) -> str:
        """Where this machine reaches the hub."""
        host = self.listen.rpartition(":")[0]
        return f"http://{'127.0.0.1' if host in ('', '0.0.0.0', '::', '[::]') else host}:{self.port}"


def read(place: Path) -> Settings:
    """The settings of a place; what hub.toml leaves out is as in TEXT. Raises ValueError with line and remedy."""
    path = place / "hub.toml"
    known = tomllib.loads(TEXT)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        given = {}
    except (OSError, ValueError) as error:
        raise ValueError(
            f"{path}: {error}. Mend it, or delete it and start again: it is then made anew."
        ) from None
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"{path}: there is no setting '{name}'. There are: {', '.join(known)}.")
        kinds = (int, float) if type(known[name]) in (int, float) else (type(known[name]),)
        if type(value) not in kinds or type(value) in (int, float) and value <= 0:
            raise ValueError(f"{path}: {name} = {value!r} can't be. It is such as {known[name]!r}.")
    settings = Settings(**{one.name: (known | given)[one.name] for one in fields(Settings)})
    port = settings.listen.rpartition(":")[2]
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError(
            f"{path}: listen = {settings.listen!r} has no port. It is such as {known['listen']!r}."
        )
    return settings
