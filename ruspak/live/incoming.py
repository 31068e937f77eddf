"""What a browser sends, before anybody believes it: at most so large, so often, within so many seconds, and
JSON.
"""

import asyncio
import json
import secrets
import time
from collections import OrderedDict

from starlette.requests import ClientDisconnect, Request

LARGEST = 20_000  # bytes of a body: no answer is as long
DRAINED = 32_000_000  # bytes that are read and dropped, so that the sender hears why
SECONDS = 15  # for a body
BURST, PER_SECOND = 10, 2  # votes of one phone
PHONES = 5000  # remembered for that


class Rejected(Exception):
    """A request that is not answered with what it asks for: `status` and why."""

    def __init__(self, status: int, why: str):
        super().__init__(why)
        self.status, self.why = status, why


async def json_body(request: Request) -> dict:
    """The JSON object in a body. Raises Rejected."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Rejected(415, "Send JSON.")
    body = bytearray()
    size = 0
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                size += len(part)
                if size <= LARGEST:
                    body += part
                elif size > DRAINED:
                    break
    except TimeoutError:
        raise Rejected(408, f"The message did not arrive within {SECONDS} seconds. Send it again.") from None
    except ClientDisconnect:
        raise Rejected(400, "The message broke off. Send it again.") from None
    if size > LARGEST:
        raise Rejected(413, f"The message is too large: at most {LARGEST // 1000} kB.")
    try:
        found = json.loads(bytes(body))
    except (ValueError, RecursionError):
        raise Rejected(400, "This is not JSON. Load the page again.") from None
    if not isinstance(found, dict):
        raise Rejected(400, "This is no JSON object. Load the page again.")
    return found


class Pace:
    """How often each phone may send: BURST at once, then PER_SECOND. By a clock that nobody sets."""

    def __init__(self):
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, phone: str) -> None:
        """Count one message. Raises Rejected for one too many."""
        now = time.monotonic()
        left, last = self._left.pop(phone, (BURST, now))
        left = min(BURST, left + (now - last) * PER_SECOND)
        self._left[phone] = (max(0, left - 1), now)
        if len(self._left) > PHONES:
            self._left.popitem(last=False)
        if left < 1:
            raise Rejected(429, "That was quick. Wait a second, then vote again.")


def new_phone() -> str:
    return secrets.token_hex(16)


def is_phone(text: str) -> bool:
    return len(text) == 32 and all(char in "0123456789abcdef" for char in text)
