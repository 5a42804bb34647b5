"""Prints the numbers of the lines that are no valid events: check_jsonschema_rs.py EVENTS SCHEMA [SCHEMA ..]

Each schema is in a file that is named after its type; of several the type of an event decides.
"""
import sys
from pathlib import Path

import jsonschema_rs
import orjson

VALID = {Path(path).stem: jsonschema_rs.validator_for(orjson.loads(Path(path).read_bytes())).is_valid
         for path in sys.argv[2:]}


def by_its_type(event):
    header = event.get("header")
    return VALID[header["event_type"] if header else event["event"]["type"]](event)


is_valid = by_its_type if len(VALID) > 1 else next(iter(VALID.values()))
with open(sys.argv[1], "rb") as events:
    for number, line in enumerate(events, 1):
        try:
            if is_valid(orjson.loads(line)):
                continue
        except (orjson.JSONDecodeError, KeyError):
            pass
        print(number)
