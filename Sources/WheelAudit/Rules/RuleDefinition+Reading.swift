/// What keeps a wheel from being audited.
extension RuleDefinition {
  static let unreadable = RuleDefinition(
    .error, "wheel that could not be audited",
    summary: "a wheel that could not be audited",
    what: "The archive, or an object in it, is damaged, contradicts itself, or is beyond a limit.",
    why: "What cannot be read cannot be judged, and installers may read it in different ways.",
    advice: "build the wheel anew, and compare the checksum of the upload",
    source: "PEP 427, \"File Format\"; PKZIP application note; System V gABI",
    since: "0.1.0")
}
