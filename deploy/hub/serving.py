"""Run a student's server on a socket that was opened before the process was locked down.

The socket belongs to the machine's network, in which the proxy finds it; all that the process opens later belongs to
its own. `python serving.py NUMBER …` takes the socket's file descriptor.
"""

import socket
import sys


def serve(listening: socket.socket, words: list[str]) -> None:
    """Be jupyterhub-singleuser with these arguments, until ended."""
    from jupyter_server.serverapp import ServerApp

    listening.setblocking(False)

    def bind(app: ServerApp) -> bool:
        app.http_server.add_socket(listening)
        return True

    ServerApp._bind_http_server_tcp = bind
    sys.argv = ["jupyterhub-singleuser", *words]
    from jupyterhub.singleuser.extension import main

    main()


if __name__ == "__main__":
    sys.path.pop(0)
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
