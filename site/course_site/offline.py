"""What a phone keeps: a manifest, a service worker that knows every file of this edition, and how much that is."""

import gzip
import hashlib
import json
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "static"
LEFT_OUT = (".doctrees", ".buildinfo", "worker.js", "objects.inv", "genindex.html", "_sources", ".map")
MANIFEST = {
    "name": "Unlikely Partners: Russia and Pakistan in data",
    "short_name": "Unlikely Partners",
    "start_url": "index.html",
    "scope": "./",
    "display": "standalone",
    "background_color": "#fbfaf6",
    "theme_color": "#0b5f63",
    "lang": "en",
    "icons": [
        {"src": "_static/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}
    ],
}


def setup(app) -> None:
    app.connect("html-page-context", _link)
    app.connect("build-finished", _write, priority=700)


def _link(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    context["metatags"] = (
        context.get("metatags", "")
        + f'<link rel="manifest" href="{context["pathto"]("course.webmanifest", resource=True)}">'
    )


def _write(app, error) -> None:
    if error or app.builder.name != "html":
        return
    out = Path(app.outdir)
    (out / "course.webmanifest").write_text(json.dumps(MANIFEST, indent=1), encoding="utf-8")
    files = sorted(
        path
        for path in out.rglob("*")
        if path.is_file() and not any(part in str(path.relative_to(out)) for part in LEFT_OUT)
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(
            f"{path.relative_to(out).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    names = [path.relative_to(out).as_posix() for path in files]
    script = (STATIC / "worker.js").read_text(encoding="utf-8")
    script = script.replace("{{edition}}", f"course-{digest.hexdigest()[:12]}").replace(
        "{{files}}", json.dumps(names)
    )
    (out / "worker.js").write_text(script, encoding="utf-8")
    (out / "_static" / "worker.js").unlink(missing_ok=True)
    packed = sum(len(gzip.compress(path.read_bytes())) for path in files)
    print(f"{len(files)} files, {packed / 1e6:.1f} MB compressed, stay on a phone.")
