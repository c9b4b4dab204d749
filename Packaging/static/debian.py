"""Debian's archive, asked with lists of its own, so that those of the system stay as they are.

Needs apt-get and Debian's keyring; DEBIAN_MIRROR names another mirror than Debian's own.
"""
import os
import pathlib
import shutil
import subprocess

MIRROR = os.environ.get('DEBIAN_MIRROR') or 'http://deb.debian.org/debian'
KEYRING = pathlib.Path('/usr/share/keyrings/debian-archive-keyring.gpg')


def can_be_asked():
    return shutil.which('apt-get') is not None and KEYRING.exists()


class AptError(Exception):
    """What apt said when it could not do what it was asked."""


class Archive:
    """One release of Debian; what apt keeps of it goes into a folder, and nothing counts as installed there.

    The architecture is that of this machine, or Debian's name of another. Without `has_sources` the packages alone are
    listed, which is sooner done.
    """

    def __init__(self, folder, suite, architecture=None, has_sources=True):
        self.suite = suite
        self.folder = folder
        self.archives = folder / 'cache/archives'
        for part in (folder / 'lists/partial', self.archives / 'partial'):
            part.mkdir(parents=True, exist_ok=True)
        status, sources = folder / 'status', folder / 'sources.list'
        status.write_text('')
        place = f'[signed-by={KEYRING}] {MIRROR} {suite} main'
        sources.write_text(f'deb {place}\n' + (f'deb-src {place}\n' if has_sources else ''))
        self.options = [
            f'-oDir::Etc::SourceList={sources}', '-oDir::Etc::SourceParts=/dev/null',
            f'-oDir::State::Lists={folder}/lists', f'-oDir::Cache={folder}/cache', f'-oDir::State::status={status}',
            '-oAPT::Sandbox::User=root', '-oDebug::NoLocking=1', '-oAPT::Install-Recommends=no',
            '-oAPT::Get::Assume-Yes=yes', '-oAcquire::Languages=none', '-q']
        if architecture:
            self.options += [f'-oAPT::Architecture={architecture}', f'-oAPT::Architectures={architecture}']
        # An index that cannot be had is an error, not a warning.
        self.ask('apt-get', '-oAPT::Update::Error-Mode=any', 'update')

    def ask(self, program, *words, folder=None):
        """Runs apt-get or apt-cache; gives what it said, or raises it."""
        done = subprocess.run([program, *self.options, *words], cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors='replace')
        if done.returncode != 0:
            raise AptError(done.stdout.strip())
        return done.stdout

    def download(self, package, folder, is_source=False):
        """The files of one package alone, `NAME` or `NAME=VERSION`, by their names."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.ask('apt-get', *(['source', '--download-only'] if is_source else ['download']), package, folder=folder)
        return {path.name: path for path in folder.iterdir()}

    def download_with_dependencies(self, packages):
        """The files of packages and of all that they depend on."""
        shutil.rmtree(self.archives)
        (self.archives / 'partial').mkdir(parents=True)
        self.ask('apt-get', 'install', '--download-only', *packages)
        return sorted(self.archives.glob('*.deb'))
