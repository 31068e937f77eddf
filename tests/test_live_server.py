"""The server of a vote: who may do what, what nobody gets too early, bad input, crashes, and the end."""

import asyncio
import concurrent.futures
import csv
import io
import json
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

import httpx
import pytest
from live_class import KINDS, QUESTIONS, ROOT, a_right, a_wrong, do, running, secrets_of

from ruspak.live import addresses


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with running(tmp_path_factory.mktemp("live")) as found:
        yield found


@pytest.fixture
def opened(room):
    """A teacher with history-3 open, and its state as a phone sees it."""
    teacher = room.teacher()
    if teacher.state("teacher")["phase"] == "open":
        do(teacher, "close")
    assert do(teacher, "ask", question="history-3").is_success
    return teacher, room.phone().state()


def pages(phone) -> str:
    """All that the server has for a phone without the built course."""
    names = (
        "/",
        "/wall",
        "/teacher",
        "/where",
        "/evidence/history-3",
        "/live/quiz.js",
        "/live/phone.js",
        "/live/wall.js",
        "/live/teacher.js",
    )
    return "".join(phone.get(name).text for name in names) + json.dumps(
        [phone.state(), phone.state("wall")], ensure_ascii=False
    )


@pytest.mark.parametrize("kind, key", KINDS.items())
def test_the_key_comes_when_it_is_shown_and_not_before(room, kind, key):
    question, teacher, phone = QUESTIONS[key], room.teacher(), room.phone()
    assert question["kind"] == kind

    def leaks() -> list[str]:
        text = pages(phone)
        return [
            one
            for one in secrets_of(question)
            if json.dumps(one, ensure_ascii=False)[1:-1] in text or one in text
        ]

    if teacher.state("teacher")["phase"] == "open":
        do(teacher, "close")
    assert do(teacher, "ask", question=key).is_success
    sure = 80 if question.get("confidence") else None
    assert phone.vote(phone.state(), a_wrong(question), sure).json() == {"kept": True}
    assert not leaks()
    for step in ("close", "spread", "discuss", "again"):
        assert do(teacher, step).is_success
        assert not leaks(), step
    assert phone.vote(phone.state(), a_right(question), sure).is_success
    assert do(teacher, "close").is_success and do(teacher, "spread").is_success
    assert not leaks()
    assert do(teacher, "show").is_success
    assert question["explanation"] in leaks()
    assert phone.state()["mine"]["answer"] == a_right(question)


def test_a_page_does_not_wait_for_the_acknowledgement_of_its_first_part(room):
    phone, took = room.phone(), []
    for _ in range(20):
        began = time.monotonic()
        assert phone.get("/where").is_success
        took.append(time.monotonic() - began)
    assert statistics.median(took) < 0.03  # with such a wait most take 0.04 at least


def test_only_the_teacher_asks_closes_shows_and_exports(room, opened):
    stranger = room.phone()
    assert stranger.get("/teacher", params={"token": "guess"}).status_code == 403
    assert "live-steps" not in stranger.get("/teacher").text
    for answer in (
        stranger.get("/questions"),
        stranger.get("/votes.csv"),
        stranger.get("/events", params={"as": "teacher"}),
        stranger.post("/step", json={"do": "close", "number": opened[1]["number"]}),
        stranger.post("/step", json={"do": "free", "questions": ["history-3"]}),
    ):
        assert answer.status_code == 403 and "teacher" in answer.text
    assert stranger.state()["phase"] == "open"


def test_a_page_elsewhere_can_not_act_for_the_teacher(room, opened):
    """A form of another site sends no JSON, and the cookie goes with no foreign request but a plain link."""
    teacher = opened[0]
    assert (
        teacher.post("/step", content='{"do": "close"}', headers={"content-type": "text/plain"}).status_code
        == 415
    )
    cookie = httpx.get(f"{room.address}/teacher", params={"token": room.token}).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert room.token not in teacher.get("/teacher").url.query.decode()


