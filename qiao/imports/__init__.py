"""Bringing tables in, in two steps: upload and look, then confirm.

Nouns: import run (one file on its way in), importer (what one kind of table means: its columns, what a row would do, how it
is done). Knows no kind itself: apps above declare theirs. Nothing is written before somebody confirms.
"""
