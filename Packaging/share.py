#!/usr/bin/env python3
"""Write the man page and the shell completions, laid out as below share/ of a prefix.

usage: share.py --truewheel BINARY --manual-tool GENERATE-MANUAL --output FOLDER

The man page comes from ArgumentParser's own tool, the completions from the command itself. The page has the date of
the newest heading in CHANGELOG.md, not that of today, so that the same sources give the same page.
"""
import argparse
import pathlib
import re
import shutil
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parent.parent
# Where shells look for completions below share/.
COMPLETIONS = {
    'bash': 'bash-completion/completions/truewheel',
    'zsh': 'zsh/site-functions/_truewheel',
    'fish': 'fish/vendor_completions.d/truewheel.fish',
}


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def date():
    heading = re.search(r'^## \S+ \((\d{4}-\d{2}-\d{2})\)$', (PROJECT / 'CHANGELOG.md').read_text(), re.M)
    return heading[1]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description='Write the man page and the shell completions.')
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--manual-tool', required=True, type=pathlib.Path, help="ArgumentParser's generate-manual")
    parser.add_argument('--output', required=True, type=pathlib.Path, help='the folder to write to')
    arguments = parser.parse_args()
    truewheel = arguments.truewheel.resolve()
    shutil.rmtree(arguments.output, ignore_errors=True)
    page = said(arguments.manual_tool, truewheel, '--date', date(), '--output-directory', '-')
    write(arguments.output / 'man/man1/truewheel.1', page)
    for shell, place in COMPLETIONS.items():
        write(arguments.output / place, said(truewheel, '--generate-completion-script', shell))


if __name__ == '__main__':
    main()
