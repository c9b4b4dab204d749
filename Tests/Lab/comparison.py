"""Compares the verdicts on objects of unpacked wheels with what each loader says of them."""
import collections
import pathlib
from typing import NamedTuple

import differences
import elf
import loaders
import stubs
import verdicts

LOADED, REFUSED, DOUBTED, OPEN, EXPLAINED, UNEXPLAINED = OUTCOMES = (
    'loaded as said', 'refused as said', 'refused as warned', 'nothing said', 'explained', 'unexplained')


class Sample(NamedTuple):
    """An object of an unpacked wheel, to be opened or started."""
    wheel: str
    path: pathlib.Path
    verdict: verdicts.Verdict
    image: elf.Image


class Difference(NamedTuple):
    """Where a loader says something else than the verdict."""
    check: str
    loader: str
    sample: str
    # The row of loader.md that explains it, or None.
    row: str | None
    said: str
    verdict: str

    def __str__(self):
        return '\t'.join([self.check, self.loader, self.sample, self.row or 'UNEXPLAINED', self.said, self.verdict])


class Comparison:
    """Keeps the counts and the differences of one check."""

    def __init__(self, check, show=False):
        self.check, self.show = check, show
        self.rows = differences.rows(check)
        self.used = collections.Counter()
        self.counts = collections.Counter()
        self.classes = collections.Counter()
        self.differences = []

    def add(self, sample, loader, said):
        """Puts down what a loader says of an object."""
        self.counts['asked'] += 1
        self.classes[f'{loader.libc} {loader.architecture}'] += 1
        self.counts[self.outcome(sample, loader, said)] += 1

    def outcome(self, sample, loader, said):
        verdict, works = sample.verdict, said in (loaders.LOADS, loaders.STARTS)
        if works and verdict.promises(loader.version):
            return LOADED
        if not works and verdict.refuses(loader.version) and verdict.is_confirmed(said):
            return REFUSED
        if not works and verdict.doubted(said):
            return DOUBTED
        if not verdict.promises(loader.version) and not verdict.refuses(loader.version):
            return OPEN
        name = f'{sample.wheel} {verdict.object}'
        line = f'{name}: {said} | {verdict}'
        row = next((row for row in self.rows if row.explains(line, loader)), None)
        if row is not None:
            self.used[row] += 1
        said = ' / '.join(said.splitlines())
        difference = Difference(self.check, str(loader), name, row and row.row, said, ' '.join(str(verdict).split()))
        self.differences.append(difference)
        if self.show:
            print(difference, flush=True)
        return EXPLAINED if row else UNEXPLAINED

    @property
    def unused(self):
        return [row for row in self.rows if not self.used[row]]


def samples(report, places):
    """What is asked of a wheel: each object that no other one of it brings along; and how many are not, by reason."""
    left, found, said = collections.Counter(), [], verdicts.verdicts(report)
    brought = {path for start, each in said.items() for path in each.closure[1:] if start not in said[path].closure[1:]}
    for path, verdict in sorted(said.items()):
        if path in brought:
            left['loaded with others'] += 1
            continue
        try:
            image = elf.Image(places[path])
            list(image.undefined())
        except (KeyError, ValueError, IndexError, elf.struct.error):
            left['not to be read here'] += 1
            continue
        if loaders.architecture_of(places[path]) != verdict.architecture:
            left['of an architecture that the laboratory has not'] += 1
        elif image.is_static and image.is_program:
            left['static programs'] += 1
        else:
            found.append(Sample(pathlib.Path(report['path']).name, places[path], verdict, image))
    return found, left


def images_of(report, places):
    """The objects of a wheel by their path in it, as far as they can be read."""
    found = {}
    for each in report['objects']:
        try:
            found[each['path']] = elf.Image(places[each['path']])
        except (KeyError, ValueError, IndexError, elf.struct.error):
            continue
    return found


def ask(comparison, report, places, folder):
    """Asks every loader of a wheel's architecture and libc about its objects."""
    asked, left = samples(report, places)
    comparison.counts.update({f'not asked: {reason}': count for reason, count in left.items()})
    chosen = loaders.loaders(report['architecture'], report['libc'])
    if not asked or not chosen:
        return
    images = images_of(report, places)
    interpreter = stubs.interpreter(chosen[0], stubs.interpreter_names(images.values()), folder)
    for loader in chosen:
        beside = stubs.beside(loader, report, images, folder)
        opened = [sample for sample in asked if not sample.image.is_program]
        try:
            said = loader.load([sample.path for sample in opened], first=[interpreter], beside=beside)
        except loaders.LabError as error:
            said = {str(sample.path): f'the laboratory: {error}' for sample in opened}
        for sample in opened:
            comparison.add(sample, loader, said[str(sample.path)])
        for sample in asked:
            if sample.image.is_program:
                comparison.add(sample, loader, loader.start(sample.path, beside=beside))
        if beside:
            comparison.counts['asked with stubs of a profile\'s libraries'] += len(asked)
