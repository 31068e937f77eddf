"""The page of the hub on which a student hands a sheet in and gets a receipt; inbox.py says where it goes."""

import asyncio
import datetime
import os
import sys
from html import escape
from pathlib import Path

from inbox import Rejected, receipts, sheets, student_of, take
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado import web

from ruspak.errors import CourseError

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hand in a sheet</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ text-align: left; padding: .4rem .6rem .4rem 0; }}
tr {{ border-bottom: 1px solid #999; }} [role=status] {{ border: 2px solid; padding: .6rem 1rem; }}
button {{ font: inherit; padding: .3rem .8rem; }} code {{ overflow-wrap: anywhere; }}
:root {{ color-scheme: light dark; }}
</style>
<h1>Hand in a sheet</h1>
<p>You are <b>{student}</b>. Save the sheet first (Ctrl + S): what was saved last is handed in. You may hand in again; the
newest counts.</p>
{said}
<h2>Your sheets</h2>
<table><tr><th>sheet</th><th>saved (UTC)</th><th></th></tr>{sheets}</table>
<h2>Your receipts</h2>
<table><tr><th>sheet</th><th>handed in (UTC)</th><th>bytes</th><th>SHA-256</th></tr>{receipts}</table>
</html>"""


def application(prefix: str, state: Path, inbox: Path, roster: str) -> web.Application:
    """The page, below `prefix`."""

    class Page(HubOAuthenticated, web.RequestHandler):
        def set_default_headers(self):
            self.set_header(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
            )
            self.set_header("Cache-Control", "no-store")

        @web.authenticated
        async def get(self):
            await self._show("")

        @web.authenticated
        async def post(self):
            user, file = self.current_user["name"], self.get_body_argument("file")
            try:
                receipt = await asyncio.to_thread(take, user, student_of(user, roster), file, state, inbox)
                await self._show(
                    f"<b>Handed in.</b> {receipt.sheet}, {receipt.time} UTC, {receipt.size} bytes."
                )
            except (Rejected, CourseError) as error:
                await self._show(f"<b>Not handed in.</b> {escape(str(error))}", 422)
            except OSError as error:
                await self._show(
                    f"<b>Not handed in.</b> The server could not keep it ({error.strerror}): tell your teacher.",
                    507,
                )

        async def _show(self, said: str, status: int = 200) -> None:
            user, mine, done = self.current_user["name"], [], []
            try:
                student = student_of(user, roster)
                done = receipts(student, state)
                mine = await asyncio.to_thread(sheets, user)
            except (Rejected, CourseError) as error:
                student = user
                said = said or escape(str(error))
            form = self.xsrf_form_html()
            day = "%Y-%m-%d %H:%M:%S"
            rows = "".join(
                f"<tr><td>{escape(name)}</td>"
                f"<td>{datetime.datetime.fromtimestamp(saved, datetime.UTC):{day}}</td>"
                f'<td><form method="post">{form}<button name="file" value="{escape(name)}" '
                f'aria-label="Hand in {escape(name)}">Hand in</button></form></td></tr>'
                for name, saved in mine
            )
            past = "".join(
                f"<tr><td>{one.sheet}</td><td>{one.time}</td><td>{one.size}</td><td><code>{one.sum}</code></td></tr>"
                for one in reversed(done)
            )
            told = f'<p role="status">{said}</p>' if said else ""
            self.set_status(status)
            self.finish(PAGE.format(student=escape(student), said=told, sheets=rows, receipts=past))

    secret = os.urandom(32)
    return web.Application(
        [(prefix, Page), (f"{prefix}oauth_callback", HubOAuthCallbackHandler)],
        cookie_secret=secret,
        xsrf_cookies=True,
    )


def main(arguments: list[str]) -> None:
    """Serve the page on this machine until ended: hand_in.py PORT STATE INBOX ROSTER."""
    port, state, inbox, roster = arguments
    os.umask(0o077)
    asyncio.run(
        _serve(
            int(port), application(os.environ["JUPYTERHUB_SERVICE_PREFIX"], Path(state), Path(inbox), roster)
        )
    )


async def _serve(port: int, page: web.Application) -> None:
    page.listen(port, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
