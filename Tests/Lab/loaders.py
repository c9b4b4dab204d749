"""Real dynamic loaders of several releases and architectures, to ask what they say of objects and programs.

The laboratory is a folder with the unpacked packages of Debian releases, RELEASE-ARCHITECTURE/root, that setup.py
makes: $TRUEWHEEL_LAB, or ~/.cache/truewheel/lab. A loader of another architecture runs under qemu-user.

What an object is loaded with belongs to the release and to nothing else: its C library, and for glibc libgcc_s,
libstdc++ and libz. Whatever the loader takes from the folders of the system it runs on counts as not found.
"""
import contextlib
import functools
import hashlib
import os
import pathlib
import platform
import re
import resource
import shutil
import signal
import struct
import subprocess
import tempfile
from typing import NamedTuple

LAB = pathlib.Path(os.environ.get('TRUEWHEEL_LAB') or pathlib.Path.home() / '.cache/truewheel/lab')
SUITES = ('bullseye', 'bookworm', 'trixie', 'sid')
LOADS, STARTS, NO_ANSWER = 'loads', 'starts', 'no answer'
# How long one object may take, in seconds: a constructor may wait for what never comes.
PATIENCE = 10
# Where the loaders look by themselves: folders of the system that the laboratory runs on.
HOST_FOLDERS = ('/lib', '/lib64', '/lib32', '/usr/lib', '/usr/lib64', '/usr/local/lib')

# Whatever is killed here leaves nothing behind.
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))

# Reads lines from standard input. `+PATH` is opened for all that come after, with what it defines for all to see; any
# other line is an object, which a process of its own opens. After each comes how that process ended.
# What a child says of its object begins with STX, a record ends with SOH, the status and a line feed.
SOURCE = r'''
struct info { unsigned long address; const char *name; };
extern void *dlopen(const char *, int);
extern char *dlerror(void);
extern int dl_iterate_phdr(int (*)(struct info *, unsigned long, void *), void *);
extern int fork(void), setpgid(int, int), kill(int, int), waitpid(int, int *, int), open(const char *, int, ...);
extern int dup2(int, int);
extern long read(int, void *, unsigned long), write(int, const void *, unsigned long);
extern unsigned alarm(unsigned);
extern void _exit(int);

static void say(const char *text) {
  unsigned long length = 0;
  while (text[length]) length++;
  write(1, text, length);
}

static void say_number(unsigned number) {
  char digits[12], *place = digits + sizeof digits - 1;
  *place = 0;
  do *--place = '0' + number % 10; while (number /= 10);
  say(place);
}

static int say_name(struct info *info, unsigned long size, void *data) {
  say("\n");
  if (info->name) say(info->name);
  return 0;
}

static int read_line(char *line, int room) {
  int length = 0;
  while (length < room - 1) {
    if (read(0, line + length, 1) != 1) return -1;
    if (line[length] == '\n') break;
    length++;
  }
  line[length] = 0;
  return length;
}

static void answer(const char *path) {
  setpgid(0, 0);
  dup2(open("/dev/null", 0), 0);
  alarm(PATIENCE);
  void *handle = dlopen(path, 2);
  say("\2");
  if (handle) {
    say("loads");
    dl_iterate_phdr(say_name, 0);
  } else
    say(dlerror());
  _exit(0);
}

__attribute__((used)) void run(void) {
  static char line[8192];
  dup2(1, 2);
  while (read_line(line, sizeof line) >= 0) {
    if (line[0] == '+') {
      if (dlopen(line + 1, 0x102)) continue;
      say("\2");
      say(dlerror());
      _exit(1);
    }
    int status = 0, child = fork();
    if (child == 0) answer(line);
    if (child < 0 || waitpid(child, &status, 0) != child) _exit(2);
    kill(-child, 9);
    say("\1");
    say_number((unsigned)status);
    say("\n");
  }
  _exit(0);
}

__asm__(".globl _start\n.type _start, %function\n_start:\n.cfi_startproc\n" ENTRY "\n.cfi_endproc\n");
'''
# What a libc's own start file does first: aligns the stack, which musl leaves as the arguments lie, makes room where a
# function may write above its frame, and says that there is nothing further up, for constructors that look.
ENTRY = {
    'x86_64': '.cfi_undefined rip; xor %ebp, %ebp; and $-16, %rsp; call run',
    'i686': '.cfi_undefined eip; xor %ebp, %ebp; and $-16, %esp; call run',
    'aarch64': '.cfi_undefined x30; mov x29, #0; mov x30, #0; mov x0, sp; and sp, x0, #-16; bl run',
    'armv7l': '.fnstart; .cantunwind; mov r11, #0; mov lr, #0; mov r0, sp; bic r0, r0, #15; mov sp, r0; bl run; .fnend',
    'ppc64le': 'addis 2, 12, .TOC.-_start@ha; addi 2, 2, .TOC.-_start@l; .localentry _start, .-_start; '
               '.cfi_undefined lr; clrrdi 1, 1, 4; li 0, 0; stdu 0, -32(1); mtlr 0; bl run; nop',
    's390x': '.cfi_undefined %r14; lghi %r14, 0; aghi %r15, -160; stg %r14, 0(%r15); brasl %r14, run',
    'riscv64': '.cfi_undefined ra; li s0, 0; andi sp, sp, -16; call run',
}