def test_one_vote_a_phone_and_round_changed_until_closed(room, opened):
    teacher, state = opened
    options = [option["text"] for option in QUESTIONS["history-3"]["options"]]
    one, other = room.phone(), room.phone()
    for place in (0, 1, 2):
        assert one.vote(state, options[place], 70).is_success
    assert other.vote(state, options[0], 90).is_success
    assert teacher.state("teacher")["answered"] == [2]
    assert "spread" not in teacher.state("wall")
    assert one.state()["mine"] == {"answer": options[2], "sure": 70} and one.state()["voted"]
    assert do(teacher, "close").is_success
    late = one.vote(state, options[1], 70)
    assert late.status_code == 409 and "closed" in late.json()["why"]
    assert do(teacher, "spread").is_success
    counts = [row["counts"] for row in one.state("wall")["spread"][0]["rows"]]
    assert counts == [[1], [0], [1], [0]]
    assert do(teacher, "again").is_success
    assert one.vote(one.state(), options[3], 100).is_success
    assert one.vote(state, options[1], 70).status_code == 409, "a vote for the first round came in the second"
    do(teacher, "close")
    do(teacher, "show")
    wall = one.state("wall")
    assert [row["counts"] for row in wall["spread"][0]["rows"]] == [[1, 0], [0, 0], [1, 0], [0, 1]]
    assert wall["sure"]["sure"] == 1 and len(wall["sure"]["levels"]) == 1


def test_a_step_that_does_not_follow_is_refused(room, opened):
    teacher, state = opened
    for name in ("spread", "discuss", "again", "show", "reopen", "nonsense", "ask"):
        assert do(teacher, name, question="history-1").status_code == 409, name
    assert teacher.post("/step", json={"do": "close", "number": state["number"] - 1}).status_code == 409
    assert do(teacher, "close").is_success
    assert do(teacher, "close").status_code == 409
    assert do(teacher, "reopen").is_success and teacher.state("teacher")["phase"] == "open"
    assert do(teacher, "ask", question="no-such").status_code == 409


DEEP = b"[" * 5000
BAD = {
    "not JSON": (b"{", 400),
    "nothing": (b"", 400),
    "a list": (b"[]", 400),
    "deep": (DEEP, 400),
    "not UTF-8": (b"\xff\xfe{", 400),
    "no fields": (b"{}", 422),
    "words for numbers": (b'{"number": "1", "round": "1", "answer": "x"}', 422),
    "true for one": (b'{"number": true, "round": true, "answer": "x"}', 422),
    "a huge number": (b'{"number": 1' + b"0" * 4000 + b"}", 422),
    "more digits than Python reads": (b'{"number": 1' + b"0" * 6000 + b"}", 400),
}


