"""The learner's second day: what a saved notebook shows when it is opened again, in each front end.

Reports of others: jupyter-widgets/ipywidgets#1664 and #3823, manzt/anywidget#101 (a saved widget is an error the next day);
ipywidgets#1275, microsoft/vscode-jupyter#2095 (a restarted kernel goes unnoticed); ipywidgets#3469 (a busy kernel);
jupyterlab/jupyterlab#15912 and #306, ipywidgets#835 and #3926 (keys). Further ones stand at their tests.
"""

import contextlib
import functools
import json
import os
import signal
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import playwright.sync_api
import psutil
import pytest
from browser import WAIT, answer, copy_of_course, run_all, visit
from test_quiz_page import QUESTIONS, give, right

SAMPLES = Path(__file__).parent / "quiz_samples"
LIVE = "application/vnd.jupyter.widget-view+json"
KEYS = list(QUESTIONS)  # one of each kind
DRAW = """from ruspak import explore, figure
def draw(year):
    fig, ax = figure(f"A figure of {year}", "measure", "Source: none.")
    return fig, f"A figure that shows nothing at all but the year {year}, to be looked at."
explore(draw, year=["1990", "2000"])"""
ERROR = "Error displaying widget"


def write(folder: Path, first: str = "from ruspak import quiz") -> None:
    """A notebook of some questions and an interactive figure, after this first cell."""
    sources = [first, *(f'quiz("{key}")' for key in KEYS), DRAW]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "quiz.ipynb")


@pytest.fixture
def work(course_copy) -> Path:
    """A course with that notebook, for a test that stops its server."""
    write(course_copy)
    return course_copy


@pytest.fixture
def environment(work) -> dict[str, str]:
    return {"RUSPAK_PROGRESS": str(work / "progress"), "RUSPAK_QUIZZES": str(SAMPLES / "good")}


@pytest.fixture(scope="module")
def served(lab, tmp_path_factory) -> Callable[[str], tuple[Path, str]]:
    """A function from a front end to a course and the address of its server: one for all tests that don't stop it."""

    @functools.cache
    def start(program: str) -> tuple[Path, str]:
        course = copy_of_course(tmp_path_factory.mktemp("course"))
        return course, lab(course, program, RUSPAK_QUIZZES=str(SAMPLES / "good"))

    return start


@pytest.fixture
def opened(chromium, served) -> Callable:
    """A function from a front end and what its console may say to a context: a folder with the notebook and with progress
    of its own, and the page that shows the notebook. At its end the kernel ends, and the server goes on. `prepare` is called
    with the folder before the notebook is opened; `view` is another view than that of one document.
    """

    @contextlib.contextmanager
    def show(program="make lab", allow=("404",), prepare=lambda folder: None, view="doc"):
        course, url = served(program)
        folder = Path(tempfile.mkdtemp(prefix="work-", dir=course))
        write(
            folder,
            f"import os\nos.environ['RUSPAK_PROGRESS'] = {str(folder / 'progress')!r}\nfrom ruspak import quiz",
        )
        prepare(folder)
        with visit(chromium, where(url, program, folder.name, view), allow=allow) as page:
            yield folder, page
            end_kernel(page, url)

    return show


def end_kernel(page, url: str) -> None:
    """End the kernels of this server, once nothing shows them."""
    page.goto("about:blank")
    token = {"X-XSRFToken": next(one["value"] for one in page.context.cookies(url) if one["name"] == "_xsrf")}
    for kernel in page.context.request.get(f"{url}/api/kernels").json():
        assert page.context.request.delete(f"{url}/api/kernels/{kernel['id']}", headers=token).ok


def asked(page, key: str = "sample-numeric"):
    """The live question of this id on the page."""
    return page.locator(".ruspak-quiz").nth(KEYS.index(key))


def said_right(page, key: str = "sample-numeric") -> None:
    """Wait until the question of this id says that its answer is right."""
    status = asked(page, key).locator(".rq-panel").get_by_role("status")
    status.get_by_text("Right.").wait_for(timeout=WAIT)


