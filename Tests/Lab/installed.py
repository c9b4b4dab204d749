"""Unpacks a wheel as pip does: every member, whatever RECORD says of it, where it belongs."""
import os
import pathlib
import shutil
import zipfile

SITE = 'lib/python3/site-packages'


def place(member):
    """Where a member is installed, below the prefix."""
    parts = member.split('/')
    if parts[0].endswith('.data') and len(parts) > 2:
        rest = '/'.join(parts[2:])
        return {'scripts': f'bin/{rest}', 'data': rest}.get(parts[1], f'{SITE}/{rest}')
    return f'{SITE}/{member}'


def install(wheel, prefix):
    """Unpacks a wheel below a folder; gives the files by their member's name."""
    places = {}
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            target = pathlib.Path(os.path.normpath(prefix / place(member.filename)))
            if member.is_dir() or not target.is_relative_to(prefix):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open('wb') as file:
                shutil.copyfileobj(source, file)
            target.chmod(0o755)
            places[member.filename] = target
    return places
