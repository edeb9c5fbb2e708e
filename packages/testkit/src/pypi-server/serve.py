"""Serves pypiserver on a free port of loopback, prints the port, and ends with its standard input.

Arguments: the folder of the packages; an htpasswd file for uploads, or "." for none.
"""

import io
import os
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pypiserver


class Server(ThreadingMixIn, WSGIServer):
    """A client that keeps its connection open must not hold up the others."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """Without a look-up of the client's name."""

    def address_string(self):
        return self.client_address[0]


def whole_requests(answer):
    """Reads an upload to its end also when it is refused, else the client is cut off before it hears why."""

    def answer_whole(environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        return answer(environ, start_response)

    return answer_whole


def end_with_input():
    """The process that started this one may be killed and then never say so."""
    sys.stdin.buffer.read()
    os._exit(0)


packages, passwords = sys.argv[1:3]
app = pypiserver.app(
    roots=[Path(packages)],
    password_file=passwords,
    authenticate=[] if passwords == "." else ["update"],
    # Else it sends whoever asks for an unknown project to a public index.
    disable_fallback=True,
    hash_algo="sha256",
    backend_arg="simple-dir",
)
server = make_server("127.0.0.1", 0, whole_requests(app), Server, Handler)
threading.Thread(target=end_with_input, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
