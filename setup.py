"""What pyproject.toml can't say: the course's files go into the package, Jupyter's settings into the
environment's etc/.

With them `import ruspak` works from anywhere after `pip install .`; the keys of the sheets stay out.
"""

from collections import defaultdict
from pathlib import Path

from setuptools import find_packages, setup

ETC = Path("ruspak_jupyter")
FOLDERS = ("data", "quizzes", "exercises")

settings = defaultdict(list)
for path in sorted(path for path in (ETC / "etc").rglob("*") if path.is_file()):
    settings[path.parent.relative_to(ETC).as_posix()].append(path.as_posix())

setup(
    packages=[*find_packages(include=["ruspak*"]), *(f"ruspak._course.{name}" for name in FOLDERS)],
    package_dir={f"ruspak._course.{name}": name for name in FOLDERS},
    package_data={
        "ruspak": ["**/*.css", "**/*.html", "**/*.js", "**/*.mplstyle"],
        "ruspak_jupyter": ["etc/**/*"],
        **{
            f"ruspak._course.{name}": ["**/*.csv", "**/*.json", "**/*.yaml", "**/*.md", "**/*.ipynb"]
            for name in FOLDERS
        },
    },
    exclude_package_data={"ruspak._course.data": ["build/*"]},
    data_files=list(settings.items()),
)