@pytest.mark.parametrize("body, status", BAD.values(), ids=BAD)
def test_bad_bodies_get_a_clear_answer(room, opened, body, status):
    answer = room.phone().post("/vote", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status and answer.json()["why"].endswith(".")


@pytest.mark.parametrize("sure", [None, 55, "80", True, -1, [80], {"x": 1}, 1e9])
def test_how_sure_is_one_of_six(room, opened, sure):
    answer = room.phone().vote(opened[1], a_right(QUESTIONS["history-3"]), sure)
    assert answer.status_code == 422 and "sure" in answer.json()["why"]


@pytest.mark.parametrize(
    "cookie", ["", "short", "G" * 32, "0" * 33, "é" * 32, "../../etc/passwd", "'; DROP TABLE vote;--"]
)
def test_a_phone_without_a_name_of_ours_can_not_vote(room, opened, cookie):
    headers = {"cookie": f"ruspak-phone-{room.port}={cookie}".encode()}
    answer = httpx.post(f"{room.address}/vote", json=opened[1], headers=headers)
    assert answer.status_code == 403 and "cookies" in answer.json()["why"]


@pytest.mark.parametrize("chunked", [False, True])
def test_ten_megabytes_are_refused_and_cost_no_memory(room, opened, chunked):
    phone, before = room.phone(), room.memory()
    for _ in range(5):
        body = (b"x" * 65536 for _ in range(160)) if chunked else b"x" * 10_000_000
        answer = phone.post("/vote", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 413 and "20 kB" in answer.json()["why"]
    assert room.memory() - before < 8
    assert phone.vote(opened[1], a_right(QUESTIONS["history-3"]), 80).is_success


@pytest.mark.parametrize(
    "path",
    [
        "/course/../../pyproject.toml",
        "/course/%2e%2e/%2e%2e/pyproject.toml",
        "/course/%00",
        "/slides/..%2f..%2fREADME.md",
        "/live/..%2fapp.py",
        "/live/teacher.html",
        "/nothing",
        "/course/" + "a" * 5000,
    ],
)
def test_no_way_out_of_the_folders(room, path):
    with socket.create_connection(("127.0.0.1", room.port)) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404"), answer[:200]


@pytest.mark.parametrize(
    "bytes_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000,
        b"\r\n" * 1000,
        b"GET /events HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    ],
)
def test_what_is_no_http_harms_nothing(room, opened, bytes_):
    with socket.create_connection(("127.0.0.1", room.port), timeout=30) as raw:
        raw.sendall(bytes_)
        raw.settimeout(2)
        try:
            raw.recv(1000)
        except (TimeoutError, ConnectionError):
            pass
    assert room.phone().vote(opened[1], a_right(QUESTIONS["history-3"]), 80).is_success


def test_a_phone_that_sends_without_pause_is_slowed_down_and_others_are_not(room, opened):
    hasty, calm = room.phone(), room.phone()
    answers = [hasty.vote(opened[1], a_right(QUESTIONS["history-3"]), 80) for _ in range(30)]
    assert 429 in {one.status_code for one in answers} and "Wait" in answers[-1].json()["why"]
    assert calm.vote(opened[1], a_right(QUESTIONS["history-3"]), 80).is_success


def test_a_thousand_reconnects_leave_nothing_behind(room, opened):
    phone, name = room.phone(), f"ruspak-phone-{room.port}"
    request = (
        f"GET /events?as=phone HTTP/1.1\r\nHost: x\r\nCookie: {name}={phone.cookies[name]}\r\n\r\n".encode()
    )
    phones = opened[0].state("teacher")["phones"]

    def connect() -> None:
        with socket.create_connection(("127.0.0.1", room.port)) as raw:
            raw.sendall(request)
            assert raw.recv(100).startswith(b"HTTP/1.1 200")

    for _ in range(100):
        connect()
    before = room.memory()
    for _ in range(1000):
        connect()
    assert room.memory() - before < 10
    assert phone.vote(opened[1], a_right(QUESTIONS["history-3"]), 80).is_success
    deadline = time.monotonic() + 60
    while opened[0].state("teacher")["phones"] > phones:
        assert time.monotonic() < deadline, "streams that are gone are still counted"
        time.sleep(0.2)


def test_slow_browsers_hold_nobody_up_and_are_hung_up_on(tmp_path, monkeypatch):
    """The same server within this process, with less patience."""
    from ruspak.live import app, incoming, server
    from ruspak.live.room import Room
    from ruspak.live.store import Store

    monkeypatch.setattr(server, "PATIENCE", 1)
    monkeypatch.setattr(incoming, "SECONDS", 1)
    sock = server.listening("127.0.0.1", 0)
    port = sock.getsockname()[1]
    started = []

    async def run() -> None:
        room = Room(QUESTIONS, Store(tmp_path / "votes.db", temporary=True))
        config = server.configured(app.build(room, app.Place("", tmp_path, port, False)))
        it = server.Server(config, room)
        started.append((it, room))
        await it.serve([sock])
        room.store.close()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    address = f"http://127.0.0.1:{port}"
    while not started or not started[0][0].started:
        time.sleep(0.02)
    try:
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
        for raw in silent[20:40]:
            raw.sendall(b"GET / HTTP/1.1\r\nHo")
        for raw in silent[40:]:
            raw.sendall(
                b"POST /step HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
                + b"Cookie: ruspak-teacher-%d=%s\r\n\r\n{" % (port, started[0][1].store.token.encode())
            )
        assert httpx.get(f"{address}/where", timeout=20).is_success
        for place, raw in enumerate(silent):
            raw.settimeout(30)
            answer = b"".join(iter(lambda: raw.recv(4096), b""))
            assert answer.startswith(b"HTTP/1.1 408") if place >= 40 else answer == b""
    finally:
        started[0][0].should_exit = True
        thread.join(30)
    assert not thread.is_alive()


def test_votes_survive_kill_9_and_the_vote_goes_on(tmp_path):
    with running(tmp_path) as room:
        teacher, phones = room.teacher(), [room.phone() for _ in range(20)]
        do(teacher, "ask", question="history-3")
        state, options = phones[0].state(), [option["text"] for option in QUESTIONS["history-3"]["options"]]
        acknowledged = {}

        def chosen(place: int, turn: int) -> str:
            return options[(place + turn) % 4]

        def keep_voting(place: int) -> None:
            for turn in range(8):
                try:
                    if phones[place].vote(state, chosen(place, turn), 80).is_success:
                        acknowledged[place] = turn
                except httpx.TransportError:
                    return

        with concurrent.futures.ThreadPoolExecutor(20) as crowd:
            running_votes = [crowd.submit(keep_voting, place) for place in range(20)]
            while len(acknowledged) < 10:
                time.sleep(0.005)
            room.kill()
            for one in running_votes:
                one.result()
        room.start()
        assert "goes on" in room.said
        assert teacher.state("teacher")["phase"] == "open", "the teacher's cookie holds after the crash"
        for (
            place,
            turn,
        ) in acknowledged.items():  # the next one may have been kept and its acknowledgement cut off
            assert phones[place].state()["mine"]["answer"] in (chosen(place, turn), chosen(place, turn + 1))
        assert phones[0].vote(state, options[1], 60).is_success
        assert do(teacher, "close").is_success
        assert teacher.state("teacher")["answered"][0] >= len(acknowledged)


def test_a_full_disk_is_told_and_takes_nothing_along(tmp_path):
    """SQLite itself says so, at a size that is set here."""
    from ruspak.live.room import Room
    from ruspak.live.store import Store, Unkept

    async def go() -> None:
        store = Store(tmp_path / "votes.db", temporary=True)
        room = Room(QUESTIONS, store)
        await room.ask("history-3")
        options = [option["text"] for option in QUESTIONS["history-3"]["options"]]
        await room.vote("a" * 32, 1, 1, options[0], 80)
        pages = store._base.execute("PRAGMA page_count").fetchone()[0]
        store._base.execute(f"PRAGMA max_page_count = {pages}")
        refused = []
        for number in range(200):
            try:
                await room.vote(f"{number:032x}", 1, 1, options[1], 80)
            except Unkept as error:
                refused.append(str(error))
        assert refused and all("full" in one for one in refused)
        assert room.for_teacher()["answered"] == [201 - len(refused)] == [len(store.votes())]
        store._base.execute("PRAGMA max_page_count = 100000")
        await room.vote("b" * 32, 1, 1, options[1], 80)
        store.close()

    with concurrent.futures.ThreadPoolExecutor(
        1
    ) as thread:  # a browser of other tests has a loop in this one
        thread.submit(asyncio.run, go()).result()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_the_end_deletes_what_nobody_asked_to_keep(tmp_path, by):
    with running(tmp_path) as room:
        do(room.teacher(), "ask", question="history-3")
        assert list(tmp_path.iterdir())
        room.process.send_signal(by)
        room.process.wait(60)
        said = room.end()
    assert "deleted" in said and room.process.returncode == 0
    assert not list(tmp_path.iterdir())


def test_open_pages_do_not_hold_up_the_end_and_are_told(tmp_path):
    with running(tmp_path) as room:
        phone = room.phone()
        with phone.stream("GET", "/events", params={"as": "phone"}) as stream:
            lines = stream.iter_lines()
            next(line for line in lines if line.startswith("data: {"))
            started = time.monotonic()
            threading.Timer(0.1, room.process.send_signal, [2]).start()
            last = json.loads([line for line in lines if line.startswith("data: {")][-1][6:])
        assert last["phase"] == "ended"
        room.process.wait(30)
        assert time.monotonic() - started < 20


def test_what_is_kept_holds_no_name_of_a_phone_and_is_exported(tmp_path):
    kept = tmp_path / "class of monday.db"
    with running(tmp_path, "--keep", str(kept)) as room:
        teacher, phones = room.teacher(), [room.phone(), room.phone()]
        for key in ("history-3", "history-4", "history-7"):
            assert do(teacher, "ask", question=key).is_success
            state = phones[0].state()
            assert phones[0].vote(state, a_right(QUESTIONS[key]), 90).is_success
            said = "=1+1" if key == "history-4" else a_wrong(QUESTIONS[key])
            assert phones[1].vote(state, said, 60).is_success
            do(teacher, "close")
        do(teacher, "show")
        names = {phone.cookies[f"ruspak-phone-{room.port}"] for phone in phones}
        answer = teacher.get("/votes.csv")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert answer.headers["content-type"].startswith("text/csv") and not any(
            name in answer.text for name in names
        )
        assert len(rows) == 6 and sum(row["right"] == "1" for row in rows) == 3
        assert {row["sure_pct"] for row in rows if row["question"] == "history-3"} == {"90", "60"}
        assert "'=1+1" in {row["answer"] for row in rows}
        assert len({row["phone"] for row in rows}) == 2
        room.end()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert not any(name.encode() in stored for name in names)
    assert room.token.encode() not in stored
    with running(tmp_path, "--keep", str(kept)) as room:
        state = room.teacher().state("teacher")
        assert state["phase"] == "idle" and state["freed"] == [], "a new class begins anew, in the same file"
        assert len(room.teacher().get("/votes.csv").text.splitlines()) == 7


def test_what_keeps_it_from_starting_is_said(tmp_path, room, capsys, monkeypatch):
    from ruspak.live import command

    monkeypatch.setenv("RUSPAK_LIVE", str(tmp_path))

    def ended_with(*options: str) -> str:
        """What the command says before it ends; it takes longer to start than to fail, so in this process."""
        try:
            code = command.main(list(options))
        except SystemExit as error:  # of the parser
            code = error.code
        assert code in (1, 2)
        return capsys.readouterr().err

    done = subprocess.run(
        [sys.executable, "-m", "ruspak", "live", "--port", str(room.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1 and f"Port {room.port} can't be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert f"Port {room.port} can't be used" in ended_with("--port", str(room.port))
    assert "--port is a number" in ended_with("--port", "99999")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear votes, " * 500)
    assert "no file of votes" in ended_with(
        "--port", "0", "--keep", str(letter)
    ) and letter.read_text().startswith("Dear")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE recipes (name)")
    base.close()
    assert "no file of votes" in ended_with("--port", "0", "--keep", str(other))
    assert "can't be" in ended_with("--port", "0", "--keep", str(tmp_path))
    kept = tmp_path / "kept.db"
    with running(tmp_path, "--keep", str(kept)):
        assert "another program holds this file" in ended_with("--port", "0", "--keep", str(kept))


def test_help_is_plain():
    done = subprocess.run(
        [sys.executable, "-m", "ruspak", "live", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    for option in ("--lan", "--keep", "--port", "--address"):
        assert option in done.stdout


def test_only_this_computer_unless_told_otherwise(room, tmp_path):
    mine = addresses.own()
    if mine == "127.0.0.1":
        pytest.skip("this machine has no other address than 127.0.0.1")
    with pytest.raises(OSError):
        socket.create_connection((mine, room.port), timeout=5)
    assert "Only this computer" in room.said


def test_lan_opens_all_addresses_and_says_so(tmp_path, monkeypatch, capsys):
    """All but the opening itself: tests listen on loopback only."""
    from ruspak.live import command, server

    wanted, served = [], []
    monkeypatch.setenv("RUSPAK_LIVE", str(tmp_path))
    listening = server.listening
    monkeypatch.setattr(
        server, "listening", lambda host, port: wanted.append(host) or listening("127.0.0.1", port)
    )
    monkeypatch.setattr(server, "serve", lambda app, sock, room: served.append(app) or sock.close())
    assert command.main(["--lan", "--address", "laptop.school", "--port", "0"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert wanted == ["0.0.0.0"] and len(served) == 1
    assert "Phones: http://laptop.school:" in said and "Everybody in this network" in said
    assert "Nothing is encrypted" in said and "Nothing goes out to the internet" in said


def test_the_code_on_the_wall_is_the_address(room):
    import segno

    drawn = room.phone().get("/qr.svg").text
    assert drawn == addresses.picture(f"{room.address}/") and "<svg" in drawn
    assert "http://" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert segno.make(f"{room.address}/", error="m", micro=False).version <= 3, (
        "few enough dots for the back row"
    )


def test_answers_forbid_requests_to_anywhere_else(room):
    for path in ("/", "/wall", "/live/quiz.js", "/qr.svg"):
        assert "default-src 'self'" in httpx.get(room.address + path).headers["content-security-policy"]


def test_a_wrong_clock_changes_nothing(room):
    """No code of a vote asks for the time of day."""
    for path in [*(ROOT / "ruspak" / "live").rglob("*.py"), *(ROOT / "ruspak" / "live").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not any(
            word in text for word in ("time.time", "datetime", "new Date", "Date.now", "CURRENT_TIME")
        ), path
