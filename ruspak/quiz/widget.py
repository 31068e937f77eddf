"""`quiz(id)`: one question in a notebook, alive while a kernel runs and readable without."""
import functools
from pathlib import Path

from ruspak.errors import CourseError

HERE = Path(__file__).resolve().parent
_said: set[str] = set()  # complaints of this kernel about the disk


def quiz(question_id: str) -> None:
    """Show one question of the bank; attempts are saved and read back by `progress()`.

    The output holds the live widget, and as HTML and plain text the question without its key, which are the same on
    every run. Raises CourseError with the nearest ids for an unknown one, and for a fault in the bank.
    """
    from IPython.display import display

    from ruspak.quiz import bank, static
    from ruspak.quiz.progress import attempts

    question = bank.question(question_id)
    widget = _widget_class()(question=question, attempts=attempts(question_id))
    widget.observe(_save, "attempts")
    live = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    display({"text/plain": static.plain(question), "text/html": static.page(question),
             "application/vnd.jupyter.widget-view+json": live}, raw=True)


@functools.cache
def _widget_class() -> type:
    """The anywidget behind a question, made at first use because the library behind it is heavy."""
    import anywidget
    import traitlets

    class Quiz(anywidget.AnyWidget):
        _esm = HERE / "quiz.js"
        _css = HERE / "quiz.css"
        question = traitlets.Dict().tag(sync=True)
        attempts = traitlets.List().tag(sync=True)
        notice = traitlets.Unicode().tag(sync=True)

    return Quiz


def _save(change) -> None:
    """Save what the browser added to the attempts; a disk that refuses is told once a kernel, in the quiz itself."""
    from ruspak.quiz.progress import append

    for attempt in change.new[len(change.old):]:
        try:
            append(attempt)
        except CourseError as fault:
            if str(fault) not in _said:
                _said.add(str(fault))
                change.owner.notice = str(fault)
