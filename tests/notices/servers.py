"""Other people's servers, played on this machine: a gateway for messages by HTTP, and a mail server."""

import asyncio
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


class Gateway(ThreadingHTTPServer):
    """Keeps what it is sent, and answers as it is told to: one answer after the other, the last one for good."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken, self.answers = [], [(200, {"errcode": 0, "code": 0})]

    @property
    def place(self):
        return f"127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers, json.loads(body)))
        status, said = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        answer = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        """Quiet."""


@contextmanager
def gateway():
    """A gateway on a port of its own."""
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class MailServer(Controller):
    """Takes letters at a port of its own; ``refused`` says which addresses it answers how, ``cut`` and ``slow`` after which words it
    hangs up or is silent for so many seconds."""

    def __init__(self, **more):
        super().__init__(self, hostname="127.0.0.1", port=0, **more)
        self.letters, self.refused, self.cut, self.slow, self.asked = [], {}, [], 0.0, 0

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.asked += 1
        await asyncio.sleep(self.slow)
        (to,) = envelope.rcpt_tos
        if to in self.cut:
            server.transport.abort()
        self.letters.append((to, session.authenticated, session.ssl is not None))
        return "250 OK"


@contextmanager
def mail_server(**more):
    """A mail server, running."""
    server = MailServer(**more)
    server.start()
    try:
        yield server
    finally:
        server.stop()
