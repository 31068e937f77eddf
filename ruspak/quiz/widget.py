"""`quiz(id)`: one question in a notebook, alive while a kernel runs and readable without."""

import functools
import hashlib
from pathlib import Path

from ruspak.errors import CourseError

HERE = Path(__file__).resolve().parent
_said: set[str] = set()  # complaints of this kernel about the disk


def quiz(question_id: str) -> None:
    """Show one question of the bank; attempts are saved and read back by `progress()`.

    The output holds the live widget, and as HTML and plain text the question without its key, which are the same on
    every run. Raises CourseError with the nearest ids for an unknown one, and for an error in the bank.
    """
    from IPython.display import display

    from ruspak.alive import tell_alive
    from ruspak.quiz import bank, static
    from ruspak.quiz.progress import attempts, path

    question, before = bank.question(question_id), attempts(question_id)
    learner = hashlib.sha256(str(path()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    widget = _widget_class()(
        question=question, attempts=before, kept=_uids(attempts(question_id, on_disk=True)), learner=learner
    )
    widget.me = widget.model_id
    widget.observe(_save, "attempts")
    tell_alive(widget.model_id)
    live = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display(
        {
            "text/plain": static.plain(question),
            "text/html": static.page(question),
            "application/vnd.jupyter.widget-view+json": live,
        },
        raw=True,
    )


@functools.cache
def _widget_class() -> type:
    """The anywidget behind a question, made at first use because the library behind it is heavy."""
    import anywidget
    import traitlets

    class Quiz(anywidget.AnyWidget):
        _esm = HERE / "quiz.js"
        _css = HERE / "quiz.css"
        question = traitlets.Dict().tag(sync=True)
        attempts = traitlets.List().tag(sync=True)  # grows in the browser, and here by what another tab added
        kept = traitlets.List().tag(sync=True)  # the `uid` of every attempt that is on the disk
        notice = traitlets.Unicode().tag(sync=True)
        learner = traitlets.Unicode().tag(
            sync=True
        )  # whose answers wait in this browser: a hash of the progress file's path
        me = traitlets.Unicode().tag(
            sync=True
        )  # the widget's id, by which the browser learns that the kernel is gone

    return Quiz


def _save(change) -> None:
    """Save each attempt that the browser added, once, and tell the browser; a disk that refuses is told once a kernel."""
    from ruspak.quiz.progress import append, attempts

    widget, key = change.owner, change.owner.question["id"]
    before = attempts(key)
    known = {attempt.get("uid") or attempt.get("time") for attempt in before}
    for attempt in change.new:
        if (attempt.get("uid") or attempt.get("time")) not in known:
            try:
                append(attempt)
            except CourseError as error:
                if str(error) not in _said:
                    _said.add(str(error))
                    widget.notice = str(error)
    widget.kept = _uids(attempts(key, on_disk=True))
    widget.attempts = attempts(key)  # with what another tab or notebook added


def _uids(attempts: list[dict]) -> list[str]:
    return [attempt["uid"] for attempt in attempts if attempt.get("uid")]
