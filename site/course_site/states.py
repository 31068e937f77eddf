"""Interactive figures without a kernel: every state of their menus, drawn beforehand where these are few.

`python site/course_site/states.py NOTEBOOK` runs the code cells of a notebook, without its questions, and prints one JSON
line for each `explore(…)`: {"menus": {name: [option, …]}, "states": [{"chosen": […], "html": …}, …]}, then one with all its
figures as a phone shows them: {what names the SVG: the narrow SVG}.
Above MOST combinations there is one menu: the first picture, and each option alone in place of the first of its kind.
"""

import functools
import hashlib
import html
import itertools
import json
import subprocess
import sys
from pathlib import Path

MOST = 30
NARROW: dict[str, str] = {}  # in the process that runs a notebook: its figures as a phone shows them
HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]


@functools.cache
def _ran(notebook: Path) -> list[dict]:
    done = subprocess.run([sys.executable, HERE, notebook], capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"{notebook.name}: its figures could not be drawn.\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _drawn(notebook: Path) -> list[dict]:
    return _ran(notebook)[:-1]


def for_phones(notebook: Path) -> dict[str, str]:
    """The narrow form of the figures of a notebook, by `named(svg)` of the wide one; some have none."""
    return _ran(notebook)[-1]


def named(svg: str) -> str:
    """A name for a picture, by what is in it."""
    return hashlib.sha256(svg.encode()).hexdigest()[:16]


def of(app, docname: str) -> list[dict]:
    """The interactive figures of a page, in order."""
    path = ROOT / f"{docname}.ipynb"
    return list(_drawn(path)) if "explore(" in path.read_text(encoding="utf-8") else []


def element(drawn: dict) -> str:
    """The menus and pictures of one figure as HTML; without script the first picture stands there."""
    menus = "".join(
        f"<label>{html.escape(name)} <select>"
        + "".join(f"<option>{html.escape(one)}</option>" for one in options)
        + "</select></label>"
        for name, options in drawn["menus"].items()
    )
    pictures = "".join(
        f'<div data-chosen="{html.escape(json.dumps(state["chosen"], ensure_ascii=False))}"{" hidden" if count else ""}>'
        f"{state['html']}</div>"
        for count, state in enumerate(drawn["states"])
    )
    return (
        f'<figure class="course-states"><div class="course-menus">{menus}</div>{pictures}'
        '<p role="status" class="course-unseen"></p></figure>'
    )


def draw_all(draw, **choices) -> dict:
    """What `explore(draw, **choices)` can show."""
    options = {name.replace("_", " ").capitalize(): _options(given) for name, given in choices.items()}
    product = list(itertools.product(*options.values()))
    if len(product) <= MOST:
        return {
            "menus": {name: [words for words, _ in one] for name, one in options.items()},
            "states": [_state(draw, choices, [words for words, _ in chosen], chosen) for chosen in product],
        }
    first = [one[0] for one in options.values()]
    chosen = {"as it begins": first}
    for place, (name, one) in enumerate(options.items()):
        chosen |= {
            f"{name}: {words}": [*first[:place], (words, value), *first[place + 1 :]]
            for words, value in one[1:]
        }
    return {
        "menus": {"Change one": list(chosen)},
        "states": [_state(draw, choices, [words], one) for words, one in chosen.items()],
    }


def _options(given) -> list[tuple[str, object]]:
    if isinstance(given, bool):
        return [("yes" if value else "no", value) for value in (given, not given)]
    return [
        (str(words), value)
        for words, value in (given.items() if isinstance(given, dict) else zip(given, given))
    ]


def _state(draw, choices: dict, words: list[str], chosen) -> dict:
    shown = draw(**{name: value for name, (_, value) in zip(choices, chosen)})
    return {"chosen": words, "html": _both(*shown)}


def _both(fig, alt: str) -> str:
    """The HTML of a figure; its narrow form is noted."""
    from ruspak.figures.narrow import narrowest
    from ruspak.figures.show import Picture

    picture = Picture(fig, alt)
    if drawn := narrowest(fig, picture.alt):
        NARROW[named(picture.svg)] = drawn
    return picture.html()


def main(notebook: Path) -> None:
    """Run a notebook's code in this process and print what its menus can show."""
    import nbformat

    sys.path.insert(0, str(ROOT))
    import ruspak.figures

    ruspak.quiz = ruspak.audit = lambda *_, **__: None
    ruspak.show = ruspak.figures.show = _both
    ruspak.explore = lambda draw, **choices: print(
        json.dumps(draw_all(draw, **choices), ensure_ascii=False), file=out
    )
    out, sys.stdout = sys.stdout, sys.stderr  # what the cells print is not for us
    names: dict = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, notebook.name, "exec"), names)
    print(json.dumps(NARROW, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
