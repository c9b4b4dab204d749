"""Differences between verdicts and loaders that are known, with their reasons: differences.tsv.

Each row says of which checks it is, which differences it explains (a regular expression for `sample: what the loader
says | the verdict`), of which loaders (one for `glibc 2.36 x86_64`), which row of docs/loader.md says so or `-`, why.
"""
import csv
import pathlib
import re
from typing import NamedTuple

TABLE = pathlib.Path(__file__).resolve().parent / 'differences.tsv'


class Row(NamedTuple):
    """One row of the table."""
    check: str
    pattern: re.Pattern
    loaders: re.Pattern
    row: str
    reason: str

    def explains(self, difference, loader):
        return self.loaders.search(str(loader)) is not None and self.pattern.search(difference) is not None


def rows(check):
    """The rows of one check."""
    with TABLE.open(newline='') as file:
        lines = (line for line in file if line.strip() and not line.startswith('#'))
        table = list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))
    return [Row(check, re.compile(each['pattern']), re.compile(each['loaders']), each['row'], each['reason'])
            for each in table if check in each['check'].split(',')]
