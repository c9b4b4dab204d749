#!/usr/bin/env python3
"""Write truewheel/_report.py, the dataclasses of a report, from the schema: usage: generate.py [--check].

With --check nothing is written, and the exit status is 1 when the file is not current. An object of the schema becomes
a class, an enumeration a Literal, a key an attribute in snake_case, and a description a docstring.
"""
import json
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / 'docs/report.schema.json'
TARGET = HERE / 'truewheel/_report.py'

# The names of classes, by the names of definitions or the keys that have an object of their own.
CLASSES = {
    'wheel': 'WheelAudit', 'reach': 'Reach', 'variant': 'Variant', 'distribution': 'Distribution', 'claim': 'Claim',
    'requirement': 'Requirement', 'object': 'ELFObject', 'needed': 'NeededLibrary', 'finding': 'Finding',
    'releaseFinding': 'ReleaseFinding', 'releaseFloor': 'ReleaseFloor', 'tool': 'Tool', 'releases': 'Release',
    'summary': 'Summary',
}
ROOT = 'Audit'
# What a class is whose object has no description of its own in the schema.
SUMMARIES = {'Release': 'The wheels of one version of a package.'}
# The names of enumerations, by the keys that have them; a key of the same name has the same words everywhere.
ENUMERATIONS = {'rule': 'Rule', 'status': 'Status', 'libc': 'Libc', 'kind': 'RequirementKind',
                'resolution': 'Resolution', 'severity': 'Severity'}
HEAD = '''"""What a report says, as values; generated from docs/report.schema.json by generate.py.

Attributes are the keys of the JSON report, in snake_case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
'''


class Generator:
    def __init__(self, schema):
        self.schema = schema
        self.classes = {}
        self.enumerations = {}

    def resolve(self, node):
        """The definition that a node refers to, and its name; the node itself where it refers to none."""
        name = node.get('$ref', '').rpartition('/')[2]
        return (self.schema['$defs'][name], name) if name else (node, None)

    def words(self, key, values):
        name = ENUMERATIONS[key]
        known = self.enumerations.setdefault(name, values)
        if known != values:
            sys.exit(f'{key} has other words in another place of the schema: {values}, {known}')
        return name

    def type_of(self, key, node):
        """The annotation of a value, and an expression that reads it from JSON with a hole for the value."""
        node, name = self.resolve(node)
        if 'oneOf' in node:
            kinds = [each for each in node['oneOf'] if each.get('type') != 'null']
            if len(kinds) != 1 or len(node['oneOf']) != 2:
                sys.exit(f'{key}: only a value or null is known here')
            annotation, read = self.type_of(key, kinds[0])
            return f'{annotation} | None', read if read == '{}' else f'None if {{}} is None else {read}'
        if 'const' in node:
            return f'Literal[{json.dumps(node["const"])}]', '{}'
        if 'enum' in node:
            words = [word for word in node['enum'] if word is not None]
            return self.words(name or key, words) + (' | None' if None in node['enum'] else ''), '{}'
        kind = node['type']
        if isinstance(kind, list):
            (only,) = [each for each in kind if each != 'null']
            return f'{self.type_of(key, {**node, "type": only})[0]} | None', '{}'
        if kind == 'array':
            annotation, read = self.type_of(key, node['items'])
            one = 'tuple({})' if read == '{}' else f'tuple({read.format("each")} for each in {{}})'
            return f'tuple[{annotation}, ...]', one
        if kind == 'object':
            class_name = CLASSES[name or key]
            self.add_class(class_name, node)
            return class_name, f'{class_name}._read({{}})'
        return {'string': 'str', 'integer': 'int', 'boolean': 'bool'}[kind], '{}'

    def add_class(self, name, node):
        if name in self.classes:
            return
        properties = node['properties']
        if sorted(properties) != sorted(node['required']):
            sys.exit(f'{name}: every key of a report is always there, null where there is nothing to say')
        fields, readings = [], []
        for key, value in properties.items():
            annotation, read = self.type_of(key, value)
            attribute = re.sub(r'([A-Z]+)', r'_\1', key).lower()
            fields += ['', f'{attribute}: {annotation}', *docstring(value['description'])]
            source = f'value["{key}"]'
            readings.append(f'    {attribute}={read.replace("{}", source)},')
        summary = node.get('description') or SUMMARIES[name]
        self.classes[name] = [
            '@dataclass(frozen=True)', f'class {name}:',
            *indented([*docstring(summary), *fields, '', '@classmethod',
                       f'def _read(cls, value: Mapping[str, Any]) -> {name}:', '    return cls(',
                       *indented(readings), '    )'])]

    def source(self):
        self.add_class(ROOT, self.schema)
        lines = [HEAD]
        for name, words in sorted(self.enumerations.items()):
            lines += [f'{name} = Literal[', *(f'    {json.dumps(word)},' for word in words), ']']
        for text in self.classes.values():
            lines += ['', '', *text]
        return '\n'.join(lines) + '\n'


def indented(lines):
    return [f'    {line}' if line else '' for line in lines]


def docstring(text):
    """A docstring of which the first sentence is the summary."""
    text = re.sub(r'\bnull\b', 'None', text)
    if len(text) <= 105:
        return [f'"""{text}"""']
    for mark in ('. ', '; ', ', '):
        first, _, rest = text.partition(mark)
        if rest and len(first) < 108:
            return [f'"""{first}.', '', *textwrap.wrap(rest[0].upper() + rest[1:], 112), '"""']
    sys.exit(f'A description needs a first sentence of less than 108 letters: {text}')


def main():
    source = Generator(json.loads(SCHEMA.read_text())).source()
    if sys.argv[1:] == ['--check']:
        if TARGET.read_text() != source:
            sys.exit(f'{TARGET} is not current: run make generate')
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_text(source)


if __name__ == '__main__':
    main()
