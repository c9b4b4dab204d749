import ArgumentParser
import Glibc

/// When to use colour.
enum ColorChoice: String, ArgumentWord {
  case auto
  case always
  case never

  /// `auto` means: on a terminal that can, unless NO_COLOR is set (no-color.org); and anywhere but in a file where
  /// FORCE_COLOR is (force-color.org) and NO_COLOR is not.
  func isOn(toFile: Bool) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      guard !toFile, !Self.isSet("NO_COLOR") else { return false }
      if Self.isSet("FORCE_COLOR") { return true }
      let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
      return !isDumb && isatty(STDOUT_FILENO) == 1
    }
  }

  /// Both standards count a variable that is empty as not set, and every other one whatever it says.
  private static func isSet(_ name: String) -> Bool {
    getenv(name).map { $0.pointee != 0 } ?? false
  }
}
