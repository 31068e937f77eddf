"""The quiz on a page without kernel, in a real chromium: every kind wrong and right, by mouse and by keyboard alone.

Report: Khan/perseus#2574 (16,000 for 16).
"""

import functools
import json
import shutil
from pathlib import Path

import pytest
from browser import WAIT, axe, visit
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from test_quiz_bank import claims

from ruspak.quiz import bank, static

in_browser = settings(deadline=None, max_examples=60)
SAMPLES = Path(__file__).parent / "quiz_samples"
PACKAGE = Path(static.__file__).parent
QUESTIONS = bank.load(SAMPLES / "good", claims=claims)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Quiz</title><link rel="icon" href="data:,"><link rel="stylesheet" href="quiz.css">
<style>:root {{ color-scheme: light dark }} body {{ margin: 8px auto; max-width: 44rem }}</style>
<main><h1>Quiz</h1>{}</main><script type="module" src="quiz.js"></script></html>"""


@pytest.fixture(scope="session")
def site(serve, tmp_path_factory) -> str:
    """The address of a page with one question of each kind."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("quiz.js", "quiz.css"):
        shutil.copy(PACKAGE / name, folder)
    (folder / "index.html").write_text(
        PAGE.format("".join(map(static.element, QUESTIONS.values()))), encoding="utf-8"
    )
    return serve(folder) + "/index.html"


@pytest.fixture(scope="module")
def script(chromium, site):
    """A function that calls an exported function of quiz.js with arguments and gives its result."""
    with visit(chromium, site) as page:
        yield lambda name, *arguments: page.evaluate(
            "async ([name, args]) => (await import('./quiz.js'))[name](...args)", [name, list(arguments)]
        )


def block(page, key: str):
    return page.locator("ruspak-quiz").nth(list(QUESTIONS).index(key))


def kept(page, key: str) -> list[dict]:
    return json.loads(page.evaluate("key => localStorage.getItem(`ruspak-quiz:${key}`)", key) or "[]")


def answer_by_mouse(page, key: str, answer) -> None:
    """Answer a sample question, see `give`."""
    give(block(page, key), QUESTIONS[key], answer)


def give(place, question: dict, answer) -> None:
    """Give an answer as the attempts hold it to the question at this place, say 80% where asked, and press Check."""
    match question["kind"]:
        case "single" | "verdict":
            place.locator(".rq-option", has=place.page.locator(f'input[value="{answer}"]')).click()
        case "multiple":
            for option in question["options"]:
                box = place.get_by_label(option["text"])
                if box.is_checked() != (option["text"] in answer):
                    box.click()
        case "numeric" | "text":
            place.get_by_label("Your answer").fill(answer)
        case "order":
            for target, item in enumerate(answer):
                while place.locator(".rq-item > span").all_text_contents().index(item) > target:
                    place.get_by_label(f"Move up: {item}").click()
        case "match":
            for select, right in zip(place.get_by_role("combobox").all(), answer, strict=True):
                select.select_option(right)
    sure = place.get_by_label("80%: quite sure")
    if sure.count() and sure.is_enabled():
        sure.click()
    place.get_by_role("button", name="Check").click()


def right(question: dict):
    match question["kind"]:
        case "numeric":
            return str(round(float(question["answer"]), 4))
        case "text":
            return question["accept"][0]
        case "order":
            return question["answer"]
        case "match":
            return [pair["right"] for pair in question["pairs"]]
        case kind:
            texts = [option["text"] for option in question["options"] if option.get("correct")]
            return texts if kind == "multiple" else texts[0]


