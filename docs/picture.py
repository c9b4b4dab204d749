#!/usr/bin/env python3
"""Draw the picture of a report and the badge: usage: picture.py --truewheel BINARY [--check]

The report is what the program writes to a terminal of 100 columns, drawn by rich; it stands on its own, without fonts or
anything else from elsewhere. With --check nothing is written, and the exit status is 1 when the pictures are not current.
"""
import argparse
import fcntl
import io
import os
import pathlib
import pty
import struct
import sys
import termios

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

DOCS = pathlib.Path(__file__).resolve().parent
PROJECT = DOCS.parent
COLUMNS = 100
# rich's own format asks a server for fonts.
FORMAT = '''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<title>What truewheel check prints of a wheel that claims too much</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: ui-sans-serif, "DejaVu Sans", sans-serif; font-size: 18px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
'''
BADGE = '''<svg xmlns="http://www.w3.org/2000/svg" width="122" height="20" role="img" aria-label="wheels: truewheel">
<title>wheels: truewheel</title>
<clipPath id="r"><rect width="122" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="52" height="20" fill="#444"/><rect x="52" width="70" height="20" fill="#1a7f37"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">
<text x="26" y="14">wheels</text><text x="87" y="14">truewheel</text></g>
</svg>
'''


def printed(command):
    """What a program writes to a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(PROJECT / 'Fixtures/wheels')
        os.environ.update(TERM='xterm-256color', SOURCE_DATE_EPOCH='1793491200')
        os.environ.pop('NO_COLOR', None)
        # The parent sets the size before it lets the program start.
        sys.stdin.readline()
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 60, COLUMNS, 0, 0))
    settings = termios.tcgetattr(terminal)
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
    os.write(terminal, b'\n')
    output = b''
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    os.waitpid(child, 0)
    return output.decode().replace('\r\n', '\n')


def report(truewheel):
    (wheel,) = (PROJECT / 'Fixtures/wheels').glob('overclaim-*.whl')
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system='truecolor')
    console.print(Text(f'$ truewheel check {wheel.name}'))
    console.print(Text.from_ansi(printed([str(truewheel), 'check', '--isolated', wheel.name])))
    return console.export_svg(title='truewheel', theme=MONOKAI, code_format=FORMAT,
                              unique_id='report')


def main():
    parser = argparse.ArgumentParser(description='Draw the picture of a report and the badge.')
    parser.add_argument('--truewheel', required=True, type=pathlib.Path, help='the built command')
    parser.add_argument('--check', action='store_true', help='compare, and write nothing')
    arguments = parser.parse_args()
    for name, text in {'report.svg': report(arguments.truewheel.resolve()), 'badge.svg': BADGE}.items():
        path = DOCS / name
        if not arguments.check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f'{path} is not current: run make picture')


if __name__ == '__main__':
    main()
