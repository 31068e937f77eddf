"""A learner with a phone: opens the course, answers by touch and by keyboard, goes off line, comes back; all is there."""

import json

import pytest
from browser import visit
from test_quiz_page import answer_by_keyboard, give, right

from ruspak.classroom.report import learners
from ruspak.quiz import bank

KINDS = ("single", "multiple", "numeric", "text", "order", "match", "verdict")
CHOSEN = {kind: next(key for key, one in bank.questions().items() if one["kind"] == kind) for kind in KINDS}
LESSON = {
    "start": "00_start_here",
    "history": "01_history",
    "security": "02_security",
    "energy": "03_energy",
    "trade": "04_trade",
    "limits": "05_limits",
    "outlook": "06_outlook",
}


def place(page, address: str, key: str):
    """Go to a question on its page; the element that holds it."""
    page.goto(f"{address}/notebooks/{LESSON[key.partition('-')[0]]}.html#quiz-{key}")
    found = page.locator(f"#quiz-{key} .ruspak-quiz")
    found.wait_for()
    return found


def phone(chromium):
    """A phone's browser: 390 pixels, touch."""
    return chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, accept_downloads=True
    )


def test_a_phone_learner_goes_off_line_and_loses_nothing(chromium, address, tmp_path):
    context = phone(chromium)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.get_by_text("The whole course is on this device").wait_for()

    for kind, key in CHOSEN.items():
        found = place(page, address, key)
        if kind == "single":
            found.locator("input").first.focus()
            answer_by_keyboard(page, bank.question(key))
        else:
            give(found, bank.question(key), right(bank.question(key)))
        assert "Right." in found.get_by_role("status").last.inner_text(), key

    context.set_offline(True)
    for key in CHOSEN.values():  # each lesson opens, and the answers stand there
        assert "Right." in place(page, address, key).get_by_role("status").last.inner_text(), key
    page.goto(f"{address}/site/pages/progress.html")
    page.locator(
        ".course-sum", has_text=f"{len(KINDS)} of {len(bank.questions())} questions right"
    ).wait_for()
    page.goto(f"{address}/notebooks/06_outlook.html")
    picture = page.locator(".ruspak-figure").last
    picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "(image) => image.complete && image.naturalWidth > 0", arg=picture.element_handle()
    )
    page.close()

    page = context.new_page()  # closed and opened again, still off line
    page.goto(f"{address}/site/pages/progress.html")
    page.locator(".course-sum", has_text=f"{len(KINDS)} of").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").click()
    download.value.save_as(tmp_path / "attempts.jsonl")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all answers").click()
    page.locator(".course-sum", has_text="0 of").wait_for()

    lines = (tmp_path / "attempts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(KINDS) and all(json.loads(line)["correct"] for line in lines)
    found, remarks = learners.read([tmp_path / "attempts.jsonl"], bank.load())  # as the teacher's report does
    assert [one.right for one in found[0].attempts] == [True] * len(KINDS) and not remarks
    (tmp_path / "attempts.jsonl").write_text(
        "\n".join([*lines, "no attempt", '{"id": "history-1"}', lines[0]]), encoding="utf-8"
    )
    page.locator("input[type=file]").set_input_files(tmp_path / "attempts.jsonl")
    page.get_by_text(f"{len(KINDS)} attempts added. 2 lines were no attempts").wait_for()
    page.locator(".course-sum", has_text=f"{len(KINDS)} of").wait_for()
    context.close()


@pytest.mark.parametrize("touch", [True, False], ids=["tap", "keyboard"])
def test_a_term_tells_its_meaning(chromium, address, touch):
    context = phone(chromium) if touch else chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/notebooks/01_history.html")
    term = page.locator(".course-term").first
    bubble = page.locator(".course-bubble")
    if touch:
        term.tap()
    else:
        term.focus()
    bubble.wait_for()
    assert bubble.inner_text() == term.get_attribute("data-meaning")
    box = bubble.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    page.keyboard.press("Escape")
    bubble.wait_for(state="hidden")
    assert page.url.endswith("01_history.html")
    if touch:
        term.tap()
        term.tap()
    else:
        page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#*")
    context.close()


def test_a_menu_changes_its_picture(chromium, address):
    with visit(chromium, f"{address}/notebooks/01_history.html") as page:
        figure = page.locator(".course-states").first
        before = figure.locator("div:not([hidden]) img").get_attribute("alt")
        figure.locator("select").select_option("2016")
        now = figure.locator("div:not([hidden]) img")
        assert now.count() == 1 and now.get_attribute("alt") != before
        assert figure.get_by_role("status").inner_text() == now.get_attribute("alt")


def test_claims_are_judged_before_they_are_told(chromium, address):
    with visit(chromium, f"{address}/site/pages/claims.html", width=390) as page:
        all_claims = page.locator(".course-claim:visible")
        total = all_claims.count()
        page.locator("select[name=article]").select_option("essay")
        page.locator("select[name=theme]").select_option("energy")
        shown = all_claims.count()
        assert 0 < shown < total
        page.locator(".course-count", has_text=f"{shown} of {total} claims").wait_for()
        claim = all_claims.first
        verdict = claim.get_attribute("data-verdict")
        assert not claim.get_by_text(f"{verdict.capitalize()}.", exact=True).is_visible()
        claim.get_by_role("button", name=verdict, exact=True).click()
        claim.get_by_text("So you said, too.").wait_for()
        page.locator(".course-count", has_text="You judged 1; 1 as we did.").wait_for()


@pytest.mark.parametrize("name", ["index", *(f"notebooks/{name}" for name in LESSON.values())])
def test_a_phone_shows_figures_that_were_drawn_for_it(chromium, address, name):
    with visit(chromium, f"{address}/{name}.html", width=390) as page:
        sizes = page.evaluate("""async () => {
            const found = [];
            for (const image of document.querySelectorAll(".ruspak-figure")) {
                if (!image.getClientRects().length) continue;  // of another choice of a menu
                image.loading = "eager";
                await image.decode();
                const text = await (await fetch(image.currentSrc)).text();
                const letters = [...text.matchAll(/font-size:([\\d.]+)px/g)].map((one) => parseFloat(one[1]));
                const width = parseFloat(text.match(/viewBox="0 0 ([\\d.]+)/)[1]);
                found.push(Math.min(...letters) * image.clientWidth / width);
            }
            return found;
        }""")
        assert sizes and min(sizes) >= 9, sizes
        assert sorted(sizes)[len(sizes) // 2] >= 11, sizes  # pixels; the wide picture would have 9
        phone = page.locator(".ruspak-figure").first.evaluate("(image) => image.currentSrc")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_function(
            "(old) => document.querySelector('.ruspak-figure').currentSrc !== old", arg=phone
        )
