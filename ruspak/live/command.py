"""`python -m ruspak live`: the command line of a vote in class."""

import argparse
import importlib.util
import sys
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.folders import folder_from
from ruspak.place import COURSE

NEEDED = ("starlette", "uvicorn", "segno")
LAN = """Everybody in this network (the same Wi-Fi) can now open {address}:
read the course, answer, and see the wall. Only who has the teacher's address above can ask, close or show anything.
Nothing is encrypted: who controls the network can read along. Nothing goes out to the internet.
Phones must be in the same network, and some school networks keep them apart: then open a hotspot.
A firewall may ask whether Python may accept connections: for votes it must."""
LOOPBACK = (
    """Only this computer can open it: good for trying. Start with --lan to let the phones of the room in."""
)


def main(arguments: list[str]) -> int:
    """Serve until Ctrl+C; gives the exit code, 1 for an error that keeps it from starting."""
    given = _options(arguments)
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        print(
            f"Missing: {', '.join(missing)}. Votes need the teachers' packages: python course.py env teach",
            file=sys.stderr,
        )
        return 1
    try:
        return _run(given)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before it serves
        return 130


def _run(given: argparse.Namespace) -> int:
    from ruspak.live import addresses, app, server
    from ruspak.live.room import Room
    from ruspak.live.store import Store
    from ruspak.quiz import bank

    server.more_files()
    sock = server.listening("0.0.0.0" if given.lan else "127.0.0.1", given.port)
    port = sock.getsockname()[1]
    host = given.address or (addresses.own() if given.lan else "127.0.0.1")
    address = f"http://{host}:{port}/" if port != 80 else f"http://{host}/"
    store = Store(given.keep or _folder() / f"votes-{port}.db", temporary=given.keep is None)
    try:
        room = Room(bank.load(), store)
    except (CourseError, KeyboardInterrupt):
        store.close()
        raise
    teacher = f"http://127.0.0.1:{port}/teacher?token={store.token}"
    print(
        f"Teacher (keep this address to yourself): {teacher}\nPhones: {address}\nWall, if it is another window: {address}wall\n"
    )
    print(LAN.format(address=address) if given.lan else LOOPBACK)
    if store.went_on:
        print(
            f"\nThe last vote here was not ended in order, so it goes on. All that was acknowledged is there ({store.path})."
        )
    print(
        "\nCtrl+C ends it."
        + (
            f" Votes are kept in {given.keep}."
            if given.keep
            else " All votes are then deleted; --keep FILE keeps them."
        ),
        flush=True,
    )
    place = app.Place(address, COURSE, port, given.lan)
    server.serve(app.WithHeaders(app.build(room, place)), sock, room)
    store.close()
    print(f"\nEnded. The votes are in {given.keep}." if given.keep else "\nEnded. The votes are deleted.")
    return 0


def _folder() -> Path:
    from platformdirs import user_state_dir

    return folder_from("RUSPAK_LIVE", lambda: user_state_dir("ruspak"))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m ruspak live",
        description="Ask the room: serve the course from this computer, put its questions to the vote on phones, show what the room "
        "thinks. Everything is anonymous and stays in the room. docs/live.md shows a lesson with it.",
    )
    parser.add_argument(
        "--lan",
        action="store_true",
        help="let other devices of the same network in; without it only this computer can open the pages",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        help="the number at the end of the address (8000); 80 makes it shortest",
    )
    parser.add_argument(
        "--address",
        metavar="NAME",
        help="name or number that phones reach this computer by, if the one found is wrong",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="keep the votes in this file, and go on in it; without it they are deleted at the end",
    )
    given = parser.parse_args(arguments)
    if not 0 <= given.port <= 65535:
        parser.error("--port is a number from 1 to 65535")
    return given