CASES = {  # key: a wrong answer, what is said of it, what is said of the right one
    "sample-single": ("Whether the share rose or fell", "The line shows this", "A share counts votes"),
    "sample-multiple": (
        ["The colour of the line", "The name of the table"],
        "1 of your choices does not belong here. There is also more to find.",
        "These, and only these.",
    ),
    "sample-numeric": ("0,9", "This is the fraction.", "54 of 60 is nine of ten."),
    "sample-text": ("shimla!", "The Simla agreement is of 1972.", "The Soviet Union had invited both sides"),
    "sample-order": (
        ["The Tashkent declaration", "Pakistan becomes independent", "The end of the Soviet Union"],
        "1 of 3 is in place. Begin with the one",
        "1947, 1966, 1991.",
    ),
    "sample-match": (["a whole number", "a date", "a date"], "1 of 3 pairs is right.", "Right."),
    "sample-verdict": ("supported", "Compare the two numbers", "Minister and press gave"),
}


def test_rows_are_numbered_and_options_lettered(chromium, site):
    with visit(chromium, site) as page:
        told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        words = {node["name"]["value"].strip() for node in told if node["role"]["value"] == "StaticText"}
        assert set("123ABC") <= words


@pytest.mark.parametrize("key", CASES)
def test_wrong_then_right_by_mouse(chromium, site, key):
    wrong, said_of_wrong, said_of_right = CASES[key]
    question = QUESTIONS[key]
    with visit(chromium, site) as page:
        place = block(page, key)
        status = place.locator(".rq-panel").get_by_role("status")
        assert question["explanation"].split("**")[0] not in place.inner_text()
        answer_by_mouse(page, key, wrong)
        assert f"Not yet. {said_of_wrong}" in status.inner_text()
        assert place.get_by_role("button", name="Check").evaluate("node => node === document.activeElement")
        if question.get("confidence"):
            assert place.get_by_label("80%: quite sure").is_disabled()  # only the first answer is scored
        answer_by_mouse(page, key, right(question))
        assert "Right." in status.inner_text() and said_of_right in status.inner_text()
        expect(place.locator(".rq-panel")).to_be_focused(timeout=WAIT)
        assert static.inline(question["explanation"]).split("<")[0] in place.inner_html()
        attempts = kept(page, key)
        assert [(one["answer"], one["correct"], one["revealed"]) for one in attempts] == [
            (wrong, False, False),
            (right(question), True, False),
        ]
        if question.get("confidence"):
            assert (
                "You were 80% sure and your first answer was wrong: Brier score 0.64" in status.inner_text()
            )
            assert [(one["confidence"], one["brier"]) for one in attempts] == [(80, 0.64), (None, None)]
        page.reload()
        assert said_of_right in status.inner_text()
        assert len(kept(page, key)) == 2


def test_feedback_of_each_row(chromium, site):
    with visit(chromium, site) as page:
        answer_by_mouse(page, "sample-multiple", ["The name of the table", "The colour of the line"])
        place = block(page, "sample-multiple")
        assert place.locator(".rq-note").all_inner_texts() == [
            "✗ Not this. A colour tells countries apart; it is no source.",
            "✓ Right. With the name you can open the table.",
        ]
        note = place.get_by_label("The colour of the line").get_attribute("aria-describedby")
        assert "it is no source" in page.locator(f"#{note}").inner_text()
        answer_by_mouse(page, "sample-match", ["a whole number", "a date", "a date"])
        assert block(page, "sample-match").locator(".rq-note").nth(1).inner_text() == (
            "✗ Not this. Countries are written in ISO 3166 codes."
        )
        answer_by_mouse(page, "sample-verdict", "contradicted")
        notes = block(page, "sample-verdict").locator(".rq-note").all_inner_texts()
        assert len(notes) == 6 and "✗ Not this. The test has been made." in notes


def test_the_answer_is_offered_after_two_wrong_tries_and_recorded(chromium, site):
    with visit(chromium, site) as page:
        place = block(page, "sample-numeric")
        offer = place.get_by_role("button", name="Show the answer")
        answer_by_mouse(page, "sample-numeric", "10%")
        assert not offer.is_visible()
        answer_by_mouse(page, "sample-numeric", "1 234,5")
        offer.click()
        assert (
            "The answer. 90 %. 54 of 60" in place.inner_text() and "A share is the part" in place.inner_text()
        )
        assert place.get_by_label("Your answer").input_value() == "90"
        assert kept(page, "sample-numeric")[-1] | {"time": "", "uid": ""} == {
            "id": "sample-numeric",
            "time": "",
            "answer": None,
            "correct": False,
            "confidence": None,
            "brier": None,
            "revealed": True,
            "uid": "",
        }
        place.get_by_role("button", name="Start again").click()
        assert place.get_by_label("Your answer").evaluate(
            "node => node === document.activeElement && !node.value"
        )
        assert not offer.is_visible() and "A share is the part" not in place.inner_text()