class Architecture(NamedTuple):
    """What an architecture of platform tags is called elsewhere."""
    debian: str
    target: str
    qemu: str
    # EI_CLASS and e_machine.
    elf: tuple
    # What stops a process, in machine code, and the signal that it then gets.
    stop: str
    signal: int


# qemu knows no breakpoint of s390x: there it is an instruction that does not exist.
ARCHITECTURES = {
    'x86_64': Architecture('amd64', 'x86_64-linux-gnu', 'x86_64', (2, 62), 'cc', signal.SIGTRAP),
    'i686': Architecture('i386', 'i686-linux-gnu', 'i386', (1, 3), 'cc', signal.SIGTRAP),
    'aarch64': Architecture('arm64', 'aarch64-linux-gnu', 'aarch64', (2, 183), '000020d4', signal.SIGTRAP),
    'armv7l': Architecture('armhf', 'armv7-linux-gnueabihf', 'arm', (1, 40), 'f001f0e7', signal.SIGTRAP),
    'ppc64le': Architecture('ppc64el', 'powerpc64le-linux-gnu', 'ppc64le', (2, 21), '0800e07f', signal.SIGTRAP),
    's390x': Architecture('s390x', 's390x-linux-gnu', 's390x', (2, 22), '0000', signal.SIGILL),
    'riscv64': Architecture('riscv64', 'riscv64-linux-gnu', 'riscv64', (2, 243), '0290', signal.SIGTRAP),
}
# The same where the program begins in Thumb's instructions.
THUMB_STOP = '01de'


class LabError(Exception):
    """The laboratory cannot ask."""


