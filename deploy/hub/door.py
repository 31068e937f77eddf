"""The hub's address for students' servers, which have no network: a socket file whose every byte goes to the hub.

`python door.py SOCKET PORT`. What comes through it needs a server's own token, as over the network.
"""

import asyncio
import contextlib
import os
import sys


async def main(path: str, port: int) -> None:
    """Forward until ended."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    async with await asyncio.start_unix_server(
        lambda *one: _forward(port, *one), path, backlog=1024
    ) as server:
        os.chmod(path, 0o666)
        await server.serve_forever()


async def _forward(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        there, back = await asyncio.open_connection("127.0.0.1", port)
    except OSError:  # the hub is on its way
        writer.close()
        return
    await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
