"""Where the room finds this computer."""

import io
import socket

import segno


def own() -> str:
    """The address of this computer in the network it would use, 127.0.0.1 where there is none. Nothing is
    sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # an address for documentation, RFC 5737: only asks which way packets would go
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def picture(address: str) -> str:
    """The QR code of an address as SVG, dark on light in any colour scheme, as cameras need it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False)
    return out.getvalue().decode()
