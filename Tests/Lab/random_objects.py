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
import functools
import hashlib
import json
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import zipfile

import comparison
import generator
import loaders
import verdicts

HERE = pathlib.Path(__file__).resolve().parent
# What makes the samples, by Debian's package; clang and ld.lld come with the Swift toolchain.
PACKAGES = {"gcc": ["gcc"], "patchelf": ["patchelf"], "qemu-user": ["qemu-aarch64"],
            **{f"binutils-{each.gnu.replace('_', '-')}": [f"{each.gnu}-ld.bfd"]
               for each in generator.ARCHITECTURES.values()}}
# What an interpreter has loaded before it imports anything.
INTERPRETER = ["libm.so.6", "libpthread.so.0", "libdl.so.2", "libutil.so.1"]
# Each of 38 kinds with each architecture twenty times, twelve under glibc and eight under musl.
COUNT = 5320
# So many are opened by one process.
BATCH = 250


def verdict_of(report, sample):
    """The verdict on what is loaded or started, and whether it was judged at all."""
    judged = verdicts.verdicts(report)
    if sample.start in judged:
        return judged[sample.start], True
    errors = [f'{each["rule"]}: {each["message"]}' for each in report["findings"] if each["severity"] == "error"]
    floor = None if errors else ()
    said = dict.fromkeys(verdicts.Verdict._fields, ())
    said |= {"object": sample.start, "architecture": sample.architecture, "libc": sample.libc, "floor": floor,
             "refused_below": floor, "ceiling": None, "reasons": tuple(errors), "names": None}
    return verdicts.Verdict(**said), False


def digest(*names):
    """What the sources of these names are, in a few digits."""
    return hashlib.sha256(b"".join((HERE / name).read_bytes() for name in names)).hexdigest()[:16]


class Run:
    """The samples of a seed on disk, with what the loaders said of them: it does not change while the tools do not."""

    def __init__(self, folder, seed):
        self.folder, self.seed = folder, seed
        self.samples, self.answers = {}, {}
        folder.mkdir(parents=True, exist_ok=True)
        self.digest, self.asked_by = digest("generator.py", "patches.py", "fields.py"), digest("loaders.py")
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
            state = json.loads(answers.read_text())
            self.answers = state["answers"] if state["asked by"] == self.asked_by else {}

    def save_answers(self):
        (self.folder / "answers.json").write_text(json.dumps({"asked by": self.asked_by, "answers": self.answers}))

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
            brought = [interpreter(self.folder, loader.architecture)] if loader.libc == "glibc" else []
            for first in range(0, len(modules), BATCH):
                part = {str(self.start_of(s)): str(s.index) for s in modules[first:first + BATCH]}
                answers = loader.load(list(part), first=brought)
                said.update({part[path]: answer.replace(path, "it") for path, answer in answers.items()})
                self.save_answers()
            for sample in ours:
                if sample.is_program:
                    path = self.start_of(sample)
                    said[str(sample.index)] = start(loader, path).replace(str(path), "it")
            if ours:
                self.save_answers()


def start(loader, path):
    """How a program starts: the kernel, or qemu in its place, maps it, and finds the loader by a link.

    Started by the loader itself, as loaders.py does it, a program is looked at like a library.
    """
    qemu = loaders.emulator(loader.architecture)
    folders = ":".join(map(str, loader.folders))
    words = [] if qemu is None else [qemu, "-E", f"LD_LIBRARY_PATH={folders}"]
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
        name, tags = path.stem.split("-")[0], path.stem.split("-", 2)[2]
        wheel.writestr(f"{name}-1.0.dist-info/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tags}\n")


WORDS = ["asked", comparison.LOADED, comparison.REFUSED, comparison.DOUBTED, comparison.OPEN, comparison.EXPLAINED,
         comparison.UNEXPLAINED]


