#!/usr/bin/env python3
"""Write what is linked into the static binary as a CycloneDX document: usage: sbom.py BUILD-FOLDER OUTPUT

components.json says what is linked in, under which licence, and where the version of each is to be read. The same build
gives the same bytes: the document has no time and no serial number.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def owner(archive):
    """The version of the Debian package that a static library of the compiler's came with; no package elsewhere."""
    path = pathlib.Path(said('clang', f'-print-file-name={archive}')).resolve()
    try:
        package = said('dpkg-query', '-S', path).split(': ')[0]
        return said('dpkg-query', '-W', '-f', '${Version}', package)
    except (OSError, subprocess.CalledProcessError):
        return None


def header(build, place, prefix):
    text = (build / 'checkouts' / place).read_text()
    parts = (re.search(rf'^#define {prefix}_{part} (\d+)$', text, re.M) for part in ('MAJOR', 'MINOR', 'PATCH'))
    return '.'.join(part[1] for part in parts)


def version(place, build):
    kind, name = next(iter(place.items()))
    if kind == 'library':
        return json.loads((build / 'libraries/versions.json').read_text())['versions'][name]
    if kind == 'owner':
        return owner(name)
    if kind == 'compiler':
        return re.search(r'Swift version (\S+)', said(name, '--version'))[1]
    if kind == 'package':
        return re.search(rf'/{name}", exact: "([^"]+)"', (PROJECT / 'Package.swift').read_text())[1]
    return header(build, name, place['macros'])


def component(entry, build):
    number = version(entry['version'], build)
    document = {
        'type': 'library',
        'bom-ref': entry['name'],
        'name': entry['name'],
        'licenses': [{'expression': entry['license']}],
        'externalReferences': [{'type': 'website', 'url': entry['url']}],
    }
    if number is not None:
        document['version'] = number
        document['purl'] = entry['purl'].format(version=number.replace(':', '%3A').replace('+', '%2B'))
    return document


def bill(build, tool_version):
    binary = (build / 'release/truewheel').read_bytes()
    components = [component(entry, build) for entry in json.loads((HERE / 'components.json').read_text())]
    return {
        '$schema': 'http://cyclonedx.org/schema/bom-1.6.schema.json',
        'bomFormat': 'CycloneDX',
        'specVersion': '1.6',
        'version': 1,
        'metadata': {'component': {
            'type': 'application',
            'bom-ref': 'truewheel',
            'name': 'truewheel',
            'version': tool_version,
            'purl': f'pkg:pypi/truewheel@{tool_version}',
            'licenses': [{'license': {'id': 'MIT'}}],
            'hashes': [{'alg': 'SHA-256', 'content': hashlib.sha256(binary).hexdigest()}],
        }},
        'components': components,
        'dependencies': [
            {'ref': 'truewheel', 'dependsOn': [entry['bom-ref'] for entry in components]},
            *({'ref': entry['bom-ref'], 'dependsOn': []} for entry in components),
        ],
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, output = map(pathlib.Path, sys.argv[1:])
    tool_version = said(build / 'release/truewheel', '--version').splitlines()[0]
    output.write_text(json.dumps(bill(build, tool_version), indent=2) + '\n')


if __name__ == '__main__':
    main()
