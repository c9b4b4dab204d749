"""Runs the built command over wheels and returns its JSON report."""
import json
import os
import subprocess
import sys

# 0: every wheel was audited; 2: at least one was not, which the report says wheel by wheel.
STATUSES_WITH_A_REPORT = (0, 2)


def show(truewheel, paths):
    """The report of each wheel by file name, from one run over all of them."""
    run = subprocess.run([truewheel, 'show', '--format', 'json', *map(str, paths)], stdout=subprocess.PIPE)
    if run.returncode not in STATUSES_WITH_A_REPORT:
        sys.exit(f'{truewheel} show ended with status {run.returncode}')
    report = json.loads(run.stdout)
    if report['schemaVersion'] != 1:
        sys.exit(f"the report has schema version {report['schemaVersion']}, this script reads 1")
    return {os.path.basename(wheel['file']): wheel for wheel in report['wheels']}
