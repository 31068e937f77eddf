"""The server below the application: how long it waits for a slow browser, and how it ends."""

import asyncio
import contextlib
import signal
import socket

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ruspak.errors import CourseError
from ruspak.live.room import Room

PATIENCE = 20  # seconds for the head of a request
FILES = 8192  # connections and files at once, where the system allows


class Patient(H11Protocol):
    """HTTP that hangs up on a browser which does not finish asking: each open connection costs one."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self._late = self.loop.call_later(PATIENCE, self._hang_up, None)

    def _hang_up(self, cycle) -> None:
        if self.cycle is cycle and not self.transport.is_closing():
            self.transport.abort()

    def connection_lost(self, exc) -> None:
        self._late.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._late.cancel()  # for the next request on this connection
        self._late = self.loop.call_later(PATIENCE, self._hang_up, self.cycle)
        super().on_response_complete()


class Server(uvicorn.Server):
    """Uvicorn that tells the room of its end, so that no stream holds it up."""

    def __init__(self, config: uvicorn.Config, room: Room):
        super().__init__(config)
        self.room = room

    def handle_exit(self, sig, frame) -> None:
        super().handle_exit(sig, frame)
        with contextlib.suppress(RuntimeError):  # before or after the loop
            self.loop.call_soon_threadsafe(self._end)

    async def startup(self, sockets=None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def _end(self) -> None:
        self.room.ended = True
        self.room.tell()


def listening(host: str, port: int) -> socket.socket:
    """A socket at this address. Raises CourseError where it is taken or not allowed."""
    # asyncio sends at once only where the protocol is named; else each page waits 40 ms for the reader's acknowledgement
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two servers share a port otherwise
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(2048)
    except (OSError, OverflowError) as error:
        sock.close()
        why = getattr(error, "strerror", None) or error
        raise CourseError(
            f"Port {port} can't be used ({why}). Perhaps a vote runs there already. Name another one: --port {port % 60000 + 1}."
        ) from None
    return sock


def more_files() -> None:
    """Allow as many open connections as the system lets a program have."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def configured(app) -> uvicorn.Config:
    """How the application is served: no request is logged, as it may hold a token."""
    return uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=16_384,
        backlog=2048,
    )


def serve(app, sock: socket.socket, room: Room) -> None:
    """Serve until Ctrl+C or SIGTERM."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # uvicorn raises the signal again when it has ended
    with contextlib.suppress(KeyboardInterrupt):
        Server(configured(app), room).run(sockets=[sock])