class Loader(NamedTuple):
    """The loader of one libc in one release, for one architecture."""
    architecture: str
    libc: str
    version: tuple
    suite: str
    path: pathlib.Path
    # Where its own libraries lie.
    folders: tuple

    def __str__(self):
        return f'{self.libc} {".".join(map(str, self.version))} {self.architecture}'

    def load(self, paths, env=(), first=(), beside=()):
        """{path: what is said when it is opened with RTLD_NOW}, in one process that opens each in a child.

        'loads', or the message of dlerror or what the loader printed before it ended the process, or 'killed by
        signal N', or 'no answer'. `env` are variables for the loader; `first` are libraries that the process opens
        before, with RTLD_GLOBAL: what an interpreter would define; `beside` are further folders of libraries.
        """
        paths = [os.path.abspath(path) for path in paths]
        said, left = {}, paths
        while left:
            answers, rest = self._load(left, dict(env), [os.path.abspath(path) for path in first], beside)
            said.update(zip(left, answers))
            left = left[len(answers):]
            if left:
                # The process has ended, or does not end, with this one.
                said[left[0]] = rest.strip() or NO_ANSWER
                left = left[1:]
        return said

    def _load(self, paths, env, first, beside):
        """The answers for the paths before the process ended, and what it said after the last of them."""
        lines = [f'+{path}' for path in first] + paths
        with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as output:
            questions.write(b''.join(os.fsencode(line) + b'\n' for line in lines))
            questions.seek(0)
            words = self.words(start_program(self), env, beside)
            process = subprocess.Popen(words, stdin=questions, stdout=output, stderr=subprocess.STDOUT,
                                       env=self._environment(env), start_new_session=True)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=60 + PATIENCE * len(paths))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            status = process.wait()
            output.seek(0)
            text = output.read().decode(errors='replace')
        *records, rest = re.split('\1([0-9]+)\n', text)
        answers = [self._answer(said, int(how)) for said, how in zip(records[::2], records[1::2])]
        if not answers and status != -signal.SIGKILL and len(paths) > 0 and status:
            raise LabError(f'{self}: {" ".join(words)}: {rest.strip() or f"status {status}"}')
        return answers, rest

    def _answer(self, said, status):
        before, mark, message = said.partition('\2')
        end = status & 0x7f
        if end == signal.SIGALRM:
            return NO_ANSWER
        if not mark or end:
            # The loader's own last words, else how it ended.
            words = last_words(before)
            how = f'killed by signal {end}' if end else f'ended with status {status >> 8 & 0xff}'
            return f'{how}: {words}' if end and words else words or how
        answer, *names = message.split('\n')
        if answer == LOADS and len(names) > 0:
            return next((self._strange(name) for name in names if self._is_of_the_host(name)), LOADS)
        for taken in re.findall(r'(?:^|[\s(])(/[^\s:)]+)', message):
            if self._is_of_the_host(taken):
                return self._strange(taken)
        return message.strip()

    def _is_of_the_host(self, name):
        return os.path.dirname(os.path.normpath(name)).startswith(HOST_FOLDERS) and not name.startswith(f'{LAB}/') \
            and not any(name.startswith(f'{folder}/') for folder in self.folders)

    def _strange(self, name):
        return f'{os.path.basename(name)}: cannot open shared object file: No such file or directory'

    def start(self, program, arguments=(), env=(), beside=()):
        """What is said when the loader starts a program: 'starts' if it came to the entry point, else its message.

        A copy beside the program is started, whose first instruction stops it: what the program would do is
        nobody's business.
        """
        program = pathlib.Path(program).absolute()
        with entry_copy(program, self.architecture) as copy:
            words = self.words(copy, dict(env), beside) + [*map(str, arguments)]
            if strange := self._strange_library(words, dict(env)):
                return self._strange(strange)
            try:
                run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     env=self._environment(dict(env)), timeout=2 * PATIENCE)
            except subprocess.TimeoutExpired:
                return NO_ANSWER
            said = run.stdout.decode(errors='replace').replace(str(copy), str(program)).strip()
        if run.returncode == -ARCHITECTURES[self.architecture].signal:
            return STARTS
        said = last_words(said)
        how = f'killed by signal {-run.returncode}' if run.returncode < 0 else f'ended with status {run.returncode}'
        return f'{how}: {said}' if run.returncode < 0 and said else said or how

    def _strange_library(self, words, env):
        """A library that a program would be started with and that is the host's: glibc lists what it loads."""
        if self.libc != 'glibc' or emulator(self.architecture) is not None:
            return None
        listed = subprocess.run([words[0], '--list', *words[1:]], stdin=subprocess.DEVNULL, capture_output=True,
                                env=self._environment(env), timeout=2 * PATIENCE).stdout.decode(errors='replace')
        return next(filter(self._is_of_the_host, re.findall(r'=> (/\S+)', listed)), None)

    def start_all(self, programs):
        """{path: what is said when it is started}."""
        return {os.path.abspath(program): self.start(program) for program in programs}

    def words(self, program, env=(), beside=()):
        """The command that has the loader start a program."""
        qemu = emulator(self.architecture)
        words = []
        if qemu is not None:
            words = [qemu]
            # Variables for the program, and not for qemu.
            for key, value in dict(env).items():
                words += ['-E', f'{key}={value}']
        words += [str(self.path)]
        if self.libc == 'glibc':
            words += ['--inhibit-cache']
        return words + ['--library-path', ':'.join(map(str, [*self.folders, *beside])), str(program)]

    def _environment(self, env):
        native = emulator(self.architecture) is None
        return {'PATH': '/usr/bin:/bin', **(env if native else {})}


