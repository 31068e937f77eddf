"""Zips that are the same for the same files."""

import io
import zipfile
from collections.abc import Iterable

FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content), in this order, without times of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            member = zipfile.ZipInfo(name, FIRST)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            file.writestr(member, content)
    return out.getvalue()
