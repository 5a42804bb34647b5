"""Prints the numbers of the lines that are no valid events: check_jsonschema_rs.py EVENTS SCHEMA"""
import sys

import jsonschema_rs
import orjson

with open(sys.argv[2], "rb") as schema:
    is_valid = jsonschema_rs.validator_for(orjson.loads(schema.read())).is_valid
with open(sys.argv[1], "rb") as events:
    for number, line in enumerate(events, 1):
        try:
            if is_valid(orjson.loads(line)):
                continue
        except orjson.JSONDecodeError:
            pass
        print(number)
