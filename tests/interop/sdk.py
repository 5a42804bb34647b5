"""The official Python SDK at the other end of the wire.

    sdk.py accept REQUESTS EVENTS   its dispatcher takes every request, and hands on what EVENTS says, line by line
    sdk.py refuse REQUESTS COUNT    its dispatcher takes none of them
    sdk.py make COUNT DIRECTORY     bodies.ndjson, what is inside them as plain.ndjson, and both as requests.http

`sdk.cjs` is the same for Node. The key and the token come from the variables that larkspect reads too.
"""

import hashlib
import io
import json
import logging
import os
import random
import sys
from base64 import b64encode
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler

from Crypto.Cipher import AES
from Crypto.Util.Padding import pad
from lark_oapi.core.model import RawRequest
from lark_oapi.core.utils import AESCipher
from lark_oapi.event.dispatcher_handler import EventDispatcherHandler

KEY = os.environ["LARKSPECT_ENCRYPT_KEY"]
TOKEN = os.environ["LARKSPECT_VERIFICATION_TOKEN"]
# No SDK has a class for the first one, so users too take it as a "customized" event. The other is what `make` makes.
TYPES = ["attendance.user_flow.created_v1", "interop.text_v1"]


def dispatcher(seen):
    """The SDK's dispatcher as its users set it up; events that pass it are appended to `seen`."""
    logging.getLogger("Lark").setLevel(logging.CRITICAL)  # It logs a traceback for each refusal.
    builder = EventDispatcherHandler.builder(KEY, TOKEN)
    for name in TYPES:
        builder.register_p2_customized_event(name, seen.append)
    return builder.build()


class Arrived:
    """A socket on which these bytes have arrived, for a server that needs no network."""

    def __init__(self, received):
        self.received = received

    def makefile(self, *_):
        return io.BytesIO(self.received)

    def sendall(self, _):
        pass


def deliver(path):
    """What the SDK says to each request in a file: the event as its handler got it, or None."""
    seen, said = [], []
    sdk = dispatcher(seen)

    class Server(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # So it keeps reading from the same connection.

        def do_POST(self):
            request = RawRequest()
            request.uri = self.path
            request.headers = dict(self.headers)
            request.body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.clear()
            status = sdk.do(request).status_code
            said.append(seen[0] if seen else None)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with open(path, "rb") as file:
        Server(Arrived(file.read()), ("", 0), None)
    return said


def accept(requests, events):
    with open(events, encoding="utf-8") as file:
        sent = [json.loads(line) for line in file]
    got = [event and {"schema": event.schema, "header": vars(event.header), "event": event.event} for event in deliver(requests)]
    assert len(got) == len(sent), f"{len(got)} requests arrived, and {len(sent)} were sent"
    for number, (one, other) in enumerate(zip(got, sent), 1):
        assert one == other, f"request {number}: got {one}, sent {other}"
    print(f"{len(got)} requests accepted and decoded")


def refuse(requests, count):
    got = deliver(requests)
    assert len(got) == count, f"{len(got)} requests arrived, and {count} were sent"
    for number, one in enumerate(got, 1):
        assert one is None, f"request {number} was accepted"
    print(f"{len(got)} tampered requests refused")


HANZI = "".join(chr(random.randrange(0x4E00, 0xA000)) for _ in range(1 << 16))
HEADER = {"event_type": "interop.text_v1", "token": TOKEN}
EVENT = json.dumps({"schema": "2.0", "header": HEADER, "event": {"name": "𠮷田", "text": "%s"}}, ensure_ascii=False)


def size(number, count):
    """Bytes of text in event `number`: 0 to 1024 one after the other, then the larger the seldomer, up to 64 KiB."""
    return number if number <= 1024 else 65536 if number == count - 1 else int(2 ** random.uniform(0, 16))


def event(size):
    """An event with so many bytes of text: three each, and what is left in ASCII."""
    start = random.randrange(len(HANZI) // 2)
    return EVENT % ("x" * (size % 3) + HANZI[start : start + size // 3])


def encrypt(plain):
    """The SDK only decrypts, so this is its AESCipher the other way round: its key, the library it uses, and no more."""
    key, iv = AESCipher(KEY).digest, os.urandom(16)
    return b64encode(iv + AES.new(key, AES.MODE_CBC, iv).encrypt(pad(plain.encode(), 16))).decode()


def sign(body):
    """Headers for a body. The SDK only verifies, and does so with each request that `make` makes."""
    timestamp, nonce = str(random.randrange(1_600_000_000, 1_800_000_000)), str(random.randrange(1 << 31))
    signature = hashlib.sha256(f"{timestamp}{nonce}{KEY}{body}".encode()).hexdigest()
    return {"X-Lark-Request-Timestamp": timestamp, "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": signature}


def make(count, directory):
    seen = []
    sdk = dispatcher(seen)
    with ExitStack() as files:
        bodies, plains, requests = (
            files.enter_context(open(os.path.join(directory, name), "w", encoding="utf-8", newline=""))
            for name in ("bodies.ndjson", "plain.ndjson", "requests.http")
        )
        for number in range(count):
            plain = event(size(number, count))
            # Spaces, unlike the platform and Node: what is signed are the bytes as they are.
            body = json.dumps({"encrypt": encrypt(plain)})
            headers = sign(body)
            request = RawRequest()
            request.headers, request.body = headers, body.encode()
            seen.clear()
            assert sdk.do(request).status_code == 200 and seen, "the SDK refuses what was made with it"
            bodies.write(body + "\n")
            plains.write(plain + "\n")
            headers["Content-Length"] = len(body)
            lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
            requests.write("".join(["POST / HTTP/1.1\r\nHost: localhost\r\n", *lines, "\r\n", body]))


if __name__ == "__main__":
    command, first, *rest = sys.argv[1:]
    if command == "accept":
        accept(first, *rest)
    elif command == "refuse":
        refuse(first, int(*rest))
    elif command == "make":
        make(int(first), *rest)