def test_an_answer_that_is_none_is_asked_for_and_not_recorded(chromium, site):
    with visit(chromium, site) as page:
        for key, asked in {
            "sample-single": "Choose an answer first.",
            "sample-multiple": "Choose at least one answer first.",
            "sample-text": "Type an answer first.",
            "sample-match": "Choose one in each row first.",
        }.items():
            place = block(page, key)
            place.get_by_role("button", name="Check").click()
            assert place.locator(".rq-panel").inner_text() == asked
            assert place.locator(".rq-main :focus").count() == 1
            assert not kept(page, key)
        place = block(page, "sample-numeric")
        place.get_by_label("Your answer").fill("ninety")
        place.get_by_role("button", name="Check").click()
        assert "“ninety” is not a number." in place.inner_text()
        place.get_by_label("Your answer").fill("90")
        place.get_by_role("button", name="Check").click()
        assert "Say how sure you are first." in place.inner_text()
        assert not kept(page, "sample-numeric")


def test_a_page_without_storage_still_works(chromium, site):
    with visit(chromium, site, alone=True) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off'); } })"
        )
        page.reload()
        answer_by_mouse(page, "sample-text", "Toshkent")
        assert "Right." in block(page, "sample-text").inner_text()


@pytest.mark.parametrize(
    "kept_value",
    [
        "nonsense",
        '{"answer": 7}',
        "[null]",
        '[{"answer": 7}]',
        '[{"answer": "an option that is gone", "correct": true}]',
    ],
)
def test_old_attempts_that_do_not_fit_are_passed_over(chromium, site, kept_value):
    with visit(chromium, site) as page:
        for key in QUESTIONS:
            if key != "sample-text":
                page.evaluate(
                    "([key, value]) => localStorage.setItem(`ruspak-quiz:${key}`, value)", [key, kept_value]
                )
        page.reload()
        answer_by_mouse(page, "sample-match", right(QUESTIONS["sample-match"]))
        assert "Right." in block(page, "sample-match").inner_text()


def focused(page, script: str):
    return page.evaluate(f"(() => {{ const node = document.activeElement; return {script}; }})()")


def reach(page, script: str, back: int = 0) -> None:
    """Press the tab key until the focus is where the script says; first some steps back."""
    for key in ["Shift+Tab"] * back + ["Tab"] * 40:
        if focused(page, script):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the tab key never reaches {script}")


def press_until(page, key: str, script: str) -> None:
    for _ in range(10):
        if focused(page, script):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never gives {script}")


def answer_by_keyboard(page, question: dict) -> None:
    """Give the right answer to the question whose controls come next, 70% sure where asked, by keys alone."""
    match question["kind"]:
        case "single" | "verdict":
            reach(page, "node.type === 'radio'")
            page.keyboard.press("Space")
            press_until(page, "ArrowDown", f"node.checked && node.value === {json.dumps(right(question))}")
        case "multiple":
            for text in right(question):
                reach(page, f"node.type === 'checkbox' && node.value === {json.dumps(text)}")
                page.keyboard.press("Space")
        case "numeric" | "text":
            reach(page, "node.type === 'text'")
            page.keyboard.type(right(question))
        case "order":
            for target, item in enumerate(question["answer"]):
                reach(page, f"node.ariaLabel === {json.dumps(f'Move up: {item}')}", back=6 if target else 0)
                press_until(
                    page,
                    "Enter",
                    f"[...node.closest('ol').children].indexOf(node.closest('li')) === {target}",
                )
        case "match":
            for count, pair in enumerate(question["pairs"]):
                reach(page, f"node.tagName === 'SELECT' && node.id.endsWith('-{count}')")
                press_until(page, "ArrowDown", f"node.value === {json.dumps(pair['right'])}")
    if question.get("confidence"):
        reach(page, "node.name.endsWith('-sure')")
        press_until(page, "ArrowRight", "node.checked && node.value === '70'")
    reach(page, "node.textContent === 'Check'")
    page.keyboard.press("Enter")


