"""Spreadsheets: listings, stock and prices in and out, as XLSX or CSV.

A file goes one way: `reading` (rows of cells) → `header` (which column is what) → `rows` (values and problems, without
the database) → `state` and `plan` (what would change) → `catalog.actions.sheets` (write it). `columns` is the one table
that all of them, the template, the export and the documentation follow.
"""
