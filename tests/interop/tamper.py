"""tamper.py FROM DIRECTORY [EVERY]: copies of signed HTTP requests with one byte changed, as tampered.http in the
directory.

The byte is any that the signature covers: of the body, the timestamp or the nonce; or it is one of the signature. The
first request is copied once for each of them, every other one (or only each EVERY-th) once. Copies whose base64 was
changed are in tampered.ndjson too, the body alone. Prints how many requests there are.
"""

import itertools
import os
import random
import re
import sys


def requests(data):
    """Where each request begins, where its body does, and where it ends."""
    at = 0
    # Line ends between requests belong to none.
    while begin := re.compile(rb"\s*(?=\S)").match(data, at):
        body = data.index(b"\r\n\r\n", begin.end()) + 4
        length = re.search(rb"(?i)\ncontent-length: *(\d+)", data[begin.end() : body])
        at = body + int(length[1])
        yield begin.end(), body, at


HEX = b"0123456789abcdef"


def changed(data, begin, body, end, at):
    """The request with another byte at `at`: often one that may stand there, in headers always."""
    others = HEX if at < body else random.choice([HEX, bytes(range(256))])
    # In capitals a signature is the same one.
    was = data[at : at + 1].lower() if at < body else data[at : at + 1]
    return data[begin:at] + bytes([random.choice(others.replace(was, b""))]) + data[at + 1 : end]


def main(path, directory, every="1"):
    with open(path, "rb") as file:
        data = file.read()
    with (
        open(os.path.join(directory, "tampered.http"), "wb") as http,
        open(os.path.join(directory, "tampered.ndjson"), "wb") as ndjson,
    ):
        count = 0
        for begin, body, end in itertools.islice(requests(data), 0, None, int(every)):
            head = data[begin:body]
            headers = re.finditer(rb"(?i)\nx-lark-(?:signature|request-timestamp|request-nonce): *(\w+)", head)
            places = [begin + at for header in headers for at in range(*header.span(1))]
            base64 = range(data.index(b'"', body + len('{"encrypt"')) + 1, data.rindex(b'"', body, end))
            places += range(body, end)
            for at in places if count == 0 else [random.choice(places)]:
                copy = changed(data, begin, body, end, at)
                http.write(copy)
                if at in base64:
                    ndjson.write(copy[body - begin :] + b"\n")
                count += 1
    print(count)


if __name__ == "__main__":
    main(*sys.argv[1:])
