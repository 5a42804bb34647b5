"""Reads workbooks with openpyxl and compares them with the CSV of the same events, cell by cell.

    books.py LOOKS CSV XLSX ..     LOOKS: `look` if formats are to be as larkspect writes them, `values` if not
"""

import csv
import datetime
import decimal
import re
import sys

import openpyxl


def unescape(text):
    """What Excel reads of the escapes of control characters; openpyxl leaves them in."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def says(value, column, field):
    if value is None:
        return field == ""
    if isinstance(value, bool):
        return field == str(value).lower()
    if isinstance(value, (int, float)):
        return field != "" and decimal.Decimal(repr(value)) == decimal.Decimal(field)
    if isinstance(value, datetime.datetime):
        moment = datetime.datetime.fromisoformat(field).replace(tzinfo=None)
        return column.endswith("_iso") and abs(value - moment) < datetime.timedelta(milliseconds=0.6)
    return unescape(value) == field


def compare(book, rows, look):
    sheets = openpyxl.load_workbook(book).worksheets
    sheet, (names, *rows) = sheets[0], rows
    assert (sheet.max_row, sheet.max_column) == (len(rows) + 1, len(names)), f"{book}: {sheet.dimensions}"
    for at, name in enumerate(names, 1):
        head = sheet.cell(1, at)
        assert re.search(rf"(^| ){re.escape(name)}( \(\+08:00\))?$", head.value), f"{book}: {head.value}"
        assert head.font.b or not look, f"{book}: the head is not bold"
    filled = 0
    for number, row in enumerate(rows, 2):
        for at, (name, field) in enumerate(zip(names, row), 1):
            cell = sheet.cell(number, at)
            assert says(cell.value, name, field), f"{book}: {cell.coordinate} {name}: {cell.value!r} is not {field!r}"
            assert cell.data_type != "f", f"{book}: {cell.coordinate} is a formula"
            if isinstance(cell.value, datetime.datetime) and look:
                millis = cell.number_format.endswith(".000")
                assert millis == ("." in field), f"{book}: {cell.coordinate}: {cell.number_format} of {field}"
            filled += cell.fill.fgColor.rgb == "FFFFC7CE"
    if look:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, f"{book}: not frozen, or no filter"
        risks = "risk_result" in names and sum(row[names.index("risk_result")] not in ("", "0") for row in rows)
        assert filled == 2 * risks, f"{book}: {filled} cells are filled for {risks} risks"
    return len(rows) * len(names)


csv.field_size_limit(sys.maxsize)
look, table, *books = sys.argv[1:]
with open(table, encoding="utf-8", newline="") as file:
    table = list(csv.reader(file))
for book in books:
    print(f"{compare(book, table, look == 'look')} cells of {book.rsplit('/', 1)[-1]} say what the CSV says")
