#!/usr/bin/env python3
"""Compares the verdict on random objects and programs with what real loaders say of them.

Each sample of generator.py becomes a wheel. The command is asked about all wheels in one run, then every loader of the
laboratory about each sample of its architecture and libc. They agree where a loader loads what lies in the range that
the verdict gives, and refuses, or dies of, what does not. What differs is explained by a row of differences.tsv, or is
to be mended; the recipe makes the sample again, whose files are kept.

usage: random_objects.py --truewheel COMMAND [--seed N] [--count N] [--index N] [--folder FOLDER] [--show]
"""

import argparse
import collections
import csv
import hashlib
import json
import pathlib
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile

import generator
import loaders

HERE = pathlib.Path(__file__).resolve().parent
# Findings that are errors since a claim is newer than what a requirement asks for; the requirement itself says all.
OF_REQUIREMENTS = {"symbol-version", "platform-library", "external-library", "restricted-symbol", "unversioned-symbol",
                   "musl-symbol", "glibc-symbol", "instruction-set", "relative-relocations", "executable-stack", "not-loadable",
                   "interpreter", "unreachable-library", "libpython"}
# Warnings that say of something else than whether it loads.
OF_OTHER_THINGS = {"unsafe-run-path", "text-relocations", "writable-code", "python-abi", "refused-tag", "tag-mismatch"}
# What an interpreter has loaded before it imports anything.
INTERPRETER = ["libm.so.6", "libpthread.so.0", "libdl.so.2", "libutil.so.1"]
# So many are opened by one process.
BATCH = 250


class Verdict:
    """What the command says of a wheel: which versions of the libc load it, and why."""

    def __init__(self, wheel):
        self.is_unreadable, self.objects = wheel["status"] == "unreadable", {each["path"] for each in wheel["objects"]}
        findings = wheel["findings"]
        requirements = wheel["requirements"]
        self.reasons, self.floor, self.ceiling = [], (), None
        for requirement in requirements:
            self.add(requirement)
        for finding in findings:
            if finding["severity"] == "error" and not (finding["rule"] in OF_REQUIREMENTS and finding["tag"]):
                self.never(f'{finding["rule"]}: {finding["message"]}')
        self.warnings = sorted({f["rule"] for f in findings if f["severity"] == "warning"})
        self.may_fail = bool(set(self.warnings) - OF_OTHER_THINGS)
        self.said = sorted(f'{f["rule"]}: {f["message"]}' for f in findings if f["severity"] != "note")

    def add(self, requirement):
        words = " ".join(filter(None, [requirement["kind"], requirement["library"], requirement["version"]]))
        if requirement["floor"] is None:
            self.never(f'{words}: {requirement["reason"]}')
            return
        # A symbol of musl came with a release, though the tag names a series.
        exact = requirement["version"] if requirement["kind"] == "symbol" else None
        floor = max(numbers(requirement["floor"]), numbers(exact))
        if floor > self.floor:
            self.floor = floor
            self.reasons.append(f"{words}: from {text(floor)}")
        if requirement["ceiling"] is not None:
            ceiling = numbers(requirement["ceiling"])
            if self.ceiling is None or ceiling < self.ceiling:
                self.ceiling = ceiling
                self.reasons.append(f"{words}: below {text(ceiling)}")

    def never(self, reason):
        self.ceiling = ()
        self.reasons.append(reason)

    def loads_in(self, version):
        return not self.is_unreadable and self.floor <= version and (self.ceiling is None or version < self.ceiling)

    def __str__(self):
        if self.is_unreadable:
            return "unreadable: " + "; ".join(self.said)
        span = "never" if self.ceiling == () else f"[{text(self.floor)}, {text(self.ceiling or ())})"
        # What was said of never counts first.
        return f"{span} {'; '.join(self.reasons)}" + f" (warnings: {', '.join(self.warnings)})" * bool(self.warnings)


def numbers(version):
    return tuple(map(int, re.findall(r"\d+", version or "")))


def text(version):
    return ".".join(map(str, version)) or "-"


class Difference:
    """A row of differences.tsv."""

    def __init__(self, row):
        self.pattern, self.loaders = re.compile(row["pattern"]), re.compile(row["loaders"])
        self.row, self.reason, self.count = row["row"], row["reason"], 0

    def explains(self, line, loader):
        return self.loaders.search(loader) and self.pattern.search(line)