def test_all_kinds_by_keyboard_alone(chromium, site):
    with visit(chromium, site) as page:
        for key, question in QUESTIONS.items():
            answer_by_keyboard(page, question)
            status = block(page, key).locator(".rq-panel").get_by_role("status").inner_text()
            assert "Right." in status, f"{key}: {status}"
            if question.get("confidence"):
                assert "You were 70% sure and your first answer was right: Brier score 0.09" in status
            assert kept(page, key)[0]["correct"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_cut_off(chromium, site, width, dark):
    with visit(chromium, site, width, dark) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('.ruspak-quiz')).backgroundColor") == (
            "rgb(22, 25, 29)" if dark else "rgb(255, 254, 251)"
        )
        for key in QUESTIONS:
            answer_by_mouse(page, key, CASES[key][0])
        assert axe(page) == []
        small = page.evaluate("""[...document.querySelectorAll("button, select, input[type=text], .rq-option, .rq-scale label")]
            .filter((node) => node.getClientRects().length && Math.min(node.offsetWidth, node.offsetHeight) < 44).length""")
        assert small == 0
        for key, question in QUESTIONS.items():
            answer_by_mouse(page, key, right(question))
        assert axe(page) == []
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == 320


# ------------------------------------------------------------------------------------ the functions of quiz.js


@pytest.mark.parametrize(
    ("typed", "unit", "meant"),
    [
        ("1234.5", "", [1234.5]),
        ("1 234,5", "", [1234.5]),
        ("1,234.5", "", [1234.5]),
        ("1.234,5", "", [1234.5]),
        ("1\u202f234\u00a0567", "", [1234567]),
        ("12,34,567", "", [1234567]),
        ("1’234", "", [1234]),
        ("1,234", "", [1234, 1.234]),
        ("1.234", "", [1.234, 1234]),
        ("0,123", "", [0.123]),
        ("81,2", "", [81.2]),
        ("81%", "%", [81]),
        ("81 per cent", "%", [81]),
        ("81%", "", []),
        ("US$ 945.87 million", "million US$", [945.87]),
        ("−5", "", [-5]),
        ("- 5", "", [-5]),
        ("–5", "", [-5]),
        ("+5", "", [5]),
        ("۸۱٫۵", "", [81.5]),
        ("٨١", "", [81]),
        (".5", "", [0.5]),
        ("5.", "", [5]),
        ("", "", []),
        (".", "", []),
        ("1e3", "", []),
        ("1,2,3", "", []),
        ("eighty", "", []),
        ("5-3", "", []),
        ("1 2", "", []),
    ],
)
def test_numbers_as_people_type_them(script, typed, unit, meant):
    assert script("readings", typed, unit) == meant


@pytest.mark.parametrize(
    "case",
    json.loads((Path(__file__).parent / "pasted_numbers.json").read_text(encoding="utf-8")),
    ids=lambda case: ascii(case["typed"]),
)
def test_numbers_as_people_paste_them(script, case):
    """The same table is read by ruspak.text, for sheets and marking: tests/test_text.py."""
    assert script("readings", case["typed"], case["unit"]) == case["readings"]


def test_a_number_with_two_meanings_is_asked_about(chromium, site):
    """The sample's key is 90: a page that read 90,000 as 90 would guess in the learner's favour."""
    with visit(chromium, site) as page:
        place = block(page, "sample-numeric")
        place.locator("input[type=text]").fill("90,000")
        place.get_by_role("button", name="Check").click()
        place.get_by_text("can mean 90000 or 90").wait_for()
        assert kept(page, "sample-numeric") == []


