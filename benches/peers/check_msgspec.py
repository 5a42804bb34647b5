"""Prints the numbers of the lines that are no valid events: check_msgspec.py EVENTS SCHEMA (written by hand here)"""
import sys
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Seconds = Annotated[str, Meta(pattern=r"^[1-9][0-9]{8,9}\Z")]
Millis = Annotated[str, Meta(pattern=r"^[1-9][0-9]{11,12}\Z")]
Filled = Annotated[str, Meta(min_length=1)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Missing = msgspec.UNSET


class Header(Struct):
    event_id: Filled
    token: str
    create_time: Millis
    event_type: Literal["attendance.user_flow.created_v1"]
    tenant_key: str
    app_id: str


class Punch(Struct):
    employee_id: Filled
    check_time: Seconds
    type: Literal[0, 1, 2, 3, 4, 5, 6, 7]
    record_id: Filled
    employee_no: str | None = None
    risk_result: Literal[0, 1, 2, 3, None] = None
    is_field: bool | None = None
    is_wifi: bool | None = None
    location_name: str | None = None
    longitude: Longitude | None = None
    latitude: Latitude | None = None
    ssid: str | None = None
    bssid: str | None = None
    comment: str | None = None
    photo_urls: list[str] | None = None


class Event(Struct):
    schema: Literal["2.0"]
    header: Header
    event: Punch


decode = msgspec.json.Decoder(Event).decode
with open(sys.argv[1], "rb") as events:
    for number, line in enumerate(events, 1):
        try:
            decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            print(number)
