"""Checks JSON documents against a schema: validate.py SCHEMA DOCUMENT…

Prints what is wrong, one line each; the exit status is 0 when nothing is, 1 when something is, and 3 when Python has
no validator.
"""

import json
import sys

try:
    from jsonschema.validators import validator_for
except ImportError:
    sys.exit(3)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


schema, *documents = sys.argv[1:]
draft = validator_for(load(schema))
draft.check_schema(load(schema))
validator = draft(load(schema))
errors = [
    f"{document}: {error.json_path}: {error.message}"
    for document in documents
    for error in validator.iter_errors(load(document))
]
print("\n".join(errors))
sys.exit(1 if errors else 0)
