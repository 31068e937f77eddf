"""The pages of a vote as an ASGI application: phone, wall, teacher, their streams, and the course."""

import asyncio
import contextlib
import functools
import json
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from ruspak.errors import CourseError
from ruspak.live import addresses, export, incoming, pages
from ruspak.live.room import NoStep, Room
from ruspak.live.store import Unkept

HERE = Path(__file__).resolve().parent
QUIZ = HERE.parent / "quiz"
STATIC = {path.name: path for path in (*(HERE / "static").glob("*.*"), QUIZ / "quiz.js", QUIZ / "quiz.css")}
BEAT = 10  # seconds after which a silent stream says that it lives
CALM = 0.25  # seconds between two counts for the wall
TABS = 4  # streams of one phone
STREAMS = 4000
PIECE = 32_768  # bytes
HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'self' 'unsafe-inline' data:; frame-ancestors 'self'; form-action 'self'",
    ),
    (b"referrer-policy", b"no-referrer"),  # the teacher's address holds the token once
    (b"x-content-type-options", b"nosniff"),
]
BUILT = {"course": ("build/site", "make site"), "slides": ("build/slides", "make slides")}


@dataclass
class Place:
    """Where the room meets: the address that phones type, the folders with the built site and decks, the port
    that names the cookies.
    """

    address: str
    course: Path
    port: int
    lan: bool

    def cookie(self, name: str) -> str:
        return f"ruspak-{name}-{self.port}"  # browsers keep cookies by host, not by port


def build(room: Room, place: Place) -> Starlette:
    """The application."""
    pace = incoming.Pace()
    token = room.store.token

    def is_teacher(request: Request) -> bool:
        sent = request.cookies.get(place.cookie("teacher"), "")
        return secrets.compare_digest(sent.encode("utf-8", "replace"), token.encode())

    def only_teacher(request: Request) -> None:
        if not is_teacher(request):
            raise incoming.Rejected(
                403, "This is for the teacher: open the address that the terminal printed."
            )

    def phone_of(request: Request) -> str:
        sent = request.cookies.get(place.cookie("phone"), "")
        return sent if incoming.is_phone(sent) else ""

    async def phone(request: Request) -> Response:
        response = HTMLResponse(_shell("phone"))
        if not phone_of(request):
            _remember(response, place.cookie("phone"), incoming.new_phone())
        return response

    async def wall(request: Request) -> Response:
        return HTMLResponse(_shell("wall"))

    async def teacher(request: Request) -> Response:
        given = request.query_params.get("token", "")
        asked = request.query_params.get("ask", "")
        if secrets.compare_digest(given.encode("utf-8", "replace"), token.encode()):
            response = RedirectResponse(
                f"/teacher?ask={asked}" if asked in room.questions else "/teacher", 303
            )
            _remember(response, place.cookie("teacher"), token)
            return response
        if not is_teacher(request):
            return HTMLResponse(_shell("door"), 403 if given else 200)
        return HTMLResponse(_shell("teacher"))

    async def questions(request: Request) -> Response:
        only_teacher(request)
        return JSONResponse(
            [
                {"id": key, "question": one["question"], "ask": one["ask"], "set": key.rpartition("-")[0]}
                for key, one in room.questions.items()
            ]
        )

    async def where(request: Request) -> Response:
        found = {"address": place.address, "lan": place.lan}
        found |= {name: (place.course / folder).is_dir() for name, (folder, _) in BUILT.items()}
        return JSONResponse(found)

    async def evidence(request: Request) -> Response:
        found = await asyncio.to_thread(pages.evidence, place.course / BUILT["course"][0])
        return JSONResponse(found.get(request.path_params["id"], {}))

    async def qr(request: Request) -> Response:
        return Response(addresses.picture(place.address), media_type="image/svg+xml")

    async def vote(request: Request) -> Response:
        sender = phone_of(request)
        if not sender:
            raise incoming.Rejected(
                403, "This browser keeps no cookies for this page. Allow them, then load the page again."
            )
        pace.check(sender)
        sent = await incoming.json_body(request)
        await room.vote(sender, *(sent.get(name) for name in ("number", "round", "answer", "sure")))
        return JSONResponse({"kept": True})

    async def step(request: Request) -> Response:
        only_teacher(request)
        sent = await incoming.json_body(request)
        match sent.get("do"):
            case "ask":
                await room.ask(str(sent.get("question")))
            case "free":
                wanted = sent.get("questions")
                room.free([key for key in wanted if key in room.questions] if _strings(wanted) else [])
            case done:
                await room.step(str(done), sent.get("number"))
        return JSONResponse({"done": True})

    async def votes(request: Request) -> Response:
        only_teacher(request)
        text = "\ufeff" + export.table(room.store, room.questions)  # the mark tells Excel that this is UTF-8
        return Response(
            text, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="votes.csv"'}
        )

    async def events(request: Request) -> Response:
        view = request.query_params.get("as")
        if view == "teacher":
            only_teacher(request)
            return _stream(room, room.for_teacher, lambda: room.counted, CALM)
        if view == "wall":
            return _stream(room, room.for_wall, lambda: room.counted, CALM)
        sender = phone_of(request)
        if not sender:
            raise incoming.Rejected(
                403, "This browser keeps no cookies for this page. Allow them, then load the page again."
            )
        return _stream(room, lambda: room.for_phone(sender), lambda: room.stepped, 0, sender)

    async def static(request: Request) -> Response:
        path = STATIC.get(request.path_params["name"])
        if path is None or path.suffix == ".html":
            raise HTTPException(404)
        return FileResponse(path)

    async def built(kind: str, request: Request) -> Response:
        folder, made_by = BUILT[kind]
        root = (place.course / folder).resolve()
        if not root.is_dir():
            raise incoming.Rejected(
                404, f"The pages are not built yet: run `{made_by}`, then load this page again."
            )
        if kind == "slides" and not request.path_params["path"]:
            return HTMLResponse(_decks(root))
        try:
            path = (root / request.path_params["path"]).resolve()
            path = path / "index.html" if path.is_dir() else path
            inside = path.is_relative_to(root) and path.is_file() and path.name != "worker.js"
        except (ValueError, OSError):
            inside = False
        if not inside:
            raise HTTPException(404)
        own = is_teacher(request)
        kept = {
            key: one.get("claim", {}).get("id", "")
            for key, one in room.questions.items()
            if key not in room.freed
        }
        if not own and pages.withholds(path, kept):
            raise incoming.Rejected(403, "This holds answers. It opens when no question is kept for a vote.")
        if path.suffix == ".html":
            return _whole(await asyncio.to_thread(pages.page, path, kept, own))
        return FileResponse(path)

    async def slash(request: Request) -> Response:
        return RedirectResponse(request.url.path + "/", 307)

    get = [
        ("/", phone),
        ("/wall", wall),
        ("/teacher", teacher),
        ("/questions", questions),
        ("/where", where),
        ("/qr.svg", qr),
        ("/evidence/{id}", evidence),
        ("/votes.csv", votes),
        ("/events", events),
        ("/live/{name}", static),
    ]
    routes = [Route(path, answer) for path, answer in get]
    routes += [Route("/vote", vote, methods=["POST"]), Route("/step", step, methods=["POST"])]
    routes += [Route(f"/{kind}", slash) for kind in BUILT]
    routes += [Route(f"/{kind}/{{path:path}}", functools.partial(built, kind)) for kind in BUILT]
    return Starlette(
        routes=routes,
        exception_handlers=dict.fromkeys(
            (incoming.Rejected, NoStep, CourseError, HTTPException, Exception), _refusal
        ),
    )


