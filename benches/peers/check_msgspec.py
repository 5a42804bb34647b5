"""Prints the numbers of the lines that are no valid events: check_msgspec.py EVENTS SCHEMA [SCHEMA ..]

The structs are made of the schemas, each in a file that is named after its type; of several the type of an event
decides. Times are judged by a simpler pattern than the schema's, which is faster.
"""
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta, Struct, UnsetType, defstruct

TIMES = {"seconds": r"^[1-9][0-9]{8,9}\Z", "milliseconds": r"^[1-9][0-9]{11,15}\Z"}


def of(schema, name="Event"):
    """The type of what a schema describes."""
    kinds = schema.get("type")
    if kinds is None:
        return Any
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return Union[tuple(one(kind, schema, name) for kind in kinds)]


def one(kind, schema, name):
    if kind == "null":
        return None
    if kind == "boolean":
        return bool
    if kind == "array":
        return list[of(schema["items"], name) if "items" in schema else Any]
    if kind == "object":
        return struct(schema, name) if "properties" in schema else dict
    python = {"string": str, "integer": int, "number": float}[kind]
    options = [option["const"] for option in schema.get("oneOf", [schema]) if isinstance(option.get("const"), python)]
    if options:
        return Literal[tuple(options)]
    if "pattern" in schema:
        pattern = schema["pattern"]
        time = TIMES.get(schema.get("$comment", "").rsplit(" ", 1)[-1])
        empty = "^$|" if pattern.startswith("^$|") else ""
        return Annotated[str, Meta(pattern=empty + time if time else pattern)]
    if "minimum" in schema:
        return Annotated[python, Meta(ge=schema["minimum"], le=schema["maximum"])]
    return python


def struct(schema, name):
    required = schema.get("required", ())
    fields = []
    for key, value in schema["properties"].items():
        # What begins a schema of ours is for editors.
        if key.isidentifier():
            kind = of(value, f"{name}_{key}")
            fields.append((key, kind) if key in required else (key, Union[kind, UnsetType], msgspec.UNSET))
    return defstruct(name, fields, kw_only=True)


class TypeOnly(Struct):
    event_type: str | UnsetType = msgspec.UNSET
    type: Any = None


class Peek(Struct):
    event: TypeOnly
    header: TypeOnly | UnsetType = msgspec.UNSET


DECODERS = {Path(path).stem: msgspec.json.Decoder(of(json.loads(Path(path).read_text()))).decode
            for path in sys.argv[2:]}
peek = msgspec.json.Decoder(Peek).decode


def by_its_type(line):
    found = peek(line)
    return DECODERS[found.header.event_type if found.header else found.event.type](line)


decode = by_its_type if len(DECODERS) > 1 else next(iter(DECODERS.values()))
with open(sys.argv[1], "rb") as events:
    for number, line in enumerate(events, 1):
        try:
            decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
            print(number)
