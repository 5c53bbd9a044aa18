"""A small web site on loopback, as well-behaved or hostile as a test wants it."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Answer = Callable[["Visit"], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = (
    "<!doctype html><html lang=it><title>Il faro</title><body><article><h1>Il faro</h1>"
    "<p>Il faro di Punta Corvo è stato riacceso giovedì sera.</p></article>"
).encode()


class Visit(BaseHTTPRequestHandler):
    """One request; answers by the site's routes, with 404 where there is none."""

    server: "_Server"

    def do_GET(self) -> None:
        site = self.server.site
        site.seen.append(self.path)
        site.headers.append(dict(self.headers.items()))
        site.routes.get(self.path, lambda visit: visit.answer(b"", status=404))(self)

    def answer(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        """A whole reply; `Content_Type` names a header, HTML is the default."""
        self.send_response(status)
        headers = {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, start: bytes, drop: bytes) -> None:
        """`start`, and then `drop` again and again, until the site closes or the visitor has gone."""
        self.wfile.write(start)
        while not self.server.site.closed.wait(0.02):
            self.wfile.write(drop)

    def log_message(self, *_: object) -> None: ...


class _Server(ThreadingHTTPServer):
    site: "Site"
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Visitors leave when they have had enough."""


class Site:
    """What the pages are, and who asked for which."""

    def __init__(self, port: int, scheme: str) -> None:
        self.port, self.url = port, f"{scheme}://127.0.0.1:{port}"
        self.routes: dict[str, Answer] = {}
        self.seen: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.closed = Event()

    def page(self, path: str, body: bytes = PAGE, *, status: int = 200, **headers: str) -> str:
        """Put a page there; its address."""
        self.routes[path] = lambda visit: visit.answer(body, status=status, **headers)
        return self.url + path

    def leads(self, path: str, to: str, *, status: int = 302) -> str:
        """Put a redirect there; its address."""
        return self.page(path, b"", status=status, Location=to)


@contextmanager
def site_on_loopback(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site of its own, closed when the test is over."""
    server = _Server(("127.0.0.1", 0), Visit)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.site = Site(server.server_port, "https" if tls else "http")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.site
    finally:
        server.site.closed.set()
        server.shutdown()
        thread.join()
        server.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
