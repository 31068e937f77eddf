"""The public description of a sheet, exercises/NN_name.json: everything but the answers. It is there in an exam too."""

import functools
import json
from pathlib import Path

from ruspak.errors import CourseError
from ruspak.folders import folder_from
from ruspak.place import COURSE
from ruspak.sheets.items import Item, Question, Sheet, Written
from ruspak.sheets.variant_check import excluded

PUBLIC = ("id", "objective", "points", "kind", "variable", "prompt", "uses", "columns", "options")

REQUIRED = {"sheet", "notebook", "prompt", "space", "default", "excluded", "items"}


def home() -> Path:
    """The folder that holds exercises/ and solutions/: the repository, or what RUSPAK_SHEETS names."""
    return folder_from("RUSPAK_SHEETS", lambda: COURSE)


def key_path(sheet_id: str, folder: str | Path | None = None) -> Path:
    """Where the key of a sheet is, if it is here: in `home()`, or in the folder given in its place."""
    return Path(folder or home(), "solutions", "keys", f"{read(sheet_id)['notebook']}.py")


def which_key(sheet_id: str) -> str:
    """With which key a sheet works, in a sentence: in an exam, whoever forgot RUSPAK_SHEETS sees it at once."""
    if not key_path(sheet_id).exists():
        return "No key is here: check tells only whether an answer is there and of the right type."
    if home() == COURSE:
        return "The key is the course's own, which is public."
    return f"The key is that of {home()}."


def describe(sheet: Sheet) -> dict:
    """The description of a loaded sheet. It sweeps the whole space, which takes a while."""
    return {
        "sheet": sheet.id,
        "notebook": sheet.notebook,
        "prompt": sheet.prompt,
        "space": {
            name: [[value, words] for value, words in values.items()] for name, values in sheet.space.items()
        },
        "default": dict(sheet.default),
        "excluded": [dict(part) for part in excluded(sheet)],
        "items": [_describe(item) for item in sheet.items],
    }


def _describe(item: Item | Written) -> dict:
    if isinstance(item, Written):
        return {"id": item.id, "objective": item.objective, "points": item.points, "kind": "written"}
    return {
        name: list(value) if isinstance(value, tuple | list) else value
        for name, value in ((name, getattr(item, name)) for name in PUBLIC)
        if value or name == "points"
    }


@functools.cache
def read(sheet_id: str) -> dict:
    """The stored description of a sheet, by its id.

    Raises CourseError with the known ids where there is none, and for a damaged file.
    """
    paths = {path.stem.partition("_")[2]: path for path in sorted((home() / "exercises").glob("*.json"))}
    if sheet_id not in paths:
        known = ", ".join(paths) or "none yet: run make sheets"
        raise CourseError(f"There is no sheet '{sheet_id}'. Known sheets: {known}.")
    path = paths[sheet_id]
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        if missing := REQUIRED - description.keys():
            raise KeyError(*missing)
        space = {name: dict(map(tuple, values)) for name, values in description["space"].items()}
        return {**description, "space": space, "excluded": [dict(part) for part in description["excluded"]]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"exercises/{path.name} is damaged ({error}). Fetch it again, or run make sheets."
        ) from None


def question(item_id: str) -> Question | None:
    """What is public about an item; None for a written one. Raises CourseError with all ids for an unknown one."""
    if not isinstance(item_id, str):
        raise CourseError(
            f"The id of an item is a text in quotes, such as 'history-a1', not {type(item_id).__name__}."
        )
    items = {item["id"]: item for item in read(item_id.rpartition("-")[0])["items"]}
    if item_id not in items:
        raise CourseError(f"There is no item '{item_id}'. The sheet has {', '.join(items)}.")
    return None if items[item_id]["kind"] == "written" else Question(**items[item_id])
