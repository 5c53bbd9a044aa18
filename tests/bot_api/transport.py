"""HTTP for the Bot API server: requests read as PTB and others send them, replies written, sockets closed."""

import email.policy
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.bot_api.files import Upload
from tests.bot_api.replies import Reply

Handle = Callable[[str, dict[str, Any], Callable[[], bool]], Reply | None]
"""Path, parameters and whether the client is gone in; a reply out, or None to hang up."""

PLAIN_TEXT = frozenset(
    {
        "text",
        "caption",
        "description",
        "short_description",
        "name",
        "action",
        "parse_mode",
        "language_code",
        "url",
        "file_id",
        "callback_query_id",
        "inline_query_id",
        "guest_query_id",
        "inline_message_id",
        "next_offset",
        "document",
        "photo",
        "business_connection_id",
        "secret_token",
    }
)
"""Parameters that stay strings whatever they look like; all others are read as JSON where they can be."""


ATTACHED = "attach://"


def decoded(fields: dict[str, Any]) -> dict[str, Any]:
    """Parameters as values: what came as a string of JSON becomes what it stands for, and `attach://` its file."""
    attached = {f"{ATTACHED}{name}": value for name, value in fields.items() if isinstance(value, Upload)}
    values = {name: value if name in PLAIN_TEXT else _value(value) for name, value in fields.items()}
    return {name: attached.get(value, value) if isinstance(value, str) else value for name, value in values.items()}


def _value(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def read_multipart(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a form: text as str, files as uploads."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    fields: dict[str, Any] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        filename = part.get_filename()
        upload = Upload(content, name=filename or "", mime_type=part.get_content_type())
        fields[name] = upload if filename else content.decode()
    return fields


class Connections(ThreadingHTTPServer):
    """The listening server, and the connections that it must end when it closes."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, handle: Handle) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.handle = handle
        self.closing = threading.Event()
        self.failures: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._loop = threading.Thread(target=self.serve_forever, args=(0.02,), name="bot-api")
        self._loop.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection, remembered while it is open."""
        with self._lock:
            self._open.add(request)
            if self.closing.is_set():
                _hang_up(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._open.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep what broke in the server itself; a client that hangs up is no failure."""
        failure = sys.exception()
        if failure is not None and not isinstance(failure, OSError):
            self.failures.append(failure)

    def end(self) -> None:
        """Stop listening, hang up on everybody and wait until every thread is done."""
        self.closing.set()
        self.shutdown()
        self._loop.join()
        with self._lock:
            for connection in self._open:
                _hang_up(connection)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together, which keeps delayed acknowledgements out of the timings
    server: Connections

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, *args: Any) -> None:
        """Say nothing: the server's calls are its log."""

    def _respond(self) -> None:
        url = urlsplit(self.path)
        params = decoded(dict(parse_qsl(url.query, keep_blank_values=True)) | self._body())
        reply = self.server.handle(unquote(url.path), params, self._gone)
        if reply is None:
            self.close_connection = True
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError("the client hung up before it had said everything")
        content_type = self.headers.get("Content-Type", "")
        if not body:
            return {}
        if content_type.startswith("application/json"):
            return dict(json.loads(body))
        if content_type.startswith("multipart/form-data"):
            return read_multipart(content_type, body)
        return dict(parse_qsl(body.decode(), keep_blank_values=True))

    def _gone(self) -> bool:
        if self.server.closing.is_set():
            return True
        try:
            return len(self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)) == 0
        except BlockingIOError:
            return False
        except ConnectionError:
            return True


def wait(seconds: float, gone: Callable[[], bool]) -> bool:
    """Wait; false as soon as the client is gone."""
    deadline = time.monotonic() + seconds
    while (remaining := deadline - time.monotonic()) > 0:
        if gone():
            return False
        time.sleep(min(remaining, 0.05))
    return not gone()


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was first
