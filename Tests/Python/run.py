#!/usr/bin/env python3
"""Run the tests of the Python package against the installed wheel.

usage: run.py --tools ENVIRONMENT --wheel WHEEL [--python PYTHON] [PYTEST-ARGUMENT…]

ENVIRONMENT has the linters, which look at package, wheel, action and workflows first. The tests run in a new
environment that has the wheel and what they use besides, so that what is tested is what users get.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = PROJECT / 'Tests/Python/requirements.txt'


def main():
    parser = argparse.ArgumentParser(description='Run the tests of the Python package against the installed wheel.')
    parser.add_argument('--tools', required=True, type=pathlib.Path, help='the environment with the linters')
    parser.add_argument('--wheel', required=True, type=pathlib.Path, help='the built wheel')
    parser.add_argument('--python', default=sys.executable, help='the Python to test with (%(default)s)')
    arguments, others = parser.parse_known_args()
    tools, wheel = arguments.tools.resolve() / 'bin', arguments.wheel.resolve()
    schema = [tools / 'check-jsonschema', '--quiet', '--builtin-schema']
    for command in (
            [tools / 'ruff', 'check', '--quiet'], [tools / 'ruff', 'format', '--check', '--quiet'],
            [tools / 'mypy', '--no-error-summary'],
            [tools / 'twine', 'check', '--strict', wheel], [tools / 'check-wheel-contents', wheel],
            [*schema, 'vendor.github-actions', 'action.yml'],
            [*schema, 'vendor.github-workflows', *(PROJECT / '.github/workflows').glob('*.yml')],
            [tools / 'zizmor', '--offline', '--pedantic', '--quiet', '--no-progress', '.']):
        if subprocess.run(command, cwd=PROJECT).returncode != 0:
            sys.exit(f'{command[0].name} is not content with {command[-1]}')
    folder = arguments.tools.resolve().parent / '.build-python-test'
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([arguments.python, '-m', 'venv', folder], check=True)
    pip = [folder / 'bin/python', '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-compile']
    subprocess.run([*pip, '-r', REQUIREMENTS], check=True)
    subprocess.run([*pip, '--no-index', wheel], check=True)
    picture = [tools / 'python', PROJECT / 'docs/picture.py', '--truewheel', folder / 'bin/truewheel', '--check']
    if subprocess.run(picture).returncode != 0:
        sys.exit(1)
    results = PROJECT / '.build' / 'tests-python.xml'
    results.parent.mkdir(exist_ok=True)
    done = subprocess.run(
        [folder / 'bin/python', '-m', 'pytest', PROJECT / 'Tests/Python', '-q', '-p', 'no:cacheprovider',
         '-o', 'junit_family=xunit2', f'--junitxml={results}', *others],
        cwd=folder, env={**os.environ, 'TRUEWHEEL_WHEEL': str(wheel), 'TRUEWHEEL_TOOLS': str(tools / 'python')})
    sys.exit(done.returncode)


if __name__ == '__main__':
    main()
