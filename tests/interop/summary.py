#!/usr/bin/env python3
"""Holds the numbers of `larkspect summary` against a plain evaluation of the same lines, which shares nothing with it.

    summary.py LARKSPECT CAPTURE.ndjson

The capture holds v2 events, one a line, and deliveries of some of them again. Times are those of +08:00.
"""

import collections
import csv
import io
import json
import math
import subprocess
import sys

PUNCH = "attendance.user_flow.created_v1"
ZONE = 8 * 3600
ERROR = 0.01


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, max(0, math.ceil(part * len(values)) - 1))]


def wrong(what, said, wanted):
    sys.exit(f"{what}: {said}, and it should be {wanted}")


def same(what, said, wanted):
    if said != wanted:
        wrong(what, said, wanted)


def near(what, said, wanted):
    if abs(said - wanted) > abs(wanted) * ERROR + 1:
        wrong(what, said, wanted)


def clock(second):
    return f"{second // 3600:02}:{second // 60 % 60:02}"


def main():
    larkspect, capture = sys.argv[1:]
    run = lambda *more: subprocess.run(
        [larkspect, "summary", "--tz", "+08:00", "--lang", "en", *more, capture], capture_output=True, check=False
    ).stdout.decode()
    said = json.loads(run("--format", "json"))

    seen, events, repeats = {}, [], 0
    for line in open(capture, encoding="utf-8"):
        event = json.loads(line)
        key = event["header"]["event_id"]
        if seen.get(key) == event:
            repeats += 1
            continue
        seen[key] = event
        events.append(event)
    punches = [event for event in events if event["header"]["event_type"] == PUNCH]
    same("events", said["events"], len(events))
    same("punches", said["punches"], len(punches))
    same("repeats", said["left_out"]["repeated_deliveries"], repeats)
    types = collections.Counter(event["header"]["event_type"] for event in events)
    same("types", {of["event_type"]: of["events"] for of in said["types"]}, dict(types))

    days, delays, people_days = collections.defaultdict(lambda: [0] * 24), [], collections.defaultdict(list)
    groups = collections.defaultdict(list)
    for event in punches:
        body = event["event"]
        at = int(body["check_time"]) + ZONE
        day, second = divmod(at, 86400)
        delays.append(int(event["header"]["create_time"]) - int(body["check_time"]) * 1000)
        people_days[body["employee_id"], day].append(second)
        groups[body["employee_id"], day].append(body)
    same("employees", said["employees"], len({who for who, _ in people_days}))
    same("employee days", said["employee_days"]["count"], len(people_days))
    single = sum(len(seconds) == 1 for seconds in people_days.values())
    same("single punches", said["employee_days"]["with_a_single_punch"], single)
    for name, end in ("first_punch", min), ("last_punch", max):
        ends = [end(seconds) for seconds in people_days.values()]
        wanted = {f"p{part}": clock(quantile(ends, part / 100)) for part in (10, 50, 90)}
        same(name, said["employee_days"][name], wanted)

    if len(punches) == len(events):
        delay = said["delay_ms"]
        same("delays", delay["events"], len(delays))
        same("shortest delay", delay["min"], min(delays))
        same("longest delay", delay["max"], max(delays))
        for part in 50, 90, 99:
            near(f"p{part}", delay[f"p{part}"], quantile(delays, part / 100))
        for count in delay["histogram"]:
            low, high = count["from_ms"], count["to_ms"]
            wanted = sum((low is None or at >= low) and (high is None or at < high) for at in delays)
            same(f"delays from {low} to {high}", count["events"], wanted)
        for event in punches:
            at = int(event["event"]["check_time"]) + ZONE
            days[at // 86400][at // 3600 % 24] += 1
        by_day = list(said["hours_by_day"].values())
        same("hours", by_day, [days[day] for day in sorted(days)])

    of_punches = next(of for of in said["types"] if of["event_type"] == PUNCH)
    for field, values in of_punches["fields"].items():
        wanted = collections.Counter(
            json.dumps(event["event"][field]).strip('"') for event in punches if event["event"].get(field) is not None
        )
        same(field, {value["value"]: value["events"] for value in values}, dict(wanted))
    risky = [event for event in punches if event["event"].get("risk_result", 0) in (1, 2, 3)]
    same("risky", said["risky_punches"], len(risky))
    for value in of_punches["fields"].get("risk_result", []):
        if value["alarm"]:
            who = {e["event"]["employee_id"] for e in risky if str(e["event"]["risk_result"]) == value["value"]}
            same(f"people of risk {value['value']}", value["people"], len(who))

    rows = list(csv.DictReader(io.StringIO(run("--event", PUNCH, "--by", "employee_id,day", "--format", "csv"))))
    same("groups", len(rows), len(groups))
    wanted = {}
    for (who, day), bodies in groups.items():
        times = [int(body["check_time"]) for body in bodies]
        risks = sum(body.get("risk_result", 0) in (1, 2, 3) for body in bodies)
        fields = sum(body.get("is_field") is True for body in bodies)
        wanted[who, day] = (len(bodies), min(times), max(times), risks, fields)
    import datetime

    for row in rows:
        date = datetime.date.fromisoformat(row["day"])
        day = (date - datetime.date(1970, 1, 1)).days
        moment = lambda text: int(datetime.datetime.fromisoformat(text).timestamp())
        got = (int(row["events"]), moment(row["first"]), moment(row["last"]), int(row["risky"]), int(row["field"]))
        same(f"{row['employee_id']} on {row['day']}", got, wanted[row["employee_id"], day])
    print(f"summary: the numbers of {len(events)} events ({len(punches)} punches, {repeats} repeats) are those of Python")


main()
