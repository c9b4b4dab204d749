import BuildProfiles
import WheelTags

extension Judgement {
  /// What the tags say of themselves, and which would be better.
  func addTagFindings(_ retagging: Retagging, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    for tag in tags {
      for finding in try implausibleTag(tag, retagging) + pureTag(tag, retagging) + refusedTag(tag, retagging) {
        try found.add(finding)
      }
    }
    for finding in oldProcessors() { try found.add(finding) }
  }

  /// A tag that cannot be true of any system (PEP 600, PEP 656, and the PEPs of the legacy tags).
  private func implausibleTag(_ tag: PlatformTag, _ retagging: Retagging) throws(UnreadableWheel.Cause) -> [Finding] {
    func finding(_ message: String) -> [Finding] {
      let help =
        retagging.isUseful ? retagging.clause(verdict.minimalTag) : RuleDefinition.implausibleTag.advice.clause
      return [Finding(.implausibleTag, .error, message, help: help, tag: tag)]
    }
    if tag.isForOtherSystem {
      return [Finding(.unjudgedTag, .note, "\(tag) is not judged: it is no tag of Linux", tag: tag)]
    }
    if tag.promise == .other { return finding("\(tag) is no platform tag of Linux, but the wheel has Linux objects") }
    if tag.promise == .linux, let architecture = tag.architecture, !architecture.isKnown {
      return finding("\(tag) is no platform tag: no system calls its processor '\(architecture)'")
    }
    guard case .libc(let libc, let version) = tag.promise, let architecture = tag.architecture else { return [] }
    if let alias = tag.alias, !alias.architectures.contains(architecture) {
      return finding("\(alias) was never defined for \(architecture)")
    }
    let published = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.profiles(libc) }
    guard published.architectures.contains(architecture) else {
      return finding("no \(libc.tagPrefix) profile exists for \(architecture)")
    }
    let newest = published.newestVersion
    let oldest = LibcVersion(newest.major, 0)
    if version.major != newest.major || version < oldest || version > newest.next {
      return finding("\(tag) promises \(libc) \(version), and the newest known is \(newest)")
    }
    return []
  }

  /// A wheel with compiled code does not run everywhere (PEP 427).
  private func pureTag(_ tag: PlatformTag, _ retagging: Retagging) -> [Finding] {
    guard tag.promise == .any else { return [] }
    let count = subject.judged.count + subject.foreign.count
    let architectures = subject.architectures.map(\.rawValue)
    let which = subject.isOfSeveralArchitectures ? " (for \(architectures.joined(separator: ", ")))" : ""
    let help =
      subject.isOfSeveralArchitectures
      ? "build a wheel for each architecture"
      : retagging.isUseful ? retagging.clause(verdict.minimalTag) : Advice.minimalTag.clause
    return [
      Finding(
        .pureTag, .error,
        "the tag 'any' promises no compiled code, but the wheel has \(count) ELF \(count == 1 ? "object" : "objects")\(which)",
        help: help, tag: tag)
    ]
  }

  /// What an upload to PyPI is refused for, though installers may take it.
  private func refusedTag(_ tag: PlatformTag, _ retagging: Retagging) throws(UnreadableWheel.Cause) -> [Finding] {
    guard filename.platformTags.contains(tag), tag.isForLinux else { return [] }
    let installers = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.installers }
    // What is no tag at all is said to be none.
    guard !installers.isAccepted(tag), tag.architecture?.isKnown ?? false else { return [] }
    guard tag.promise == .linux else {
      return [
        Finding(
          .refusedTag, .warning, "PyPI does not accept \(tag)", help: RuleDefinition.refusedTag.advice.clause, tag: tag)
      ]
    }
    let better = retagging.isUseful ? verdict.profile?.tag(for: platform.architecture) : nil
    return [
      Finding(
        .linuxTag, .warning, "PyPI does not accept \(tag), which says nothing of the systems that the wheel needs",
        help: better.map(retagging.clause) ?? RuleDefinition.linuxTag.advice.clause, tag: tag)
    ]
  }

  /// ARMv6 and ARMv7 have the same header: only attributes of sections, which no loader reads, tell them apart.
  private func oldProcessors() -> [Finding] {
    tags.filter { $0.architecture == .armv6l }.map { tag in
      Finding(
        .instructionSet, .note, "whether the objects do with the instructions of ARMv6, as \(tag) says, is not judged",
        help: "see Tag_CPU_arch of readelf -A", tag: tag)
    }
  }

  /// A claim newer than need be, where a release that is supported would run the wheel and is not offered it.
  ///
  /// - Parameters:
  ///   - retagging: how the wheel gets another tag.
  ///   - found: all that was found besides.
  /// - Throws: what refuses the wheel: a damaged table, or a budget that is used up.
  func addImprovableTag(_ retagging: Retagging, to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard let date, !found.findings.contains(where: { $0.severity != .note }), let profile = verdict.profile,
      let claimed = promises.min(by: { $0.version < $1.version }), claimed.version > profile.version
    else { return }
    let distributions = try UnreadableWheel.Cause.tabled { () throws(TableError) in try facts.distributions }
    let runs = Audit.reach(of: verdict, requirements, platform, at: date, among: distributions)?.runs ?? []
    // A tag offers it to all of its systems, so what it needs beyond the tag does not matter here.
    let won = runs.filter { release in
      release.versions[platform.architecture].map { profile.version..<claimed.version ~= $0 } ?? false
    }.map(\.title)
    guard !won.isEmpty else { return }
    let more = won.count > 3 ? " and \(won.count - 3) more" : ""
    let better = profile.tag(for: platform.architecture)
    try found.add(
      Finding(
        .tagImprovable, .note,
        "the wheel needs no more than \(better), and \(claimed.tag) keeps it from "
          + won.prefix(3).joined(separator: ", ") + more,
        help: retagging.clause(better), tag: claimed.tag))
  }
}

extension LibcVersion {
  /// The release after this one, which may be out before a profile is.
  fileprivate var next: LibcVersion { LibcVersion(major, minor + 1) }
}
