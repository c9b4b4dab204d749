/// The file name of a wheel, taken apart:
/// `{distribution}-{version}(-{build})?-{python}-{abi}-{platform}(-{variant})?.whl` (binary distribution format, "File
/// name convention"; the variant is of a draft, PEP 825, "Variant label").
public struct WheelFilename: Hashable, Sendable {
  public let distribution: String
  public let version: String
  /// The optional build tag; begins with a digit.
  public let build: String?
  public let pythonTags: [String]
  public let abiTags: [String]
  public let platformTags: [PlatformTag]
  /// The label of the variant that the wheel is; nil for every wheel of today.
  public let variant: String?

  /// Reads a file name (no folder).
  ///
  /// - Throws: `WheelFilenameError` that says which part is wrong and what it should be.
  public init(_ name: String) throws(WheelFilenameError) {
    guard name.hasSuffix(".whl") else { throw WheelFilenameError(name: name, problem: .suffix) }
    let parts = Self.parts(of: name.utf8.dropLast(4), by: "-").map(String.init)
    guard (5...7).contains(parts.count) else {
      throw WheelFilenameError(name: name, problem: .partCount(parts.count))
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw WheelFilenameError(name: name, problem: .emptyPart) }
    self.distribution = parts[0]
    self.version = parts[1]
    // What begins with a digit is a build tag, since no Python tag does; behind the tags there is only a label.
    let hasBuild = parts.count > 5 && Self.beginsWithDigit(parts[2])
    let tags = Array(parts[(hasBuild ? 3 : 2)...])
    guard tags.count == 3 || tags.count == 4 && !Self.isMeantAsBuild(tags) else {
      let problem: WheelFilenameError.Problem = parts.count == 6 ? .buildTag(parts[2]) : .partCount(parts.count)
      throw WheelFilenameError(name: name, problem: problem)
    }
    self.build = hasBuild ? parts[2] : nil
    self.variant = tags.count == 4 ? tags[3] : nil
    if let variant, !variant.utf8.allSatisfy(Self.isOfLabels) {
      throw WheelFilenameError(name: name, problem: .variantLabel(variant))
    }
    let sets = tags.prefix(3).map { Self.parts(of: $0[...].utf8, by: ".").map(String.init) }
    guard sets.allSatisfy({ $0.allSatisfy { !$0.isEmpty } }) else {
      throw WheelFilenameError(name: name, problem: .emptyPart)
    }
    self.pythonTags = sets[0]
    self.abiTags = sets[1]
    self.platformTags = sets[2].map { PlatformTag($0) }
  }

  private static func beginsWithDigit(_ part: String) -> Bool {
    part.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  /// True where the last of four parts are platform tags and the third are none: so what would be the Python tag was
  /// to be a build tag.
  private static func isMeantAsBuild(_ tags: [String]) -> Bool {
    func arePlatforms(_ part: String) -> Bool {
      part.split(separator: ".").map { PlatformTag(String($0)) }
        .allSatisfy { $0.promise != .other || $0.isForOtherSystem }
    }
    return arePlatforms(tags[3]) && !arePlatforms(tags[2])
  }

  /// `^[0-9a-z_.]+$` (PEP 825, "Variant label").
  private static func isOfLabels(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// By bytes, as installers part names: characters would take ten times as long.
  private static func parts(of text: Substring.UTF8View, by separator: Unicode.Scalar) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: separator) }.map { Substring($0) }
  }

  /// Every `python-abi-platform` combination that the name stands for (PEP 425, "Compressed Tag Sets").
  public var expandedTags: Set<String> {
    var tags: Set<String> = []
    for python in pythonTags {
      for abi in abiTags {
        for platform in platformTags {
          tags.insert("\(python)-\(abi)-\(platform)")
        }
      }
    }
    return tags
  }

  /// True when every platform tag is one of a system that is not Linux.
  public var isForOtherSystems: Bool { platformTags.allSatisfy(\.isForOtherSystem) }

  /// True when every Python the wheel is for is a Python 2.
  public var isForPython2Only: Bool {
    pythonTags.allSatisfy { tag in
      let digits = tag.drop { !$0.isNumber }
      return digits.first == "2"
    }
  }

  /// True when every ABI tag is that of a CPython 2 with narrow Unicode strings: `cp27m`, and not `cp27mu` (PEP 513,
  /// "UCS-2 vs UCS-4 builds").
  public var isForNarrowPython2Only: Bool {
    abiTags.allSatisfy { $0.hasPrefix("cp2") && !$0.contains("u") }
  }
}

/// Why a file name is not that of a wheel.
public struct WheelFilenameError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Problem: Hashable, Sendable {
    case suffix
    case partCount(Int)
    case emptyPart
    case buildTag(String)
    case variantLabel(String)
  }

  public let name: String
  public let problem: Problem

  public init(name: String, problem: Problem) {
    self.name = name
    self.problem = problem
  }

  public var description: String {
    let form = "a wheel is called NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl"
    switch problem {
    case .suffix: return "the name does not end in .whl; \(form)"
    case .partCount(let count):
      return "the name has \(count) part\(count == 1 ? "" : "s") between dashes, not 5 or 6; \(form)"
    case .emptyPart: return "a part of the name or a tag in it is empty; \(form)"
    case .buildTag(let tag): return "the build tag '\(tag)' does not begin with a digit; \(form)"
    case .variantLabel(let label):
      return "the label '\(label)' of a variant has other characters than 0-9, a-z, '_' and '.'; \(form)"
    }
  }
}
