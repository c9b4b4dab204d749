import WheelArchive
import WheelTags

/// A member that a system on which the wheel may be installed keeps under another name than its own.
struct OddName: Hashable, Sendable {
  enum Problem: Hashable, Sendable {
    /// Windows and macOS make no difference between names of other case, macOS none between forms of Unicode.
    case sameAs(String)
    /// A name that Windows has given to a device (Microsoft, "Naming Files, Paths, and Namespaces").
    case reserved
    /// Windows leaves out a dot or a blank at the end of a name, and has no name with one of these characters.
    case notOfWindows
  }

  let member: String
  let problem: Problem

  /// What of the members of a wheel is called so; nothing where its tags keep it from such systems.
  static func names(of members: MemberList, for tags: [PlatformTag]) -> [OddName] {
    let isForWindows = tags.contains { $0.promise == .any || $0.spelling.hasPrefix("win") }
    guard isForWindows || tags.contains(where: \.isForOtherSystem) else { return [] }
    var names: [OddName] = []
    // Strings that are canonically equivalent are equal (Unicode, UAX #15).
    var known: [String: Int] = [:]
    for member in members {
      let name = member.name
      if let first = known.updateValue(member.index, forKey: name.lowercased()) {
        names.append(OddName(member: name, problem: .sameAs(members[first].name)))
      } else if isForWindows, let problem = problemOnWindows(name) {
        names.append(OddName(member: name, problem: problem))
      }
    }
    return names
  }

  private static func problemOnWindows(_ name: String) -> Problem? {
    for part in name.utf8.split(separator: UInt8(ascii: "/")) {
      if part.last == UInt8(ascii: ".") || part.last == UInt8(ascii: " ") || part.contains(where: forbidden.contains) {
        return .notOfWindows
      }
      let stem = Substring(part.prefix { $0 != UInt8(ascii: ".") }).uppercased()
      if reserved.contains(stem) { return .reserved }
    }
    return nil
  }

  private static let forbidden = Array("<>:\"|?*\\".utf8)
  private static let reserved = Set(
    ["CON", "PRN", "AUX", "NUL"] + ["COM", "LPT"].flatMap { port in (1...9).map { "\(port)\($0)" } })
}