def last_words(text):
    """What a loader printed before the process ended, without the name of the process and what qemu adds."""
    text = re.sub(r'\s*qemu: uncaught target signal.*', '', text)
    return re.sub(r'^\S*: (?=error while loading|symbol lookup error)', '', text.strip())


@functools.cache
def emulator(architecture):
    """The program that runs an architecture's programs; None where this machine does."""
    if architecture in {'x86_64': ('x86_64', 'i686')}.get(platform.machine(), (platform.machine(),)):
        return None
    name = ARCHITECTURES[architecture].qemu
    for word in (f'qemu-{name}', f'qemu-{name}-static'):
        if shutil.which(word):
            return word
    raise LabError(f'qemu-{name} is missing: make lab installs it')


@functools.cache
def every_loader(lab=LAB):
    """The loaders of a laboratory, by architecture, libc and version."""
    found = []
    for home in sorted(lab.glob('*-*')):
        suite, _, architecture = home.name.partition('-')
        if architecture in ARCHITECTURES and suite in SUITES:
            found += [loader for loader in (glibc_of(home), musl_of(home)) if loader is not None]
    places = list(ARCHITECTURES)
    return sorted(found, key=lambda loader: (places.index(loader.architecture), loader.libc, loader.version))


def loaders(architecture=None, libc=None):
    """The loaders for an architecture and of a libc, or of any, that can be asked; the oldest release first."""
    return [loader for loader in every_loader()
            if architecture in (None, loader.architecture) and libc in (None, loader.libc) and control(loader) == LOADS]


def package_version(home, package):
    """The version of a package that was unpacked, upstream's numbers alone."""
    for path in (home / 'debs').glob(f'{package}_*.deb'):
        return tuple(map(int, re.match(r'[0-9.]+[0-9]', path.name.split('_')[1]).group().split('.')))
    return None


def glibc_of(home):
    version = package_version(home, 'libc6')
    libc = next((path for path in sorted((home / 'root').rglob('libc.so.6'))), None)
    if version is None or libc is None:
        return None
    names = ('ld-linux*.so.*', 'ld64.so.*', 'ld-2.*.so')
    loader = next((path for name in names for path in sorted(libc.parent.glob(name)) if path.exists()), None)
    if loader is None:
        return None
    others = sorted({path.parent for path in (home / 'root').rglob('lib*.so.*')
                     if 'gconv' not in str(path) and 'gdb' not in str(path)})
    folders = tuple(dict.fromkeys([libc.parent, *others]))
    suite, _, architecture = home.name.partition('-')
    return Loader(architecture, 'glibc', version, suite, loader, folders)


def musl_of(home):
    version = package_version(home, 'musl')
    loader = next((path for path in sorted((home / 'root').rglob('libc.so')) if 'musl' in path.parent.name), None)
    if version is None or loader is None:
        return None
    suite, _, architecture = home.name.partition('-')
    return Loader(architecture, 'musl', version, suite, loader, (loader.parent,))


@functools.cache
def control(loader):
    """What a loader says of the plainest library there is; one that does not load it can be asked nothing."""
    program = start_program(loader)
    answer = program.with_name(f'{program.name}.control')
    if not answer.exists():
        with tempfile.TemporaryDirectory() as name:
            source, library = pathlib.Path(name, 'plain.c'), pathlib.Path(name, 'plain.so')
            source.write_text('int plain(void) { return 1; }\n')
            compile_for(loader, [str(source), '-shared', '-fPIC'], library)
            try:
                said = loader.load([library])[str(library)]
            except LabError as error:
                said = str(error)
        answer.write_text(said)
    return answer.read_text()


