import BuildProfiles
import WheelArchive
import WheelTags

extension Judgement {
  /// What the tags say of themselves, of each other, and of the wheel as a whole.
  func addClaimFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    var own: [Finding] = []
    for tag in tags { own += try implausibleTag(tag) + pureTag(tag) + linuxTag(tag) }
    for finding in own + tagImprovable() + claimedArchitectures() + oldProcessors() { try found.add(finding) }
    try addTagMismatch(to: &found)
    try addMixedLibc(to: &found)
  }

  /// A tag that cannot be true of any system (PEP 600, PEP 656, and the PEPs of the legacy tags).
  private func implausibleTag(_ tag: PlatformTag) throws(UnreadableWheel.Cause) -> [Finding] {
    func finding(_ message: String) -> [Finding] {
      let advice = RuleDefinition.implausibleTag.advice.clause(naming: verdict.minimalTag.spelling)
      return [Finding(.implausibleTag, .error, message, help: advice, tag: tag)]
    }
    if tag.isForOtherSystem {
      return [Finding(.unjudgedTag, .note, "\(tag) is not judged: it is no tag of Linux", tag: tag)]
    }
    if tag.promise == .other { return finding("\(tag) is no platform tag of Linux, but the wheel has Linux objects") }
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
  private func pureTag(_ tag: PlatformTag) -> [Finding] {
    guard tag.promise == .any else { return [] }
    let count = subject.judged.count + subject.foreign.count
    let architectures = subject.architectures.map(\.rawValue)
    let isForSeveral = architectures.count > 1
    return [
      Finding(
        .pureTag, .error,
        "the tag 'any' promises no compiled code, but the wheel has \(count) ELF \(count == 1 ? "object" : "objects")"
          + (isForSeveral ? " (for \(architectures.joined(separator: ", ")))" : ""),
        help: isForSeveral
          ? "build a wheel for each architecture" : Advice.minimalTag.clause(naming: verdict.minimalTag.spelling),
        tag: tag)
    ]
  }

  private func linuxTag(_ tag: PlatformTag) -> [Finding] {
    guard tag.promise == .linux, tag.architecture != .armv6l, tag.architecture != .armv7l else { return [] }
    let better = verdict.profile.map { "; it could be tagged \($0.tag(for: platform.architecture))" } ?? ""
    return [
      Finding(
        .linuxTag, .note, "\(tag) says nothing of the systems it needs, and PyPI does not accept it\(better)", tag: tag)
    ]
  }

  /// The file name and the `Tag` lines of WHEEL must say the same (binary distribution format, "File contents").
  private func addTagMismatch(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard let metadata else {
      try found.add(
        Finding(
          .tagMismatch, .warning, "the wheel has no WHEEL file, so its tags stand in the file name alone",
          help: "build the wheel with a tool that writes it"))
      return
    }
    var stated: Set<String> = []
    for tag in metadata.tags {
      // Some tools write compressed tag sets in the Tag lines too.
      let expanded = Self.expanded(tag)
      try found.draw(steps: 16 * expanded.count)
      stated.formUnion(expanded)
    }
    let named = filename.expandedTags
    let (missing, surplus) = (named.subtracting(stated).sorted(), stated.subtracting(named).sorted())
    guard !missing.isEmpty || !surplus.isEmpty else { return }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("only the file name has \(Self.listed(missing))") }
    if !surplus.isEmpty { parts.append("only WHEEL has \(Self.listed(surplus))") }
    try found.add(
      Finding(
        .tagMismatch, .warning, "file name and WHEEL disagree about the tags: \(parts.joined(separator: "; "))",
        help: RuleDefinition.tagMismatch.advice.clause))
  }

  /// Compressed tag sets may stand for thousands of tags; a reader needs a few of them.
  private static func listed(_ tags: [String]) -> String {
    let more = tags.count > 50 ? " and \(tags.count - 50) more" : ""
    return tags.prefix(50).joined(separator: ", ") + more
  }

  private static func expanded(_ tag: String) -> [String] {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false).map { $0.split(separator: ".") }
    guard parts.count == 3, parts.reduce(1, { $0 * $1.count }) <= 10_000 else { return [tag] }
    return parts[0].flatMap { python in
      parts[1].flatMap { abi in parts[2].map { "\(python)-\(abi)-\($0)" } }
    }
  }

  /// All claims newer than the minimal tag: the wheel could be offered to more systems.
  private func tagImprovable() -> [Finding] {
    guard let profile = verdict.profile, let oldest = promises.min(by: { $0.version < $1.version }),
      oldest.version > profile.version
    else { return [] }
    let better = profile.tag(for: platform.architecture)
    return [
      Finding(
        .tagImprovable, .note, "the wheel needs no more than \(better), and claims \(oldest.tag)",
        help: RuleDefinition.tagImprovable.advice.clause(naming: better.spelling), tag: oldest.tag)
    ]
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

  /// ARMv6 and ARMv7 have the same header: only attributes of sections, which no loader reads, tell them apart.
  private func oldProcessors() -> [Finding] {
    tags.filter { $0.architecture == .armv6l }.map { tag in
      Finding(
        .instructionSet, .note, "whether the objects do with the instructions of ARMv6, as \(tag) says, is not judged",
        help: "see Tag_CPU_arch of readelf -A", tag: tag)
    }
  }

  /// A tag for another architecture than the one that is judged; a wheel is built for one.
  private func claimedArchitectures() -> [Finding] {
    guard !subject.isUnclaimed else { return [] }
    let present = subject.architectures
    return tags.compactMap { tag in
      guard let architecture = tag.architecture, architecture.inHeaders != subject.architecture else { return nil }
      let found = present.map(\.rawValue).joined(separator: ", ")
      return Finding(
        .foreignArchitecture, .error,
        "\(tag) promises \(architecture), and the wheel is judged as one for \(subject.architecture) (objects for \(found))",
        help: "build a wheel for each architecture", tag: tag)
    }
  }
}

extension LibcVersion {
  /// The release after this one, which may be out before a profile is.
  fileprivate var next: LibcVersion { LibcVersion(major, minor + 1) }
}
