"""The built site and decks as `ruspak live` serves them to a room: no file that a phone gets holds a key."""

import contextlib
import json
import socket
import time

import pytest
from browser import visit
from live_class import ROOT, do, running, secrets_of

from ruspak.live import pages
from ruspak.quiz import bank

QUESTIONS = bank.load()
HISTORY = [key for key in QUESTIONS if key.startswith("history-")]
TYPED = next(key for key in HISTORY if QUESTIONS[key]["kind"] == "text")
FOLDERS = {"course": ROOT / "build" / "site", "slides": ROOT / "build" / "slides"}


@pytest.fixture(scope="module")
def room(site, tmp_path_factory):
    with running(tmp_path_factory.mktemp("live"), quizzes=ROOT / "quizzes") as found:
        yield found


def leaks(text: str) -> set[str]:
    return {
        key
        for key, question in QUESTIONS.items()
        for one in secrets_of(question)
        if one in text or json.dumps(one, ensure_ascii=False)[1:-1] in text
    }


def test_no_file_for_a_phone_holds_a_key(room):
    phone, seen = room.phone(), 0
    for kind, folder in FOLDERS.items():
        for path in folder.rglob("*"):
            if path.suffix in (".html", ".js", ".txt", ".csv", ".json", ".ipynb", ".svg", ".py"):
                answer = phone.get(f"/{kind}/{path.relative_to(folder).as_posix()}")
                assert not leaks(answer.text), path
                seen += answer.is_success
    assert seen > 100


def test_the_teacher_gets_every_key(room):
    page = room.teacher().get("/course/notebooks/01_history.html").text
    assert set(HISTORY) <= leaks(page)


def test_the_course_reads_well_in_the_room_and_keeps_no_copy(chromium, room):
    with visit(chromium, f"{room.address}/course/notebooks/01_history.html", width=390) as page:
        question = page.locator(f"#quiz-{HISTORY[0]}")
        assert question.get_by_text("kept for a vote in class").is_visible()
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        question.get_by_role("link", name="answer it there").click()
        page.get_by_text("Wait for the first question").wait_for()


def test_freed_questions_are_alive_on_the_page(chromium, room):
    assert do(room.teacher(), "free", questions=[TYPED]).is_success
    with visit(chromium, f"{room.address}/course/notebooks/01_history.html") as page:
        page.locator(f"#quiz-{TYPED} input").fill(QUESTIONS[TYPED]["accept"][0])
        page.locator(f"#quiz-{TYPED}").get_by_role("button", name="Check").click()
        page.locator(f"#quiz-{TYPED}").get_by_text("Right.").wait_for()
        assert page.locator(".course-question input, .course-question select").count() == 1


def test_a_slide_puts_its_question_to_the_vote(chromium, room, site):
    about = pages.evidence(site)
    key = next(one for one in HISTORY if "src" in about[one])
    with visit(chromium, f"{room.address}/teacher?token={room.token}") as teacher:
        teacher.locator(".live-steps button").first.wait_for()
        teacher.goto(f"{room.address}/slides/01_history.html")
        slide = teacher.locator(f"section:has(#quiz-{key})")
        place = slide.evaluate("(one) => [...one.parentElement.children].indexOf(one)")
        teacher.evaluate("(place) => Reveal.slide(place)", place)
        with teacher.context.expect_page() as opened:
            slide.get_by_role("link", name="Put this question to the vote").click()
        desk = opened.value
        desk.locator(f'[data-id="{key}"]').click()
        desk.locator("[data-phase=open]").wait_for()
        figure = desk.locator(".live-figure img")
        figure.wait_for()
        assert figure.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0


def test_a_page_that_nobody_reads_on_costs_little(room):
    """A hundred phones open a lesson and then read no further."""
    request = b"GET /course/notebooks/01_history.html HTTP/1.1\r\nHost: x\r\n\r\n"
    assert room.phone().get("/course/notebooks/01_history.html").is_success
    before = room.memory()
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            raw = stack.enter_context(socket.create_connection(("127.0.0.1", room.port)))
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.sendall(request)
        assert room.phone().get("/where").is_success
        time.sleep(1)
        assert room.memory() - before < 30
