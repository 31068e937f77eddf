"""A teacher and three phones at once, in a real browser: every kind of question, sleep, crash, keyboard, 390
pixels, dark.
"""

import contextlib
import functools

import pytest
from browser import axe, visit
from live_class import KINDS, QUESTIONS, a_right, a_wrong, running

LOST = (
    "ERR_CONNECTION",
    "ERR_INCOMPLETE_CHUNKED",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_NETWORK",
    "ERR_EMPTY_RESPONSE",
)


@pytest.fixture
def room(tmp_path):
    with running(tmp_path) as found:
        yield found


@contextlib.contextmanager
def class_of(chromium, room, phones: int = 3, dark: bool = False, allow: tuple[str, ...] = (), alone=False):
    """The teacher's page and phones; on leaving each is looked at for errors and foreign requests."""
    how = {"dark": dark, "allow": allow, "alone": alone}
    with contextlib.ExitStack() as stack:
        teacher = stack.enter_context(visit(chromium, f"{room.address}/teacher?token={room.token}", **how))
        teacher.locator(".live-steps button").first.wait_for()
        yield (
            teacher,
            [stack.enter_context(visit(chromium, room.address, width=390, **how)) for _ in range(phones)],
        )


@pytest.fixture(scope="module")
def classes(chromium, tmp_path_factory):
    """A function from dark or not to the teacher's page and the phones of one class, which is asked one question after the
    other. After a failure there is a new class."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def meet(dark: bool):
            room = stack.enter_context(running(tmp_path_factory.mktemp("room")))
            return stack.enter_context(class_of(chromium, room, dark=dark))

        yield meet


@contextlib.contextmanager
def the_class(classes, dark: bool):
    try:
        yield classes(dark)
    except BaseException:
        classes.cache_clear()
        raise


def ask(teacher, key: str) -> None:
    teacher.locator("[data-step=ask]").click()
    teacher.get_by_label("From notebook").select_option(key.rpartition("-")[0])
    teacher.locator(f'[data-id="{key}"]').click()
    teacher.locator(".live-wall [data-phase=open]").wait_for()


def step(teacher, name: str, phase: str) -> None:
    teacher.locator(f"[data-step={name}]").click()
    teacher.locator(f"[data-phase={phase}]").wait_for()


def choose(phone, question: dict, answer) -> None:
    """Put an answer into the controls."""
    phone.locator(".rq-check").wait_for()
    match question["kind"]:
        case "single" | "verdict" | "multiple":
            for option in question["options"]:
                box = phone.locator(f'.rq-main input[value="{option["text"]}"]')
                if option["text"] in ([answer] if isinstance(answer, str) else answer):
                    box.check()
                elif question["kind"] == "multiple":
                    box.uncheck()
        case "numeric" | "text":
            phone.locator(".rq-field input").fill(answer)
        case "order":
            for place, item in enumerate(answer):
                while (here := phone.locator(".rq-item > span").all_inner_texts().index(item)) > place:
                    phone.locator('[data-step="-1"]').nth(here).click()
        case "match":
            for place, partner in enumerate(answer):
                phone.locator("select").nth(place).select_option(partner)


def vote(phone, question: dict, answer, sure: int = 80) -> None:
    choose(phone, question, answer)
    if question.get("confidence"):
        phone.locator(f'.rq-sure input[value="{sure}"]').check(force=True)
    phone.get_by_role("button", name="Vote").click()
    phone.get_by_text("Your vote is in.").wait_for()


@pytest.mark.parametrize("kind, key", KINDS.items())
def test_a_vote_from_the_question_to_what_came_of_it(classes, kind, key):
    question = QUESTIONS[key]
    right, wrong = a_right(question), a_wrong(question)
    with the_class(classes, dark=kind in ("order", "single")) as (teacher, phones):
        ask(teacher, key)
        for phone, answer in zip(phones, (right, wrong, wrong)):
            vote(phone, question, answer)
        teacher.get_by_text("3 of 3 answered").wait_for()
        assert teacher.locator(".live-bar").count() == 0
        vote(phones[1], question, right, 90)  # changed before the vote is closed
        step(teacher, "close", "closed")
        assert teacher.get_by_text("Between 30% and 70%").is_hidden(), "the room would read it, too"
        teacher.get_by_text("For you alone").click()
        assert teacher.get_by_text("Between 30% and 70%").is_visible()
        assert teacher.locator(".live-bar").count() == 0
        phones[0].get_by_text("Look at the wall").wait_for()
        assert not phones[0].get_by_role("button", name="Vote").is_visible()
        step(teacher, "spread", "spread")
        assert "67% (2)" in teacher.locator(".live-share").all_inner_texts()
        assert teacher.locator(".rq-note").count() == 0
        assert not axe(teacher, "#wall") and not axe(teacher, ".live-desk")
        step(teacher, "discuss", "discuss")
        phones[2].get_by_text("Talk to your neighbour").wait_for()
        step(teacher, "again", "open")
        vote(phones[2], question, right)
        vote(phones[1], question, wrong)
        vote(phones[0], question, right)
        step(teacher, "close", "closed")
        step(teacher, "show", "shown")
        teacher.get_by_text("First vote: 3 answers").wait_for()
        teacher.get_by_text("Right.").first.wait_for()
        assert question["explanation"].split("`")[0][:20] in teacher.locator(".rq-more").inner_text()
        assert ("How sure, how right" in teacher.locator("#wall").inner_text()) == bool(
            question.get("confidence")
        )
        phones[0].locator('.rq-panel[data-ok="true"]').get_by_text("Right.").wait_for()
        lost = phones[1].locator('.rq-panel[data-ok="false"]')
        lost.get_by_text("The answer:").wait_for()
        assert not phones[0].get_by_role("button", name="Start again").is_visible()
        for page in (teacher, *phones[:2]):
            assert not axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        size = teacher.locator(".rq-main > legend").evaluate(
            "(one) => parseFloat(getComputedStyle(one).fontSize)"
        )
        assert size > 900 / 40, "too small for the back of the room"


def test_a_phone_that_sleeps_finds_the_room_where_it_is(chromium, room):
    with class_of(chromium, room, allow=LOST) as (teacher, phones):
        sleeper = phones[0]
        ask(teacher, "history-3")
        sleeper.locator(".rq-check").wait_for()
        sleeper.context.set_offline(True)
        choose(sleeper, QUESTIONS["history-3"], a_right(QUESTIONS["history-3"]))
        sleeper.locator('.rq-sure input[value="70"]').check(force=True)
        sleeper.get_by_role("button", name="Vote").click()
        sleeper.get_by_text("Your vote goes out as soon as there is one").wait_for()
        sleeper.context.set_offline(False)
        sleeper.get_by_text("Your vote is in.").wait_for()
        teacher.get_by_text("1 of 3 answered").wait_for()
        sleeper.context.set_offline(True)
        step(teacher, "close", "closed")
        step(teacher, "show", "shown")
        ask(teacher, "history-4")
        sleeper.context.set_offline(False)
        sleeper.get_by_text("which of the four states abstained").wait_for()
        vote(sleeper, QUESTIONS["history-4"], "India")


def test_a_crash_amid_a_vote_is_only_a_pause(chromium, room):
    question = QUESTIONS["history-3"]
    with class_of(chromium, room, allow=LOST) as (teacher, phones):
        ask(teacher, "history-3")
        vote(phones[0], question, a_right(question))
        choose(phones[1], question, a_wrong(question))
        room.kill()
        phones[1].get_by_text("No connection to the teacher").wait_for()
        phones[1].locator('.rq-sure input[value="60"]').check(force=True)
        phones[1].get_by_role("button", name="Vote").click()
        phones[1].get_by_text("Your vote goes out as soon as there is one").wait_for()
        room.start()
        phones[1].get_by_text("Your vote is in.").wait_for()
        teacher.get_by_text("2 of 3 answered").wait_for()
        vote(phones[2], question, a_right(question))
        step(teacher, "close", "closed")
        step(teacher, "spread", "spread")
        assert "67% (2)" in teacher.locator(".live-share").all_inner_texts()


def test_keyboard_alone_is_enough(chromium, room):
    with class_of(chromium, room, phones=1) as (teacher, (phone,)):
        teacher.locator("[data-step=ask]").focus()
        teacher.keyboard.press("Enter")
        teacher.locator(".live-picker[open]").wait_for()
        teacher.get_by_label("From notebook").select_option("history")
        teacher.locator('[data-id="history-3"]').focus()
        teacher.keyboard.press("Enter")
        phone.locator(".rq-check").wait_for()
        phone.locator(".rq-main input").first.focus()
        phone.keyboard.press("ArrowDown")
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
        phone.keyboard.press("Tab")
        phone.keyboard.press("Enter")
        phone.get_by_text("Your vote is in.").wait_for()
        teacher.get_by_text("1 of 1 answered").wait_for()
        teacher.locator("[data-step=close]").focus()
        for name, phase in (("close", "closed"), ("discuss", "discuss"), ("again", "open")):
            assert teacher.evaluate("document.activeElement.dataset.step") == name, (
                "focus follows to the next step"
            )
            teacher.keyboard.press("Enter")
            teacher.locator(f"[data-phase={phase}]").wait_for()


def test_a_link_from_a_slide_opens_the_question_ready_to_be_asked(chromium, room):
    with class_of(chromium, room, phones=1) as (teacher, (phone,)):
        teacher.goto(f"{room.address}/teacher?ask=history-5")
        assert teacher.locator('[data-id="history-5"]').evaluate("(one) => one === document.activeElement")
        phone.get_by_text("Wait for the first question").wait_for()  # a link alone asks nothing
        teacher.keyboard.press("Enter")
        phone.get_by_text("What happened to the agreement").wait_for()


def test_a_phone_with_a_clock_of_1990_votes_like_the_others(chromium, room):
    with class_of(chromium, room, phones=1, alone=True) as (teacher, (phone,)):
        phone.clock.set_system_time(631152000000)
        phone.reload()
        ask(teacher, "history-3")
        vote(phone, QUESTIONS["history-3"], a_right(QUESTIONS["history-3"]))
        teacher.get_by_text("1 of 1 answered").wait_for()


def test_who_comes_late_or_missed_the_vote_sees_the_answer(chromium, room):
    with class_of(chromium, room, phones=2) as (teacher, (phone, late)):
        ask(teacher, "history-2")
        choose(late, QUESTIONS["history-2"], "12")
        vote(phone, QUESTIONS["history-2"], a_right(QUESTIONS["history-2"]))
        step(teacher, "close", "closed")
        late.get_by_text("Your answer was not sent in time").wait_for()
        step(teacher, "show", "shown")
        late.get_by_text("The answer.").wait_for()
        with visit(chromium, room.address, width=390) as newcomer:
            newcomer.get_by_text("The answer.").wait_for()


def test_the_end_is_told(chromium, room):
    with class_of(chromium, room, phones=1, allow=LOST) as (teacher, (phone,)):
        phone.get_by_text("Wait for the first question").wait_for()  # it hears of the room from now on
        room.end()
        phone.get_by_text("This class has ended").wait_for()
        teacher.get_by_text("This class has ended").wait_for()
