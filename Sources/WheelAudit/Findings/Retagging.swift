import WheelTags

/// How the wheel is given another platform tag.
struct Retagging {
  private let name: String
  private let filename: WheelFilename
  /// True where the file name and WHEEL state the same tags: the command refuses any other wheel.
  private let isConsistent: Bool
  /// True where another tag can be true of the wheel: nothing else is wrong with it, and it is for one architecture.
  let isUseful: Bool

  init(_ judgement: Judgement, isConsistent: Bool, isBroken: Bool) {
    name = judgement.name
    filename = judgement.filename
    self.isConsistent = isConsistent
    isUseful = !isBroken && !judgement.subject.isOfSeveralArchitectures
  }

  /// A clause with the command that does it (wheel, `wheel tags`).
  ///
  /// The tags of other systems, and those that promise the other libc, stay.
  func clause(_ tag: PlatformTag) -> String {
    let advice = Advice.minimalTag.clause(naming: tag.spelling)
    guard isConsistent else { return advice }
    let kept = filename.platformTags.filter { $0.isForOtherSystem || ($0.libc != nil && $0.libc != tag.libc) }
    let tags = ([tag] + kept).map(\.spelling).joined(separator: ".")
    // The command does not know variants.
    if let variant = filename.variant {
      return "\(advice), in its file name (\(tags)-\(variant).whl at the end) and in the Tag lines of WHEEL"
    }
    return "\(advice): wheel tags --remove --platform-tag \(tags) \(name.isPlainWord ? name : "FILE")"
  }
}

extension String {
  /// True for what a shell takes as it stands.
  fileprivate var isPlainWord: Bool {
    utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-+".utf8.contains(byte)
      }
    }
  }
}