@functools.cache
def interpreter(folder, architecture):
    """An object that needs what an interpreter needs, by the names that other objects use."""
    place = folder / "interpreter" / architecture
    place.mkdir(parents=True, exist_ok=True)
    tools = generator.Tools(place)
    words = [tools.compiled(architecture, "int interpreter;\n", options=("-fPIC",)),
             *(tools.stub(architecture, soname, {}) for soname in INTERPRETER)]
    return tools.linked(architecture, "lld", ["-shared", "--no-as-needed", *words])


class Table:
    """Counts by some property of the samples."""

    def __init__(self):
        self.rows = collections.defaultdict(collections.Counter)

    def show(self, title):
        print("\n" + title.ljust(22) + "".join(word.rjust(18) for word in WORDS))
        for name, row in sorted(self.rows.items()):
            print(name.ljust(22) + "".join(f"{row[word]:18}" for word in WORDS))


def compare(run, indexes, reports, show, is_whole):
    """Prints what differs, with the counts; the number of answers that nothing explains."""
    found = comparison.Comparison("random")
    tables = {name: Table() for name in ("kind", "libc", "architecture", "all")}
    warned = Table()
    for index in indexes:
        sample = run.samples[index]
        report = reports[str(run.wheel(sample))]
        verdict, is_judged = verdict_of(report, sample)
        asked = comparison.Sample(str(sample), run.start_of(sample), verdict, None)
        said_by = {}
        for loader in loaders.loaders(sample.architecture, sample.libc):
            said = run.answers[str(loader)][str(index)]
            loads = said in (loaders.LOADS, loaders.STARTS)
            is_open = not loads and not is_judged and not verdict.refuses(loader.version)
            outcome = comparison.OPEN if is_open else found.outcome(asked, loader, said)
            for table, name in (("architecture", sample.architecture), ("kind", sample.kind), ("all", "all"),
                                ("libc", f"{loader.libc} {verdicts.text(loader.version)}")):
                tables[table].rows[name].update(["asked", outcome])
            for rule in {each["rule"] for each in report["findings"] if each["severity"] == "warning"}:
                warned.rows[rule].update(["asked", outcome])
            if show or outcome == comparison.UNEXPLAINED:
                said_by.setdefault(f"{outcome}: {said}", []).append(verdicts.text(loader.version))
        if said_by:
            print(f"\n{sample}\n  verdict: {verdict}")
            for said, versions in said_by.items():
                print(f"  {sample.libc} {', '.join(versions)}: {said[:300]}")
    for name, table in tables.items():
        table.show(name)
    warned.show("wheels with a warning")
    print()
    for row, count in found.used.items():
        print(f"{count:6} explained by {row.row}: {row.reason}")
    for row in found.unused if is_whole else []:
        print(f"a row that explains nothing: {row.pattern.pattern}")
    return tables["all"].rows["all"][comparison.UNEXPLAINED]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truewheel", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--index", type=int, action="append", help="this sample alone, with all that is said of it")
    parser.add_argument("--folder", type=pathlib.Path, help="where samples and answers are kept, to be used again")
    parser.add_argument("--show", action="store_true", help="print what agrees too")
    options = parser.parse_args()
    if missing := sorted(name for name, tools in PACKAGES.items() if not all(map(shutil.which, tools))):
        sys.exit(f"the samples of a seed are the same with the same tools only; what is missing: {' '.join(missing)}")
    folder = (options.folder or loaders.LAB.parent / "lab-random").resolve() / str(options.seed)
    indexes = options.index or range(options.count)
    run = Run(folder, options.seed)
    run.make(indexes)
    run.ask(indexes)
    reports = verdicts.reports(options.truewheel, [run.wheel(run.samples[index]) for index in indexes])
    unexplained = compare(run, indexes, reports, options.show or bool(options.index),
                          not options.index and options.count >= COUNT and options.seed == 1)
    print(f"\n{unexplained} answers are unexplained; the files are in {folder}/files")
    sys.exit(bool(unexplained))


if __name__ == "__main__":
    main()
