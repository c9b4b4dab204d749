import BuildProfiles
import WheelTags

extension Judgement {
  /// Objects that no tag of their kind fits: for another processor than one names, or for the other libc.
  func addPlatformFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for finding in claimedArchitectures() { try found.add(finding) }
    try addMixedLibc(to: &found)
  }

  /// A tag promises one libc, and an object that is tied to the other breaks it.
  private func addMixedLibc(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for tag in tags {
      guard let promised = tag.libc else { continue }
      for object in subject.judged {
        guard let own = object.libc, own != promised else { continue }
        try found.add(
          Finding(
            .mixedLibc, .error, "the object is linked with \(own), and \(tag) promises \(promised)",
            help: RuleDefinition.mixedLibc.advice.clause, object: object.path, tag: tag))
      }
    }
  }

  /// A tag for another architecture than the one that is judged; a wheel is built for one.
  private func claimedArchitectures() -> [Finding] {
    guard !subject.isUnclaimed else { return [] }
    let present = subject.architectures
    return tags.compactMap { tag in
      guard let architecture = tag.architecture, architecture.isKnown, architecture.inHeaders != subject.architecture
      else { return nil }
      let found = present.map(\.rawValue).joined(separator: ", ")
      return Finding(
        .foreignArchitecture, .error,
        "\(tag) promises \(architecture), and the wheel is judged as one for \(subject.architecture) (objects for \(found))",
        help: "build a wheel for each architecture", tag: tag)
    }
  }
}
