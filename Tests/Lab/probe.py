"""Runs inside a Python of the laboratory: imports modules of an unpacked wheel, each in a process of its own.

Reads from standard input a JSON object: `site`, the folder on the path, and `files`, the extension modules below it.
One JSON object comes out for each: what an import by its dotted name said (`import`); where that went wrong, what
making the module of the file alone said (`load`); where a process of these died, what opening the file said (`open`).
Each is `{"done": true, "file": …}`, or `{"errors": [[type, message, path]…]}` with the error and what led to it, or
`{"status": …}` of a process that did not come to say anything. Works with Python 3.9.
"""
import ctypes
import importlib
import importlib.machinery
import importlib.util
import json
import os
import signal
import sys
import tempfile

PATIENCE = 120


def module_name(file):
    """The dotted name of an extension module, or None where its suffix or its folder makes it none of this Python."""
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        if file.endswith(suffix):
            parts = file[:-len(suffix)].split('/')
            if parts[-1] == '__init__':
                parts.pop()
            return '.'.join(parts) if parts and all(part and '.' not in part for part in parts) else None
    return None


def import_by_name(site, file):
    module = importlib.import_module(module_name(file))
    return getattr(module, '__file__', None)


def load_alone(site, file):
    """Opens the file and makes the module, without its package."""
    path = os.path.join(site, file)
    name = module_name(file) or os.path.basename(file).split('.')[0]
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path, loader=loader))
    return path


def open_alone(site, file):
    """Opens the file, and runs nothing of Python's in it."""
    ctypes.CDLL(os.path.join(site, file), ctypes.DEFAULT_MODE | os.RTLD_NOW)


def errors_of(error):
    """The error, and those that led to it."""
    found = []
    while error is not None and len(found) < 20:
        kind = next((each.__name__ for each in (ModuleNotFoundError, ImportError, OSError) if isinstance(error, each)),
                    type(error).__name__)
        number = getattr(error, 'errno', None)
        found.append([kind if number is None else f'{kind} {number}', str(error)[:2000],
                      getattr(error, 'path', None) or getattr(error, 'name', None)])
        error = error.__cause__ or error.__context__
    return found


def answer(action, site, file):
    """What an action says, done in a child; one that does not end in time is done once more."""
    said = answer_of_child(action, site, file)
    if said.get('status', 0) & 0x7f == signal.SIGALRM:
        said = answer_of_child(action, site, file)
    return said


def answer_of_child(action, site, file):
    reading, writing = os.pipe()
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            signal.alarm(PATIENCE)
            try:
                said = {'done': True, 'file': action(site, file) or ''}
            except BaseException as error:
                said = {'errors': errors_of(error)}
            os.write(writing, json.dumps(said).encode()[:60000])
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, 'rb') as pipe:
            text = pipe.read()
        _, status = os.waitpid(child, 0)
        output.seek(0)
        printed = output.read().decode(errors='replace')[-2000:]
    if text:
        return json.loads(text)
    return {'status': status, 'printed': printed}


def main():
    asked = json.load(sys.stdin)
    site = asked['site']
    sys.path.insert(0, site)
    for file in asked['files']:
        said = {'file': file, 'name': module_name(file)}
        if said['name']:
            said['import'] = answer(import_by_name, site, file)
        if not said.get('import', {}).get('done'):
            said['load'] = answer(load_alone, site, file)
        if 'status' in said.get('import', {}) or 'status' in said.get('load', {}):
            said['open'] = answer(open_alone, site, file)
        print(json.dumps(said), flush=True)


main()
