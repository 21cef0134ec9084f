"""What is wrong, in the reader's words: each says what to do. Codes are kept; words are made when somebody reads."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.sheets.columns import by_key

TEXTS: dict[str, Any] = {
    # Cells.
    "required": _("This cell may not be empty."),
    "required_new": _("This SKU is not in the shop yet, and the file lacks this column. Add it."),
    "uncalculated": _(
        "The formula here has no result. Open and save the file in your spreadsheet program, or write the value itself."
    ),
    "error_cell": _("The spreadsheet program shows an error here (%(value)s). Write a value."),
    "became_date": _("This cell is a date (%(value)s). Format it as text and write it again."),
    "became_number": _(
        "The program has turned this code into a number (%(value)s). Format the cell as text and write it again."
    ),
    "control": _("The text has characters that cannot be seen. Write it again."),
    "long": _("Too long: %(length)s characters, at most %(most)s."),
    "spaces": _("A code has no spaces inside: “%(value)s”."),
    "number": _("“%(value)s” is not a number."),
    "not_positive": _("The price must be above zero, not %(value)s."),
    "too_much": _("%(value)s is more than the largest price, %(most)s."),
    "fen": _("%(value)s has more than two decimals."),
    "whole": _("%(value)s is not a whole number."),
    "range": _("%(value)s is not between %(least)s and %(most)s."),
    "date": _("“%(value)s” is not a date. Write it like 2026-03-01."),
    "choice": _("“%(value)s” cannot be chosen here. Possible: %(choices)s."),
    # Rows.
    "sku_twice": _("The SKU “%(value)s” stands in row %(row)s already. Keep one of the two."),
    "sku_unknown": _("You have no SKU “%(value)s”. Add it with a file of listings first."),
    "listing_differs": _(
        "Row %(row)s, of the same listing “%(value)s”, says something else about it. Make both say the same."
    ),
    "other_listing": _("This SKU belongs to the listing “%(own)s”, not “%(value)s”."),
    "locked": _(
        "This listing has left its draft: what the programme office looks at can only be changed in the listing itself."
    ),
    "category_unknown": _("There is no category “%(value)s”. Choose one from the list in the template."),
    "category_unclear": _("There are several categories “%(value)s”. Write its English name."),
    "county_unknown": _("“%(value)s” is not one of the aided counties. Write its full name or its code."),
    "county_unclear": _("There are several counties “%(value)s”. Write the province in front, or its code."),
    "warehouse_unknown": _("You have no warehouse “%(value)s”."),
    "warehouse_unclear": _("You have several warehouses “%(value)s”. Give them different names first."),
    "which_warehouse": _("You have several warehouses: write which one."),
    "no_warehouse": _("You have no warehouse yet. Add one first, or leave the stock empty."),
    "ingredients": _("The label of a food names its ingredients. Write them, or empty the other cells of the label."),
    "licence": _("“%(value)s” is not SC and 14 digits."),
    "below_allocated": _("%(value)s is less than the %(allocated)s units that are sold and not yet shipped."),
    "old_count": _("A newer count, of %(known)s, is on record. This one is of %(value)s."),
    # Files.
    "empty_file": _("The file is empty."),
    "too_big": _("The file is larger than %(most)s MB. Divide it."),
    "old_excel": _("This is an old Excel file, or one with a password. Save it as .xlsx without a password."),
    "not_a_sheet": _("This is not a spreadsheet. Choose an .xlsx or .csv file."),
    "unreadable": _("The file is damaged and cannot be read. Save it again as .xlsx or .csv."),
    "protected": _("The file is encrypted or packed in an unusual way. Save it again as .xlsx without a password."),
    "encoding": _("The characters of the file cannot be read. Save it as CSV UTF-8."),
    "zip_members": _("The file has more than %(most)s parts inside. Copy the rows into a new file."),
    "unzipped": _("Unpacked, the file is larger than %(most)s MB. Divide it, or copy the rows into a new file."),
    "cells": _("The file has more than %(most)s cells. Copy the rows into a new file."),
    "far_cell": _("Something stands beyond row %(rows)s or column %(columns)s. Copy the rows into a new file."),
    "no_sheet": _("The file has no sheet that is visible."),
    "no_header": _("No column titles were found in the first %(rows)s rows. Needed are at least: %(columns)s."),
    "column_twice": _("These columns are there twice: %(columns)s. Keep one of each."),
    "column_missing": _("These columns are missing: %(columns)s."),
    "rows": _("The file has more than %(most)s rows. Divide it."),
    "no_rows": _("There are no rows under the column titles."),
    "busy": _("Another file of yours is being worked on. Wait until it is done, or stop it."),
    "broken": _(
        "Something went wrong on our side, several times. What was written stays; please upload the file again."
    ),
}


def text(sheet: str, code: str, details: dict[str, Any]) -> str:
    """Return the reason in the language that is active. A code of an older version is shown as it is."""
    words = dict(details)
    columns = by_key(sheet)
    if "columns" in words and isinstance(words["columns"], list):
        words["columns"] = gettext(", ").join(str(columns[key].label) for key in words["columns"] if key in columns)
    if code == "choice" and words.get("column") in columns:
        words["choices"] = gettext(", ").join(str(label) for _value, label in columns[words["column"]].choices)
    try:
        return str(TEXTS[code]) % words if code in TEXTS else code
    except (KeyError, ValueError):
        return code


def column_label(sheet: str, key: str | None) -> str:
    """Return a column's name as the reader knows it; the whole row has none."""
    columns = by_key(sheet)
    return str(columns[key].label) if key in columns else gettext("Row")
