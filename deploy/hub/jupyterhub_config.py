"""JupyterHub for the course on one server. What a keeper sets stands in hub.toml (settings.py); start runs this."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import settings  # noqa: E402
from places import Place, socket_address  # noqa: E402
from spawner import CourseSpawner  # noqa: E402

place = Place(Path(os.environ["RUSPAK_HUB"]))
told = settings.read(place.folder)
c = get_config()  # noqa: F821


# The proxy is a process of its own with a token that is kept: a hub that dies leaves it, and the next one finds it.
c.JupyterHub.bind_url = f"http://{told.listen}"
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.auth_token = place.token.read_text(encoding="ascii")
c.ConfigurableHTTPProxy.api_url = socket_address(place.proxy_socket)
c.JupyterHub.cleanup_proxy = False
c.JupyterHub.last_activity_interval = 10  # and so often it tells a proxy that was started anew where to lead
c.JupyterHub.cleanup_servers = False
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{told.hub_port}"
c.Spawner.hub_connect_url = socket_address(place.door)
c.JupyterHub.db_url = f"sqlite:///{place.state / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(place.state / "cookie-secret")
c.JupyterHub.init_spawners_timeout = 30
c.JupyterHub.concurrent_spawn_limit = 60
c.JupyterHub.active_server_limit = 0
c.JupyterHub.allow_named_servers = False

c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.PAMAuthenticator.allowed_groups = {told.group}
c.PAMAuthenticator.admin_users = set(told.admins)

c.JupyterHub.spawner_class = CourseSpawner
c.CourseSpawner.place = str(place.folder)
c.CourseSpawner.memory_mb = told.memory_mb
c.CourseSpawner.cores = told.cores
c.CourseSpawner.processes = told.processes
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
c.Spawner.disable_user_config = True  # no file of a student's is run with the server's token
c.Spawner.args = [
    f"--MappingKernelManager.cull_interval={min(60, told.idle_kernel_minutes * 15):.0f}",
    f"--MappingKernelManager.cull_idle_timeout={told.idle_kernel_minutes * 60:.0f}",
    "--MappingKernelManager.cull_connected=True",
    "--LabApp.extension_manager=readonly",  # the other one loads a list of authorities, to ask an index that is not there
    "--ServerApp.jpserver_extensions={'jupyter_lsp': False}",  # it asks npm for language servers; the course has none
]

WITH_HUB = ["setpriv", "--pdeathsig", "KILL", sys.executable]  # a service ends with the hub that started it
c.JupyterHub.services = [
    {
        "name": "cull",
        "command": [
            *WITH_HUB, "-P", "-m", "jupyterhub_idle_culler", f"--url={told.own_address}/hub/api",
            f"--timeout={told.idle_minutes * 60:.0f}", f"--cull-every={min(60, told.idle_minutes * 15):.0f}",
        ],
    },
    {"name": "door", "command": [*WITH_HUB, str(HERE / "door.py"), str(place.door), str(told.hub_port)]},
    {
        "name": "hand-in",
        "url": f"http://127.0.0.1:{told.hand_in_port}",
        "oauth_no_confirm": True,
        "command": [
            *WITH_HUB, str(HERE / "hand_in.py"), str(told.hand_in_port), str(place.state), str(place.inbox), told.roster,
        ],
    },
]  # fmt: skip
c.JupyterHub.load_roles = [
    {
        "name": "cull",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["cull"],
    },
    {"name": "user", "scopes": ["self", "access:services!service=hand-in"]},
]
