"""A student at the hub without a browser: the same requests that a browser makes, for check.py and load.py."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field

import aiohttp

PATIENCE = 180  # seconds for any one answer: machines under load are slow


class Refused(Exception):
    """The hub or a server said no: `status` is its answer."""

    def __init__(self, status: int, text: str):
        super().__init__(f"{status}: {text[:300]}")
        self.status = status


@dataclass
class Student:
    """One account in a session of its own. Use as an async context manager."""

    hub: str
    name: str
    password: str
    session: aiohttp.ClientSession = field(init=False, repr=False)

    async def __aenter__(self) -> "Student":
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=timeout)
        return self

    async def __aexit__(self, *_) -> None:
        await self.session.close()

    @property
    def server(self) -> str:
        """The address of the student's server."""
        return f"{self.hub}/user/{self.name}"

    def _token(self, path: str) -> dict[str, str]:
        """What shows that a request comes from the page itself: the cookie of the longest path that fits."""
        cookies = self.session.cookie_jar.filter_cookies(f"{self.hub}{path}")
        return {"X-XSRFToken": cookies["_xsrf"].value} if "_xsrf" in cookies else {}

    async def ask(self, method: str, path: str, **options) -> bytes:
        """One request; raises Refused where the answer is an error."""
        headers = self._token(path) | options.pop("headers", {})
        async with self.session.request(method, f"{self.hub}{path}", headers=headers, **options) as answer:
            data = await answer.read()
            if answer.status >= 400:
                raise Refused(answer.status, data.decode("utf-8", "replace"))
            return data

    async def log_in(self) -> None:
        """Log in by the form. Raises Refused."""
        await self.ask("GET", "/hub/login")
        form = {"username": self.name, "password": self.password}
        form["_xsrf"] = self._token("/hub/login")["X-XSRFToken"]
        await self.ask("POST", "/hub/login?next=/hub/home", data=form)

    async def start(self) -> None:
        """Start the server, wait until it is ready, and open it. Raises Refused where it won't start."""
        try:
            await self.ask("POST", f"/hub/api/users/{self.name}/server", json={})
        except Refused as error:
            if error.status != 400:  # it runs, or is on its way
                raise
        while not (await self.model())["servers"].get("", {}).get("ready"):
            await asyncio.sleep(0.1)
        await self.open()

    async def open(self) -> None:
        """Open the page of the server, which logs in there."""
        await self.ask("GET", f"/user/{self.name}/lab/tree/notebooks/00_start_here.ipynb")

    async def model(self) -> dict:
        """What the hub knows of the account."""
        return json.loads(await self.ask("GET", f"/hub/api/users/{self.name}"))

    async def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        await self.ask("DELETE", f"/hub/api/users/{self.name}/server")
        while (await self.model())["servers"]:
            await asyncio.sleep(0.1)

    async def api(self, method: str, path: str, **options) -> dict:
        """One request to the server's own API, below /user/<name>/api."""
        data = await self.ask(method, f"/user/{self.name}/api/{path}", **options)
        return json.loads(data) if data else {}

    async def read(self, path: str) -> dict:
        """A notebook of the student's."""
        return (await self.api("GET", f"contents/{path}?type=notebook"))["content"]

    async def save(self, path: str, notebook: dict) -> None:
        """Save a notebook as the page does."""
        await self.api(
            "PUT", f"contents/{path}", json={"type": "notebook", "format": "json", "content": notebook}
        )

    async def hand_in(self, file: str) -> str:
        """Hand a sheet in by the page's button; returns the page."""
        page = "/services/hand-in/"
        await self.ask("GET", page)
        form = {"file": file, "_xsrf": self._token(page)["X-XSRFToken"]}
        return (await self.ask("POST", page, data=form)).decode()

    async def kernel(self, path: str) -> "Kernel":
        """A kernel for the notebook at this path."""
        session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        made = await self.api("POST", "sessions", json=session)
        return await Kernel(self, made["kernel"]["id"]).connect()


@dataclass
class Kernel:
    """A kernel by its websocket, as JupyterLab speaks to it."""

    student: Student
    id: str
    socket: aiohttp.ClientWebSocketResponse | None = None
    session: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def connect(self) -> "Kernel":
        """Open the websocket."""
        path = f"/user/{self.student.name}/api/kernels/{self.id}/channels?session_id={self.session}"
        self.socket = await self.student.session.ws_connect(
            f"{self.student.hub}{path}", headers=self.student._token(path), max_msg_size=0, heartbeat=30
        )
        return self

    async def run(self, code: str) -> list[dict]:
        """Run a cell to its end; returns its outputs, errors too."""
        outputs, asked = [], uuid.uuid4().hex
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
        }
        await self._send("shell", "execute_request", {**content, "stop_on_error": False}, asked)
        while True:
            message = await self._receive()
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, told = message["msg_type"], message["content"]
            if kind in ("stream", "display_data", "execute_result", "error"):
                outputs.append({"output_type": kind, **told})
            elif kind == "status" and told["execution_state"] == "idle":
                return outputs

    async def text(self, code: str) -> str:
        """What a cell prints, or its error's name and words."""
        outputs = await self.run(code)
        return "".join(
            one.get("text") or f"{one.get('ename', '')}: {one.get('evalue', '')}" if one["output_type"] in ("stream", "error")
            else one.get("data", {}).get("text/plain", "")
            for one in outputs
        ).strip()  # fmt: skip

    async def answer(self, widget: str, change: dict) -> None:
        """Send a question what its reader chose, as the page's widget does."""
        data = {"method": "update", "state": change, "buffer_paths": []}
        await self._send("shell", "comm_msg", {"comm_id": widget, "data": data}, uuid.uuid4().hex)

    async def _send(self, channel: str, kind: str, content: dict, name: str) -> None:
        header = {
            "msg_id": name, "session": self.session, "username": "", "version": "5.3", "msg_type": kind,
            "date": "1970-01-01T00:00:00Z",
        }  # fmt: skip
        message = {
            "channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "buffers": [],
        }  # fmt: skip
        await self.socket.send_json(message)

    async def _receive(self) -> dict:
        message = await self.socket.receive(timeout=PATIENCE)
        if message.type != aiohttp.WSMsgType.TEXT:
            raise ConnectionError(f"the kernel's connection ended: {message.type.name}")
        return json.loads(message.data)