def compile_for(loader, words, made):
    """Has clang and lld make a file for a loader's architecture, without start files or libraries of their own."""
    target = ARCHITECTURES[loader.architecture].target
    done = subprocess.run(
        ['clang', f'--target={target}', '-fuse-ld=lld', '-nostdlib', '-w', '-O1', '-fno-builtin',
         '-fno-stack-protector', *words, '-o', str(made)], capture_output=True, text=True)
    if done.returncode:
        raise LabError(f'{loader}: {done.stderr.strip()}')


@functools.cache
def start_program(loader):
    """The program that opens objects, linked with the loader's own libc and without its start files."""
    entry = '\\n'.join(ENTRY[loader.architecture].split('; '))
    source = SOURCE.replace('PATIENCE', str(PATIENCE)).replace('ENTRY', f'"{entry}"')
    digest = hashlib.sha256(source.encode()).hexdigest()[:12]
    made = LAB / f'{loader.suite}-{loader.architecture}' / f'load-{loader.libc}-{digest}'
    if made.exists():
        return made
    folder = loader.folders[0]
    names = ('libc.so.6', 'libdl.so.2') if loader.libc == 'glibc' else ('libc.so',)
    with tempfile.TemporaryDirectory(dir=made.parent) as name:
        text, program = pathlib.Path(name, 'load.c'), pathlib.Path(name, 'load')
        text.write_text(source)
        libraries = [str(folder / each) for each in names if (folder / each).exists()]
        options = ['-fasynchronous-unwind-tables', '-fPIE', '-pie', '-Wl,--allow-shlib-undefined']
        compile_for(loader, [*options, str(text), *libraries], program)
        # Others may make it at the same time.
        program.replace(made)
    return made


def architecture_of(path):
    """The architecture of an object's header, as platform tags name it; None for anything else."""
    with open(path, 'rb') as file:
        head = file.read(20)
    if len(head) < 20 or head[:4] != b'\x7fELF':
        return None
    machine = struct.unpack('<H' if head[5] == 1 else '>H', head[18:20])[0]
    return next((name for name, row in ARCHITECTURES.items() if row.elf == (head[4], machine)), None)


@contextlib.contextmanager
def entry_copy(program, architecture):
    """A copy of a program, in the same folder, that ends where the program would begin."""
    data = bytearray(program.read_bytes())
    with contextlib.suppress(struct.error, IndexError):
        stop_at_entry(data, architecture)
    handle, name = tempfile.mkstemp(prefix=f'.{program.name}.', dir=program.parent)
    copy = pathlib.Path(name)
    try:
        with os.fdopen(handle, 'wb') as file:
            file.write(data)
        copy.chmod(0o755)
        yield copy
    finally:
        copy.unlink()


def stop_at_entry(data, architecture):
    """Writes what ends the process where the entry point lies in the file."""
    wide, order = data[4] == 2, '<' if data[5] == 1 else '>'
    entry, table = struct.unpack_from(f'{order}QQ' if wide else f'{order}II', data, 24)
    size, count = struct.unpack_from(f'{order}HH', data, 54 if wide else 42)
    code = bytes.fromhex(ARCHITECTURES[architecture].stop)
    if architecture == 'armv7l' and entry & 1:
        code, entry = bytes.fromhex(THUMB_STOP), entry & ~1
    for index in range(count):
        row = table + index * size
        kind, = struct.unpack_from(f'{order}I', data, row)
        offset, address = struct.unpack_from(f'{order}QQ', data, row + 8) if wide else \
            struct.unpack_from(f'{order}II', data, row + 4)
        stored, = struct.unpack_from(f'{order}Q', data, row + 32) if wide else \
            struct.unpack_from(f'{order}I', data, row + 16)
        if kind == 1 and address <= entry and entry + len(code) <= address + stored:
            place = offset + entry - address
            if place + len(code) <= len(data):
                data[place:place + len(code)] = code
            return