@in_browser
@given(
    st.decimals(-(10**9), 10**9, places=3),
    st.sampled_from([(",", "."), (" ", "."), (" ", ","), (".", ","), ("’", ".")]),
)
def test_every_written_number_is_read_back(script, number, signs):
    written = f"{number:,.3f}".translate({ord(","): signs[0], ord("."): signs[1]})
    assert float(number) in script("readings", written)


@in_browser
@given(st.text(max_size=12), st.text(max_size=4))
def test_no_text_breaks_the_reading_of_numbers(script, typed, unit):
    assert all(isinstance(value, int | float) for value in script("readings", typed, unit))


@in_browser
@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(-3, 3))
def test_the_tolerance_is_kept(script, key, tolerance, distance):
    typed = key + distance * tolerance
    question = {"kind": "numeric", "answer": key, "tolerance": tolerance, "mistakes": [], "feedback": "No."}
    slack = 1e-9 * max(1, abs(key))
    if not slack / 2 < abs(abs(typed - key) - tolerance) - slack < 2 * slack:
        assert script("judge", question, f"{typed:.12f}")["correct"] == (
            abs(typed - key) <= tolerance + slack
        )


@pytest.mark.parametrize(
    "typed", ["tashkent", " TASHKENT ", "Tash-kent", "Tāshkent", "Ташкент", "ташкент.", "تاشقند"]
)
def test_names_as_people_type_them(script, typed):
    assert script("judge", QUESTIONS["sample-text"], typed)["correct"]


@in_browser
@given(st.text(max_size=10))
def test_python_and_browser_compare_names_alike(script, text):
    plain = [letter for letter in text if letter.isalnum()]
    folded = script("fold", text)
    assert script("fold", folded.upper().lower()) == script("fold", text.upper().lower())
    assert bool(folded) or not any(letter.isascii() for letter in plain)


@pytest.mark.parametrize(
    ("percent", "correct", "score"),
    [
        (50, True, 0.25),
        (50, False, 0.25),
        (80, True, 0.04),
        (80, False, 0.64),
        (100, True, 0),
        (100, False, 1),
    ],
)
def test_brier_scores(script, percent, correct, score):
    assert script("brier", percent, correct) == score


pieces = st.sampled_from(
    [
        "*",
        "**",
        "`",
        "[a](",
        "https://x.y/z",
        "javascript:alert",
        "//evil",
        "../data/README.md#t",
        ")",
        ' "calc:x"',
        "<b>",
        "&",
        "слово",
        " ",
        "a",
        "\n",
        "]",
        "[",
    ]
)


@in_browser
@given(st.lists(pieces, max_size=9).map("".join))
@example('**b** *i* `c` [t](https://x.y/z) [u](../data/README.md#t "calc:x")')
@example("[a](javascript:alert) [b](//evil) [c](data:text/html,x) <img src=x onerror=alert(1)>")
def test_python_and_browser_mark_up_text_alike_and_safely(chromium, marked_up, text):
    shown = marked_up(text)
    expected = static.inline(text).replace("&quot;", '"').replace("&#x27;", "'")
    assert shown["html"] == expected
    assert set(shown["tags"]) <= {"A", "CODE", "EM", "STRONG"}
    assert not [link for link in shown["links"] if link.startswith(("javascript:", "//"))]


@pytest.fixture(scope="module")
def marked_up(chromium, site):
    """A function from a text to what quiz.js makes of it."""
    with visit(chromium, site) as page:
        yield functools.partial(
            page.evaluate,
            """async (text) => {
            const box = document.createElement("div");
            box.append(...(await import("./quiz.js")).inline(text));
            const inner = [...box.querySelectorAll("*")];
            const links = inner.filter((node) => node.href !== undefined);
            links.forEach((node) => { node.removeAttribute("target"); node.removeAttribute("rel");
                                      node.removeAttribute("data-lm-suppress-shortcuts"); });
            return { html: box.innerHTML, tags: inner.map((node) => node.tagName),
                     links: links.map((node) => node.getAttribute("href")) };
        }""",
        )
