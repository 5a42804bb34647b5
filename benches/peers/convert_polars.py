"""Punches as rows: convert_polars.py EVENTS CSV

The type is read as text: what is an integer in a punch is a word in other events.
"""
import sys

import polars as pl

TYPE = ["user punch", "changed by an admin", "user correction", "made by the system", "clock-out not required",
        "attendance machine", "express punch", "imported by open platform"]
RISK = ["none", "cheat software", "someone else's device", "device shared by several"]
TEXT = pl.String
HEADER = {name: TEXT for name in ("event_id", "event_type", "create_time", "tenant_key", "app_id")}
EVENT = {
    "employee_id": TEXT, "employee_no": TEXT, "check_time": TEXT, "type": TEXT, "risk_result": pl.Int64,
    "is_field": pl.Boolean, "is_wifi": pl.Boolean, "location_name": TEXT, "longitude": pl.Float64,
    "latitude": pl.Float64, "ssid": TEXT, "bssid": TEXT, "comment": TEXT, "photo_urls": pl.List(TEXT),
    "record_id": TEXT,
}


def iso(column, unit, form):
    moment = pl.from_epoch(pl.col(column).cast(pl.Int64) + {"s": 28800, "ms": 28800000}[unit], unit)
    return moment.dt.strftime(form).alias(column + "_iso")


def label(column, names):
    label = pl.col(column).cast(pl.Int64).replace_strict(range(len(names)), names, return_dtype=TEXT)
    return label.alias(column + "_label")


def columns():
    for name in (*HEADER, *EVENT):
        yield pl.col(name).list.join(" ") if name == "photo_urls" else pl.col(name)
        if name == "create_time":
            yield iso(name, "ms", "%Y-%m-%dT%H:%M:%S%.3f+08:00")
        if name == "check_time":
            yield iso(name, "s", "%Y-%m-%dT%H:%M:%S+08:00")
        if name == "type":
            yield label(name, TYPE)
        if name == "risk_result":
            yield label(name, RISK)


SCHEMA = {"header": pl.Struct(HEADER), "event": pl.Struct(EVENT)}
source, target = sys.argv[1:]
if source.endswith(".ndjson"):
    events = pl.scan_ndjson(source, schema=SCHEMA)
else:
    events = pl.read_json(source, schema=SCHEMA).lazy()
punches = events.unnest("header", "event").filter(pl.col("event_type") == "attendance.user_flow.created_v1")
punches.select(columns()).sink_csv(target)
