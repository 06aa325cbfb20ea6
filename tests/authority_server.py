"""A server on this machine that answers for a certificate authority, or fails to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class AuthorityServer:
    """What it answers is set by the test; None lets whoever asks wait."""

    def __init__(self, port: int, stopping: threading.Event) -> None:
        self.answers_at = f"http://127.0.0.1:{port}/ocsp"
        self.list_at = f"http://127.0.0.1:{port}/crl"
        self.says: dict[str, bytes | None] = {}
        self.asked: list[str] = []
        self.stopping = stopping

    def of(self, path: str) -> bytes | None:
        """Give what is answered at a path."""
        self.asked.append(path)
        said = self.says.get(path, b"")
        if said is None:
            self.stopping.wait()
        return said


@contextmanager
def serving() -> Iterator[AuthorityServer]:
    """Serve until the test is over."""
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._say()

        def _say(self) -> None:
            said = known.of(self.path) or b""
            if stopping.is_set():
                return
            self.send_response(200 if said else 404)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = AuthorityServer(server.server_address[1], stopping)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield known
    finally:
        stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