def _refusal(request: Request, error: Exception) -> Response:
    """Why a request is not answered: in plain words for a person, as JSON for our scripts."""
    match error:
        case incoming.Rejected():
            status, why = error.status, error.why
        case NoStep():
            status, why = 409, str(error)
        case Unkept():
            status, why = 503, str(error)
        case CourseError():
            status, why = 422, str(error)
        case HTTPException():
            status, why = error.status_code, "There is no such page here."
        case _:
            status, why = 500, "Something broke here. What was voted is kept. Load the page again."
    headers = {"Connection": "close"} if status in (408, 413) else None
    if request.method == "POST":
        return JSONResponse({"why": why}, status, headers)
    return PlainTextResponse(why, status, headers)


def _strings(value) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _shell(name: str) -> str:
    return (HERE / "static" / f"{name}.html").read_text(encoding="utf-8")


def _whole(text: bytes) -> Response:
    """A large page piece by piece, so that many slow phones hold no copies of it."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(text), PIECE):
            yield text[start : start + PIECE]

    length = {"Content-Length": str(len(text))}
    return StreamingResponse(pieces(), media_type="text/html", headers=length)


def _decks(root: Path) -> str:
    """A list of the decks, which have no page of their own."""
    items = "".join(f'<li><a href="{path.name}">{path.stem}</a></li>' for path in sorted(root.glob("*.html")))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Slides</title><h1>Slides</h1><ul>{items}</ul></html>'


def _remember(response: Response, name: str, value: str) -> None:
    """A cookie of this browser session. Lax: a link from a QR reader or a deck must find it again."""
    response.set_cookie(name, value, httponly=True, samesite="lax")


def _stream(
    room: Room, view: Callable[[], dict], wake: Callable[[], asyncio.Event], calm: float, phone: str = ""
) -> Response:
    """Server-sent events: what a page shall show now, again at each change, and a beat in silence.

    A slow reader gets the newest state next, not all that it missed; so it costs no memory.
    """
    if sum(map(len, room.here.values())) >= STREAMS:
        raise incoming.Rejected(503, "Too many pages are open here. Close some, then load this page again.")
    left = asyncio.Event()

    async def told() -> AsyncIterator[str]:
        mine = room.here.setdefault(phone, [])
        mine.append(left)
        for older in mine[:-TABS] if phone else ():
            older.set()
        room.moved()
        try:
            yield "retry: 1000\n\n"
            last = ""
            while not left.is_set():
                change, text = wake(), json.dumps(view(), ensure_ascii=False)
                yield f"data: {text}\n\n" if text != last else "event: beat\ndata: \n\n"
                last = text
                if room.ended:
                    return
                await asyncio.sleep(calm)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await change.wait()
        finally:
            mine.remove(left)
            if not mine:
                room.here.pop(phone, None)
            room.moved()

    return StreamingResponse(told(), media_type="text/event-stream")


class WithHeaders:
    """ASGI: HEADERS on every answer, pictures and scripts of the course included."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def sending(message):
            if message["type"] == "http.response.start":
                kept = any(name == b"etag" for name, _ in message["headers"])  # a file, not a page
                message["headers"] = [
                    *message["headers"],
                    *HEADERS,
                    (b"cache-control", b"max-age=600" if kept else b"no-store"),
                ]
            await send(message)

        await self.app(scope, receive, sending)