def where(url: str, program: str, folder: str = "", view: str = "doc") -> str:
    """The address of the notebook in a front end; in a folder, with a workspace of JupyterLab's of its own."""
    lab = f"/{view}/workspaces/{folder}/tree" if folder else f"/{view}/tree"
    place = {"Notebook 7": "/notebooks", "nbclassic": "/nbclassic/notebooks"}.get(program, lab)
    return "/".join([url + place, *filter(None, [folder]), "quiz.ipynb"])


def run(page, program: str) -> None:
    """Run all cells, and wait for the last question and the menu of the figure.

    Where they don't come, run them again, as a person would: a command that comes before the kernel is connected is dropped
    without a word.
    """
    with answered(page) if program == "Notebook 7" else contextlib.nullcontext():
        _run(page, program)


@contextlib.contextmanager
def answered(page):
    """Meanwhile a dialog of Jupyter's gets the answer that it offers first."""
    dialog = page.locator(".jp-Dialog")
    page.add_locator_handler(dialog, answer, no_wait_after=True)
    yield
    page.remove_locator_handler(dialog)


PROMPTS = (
    "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt, .code_cell .input_prompt')]"
    ".map((one) => one.textContent).join()"
)


def _run(page, program: str) -> None:
    for _ in range(6):
        if program == "nbclassic":
            page.wait_for_function(
                "() => window.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.info_reply?.status === 'ok'"
                " && Jupyter.notebook.kernel.widget_manager",  # else a widget that is run is only its text
                timeout=WAIT,
            )
            before = page.evaluate(PROMPTS)
            page.evaluate("Jupyter.notebook.execute_all_cells()")
        elif program == "Notebook 7":
            page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=WAIT)
            before = page.evaluate(PROMPTS)
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        else:
            before = ""
            run_all(page)
        with contextlib.suppress(playwright.sync_api.TimeoutError):
            page.wait_for_function(f"(before) => {PROMPTS} !== before", arg=before, timeout=WAIT / 12)
            page.locator(".ruspak-quiz").nth(len(KEYS) - 1).wait_for(timeout=WAIT / 2)
            page.locator(".widget-dropdown select").wait_for(timeout=WAIT / 2)
            return
        print("not all came:", page.locator("body").inner_text()[:2000])
    raise AssertionError(
        "the questions or the figure's menu did not come, though all cells were run six times"
    )


def save(page, program: str, path: Path) -> dict:
    """Save, wait until the file has the outputs, and give the notebook."""
    if program == "nbclassic":
        page.evaluate("Jupyter.notebook.save_notebook()")
    else:
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+s")
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline:
        with contextlib.suppress(json.JSONDecodeError):  # Jupyter is writing it
            notebook = json.loads(path.read_text(encoding="utf-8"))
            if notebook["cells"][-1]["outputs"]:
                return notebook
        page.wait_for_timeout(200)
    raise AssertionError("the notebook was not saved")