def known_differences(path):
    with open(path, newline="") as file:
        rows = csv.DictReader((line for line in file if line.strip() and line[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Difference(row) for row in rows if row["check"] == "random"]


class Run:
    """The samples of a seed on disk, with what the loaders said of them, which does not change while the tools do not."""

    def __init__(self, folder, seed):
        self.folder, self.seed = folder, seed
        self.samples, self.answers = {}, {}
        folder.mkdir(parents=True, exist_ok=True)
        self.digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in ("generator.py", "patches.py",
                                                                                      "fields.py"))).hexdigest()[:16]
        self.read()

    def read(self):
        state = self.folder / "samples.jsonl"
        if state.exists():
            head, *lines = state.read_text().splitlines()
            if head == self.digest:
                for line in lines:
                    sample = generator.Sample(**json.loads(line))
                    self.samples[sample.index] = sample
            else:
                shutil.rmtree(self.folder)
                self.folder.mkdir()
        if not self.samples:
            state.write_text(self.digest + "\n")
        answers = self.folder / "answers.json"
        if answers.exists():
            self.answers = json.loads(answers.read_text())

    def save_answers(self):
        (self.folder / "answers.json").write_text(json.dumps(self.answers))

    def make(self, indexes):
        """Makes the samples that are not there yet, their wheels and their files as they are installed."""
        missing = [index for index in indexes if index not in self.samples]
        if not missing:
            return
        with tempfile.TemporaryDirectory() as name, open(self.folder / "samples.jsonl", "a") as state:
            maker = generator.Generator(pathlib.Path(name), loaders.LAB)
            for index in missing:
                sample = maker.sample(self.seed, index)
                place = self.folder / "files" / str(index)
                shutil.rmtree(place, ignore_errors=True)
                for member, data in sample.members.items():
                    path = place / member
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
                    path.chmod(0o755)
                write_wheel(self.wheel(sample), sample.members, sample.start)
                sample.members = {}
                self.samples[index] = sample
                state.write(json.dumps(vars(sample)) + "\n")
                state.flush()

    def wheel(self, sample):
        folder = self.folder / "wheels"
        folder.mkdir(exist_ok=True)
        return folder / f"s{sample.index}-1.0-cp39-abi3-{sample.tag}.whl"

    def start_of(self, sample):
        return self.folder / "files" / str(sample.index) / sample.start

    def ask(self, indexes):
        """Asks every loader about the samples that it was not asked about yet."""
        for loader in loaders.loaders():
            said = self.answers.setdefault(str(loader), {})
            ours = [self.samples[index] for index in indexes if str(index) not in said]
            ours = [s for s in ours if (s.architecture, s.libc) == (loader.architecture, loader.libc)]
            modules = [s for s in ours if not s.is_program]
            for first in range(0, len(modules), BATCH):
                part = {str(self.start_of(s)): str(s.index) for s in modules[first:first + BATCH]}
                first = [path for path in (loader.folders[0] / name for name in INTERPRETER) if path.exists()]
                answers = loader.load(list(part), first=first if loader.libc == "glibc" else [])
                said.update({part[path]: answer.replace(path, "it") for path, answer in answers.items()})
                self.save_answers()
            for sample in ours:
                if sample.is_program:
                    path = self.start_of(sample)
                    said[str(sample.index)] = start(loader, path).replace(str(path), "it")
            if ours:
                self.save_answers()


def start(loader, path):
    """How a program starts; the kernel, or qemu in its place, maps it and finds the loader at a path as long as its own.

    Started by the loader itself, as loaders.py does it, a program is looked at like a library.
    """
    qemu = loaders.ARCHITECTURES[loader.architecture].qemu
    folders = ":".join(map(str, loader.folders))
    words = [] if qemu is None else [loaders.qemu_program(qemu), "-E", f"LD_LIBRARY_PATH={folders}"]
    standard = generator.ARCHITECTURES[loader.architecture].interpreter[loader.libc].encode()
    link, program = pathlib.Path("/tmp", secrets.token_hex(4)), path.with_name(path.name + ".started")
    here = str(link).encode().ljust(len(standard), b"\0")
    program.write_bytes(path.read_bytes().replace(standard, here, 1))
    program.chmod(0o755)
    link.symlink_to(loader.path)
    try:
        run = subprocess.run([*words, program], capture_output=True, text=True, errors="replace", timeout=60,
                             env={} if qemu else {"LD_LIBRARY_PATH": folders})
    except subprocess.TimeoutExpired:
        return loaders.NO_ANSWER
    except OSError as error:
        return error.strerror
    finally:
        link.unlink()
        program.unlink()
    if run.returncode == generator.STARTED:
        return loaders.STARTS
    said = " / ".join((run.stdout + run.stderr).replace(str(program), "it").split("\n"))[:300]
    return f"ended with status {run.returncode}: {said}"


