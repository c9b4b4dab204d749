"""Libraries that stand for what an object finds on a system and not in the laboratory.

The interpreter: all that begins with Py or _Py, and libm, which every CPython has loaded. Libraries of a profile that
the laboratory has not: a library of that name with the versions and symbols that the objects ask of it.
"""
import functools
import hashlib
import re

import elf
import loaders

OF_THE_INTERPRETER = re.compile(r'_?Py')
# Builds of Python that no tag promises: no stub makes up for them (PEP 513).
OF_NO_INTERPRETER = re.compile(r'PyFPE_|PyUnicodeUCS2_')


def interpreter_names(images):
    """What objects want of an interpreter."""
    return {name for image in images for name, version, _ in image.undefined()
            if version is None and OF_THE_INTERPRETER.match(name) and not OF_NO_INTERPRETER.match(name)}


def interpreter(loader, names, folder):
    """A library that defines names, and has loaded what an interpreter has."""
    libraries = ('libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'libutil.so.1') if loader.libc == 'glibc' else ()
    needs = [path for path in (loader.folders[0] / name for name in libraries) if path.exists()]
    return library(loader, 'interpreter.so', {None: names}, folder, needs)


def library(loader, soname, versions, folder, needs=()):
    """A library that defines {version or None: names} in a folder, which is made once."""
    body = 'void *nothing(void) { return 0; }\n'
    body += ''.join(f'__asm__(".globl {name}\\n.type {name}, %function\\n.set {name}, nothing");\n'
                    for name in sorted(set().union(*versions.values())) if re.fullmatch(r'[\w.$]+', name))
    script = ''.join(f'{version} {{ global: {" ".join(f"{name};" for name in sorted(names))} }};\n'
                     for version, names in sorted(versions.items(), key=str) if version is not None)
    words = ['-shared', '-fPIC', '-Wl,--no-as-needed', f'-Wl,-soname={soname}', '-Wl,--undefined-version',
             *map(str, needs)]
    digest = hashlib.sha256(repr((loader.architecture, body, script, words)).encode()).hexdigest()[:16]
    made = folder / digest / soname
    if made.exists():
        return made
    made.parent.mkdir(parents=True, exist_ok=True)
    source, versions_file = made.parent / 'stub.c', made.parent / 'stub.map'
    source.write_text(body)
    versions_file.write_text(script)
    if script:
        words.append(f'-Wl,--version-script={versions_file}')
    loaders.compile_for(loader, [*words, str(source)], made)
    return made


def beside(loader, report, images, folder):
    """The folders with stubs of what the platform has and the laboratory has not."""
    wanted = {needed['library'] for each in report['objects'] for needed in each['needed']
              if needed['resolution'] == 'platform'}
    missing = sorted(name for name in wanted if not is_there(loader, name))
    return [library(loader, name, asked_of(name, loader, images), folder).parent for name in missing]


def is_there(loader, name):
    """Whether the libc answers to a name, or its release has a library of it."""
    if loader.libc == 'musl':
        # musl/ldso/dynlink.c, load_library: what begins like a part of libc is the loader itself.
        return name == 'libc.so' or name.startswith(('libc.musl-', 'ld-musl-')) or \
            re.match(r'lib(c|pthread|rt|m|dl|util|xnet)\.', name) is not None
    return any((folder / name).exists() for folder in loader.folders)


def asked_of(soname, loader, images):
    """{version or None: names} that objects want of a library.

    Without versions it is not said of which library a name is wanted: it is what the objects that need this one want,
    and no release of the libc has; of libz what it has.
    """
    found = {None: set()}
    of_zlib = zlib_names() if soname == 'libz.so.1' else None
    for image in images.values():
        for name, version, _ in image.undefined():
            if version is not None and version[0] == soname:
                found.setdefault(version[1], set()).add(name)
            elif version is None and soname in image.needed and not OF_THE_INTERPRETER.match(name):
                known = libc_names(loader.libc, loader.architecture)
                if name in of_zlib if of_zlib is not None else name not in known:
                    found[None].add(name)
    return found


@functools.cache
def libc_names(libc, architecture):
    """What any release of a libc and of its kin defines."""
    paths = {path for loader in loaders.loaders(architecture, libc) for folder in loader.folders
             for path in folder.glob('lib*.so*') if path.is_file()}
    return {name for path in paths for name in elf.Image(path).defined()}


@functools.cache
def zlib_names():
    """What libz defines."""
    loader = loaders.loaders('x86_64', 'glibc')[-1]
    path = next(folder / 'libz.so.1' for folder in loader.folders if (folder / 'libz.so.1').exists())
    return set(elf.Image(path).defined())
