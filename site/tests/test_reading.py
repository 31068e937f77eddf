"""Every page as it is seen: light and dark, wide and narrow, with and without script, from a server and from the disk."""

import pytest
from browser import axe, visit

SIZES = {"desktop": 1280, "phone": 390, "zoomed to 400%": 320}


def names() -> list[str]:
    """The pages that every build has; `pages` checks that none is forgotten."""
    lessons = [
        "00_start_here",
        "01_history",
        "02_security",
        "03_energy",
        "04_trade",
        "05_limits",
        "06_outlook",
    ]
    return [
        "index.html",
        *(f"notebooks/{name}.html" for name in lessons),
        "docs/glossary.html",
        "docs/live.html",
        "docs/hub.html",
        "docs/where-it-runs.html",
        "docs/classroom.html",
        "docs/fairness.html",
        "docs/grading.html",
        "docs/questions.html",
        "docs/reports.html",
        "docs/verdicts.html",
        "docs/style.html",
        *(f"docs/teaching/{name}.html" for name in ("README", "contested", "marks", "rooms", "syllabus")),
        *(f"docs/teaching/plan_{name}.html" for name in lessons),
        "data/README.html",
        "CONTRIBUTING.html",
        "site/contents.html",
        "site/pages/claims.html",
        "site/pages/progress.html",
        "site/pages/run.html",
        "site/pages/sheets.html",
        "search.html",
    ]


def test_no_page_is_forgotten(pages):
    assert sorted(names()) == pages


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", names())
def test_it_reads_well(chromium, address, name, dark):
    with visit(chromium, f"{address}/{name}", dark=dark) as page:
        page.locator("h1").first.wait_for()
        for size, width in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{size}: the page scrolls sideways"
            )
            if width != 320:
                assert axe(page) == [], size


@pytest.mark.parametrize("name", names())
def test_it_reads_without_script(chromium, address, name):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}")
    assert page.locator("h1").first.is_visible()
    for question in page.locator("ruspak-quiz").all():
        assert question.locator("p").first.is_visible()
    assert (
        page.locator(".course-states").count() == page.locator(".course-states div:not([hidden]) img").count()
    )
    context.close()


@pytest.mark.parametrize(
    "name", ["index.html", "notebooks/01_history.html", "site/pages/claims.html", "site/pages/progress.html"]
)
def test_it_opens_from_the_disk(chromium, site, name):
    context = chromium.new_context()
    page = context.new_page()
    troubles = []
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda request: (
            request.url.startswith("file://")
            or request.url.startswith(("data:", "blob:"))
            or troubles.append(request.url)
        ),
    )
    page.goto((site / name).as_uri())
    page.locator("h1").first.wait_for()
    if "notebooks" in name:
        page.locator(".ruspak-quiz").first.wait_for()
    assert not troubles
    context.close()
