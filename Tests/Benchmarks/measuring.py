"""What the measuring scripts share: the built helpers, and running programs in turn."""
import pathlib
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

HERE = pathlib.Path(__file__).resolve().parent
# A program that takes longer than this runs once.
SLOW = 5.0
# The system goes on tidying up after a large program, and would do so at the cost of the next one.
PAUSE_FROM, PAUSE_SHARE, PAUSE_LIMIT = 1.0, 0.25, 5.0


class Run(NamedTuple):
    """One run of a program: what the clock says, what the processors spent on it, and its peak of memory."""
    seconds: float
    cpu: float
    kilobytes: int
    status: int


def build(name, folder, *libraries):
    """Compiles one of the C programs beside this file."""
    program = pathlib.Path(folder) / name
    subprocess.run(['cc', '-O2', '-o', program, HERE / f'{name}.c', *(f'-l{library}' for library in libraries)],
                   check=True)
    return program


class Runner:
    def __init__(self, folder):
        self.launcher = build('run', folder)

    def run(self, command, statuses=(0,)):
        """Runs a command once; ends the program when its exit status is none of those expected."""
        command = [str(word) for word in command]
        line = subprocess.run([self.launcher, *command], check=True, capture_output=True, text=True).stdout
        wall, user, system, kilobytes, status = map(int, line.split())
        if status not in statuses:
            sys.exit(f'exit status {status} of: {" ".join(command)}')
        return Run(wall / 1e6, (user + system) / 1e6, kilobytes, status)

    def alone(self, *command):
        """Runs a command once, and waits until what it leaves behind is tidied up."""
        run = self.run(*command)
        if run.seconds > PAUSE_FROM:
            time.sleep(min(run.seconds * PAUSE_SHARE, PAUSE_LIMIT))
        return run

    def in_turn(self, commands, rounds):
        """Runs commands in turn, `{name: (command, statuses)}`, so that what else the machine does hits all of them.

        One round goes before those that count, so that every file is in memory. A slow program runs once.
        """
        results = {name: [self.alone(*command)] for name, command in commands.items()}
        slow = {name for name, runs in results.items() if runs[0].seconds > SLOW}
        results.update({name: [] for name in commands if name not in slow})
        for _ in range(rounds):
            for name, command in commands.items():
                if name not in slow:
                    results[name].append(self.alone(*command))
        return results


def median(runs, value=lambda run: run.seconds):
    return statistics.median(value(run) for run in runs)


def cpu(runs):
    return median(runs, lambda run: run.cpu)
