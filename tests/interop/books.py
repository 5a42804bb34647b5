"""Holds a workbook, NDJSON and Markdown against the CSV of the same events, cell by cell, as openpyxl, Python and
markdown-it read them.

    books.py FOLDER [BOOK]     csv/, ndjson/ and md/ in it have a file for each type, and all.xlsx a sheet; or another
                               program's copy of that book, whose formats may be other ones
"""

import csv
import datetime
import decimal
import json
import re
import sys
import zipfile
from itertools import zip_longest
from pathlib import Path

import openpyxl

# Longer names of sheets are cut at their beginnings.
LONGEST = 31
RISK = "FFFFC7CE"


def unescape(text):
    """What Excel reads of the escapes of control characters; openpyxl leaves them in."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def book_says(value, column, field):
    if value is None:
        return field == ""
    if isinstance(value, str):
        return unescape(value) == field
    if isinstance(value, bool):
        return field == str(value).lower()
    if isinstance(value, (int, float)):
        return field != "" and decimal.Decimal(repr(value)) == decimal.Decimal(field)
    if isinstance(value, datetime.datetime):
        moment = datetime.datetime.fromisoformat(field).replace(tzinfo=None)
        return column.endswith("_iso") and abs(value - moment) < datetime.timedelta(milliseconds=0.6)
    return False


class Digits(str):
    """A number of JSON as it is written."""


def json_says(value, field):
    if value is None:
        return field == ""
    if isinstance(value, bool):
        return field == str(value).lower()
    if isinstance(value, str):
        return value == field
    # Texts and numbers are joined by a space; a list of objects is JSON.
    if isinstance(value, list) and all(isinstance(item, str) for item in value) and " ".join(value) == field:
        return True
    values = values_of(field)
    return values in (value, [value])


DECODER = json.JSONDecoder(parse_int=Digits, parse_float=Digits)


def read(text):
    return DECODER.decode(text)


def values_of(text):
    """What the JSON says that stands there, one by one."""
    values, at = [], 0
    try:
        while at < len(text):
            value, at = DECODER.raw_decode(text, at)
            values.append(value)
            at += text[at:at + 1] == " "
    except ValueError:
        return None
    return values


def table_says(shown, field):
    """A line is trimmed by the reader; what cannot be seen is shown as an escape."""
    lines = (line.removesuffix("\r") for line in field.split("\n"))
    visible = "\n".join("".join(c if c.isprintable() else escape(c) for c in line) for line in lines)
    return shown == visible.strip(" ")


def escape(c):
    usual = {"\t": "\\t", "\r": "\\r", "\0": "\\0"}
    return usual.get(c, f"\\u{{{ord(c):x}}}")


def look(book):
    """Whether each sheet is frozen below its head and has a filter, which openpyxl does not say of what it streams."""
    with zipfile.ZipFile(book) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = parts.read(name)
                assert b'topLeftCell="A2"' in text and b'state="frozen"' in text, f"{book}: {name} is not frozen"
                assert b"<autoFilter " in text, f"{book}: {name} has no filter"


def compare(folder, name, sheet, strict):
    """Compares the cells of a type, and says how many there are."""
    with (open(folder / "csv" / f"{name}.csv", encoding="utf-8", newline="") as text,
          open(folder / "ndjson" / f"{name}.ndjson", encoding="utf-8") as objects,
          open(folder / "md" / f"{name}.rows", encoding="utf-8") as tables):
        rows, tables = csv.reader(text), map(json.loads, tables)
        names = next(rows)
        assert next(tables) == names, f"{name}: Markdown has other columns"
        cells = sheet.iter_rows()
        for head, column in zip_longest(next(cells), names):
            assert re.search(rf"(^| ){re.escape(column)}( \(\+08:00\))?$", head.value), f"{name}: {head.value}"
            assert head.font.b or not strict, f"{name}: the head is not bold"
        fills, filled, risks, count = {}, 0, 0, 0
        for number, (row, item, table, line) in enumerate(zip_longest(rows, objects, tables, cells), 2):
            item = read(item)
            assert list(item) == names, f"{name}: NDJSON has other keys"
            assert len(row) == len(table) == len(names) >= len(line), f"{name}: row {number} has other columns"
            for column, field, value, shown, cell in zip_longest(names, row, item.values(), table, line):
                place = f"{name}: row {number}, {column}: {field!r}"
                assert json_says(value, field), f"{place} is {value!r} in NDJSON"
                assert table_says(shown, field), f"{place} is {shown!r} in Markdown"
                value = cell.value if cell else None
                assert book_says(value, column, field), f"{place} is {value!r} in the book"
                if value is None:
                    continue
                assert cell.data_type != "f", f"{place} is a formula"
                if strict and isinstance(value, datetime.datetime):
                    millis = cell.number_format.endswith(".000")
                    assert millis == ("." in field), f"{place} has the format {cell.number_format}"
                style = cell._style_id
                if style not in fills:
                    fills[style] = cell.fill.fgColor.rgb == RISK
                filled += fills[style]
            risks += "risk_result" in names and row[names.index("risk_result")] not in ("", "0")
            count += len(names)
    assert filled == 2 * risks or not strict, f"{name}: {filled} cells are filled for {risks} risks"
    return number - 1, count


csv.field_size_limit(sys.maxsize)
folder = Path(sys.argv[1])
strict = len(sys.argv) == 2
book = folder / "all.xlsx" if strict else Path(sys.argv[2])
if strict:
    look(book)
sheets = openpyxl.load_workbook(book, read_only=True)
types = {path.stem if len(path.stem) <= LONGEST else "…" + path.stem[1 - LONGEST:]: path.stem
         for path in (folder / "csv").iterdir()}
# Behind the types stands what was left out of them.
names = [name for name in sheets.sheetnames if name != "left out"]
assert sorted(types) == sorted(names), f"{set(types) ^ set(names)}"
rows, cells = map(sum, zip(*(compare(folder, types[name], sheets[name], strict) for name in names)))
print(f"{rows} events of {len(types)} types: {cells} cells say in the book, NDJSON and Markdown what they say in the CSV")