def write_wheel(path, members, program):
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o100755 if name == program else 0o100644) << 16
            wheel.writestr(info, data)
        wheel.writestr(f"{path.name.split('-')[0]}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: " +
                       path.name[:-4].split("-", 2)[2] + "\n")


def verdicts(command, wheels):
    """{name of the wheel: verdict}."""
    found = {}
    for first in range(0, len(wheels), 1000):
        words = [command, "check", "--isolated", "--format", "jsonl", *wheels[first:first + 1000]]
        run = subprocess.run([str(word) for word in words], capture_output=True)
        if run.returncode not in (0, 1, 2):
            sys.exit(f"{command}: status {run.returncode}\n{run.stderr.decode(errors='replace')[:2000]}")
        for line in run.stdout.splitlines():
            wheel = json.loads(line)
            if "file" in wheel:
                found[wheel["file"]] = Verdict(wheel)
    return found


class Count:
    """How many answers agree, are explained and are not, by some property."""

    def __init__(self):
        self.rows = collections.defaultdict(collections.Counter)

    def show(self, title):
        print(f"\n{title:24} {'asked':>7} {'load':>7} {'agree':>7} {'explained':>9} {'unexplained':>11}")
        for name, row in sorted(self.rows.items()):
            print(f"{name:24} {row['asked']:7} {row['loads']:7} {row['agree']:7} {row['explained']:9} {row['unexplained']:11}")


def compare(run, indexes, found, known, show):
    """Prints what differs, with the counts; the number of answers that nothing explains."""
    counts = {"architecture": Count(), "libc": Count(), "kind": Count(), "all": Count()}
    warned = collections.defaultdict(collections.Counter)
    for index in indexes:
        sample = run.samples[index]
        verdict = found[run.wheel(sample).name]
        groups = collections.defaultdict(list)
        for loader in loaders.loaders(sample.architecture, sample.libc):
            said = run.answers[str(loader)][str(index)]
            loads, promised = said in (loaders.LOADS, loaders.STARTS), verdict.loads_in(loader.version)
            line = f"{sample} | says: {said} | verdict: {verdict}"
            if loads == promised or not loads and (verdict.may_fail or sample.start not in verdict.objects):
                what = "agree"
            else:
                what = "explained" if explained(known, line, str(loader)) else "unexplained"
            for kind, name in (("architecture", sample.architecture), ("libc", str(loader).split()[0] + " " + text(loader.version)),
                               ("kind", sample.kind), ("all", "all")):
                row = counts[kind].rows[name]
                row["asked"] += 1
                row["loads"] += loads
                row[what] += 1
            if promised:
                for rule in verdict.warnings:
                    warned[rule]["loads" if loads else "refused"] += 1
            if what == "unexplained" or show:
                groups[said].append(text(loader.version))
        if groups:
            print(f"\n{sample}\n  verdict: {verdict}")
            for said, versions in groups.items():
                print(f"  {sample.libc} {', '.join(versions)}: {said[:300]}")
    for kind in ("kind", "libc", "architecture", "all"):
        counts[kind].show(kind)
    print("\nwhere the verdict has a warning and promises loading: how often it was right")
    for rule, row in sorted(warned.items()):
        print(f"  {rule:28} refused {row['refused']:6}, loads {row['loads']:6}")
    for row in known:
        print(f"  explains {row.count:6}: {row.row} {row.reason[:80]}")
    return counts["all"].rows["all"]["unexplained"]


def explained(known, line, loader):
    for row in known:
        if row.explains(line, loader):
            row.count += 1
            return True
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truewheel", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--index", type=int, action="append", help="this sample alone, with all that is said of it")
    parser.add_argument("--folder", type=pathlib.Path, help="where samples and answers are kept, to be used again")
    parser.add_argument("--show", action="store_true", help="print what agrees too")
    options = parser.parse_args()
    folder = (options.folder or loaders.LAB.parent / "lab-random") / str(options.seed)
    indexes = options.index or range(options.count)
    run = Run(folder, options.seed)
    run.make(indexes)
    run.ask(indexes)
    found = verdicts(options.truewheel, [run.wheel(run.samples[index]) for index in indexes])
    unexplained = compare(run, indexes, found, known_differences(HERE / "differences.tsv"), options.show or bool(options.index))
    print(f"\n{unexplained} answers are unexplained; the files are in {folder}/files")
    sys.exit(bool(unexplained))


if __name__ == "__main__":
    main()
