"""The decks: nothing is cut on a wall, nothing is fetched, a question can be answered and its answer shown."""

from pathlib import Path

import pytest
from browser import visit
from test_quiz_page import give, right

from course import notebooks
from ruspak.quiz import bank

ROOT = Path(__file__).resolve().parents[2]
LEGIBLE = 0.55  # how far a slide may be made smaller
CUT = """() => {
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const slide = Reveal.getCurrentSlide(), inside = slide.querySelector(".deck-fit");
  const out = [...inside.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect(), unseen = getComputedStyle(one).clipPath !== "none";
    return box.width && box.height && !unseen && !one.closest("[hidden], .course-unseen, .rq-hidden") &&
      (box.bottom > frame.bottom + 1 || box.right > frame.right + 1 || box.left < frame.left - 1);
  });
  return { out: out.slice(0, 2).map((one) => one.outerHTML.slice(0, 120)), zoom: Number(inside.style.zoom || 1) };
}"""


@pytest.fixture(scope="module")
def decks(serve) -> str:
    """Where all decks are served."""
    assert (ROOT / "build" / "slides" / "01_history.html").is_file(), (
        "there are no decks yet: run make test-site"
    )
    return serve(ROOT / "build" / "slides")


@pytest.mark.parametrize("path", notebooks("notebooks"), ids=lambda path: path.stem)
def test_nothing_is_cut(chromium, decks, path):
    with visit(chromium, f"{decks}/{path.stem}.html") as page:
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        for width, height in ((1280, 720), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            for place in range(page.evaluate("Reveal.getTotalSlides()")):
                page.evaluate("(place) => Reveal.slide(place)", place)
                page.wait_for_function(
                    "() => [...Reveal.getCurrentSlide().querySelectorAll('img')].every((one) => one.complete || one.closest('[hidden]'))"
                )
                page.evaluate(
                    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
                )
                seen = page.evaluate(CUT)
                assert not seen["out"], f"{width}: slide {place + 1}: {seen['out']}"
                assert seen["zoom"] >= LEGIBLE, (
                    f"{width}: slide {place + 1} is made too small: {seen['zoom']:.2f}"
                )


def test_a_question_is_answered_on_the_wall(chromium, decks):
    key = "history-36"
    with visit(chromium, f"{decks}/01_history.html") as page:
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        at = page.evaluate(
            "(key) => [...document.querySelectorAll('.slides > section')].findIndex((one) => one.querySelector(`#quiz-${key}`))",
            key,
        )
        page.evaluate("(place) => Reveal.slide(place)", at)
        place = page.locator(f"#quiz-{key} .ruspak-quiz")
        give(place, bank.question(key), right(bank.question(key)))
        place.get_by_text("Right.").first.wait_for()
        page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
        assert not page.evaluate(CUT)["out"]
        assert page.evaluate("Reveal.getIndices().h") == at  # typing and choosing turned no slide


def test_code_is_shown_only_when_asked_for(chromium, decks):
    with visit(chromium, f"{decks}/01_history.html") as page:
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        assert page.locator(".deck-code").count() == 0
        page.goto(f"{decks}/01_history.html?code")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        assert page.locator(".deck-code").count() > 10
        assert page.get_by_text("Votes on Ukraine", exact=True).count() == 1
        page.goto(f"{decks}/01_history.html?code&core")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        assert page.locator(".deck-code").count() > 10
        assert page.get_by_text("Votes on Ukraine", exact=True).count() == 0
        assert page.get_by_text("Claim audit", exact=True).count() >= 1