def outputs(notebook: dict) -> list[dict]:
    return [output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", [])]


LEAVING = ("404", "debugger state", "Canceled future")  # what Jupyter says of itself when a page goes early
LOST = (
    "WebSocket",
    "ERR_CONNECTION_REFUSED",
    "Failed to fetch",
    "Kernel",
    "404",
    "exception",
    "Connection",
    "socket",
    "Failed to load",
)
UNTRUE = "reading 'schema'"  # an error of Notebook's own in this version


def first_day(page, program: str, path: Path, later: tuple[str, ...] = ()) -> None:
    """Run the notebook of this path, answer all but what comes later, save, and reload: nothing of a live widget is stored,
    and all is alive.
    """
    run(page, program)
    now = {key: question for key, question in QUESTIONS.items() if key not in later}
    for key, question in now.items():
        give(asked(page, key), question, right(question))
        said_right(page, key)
    notebook = save(page, program, path)
    assert not [data for data in outputs(notebook) if LIVE in data], "a live widget is in the file"
    assert len([data for data in outputs(notebook) if "text/html" in data]) == len(KEYS) + 1
    page.reload()  # the kernel lives: what is shown is alive, too
    for key in now:
        said_right(page, key)
    page.locator(".widget-dropdown select").select_option("2000")
    page.locator("img.ruspak-figure[alt*='2000']").wait_for()
    assert page.get_by_text(ERROR).count() == 0


def next_day(page, program: str, path: Path, answered_: list[str]) -> None:
    """The notebook is read without a kernel, saved and read again, and what was answered shows when it runs; it is kept once,
    in this order."""
    readable(page)
    save(page, program, path)  # without a run: ipywidgets#3888
    page.reload()
    readable(page)
    run(page, program)
    for key in answered_:
        said_right(page, key)
    nothing_to_say(page)
    assert [(one["id"], one["correct"]) for one in kept(path.parent)] == [(key, True) for key in answered_]


def test_reopen_the_next_day(chromium, lab, work, environment):
    """`make lab` is ended in the evening, while the notebook is shown and a question is being answered, and begun again."""
    environment["JUPYTER_DATA_DIR"] = str(work / "data of jupyter")
    url, path, late = lab(work, **environment), work / "quiz.ipynb", ("sample-numeric", "sample-text")
    early = [key for key in KEYS if key not in late]
    with visit(chromium, where(url, "make lab"), allow=(*LEAVING, *LOST)) as page:
        first_day(page, "make lab", path, late)
        # File > Save and Export Notebook As > HTML: jupyterlab/jupyterlab#7262, ipywidgets#1597, anywidget#343
        exported = page.evaluate("async () => (await fetch('/nbconvert/html/quiz.ipynb')).text()")
        assert exported.count("Run this cell to answer.") == len(KEYS) and "ruspak-figure" in exported
        assert LIVE not in exported and ERROR not in exported
        with answered(page):
            lab.stop(url)
            told_that_it_is_not_kept(page)
            assert [one["id"] for one in kept(work)] == early

            assert lab(work, port=int(url.rpartition(":")[2]), **environment) == url
            assert trusted(url, path)
            page.reload()
            next_day(page, "make lab", path, [*early, "sample-numeric"])
        assert asked(page, "sample-text").locator("input[type=text]").input_value() == "half a wo"
    lab.stop(url)


@pytest.mark.parametrize("program", ["JupyterLab", "Notebook 7", "nbclassic"])
def test_reopen_the_next_day_from_another_computer(opened, program):  # ipywidgets#2368
    """The file that a front end saved, on a computer that does not trust it and has no kernel of it."""
    with opened(program, (*LEAVING, UNTRUE)) as (work, page):
        first_day(page, program, work / "quiz.ipynb")
        url, address = "/".join(page.url.split("/")[:3]), page.url
        end_kernel(page, url)
        notebook = nbformat.read(work / "quiz.ipynb", as_version=4)
        notebook.metadata["carried"] = "by mail"  # so it is not what was signed here
        nbformat.write(notebook, work / "quiz.ipynb")
        assert not trusted(url, work / "quiz.ipynb", work.name)
        page.goto(address)
        next_day(page, program, work / "quiz.ipynb", KEYS)


def trusted(url: str, path: Path, folder: str = "") -> bool:
    """Whether the server at `url` takes all code cells of a notebook in this folder of its for trusted."""
    with urllib.request.urlopen("/".join(filter(None, [url, "api/contents", folder, path.name]))) as answer_:
        cells = json.load(answer_)["content"]["cells"]
    return all(cell["metadata"]["trusted"] for cell in cells if cell["cell_type"] == "code")


def readable(page) -> None:
    """Wait until all questions and the figure are read, none of them alive, none an error."""
    page.get_by_text("Run this cell to answer.").nth(len(KEYS) - 1).wait_for(timeout=WAIT)
    page.locator("img.ruspak-figure").wait_for()
    assert page.get_by_text(ERROR).count() == 0 and page.locator(".ruspak-quiz").count() == 0


def test_reopen_a_renamed_notebook(opened):  # jupyterlab/jupyterlab#1570
    """Renamed while its kernel lives: no second file, and a reload finds the questions alive."""
    with opened() as (work, page):
        run(page, "make lab")
        save(page, "make lab", work / "quiz.ipynb")
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_role("menuitem", name="Rename Notebook").click()
        field = page.locator(".jp-Dialog input")
        field.fill("own.ipynb")
        field.press("Enter")
        page.wait_for_url("**/own.ipynb*", timeout=WAIT)
        page.reload()
        give(asked(page), QUESTIONS["sample-numeric"], right(QUESTIONS["sample-numeric"]))
        said_right(page)
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        assert len(kept(work)) == 1
    assert not (work / "quiz.ipynb").exists() and LIVE not in (work / "own.ipynb").read_text(encoding="utf-8")


# jupyterlab#3683 and #8638, ipywidgets#1684
def test_reopen_in_a_second_view(opened):
    """A question shown again beside the notebook, closed and shown anew, is one question with one answer."""
    question = QUESTIONS["sample-numeric"]
    with opened(view="lab") as (work, page):
        run(page, "make lab")
        for time_ in ("first", "second"):
            asked(page).locator(".rq-main legend").click(button="right")
            page.get_by_role("menuitem", name="Create New View for Cell Output").click()
            view = page.locator(".jp-LinkedOutputView .ruspak-quiz")
            view.wait_for()
            if time_ == "first":
                tab = page.locator(".lm-TabBar-tab", has_text="Output View")
                tab.locator(".lm-TabBar-tabCloseIcon").click()
                view.wait_for(state="detached")
        give(view, question, right(question))
        view.get_by_text("Right.").wait_for()
        said_right(page)
        page.wait_for_timeout(500)
        assert len(kept(work)) == 1


STATE = """() => [...document.querySelectorAll('.ruspak-quiz')].map((form) => [
    ...[...form.querySelectorAll('input, select')].map((one) => /radio|checkbox/.test(one.type) ? one.checked : one.value),
    ...[...form.querySelectorAll('.rq-item > span')].map((one) => one.textContent)])"""


def test_reopen_what_was_typed_and_not_sent(opened):
    """A question of each kind, answered and not sent, looks the same after a reload; nothing counts as an answer."""
    with opened() as (work, page):
        run(page, "make lab")
        save(page, "make lab", work / "quiz.ipynb")
        fresh = page.evaluate(STATE)
        for key, question in QUESTIONS.items():
            with_draft(asked(page, key), question)
        before = page.evaluate(STATE)
        assert all(one != other for one, other in zip(fresh, before, strict=True))
        page.reload()
        page.locator(".ruspak-quiz").nth(len(KEYS) - 1).wait_for()
        assert page.evaluate(STATE) == before and kept(work) == []
        asked(page).get_by_role("button", name="Check").click()  # what was typed is sent as it stands
        said_right(page)
    assert [one["id"] for one in kept(work)] == ["sample-numeric"]


def with_draft(place, question: dict) -> None:
    """Give the right answer, and do not send it."""
    place.evaluate("""form => form.addEventListener('submit', (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
    }, true)""")
    give(place, question, right(question))


@pytest.mark.parametrize("program", ["JupyterLab", "Notebook 7", "nbclassic"])
def test_reopen_a_file_that_another_server_saved(opened, program):
    """A dead widget that is already in the file, with a state or without, is left out when the file is opened."""
    allow = ("404", "reading 'schema'", "AnyModel", "anywidget", "widget")
    with opened(program, allow, saved_elsewhere) as (_, page):
        page.get_by_text("Run this cell to answer.").nth(len(KEYS) - 1).wait_for()
        assert page.get_by_text(ERROR).count() == 0


def saved_elsewhere(work: Path) -> None:
    """Give the notebook the outputs that another server would have stored."""
    notebook = nbformat.read(work / "quiz.ipynb", as_version=4)
    view = {"version_major": 2, "version_minor": 0, "model_id": "0123456789abcdef"}
    for cell in notebook.cells[1:]:
        data = {"text/plain": "Quiz", "text/html": "<p><em>Run this cell to answer.</em></p>", LIVE: view}
        cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    state = {"0123456789abcdef": {"model_name": "AnyModel", "model_module": "anywidget", "state": {}}}
    notebook.metadata["widgets"] = {  # as "Save Widget State" leaves it: ipywidgets#1667
        "application/vnd.jupyter.widget-state+json": {"version_major": 2, "version_minor": 0, "state": state}
    }
    nbformat.write(notebook, work / "quiz.ipynb")


def kept(work: Path) -> list[dict]:
    path = work / "progress" / "attempts.jsonl"
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


def kernels(url: str) -> list[psutil.Process]:
    """The kernels of the server at this address."""
    server = next(
        one
        for one in psutil.process_iter()
        if f"--ServerApp.port={urlsplit(url).port}" in " ".join(_words(one))
    )
    return [
        one
        for one in server.children(recursive=True)
        if any("ipykernel_launcher" in word for word in _words(one))
    ]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def restart(page) -> None:
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Restart Kernel…").first.click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.locator(".jp-StatusBar-Item").get_by_text("| Idle").wait_for(timeout=WAIT)


@pytest.mark.parametrize("how", ["restarted", "killed"])
def test_reopen_after_a_lost_kernel(opened, how):
    with opened(allow=LOST) as (work, page):
        run(page, "make lab")
        if how == "restarted":
            restart(page)
        else:
            for kernel in kernels(page.url):
                os.kill(kernel.pid, signal.SIGKILL)
            page.locator(".jp-Dialog", has_text="appears to have died").wait_for(timeout=WAIT)
            page.locator(".jp-Dialog button").last.click()  # JupyterLab starts a new kernel by itself
            page.locator(".jp-Dialog").wait_for(state="detached")
        told_that_it_is_not_kept(page)
        assert kept(work) == []
        run(page, "make lab")
        said_right(page)
        assert asked(page, "sample-text").locator("input[type=text]").input_value() == "half a wo"
        nothing_to_say(page)
        assert len(kept(work)) == 1 and kept(work)[0]["correct"]


def told_that_it_is_not_kept(page) -> None:
    """Give an answer to a kernel that is gone, and type half of another one: the first says that it is not kept."""
    question = QUESTIONS["sample-numeric"]
    give(asked(page), question, right(question))
    said_right(page)
    asked(page, "sample-text").locator("input[type=text]").fill("half a wo")  # not sent
    page.locator(".rq-notice", has_text="run this cell again").wait_for(timeout=WAIT)


def nothing_to_say(page) -> None:
    """Wait until no question has a notice."""
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.rq-notice')].some((one) => one.textContent)", timeout=WAIT
    )


