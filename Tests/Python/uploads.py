"""What the tests of the gate share: forms as uploaders write them, and servers on the loopback."""

from __future__ import annotations

import contextlib
import socketserver
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BOUNDARY = b"----boundary0123456789"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY.decode()}"
Field = tuple[str, "str | None", bytes]


def form(*fields: Field) -> bytes:
    """Write fields, each a name, the name of its file if it is one, and a value, as twine does."""
    written = []
    for name, filename, value in fields:
        head = f'Content-Disposition: form-data; name="{name}"'
        if filename is not None:
            head += f'; filename="{filename}"\r\nContent-Type: application/octet-stream'
        written.append(b"--" + BOUNDARY + b"\r\n" + head.encode() + b"\r\n\r\n" + value + b"\r\n")
    return b"".join(written) + b"--" + BOUNDARY + b"--\r\n"


def upload(filename: str, content: bytes, **others: str) -> bytes:
    """Write the form of an upload; other fields are added to it, those of that name replaced."""
    names = {"action": ":action", "name": "name"}
    values = {"action": "file_upload", "name": filename.partition("-")[0], "filetype": "bdist_wheel", **others}
    fields: list[Field] = [(names.get(name, name), None, value.encode()) for name, value in values.items()]
    return form(*fields, ("content", filename, content))


def pypiserver_module() -> Any:
    """Import pypiserver, which imports modules that Python has no more, and leaves a finder of modules behind."""
    finders = sys.meta_path[:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pypiserver  # type: ignore[import-untyped]
    sys.meta_path[:] = finders
    return pypiserver


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextlib.contextmanager
def serving(application: WSGIApplication) -> Iterator[str]:
    """Serve an application, each request in a thread of its own; gives its address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
