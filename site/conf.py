"""Sphinx: how the notebooks and the docs become pages. `make site` calls it with the repository as source folder.

https://myst-nb.readthedocs.io and https://pradyunsg.me/furo describe the settings.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

project = "Unlikely Partners: Russia and Pakistan in data"
html_title = "Unlikely Partners"
html_short_title = html_title
language = "en"
root_doc = "site/contents"
include_patterns = [
    "notebooks/*.ipynb",
    "docs/**.md",
    "data/README.md",
    "site/contents.md",
    "site/pages/*.md",
    "CONTRIBUTING.md",
]
extensions = ["myst_nb", "course_site"]

nb_execution_mode = "off"
nb_merge_streams = True
nb_number_source_lines = False
myst_heading_anchors = 3
myst_heading_slug_func = "course_site.links.slug"
myst_enable_extensions = ["attrs_inline"]
myst_links_external_new_tab = False
suppress_warnings = ["myst.header"]

html_theme = "furo"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5f63",
        "color-brand-content": "#0b5f63",
        "color-brand-visited": "#0b5f63",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#fbfaf6",
    },
    "dark_css_variables": {
        "color-brand-primary": "#74cfc6",
        "color-brand-content": "#74cfc6",
        "color-brand-visited": "#74cfc6",
        "color-background-primary": "#111111",
        "color-background-secondary": "#17191c",
    },
}
html_static_path = ["static"]
templates_path = ["templates"]
html_additional_pages = {"index": "home.html"}
html_css_files = ["course.css"]
html_js_files = [("course.js", {"defer": "defer"})]
html_favicon = "static/icon.svg"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
