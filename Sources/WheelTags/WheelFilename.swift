/// The file name of a wheel, taken apart: `{distribution}-{version}(-{build})?-{python}-{abi}-{platform}.whl`
/// (binary distribution format, "File name convention").
public struct WheelFilename: Hashable, Sendable {
  public let distribution: String
  public let version: String
  /// The optional build tag; begins with a digit.
  public let build: String?
  public let pythonTags: [String]
  public let abiTags: [String]
  public let platformTags: [PlatformTag]

  /// Reads a file name (no folder).
  ///
  /// - Throws: `WheelFilenameError` that says which part is wrong and what it should be.
  public init(_ name: String) throws(WheelFilenameError) {
    guard name.hasSuffix(".whl") else { throw WheelFilenameError(name: name, problem: .suffix) }
    let parts = Self.parts(of: name.utf8.dropLast(4), by: "-")
    guard parts.count == 5 || parts.count == 6 else {
      throw WheelFilenameError(name: name, problem: .partCount(parts.count))
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw WheelFilenameError(name: name, problem: .emptyPart) }
    self.distribution = String(parts[0])
    self.version = String(parts[1])
    if parts.count == 6 {
      guard let first = parts[2].utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
        throw WheelFilenameError(name: name, problem: .buildTag(String(parts[2])))
      }
      self.build = String(parts[2])
    } else {
      self.build = nil
    }
    let tags = parts.suffix(3).map { Self.parts(of: $0.utf8, by: ".").map(String.init) }
    guard tags.allSatisfy({ $0.allSatisfy { !$0.isEmpty } }) else {
      throw WheelFilenameError(name: name, problem: .emptyPart)
    }
    self.pythonTags = tags[0]
    self.abiTags = tags[1]
    self.platformTags = tags[2].map { PlatformTag($0) }
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
    }
  }
}