def busy(work: Path) -> None:
    """Give the notebook a last cell that runs until there is a file `awake`."""
    notebook = nbformat.read(work / "quiz.ipynb", as_version=4)
    source = f"import pathlib, time\nwhile not pathlib.Path({str(work / 'awake')!r}).exists():\n    time.sleep(0.1)"
    notebook.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, work / "quiz.ipynb")


def test_reopen_while_the_kernel_is_busy(opened):
    """An answer given to a busy kernel survives a reload, and is kept once."""
    question = QUESTIONS["sample-numeric"]
    with opened(allow=("404", "WebSocket"), prepare=busy) as (work, page):
        page.locator(".jp-StatusBar-Item").get_by_text("| Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        place = asked(page)
        place.wait_for(timeout=WAIT)
        give(place, question, right(question))
        page.locator(".rq-notice", has_text="Not kept yet").wait_for(timeout=WAIT)
        assert kept(work) == []
        page.reload()
        (work / "awake").touch()
        page.locator(".jp-StatusBar-Item").get_by_text("| Idle").wait_for(timeout=WAIT)
        run(page, "make lab")
        said_right(page)
        nothing_to_say(page)
        assert len(kept(work)) == 1


TOLD = [("0.9", "This is the fraction"), ("10", "in which they"), ("1", "Divide the votes"), ("90", "Right.")]


def test_reopen_in_two_tabs(chromium, opened):
    """A second tab of one notebook, then a second browser: each answer is kept once, and all show it."""
    with opened() as (work, page):
        run(page, "make lab")
        save(page, "make lab", work / "quiz.ipynb")
        with contextlib.closing(chromium.new_context()) as another:  # ipywidgets#1316
            for context, exchange in ((page.context, TOLD[:2]), (another, TOLD[2:])):
                other = context.new_page()
                other.set_default_timeout(WAIT)
                other.goto(page.url)
                asked(other).wait_for(timeout=WAIT)
                for mine, theirs, (given, told) in zip((page, other), (other, page), exchange):
                    give(asked(mine), QUESTIONS["sample-numeric"], given)
                    asked(theirs).get_by_text(told).wait_for(timeout=WAIT)
                other.close()
            page.wait_for_timeout(500)
            assert [attempt["correct"] for attempt in kept(work)] == [False, False, False, True], [
                (one["time"], one["uid"]) for one in kept(work)[:8]
            ]


@pytest.mark.parametrize("program", ["make lab", "Notebook 7", "nbclassic"])
def test_keys_that_people_press(opened, program):
    """Ctrl+S saves and Shift+Enter runs and goes on, from within a field; all else stays in it; the same answer is no
    second attempt.
    """
    cells = ".cell" if program == "nbclassic" else ".jp-Notebook .jp-Cell"
    with opened(program, ("404", "reading 'schema'", "Canceled future")) as (work, page):
        run(page, program)
        place = asked(page)
        field = place.locator("input[type=text]")
        field.click()
        page.keyboard.type("abcxyzdd")  # letters that are commands of the notebook
        assert field.input_value() == "abcxyzdd" and page.locator(cells).count() == len(KEYS) + 2
        for keys, value in (("ax", ""), ("v", "abcxyzdd"), ("ax", ""), ("z", "abcxyzdd")):
            for key in keys:
                field.press(f"Control+{key}")
            playwright.sync_api.expect(field).to_have_value(value, timeout=WAIT / 4)
        assert page.locator(cells).count() == len(KEYS) + 2
        give(place, QUESTIONS["sample-numeric"], "10%")
        place.get_by_text("Not yet.").wait_for()
        place.get_by_role("button", name="Check").click()
        page.wait_for_timeout(500)
        assert len(kept(work)) == 1
        field.fill("11%")
        before = (work / "quiz.ipynb").read_bytes()
        field.press("Control+s")
        deadline = time.monotonic() + WAIT / 2000  # within two minutes, each front end saves by itself
        while (work / "quiz.ipynb").read_bytes() == before and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        assert (work / "quiz.ipynb").read_bytes() != before
        number = 1 + KEYS.index("sample-numeric")
        place.evaluate("form => form.classList.add('before')")
        field.press("Shift+Enter")
        page.locator(".ruspak-quiz.before").wait_for(
            state="detached"
        )  # the cell ran, and the question is a new one
        page.locator(".ruspak-quiz").nth(len(KEYS) - 1).wait_for()
        place = asked(page)
        assert place.locator("input[type=text]").input_value() == "11%"  # typed, not sent, still there
        assert len(kept(work)) == 1
        chosen = page.locator(cells).nth(number + 1)
        assert "selected" in (chosen.get_attribute("class") or "").lower()
