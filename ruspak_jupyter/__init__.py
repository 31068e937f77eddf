"""What a Jupyter server does for the course: a saved notebook never holds a widget that is dead the next day.

A question and an interactive figure have two forms in one output: a live widget, and HTML that reads well anywhere. On
saving, the live form is left out of the file. On opening, it is put back where the kernel that made it is still at work, so
that a reload of the page loses nothing. The server of any front end finds this by etc/jupyter in its environment.

And a kernel looks for modules beside the notebook last: a file there named types.py or pandas.py hides nothing.

Light on purpose: nothing of `ruspak` is imported, no pandas in the server.
"""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

LIVE = "application/vnd.jupyter.widget-view+json"
_views: dict[str, dict[tuple, dict]] = {}  # what was left out of a file: {path: {(cell, output): live form}}


def _jupyter_server_extension_points() -> list[dict]:
    """Called by Jupyter: where the extension is."""
    return [{"module": "ruspak_jupyter"}]


def _load_jupyter_server_extension(app) -> None:
    """Called by Jupyter: leave the live forms out on saving, put them back on opening; kernels look beside the notebook last."""
    _look_beside_last(app.kernel_spec_manager)
    manager = app.contents_manager
    manager.register_pre_save_hook(saved)
    _then(manager, "get", _opened)
    _then(manager, "rename", _renamed)


def _then(manager, name: str, change: Callable) -> None:
    """Let `change(result, *arguments)` make the result of a method of the contents manager, which may be a coroutine."""
    usual = getattr(manager, name)
    if inspect.iscoroutinefunction(usual):

        async def method(*arguments, **options):
            return change(await usual(*arguments, **options), *arguments, **options)

    else:

        def method(*arguments, **options):
            return change(usual(*arguments, **options), *arguments, **options)

    setattr(manager, name, method)


def _opened(model: dict, path: str, *_, **__) -> dict:
    if model["type"] == "notebook" and model["content"]:
        _put_back(model["content"], path)
    return model


def _renamed(result, old_path: str, new_path: str) -> object:
    """A notebook that is renamed, or in a folder that is, keeps its live forms."""
    old, new = old_path.strip("/"), new_path.strip("/")
    for path in [path for path in _views if path == old or path.startswith(f"{old}/")]:
        _views[new + path.removeprefix(old)] = _views.pop(path)
    return result


def _look_beside_last(specs) -> None:
    """Start each Python kernel without the notebook's folder at the front of its search path, and with it at the end."""
    known = specs.get_kernel_spec

    def get_kernel_spec(name: str):
        spec = known(name)
        if spec.language == "python":
            spec.env = {"PYTHONSAFEPATH": "1"} | spec.env
            spec.argv = [*spec.argv, "--InteractiveShellApp.exec_lines=import sys; sys.path.append('')"]
        return spec

    specs.get_kernel_spec = get_kernel_spec


def saved(model: dict, path: str, **_) -> None:
    """Called by Jupyter before a file is saved: leave out the live form where a readable one stands beside it."""
    if model.get("type") != "notebook" or not model.get("content"):
        return
    _views[path.strip("/")] = {
        place: data.pop(LIVE)
        for place, data in _outputs(model["content"])
        if LIVE in data and "text/html" in data
    }
    if not any(LIVE in data for _, data in _outputs(model["content"])):
        model["content"]["metadata"].pop("widgets", None)


def _put_back(notebook: dict, path: str) -> None:
    """Make a notebook that is being opened as alive as its kernel; what is dead is left out, whoever saved it."""
    alive, left_out = _alive(), _views.get(path.strip("/"), {})
    for place, data in _outputs(notebook):
        view = data.pop(LIVE, None) or left_out.get(place) if "text/html" in data else None
        if view and view.get("model_id") in alive:
            data[LIVE] = view


def _outputs(notebook: dict) -> Iterator[tuple[tuple, dict]]:
    """Each output's data with its place: the cell's id (its number where it has none), and the number of the output."""
    for number, cell in enumerate(notebook["cells"]):
        for count, output in enumerate(cell.get("outputs", [])):
            yield (cell.get("id", number), count), output.get("data", {})


def _folder() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir()) / "ruspak"


def _alive() -> set[str]:
    """The widgets of all kernels at work on this machine, as ruspak/alive.py tells them."""
    import psutil

    found: set[str] = set()
    for path in _folder().glob("*-*"):
        number, _, born = path.name.partition("-")
        try:
            lives = f"{psutil.Process(int(number)).create_time():.0f}" == born
        except (ValueError, psutil.Error):
            lives = False
        if lives:
            found.update(path.read_text(encoding="ascii", errors="replace").split())
        else:
            path.unlink(missing_ok=True)
    return found
