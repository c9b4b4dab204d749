/// What PyPI refuses an upload for, and what its users should be told of.
extension RuleDefinition {
  static let pypiArchive = RuleDefinition(
    .error, "archive that PyPI refuses", in: .pypi,
    summary: "an archive with data descriptors, comments, names that are not UTF-8, or another compression",
    what: "The archive uses something of the zip format that readers take in different ways.",
    why: "PyPI refuses the upload, so that no two installers find different files in one wheel.",
    advice: "take it apart with 'wheel unpack' and put it together with 'wheel pack'",
    source: "Warehouse, warehouse/utils/zipfiles.py and warehouse/forklift/legacy.py (2026)",
    since: "0.2.0")

  static let pypiLimit = RuleDefinition(
    .error, "wheel that is too large for PyPI", in: .pypi,
    summary: "a wheel of more than 100 MiB, or one that inflates to more than 50 times its size",
    what:
      "The file has more bytes than PyPI takes of a project without a larger limit, or it inflates to more than 64 MiB "
      + "and 50 times its size.",
    why: "PyPI refuses the upload.",
    advice: "leave out what is not needed at run time, strip objects, or ask PyPI for a larger limit",
    source: "Warehouse, warehouse/constants.py and warehouse/forklift/legacy.py (2026)",
    since: "0.2.0")

  static let pypiName = RuleDefinition(
    .error, "file name that PyPI refuses", in: .pypi,
    summary: "a file name that is not made of the normalised name, or a metadata folder of another spelling",
    what: "The file name does not begin with the project's normalised name, or has a local version; or the .dist-info "
      + "folder is not spelled as the file name is.",
    why: "PyPI refuses the upload.",
    advice: "build the wheel with a current version of its build backend, which normalises names",
    source: "PEP 427, \"Escaping and Unicode\"; PEP 503; PEP 440; Warehouse, warehouse/forklift/legacy.py (2026)",
    since: "0.2.0")

  static let pypiTag = RuleDefinition(
    .error, "platform tag that PyPI refuses", in: .pypi,
    summary: "a platform tag, of whatever system, that is not among those that PyPI accepts",
    what: "A platform tag of the file name is none of those that PyPI accepts.",
    why: "PyPI refuses the upload.",
    advice: "tag the wheel for a system that PyPI knows, or publish it on an index of your own",
    source: "Warehouse, warehouse/forklift/legacy.py (2026)",
    since: "0.2.0")

  static let pypiMetadata = RuleDefinition(
    .error, "metadata that PyPI refuses", in: .pypi,
    summary: "metadata of an unknown version, with both License and License-Expression, or scripts with names of none",
    what: "METADATA is of a version that PyPI does not know or has fields that exclude each other, or entry_points.txt "
      + "has a script whose name is none.",
    why: "PyPI refuses the upload.",
    advice: "build the wheel with a current version of its build backend, and look at it with 'twine check'",
    source: "PEP 639; Warehouse, warehouse/forklift/metadata.py and warehouse/utils/wheel.py (2026)",
    since: "0.2.0")

  static let licenseFile = RuleDefinition(
    .error, "licence that is not in the wheel", in: .pypi,
    summary: "a License-File that METADATA names and the wheel lacks",
    what: "METADATA names a License-File, and .dist-info/licenses has no such file.",
    why: "PyPI refuses the upload, and whoever redistributes the wheel lacks the licence.",
    advice: "name files that are there (license-files in pyproject.toml), and build the wheel anew",
    source: "PEP 639, \"Add License-File field\"; Warehouse, warehouse/forklift/legacy.py (2026)",
    since: "0.2.0")

  static let recordHash = RuleDefinition(
    .error, "file that is not what RECORD says", in: .pypi,
    summary: "a file with another digest or size than RECORD says, or without a digest of SHA-256 or better",
    what: "A file is not the one that RECORD has the digest or the size of, or RECORD has no digest of it.",
    why: "It was changed after the wheel was built. Installers that verify refuse it; the others install what no one "
      + "vouched for.",
    advice: "take it apart with 'wheel unpack' and put it together with 'wheel pack', which writes RECORD anew",
    source: "PEP 427, \"Signed wheel files\"; PEP 376, \"RECORD\"",
    since: "0.2.0")

  static let mergedNames = RuleDefinition(
    .warning, "name that another system does not keep", in: .pypi,
    summary: "names that Windows or macOS take for one, or that Windows has no file of",
    what:
      "The wheel may be installed on Windows or macOS, and two of its files have names that differ in case or in the "
      + "form of their characters only, or one has a name that Windows reserves or changes.",
    why: "One file replaces the other, or the installation fails.",
    advice: "rename the files",
    source: "Microsoft, \"Naming Files, Paths, and Namespaces\"; Unicode, UAX #15",
    since: "0.2.0")
}
