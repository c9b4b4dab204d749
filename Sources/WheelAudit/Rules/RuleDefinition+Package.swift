/// What keeps installers from installing a wheel, whatever is in it.
extension RuleDefinition {
  static let notInstallable = RuleDefinition(
    .error, "wheel that installers refuse",
    summary: "a wheel that pip, uv or installer refuses: metadata missing, of another project, or of another format",
    what:
      "The .dist-info folder is not there, not the only one, or that of another project; WHEEL or METADATA is not in "
      + "it, or says something else than the file name; or the version of the format is not 1.",
    why: "An installer that reads it ends with an error, and nothing is installed.",
    advice:
      "build the wheel anew with a tool that writes its metadata; to rename it use 'wheel unpack' and 'wheel pack'",
    source: "PEP 427, \"File contents\"; tried with pip 26.3, uv 0.13.9 and installer 1.1.0",
    since: "0.2.0")

  static let recordMissing = RuleDefinition(
    .error, "wheel without a RECORD that installers can read",
    summary: "a wheel without RECORD, or with one that is no table of three columns",
    what:
      "The .dist-info folder has no RECORD, or it is not UTF-8, or a row of it has more or fewer than three fields.",
    why: "Installers refuse the wheel: they note in RECORD what they have installed.",
    advice: "build the wheel anew, or take it apart with 'wheel unpack' and put it together with 'wheel pack'",
    source:
      "PEP 376, \"RECORD\"; PEP 427, \"The .dist-info directory\"; tried with pip 26.3, uv 0.13.9 and installer 1.1.0",
    since: "0.2.0")

  static let recordMismatch = RuleDefinition(
    .warning, "RECORD lists other files than there are",
    summary: "files that RECORD does not list, or that it lists and the wheel lacks",
    what: "RECORD lists a file that is not in the wheel, or does not list one that is.",
    why:
      "Installers take the wheel, and what RECORD does not list no one has vouched for. PyPI writes to the maintainers.",
    advice: "take it apart with 'wheel unpack' and put it together with 'wheel pack', which writes RECORD anew",
    source: "PEP 427, \"The .dist-info directory\"; Warehouse, warehouse/utils/wheel.py (2026)",
    since: "0.2.0")
}
