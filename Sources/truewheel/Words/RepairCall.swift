import AuditReports

/// The call of auditwheel that does what someone wants who writes `truewheel repair`, and what to do after it.
struct RepairCall: CustomStringConvertible {
  /// What stands behind `auditwheel`.
  let arguments: [String]
  /// The folder that auditwheel writes to.
  let folder: String

  /// True for words that mean: put libraries into the wheel.
  static func isMeant(by subcommand: String) -> Bool {
    ["repair", "fix", "delocate", "bundle", "vendor", "graft"].contains(subcommand.lowercased())
  }

  /// - Parameter arguments: what stands behind the word.
  init(_ arguments: [String]) {
    var words: [String] = []
    var folder = "wheelhouse"
    var hasWheel = false
    /// The option that the word before was, if that has its value here.
    var awaiting: String?
    for argument in arguments where !["-h", "--help"].contains(argument) {
      if let option = awaiting {
        if option == "-w" { folder = argument }
        words.append(option == "--exclude" ? Self.pattern(argument) : argument)
        awaiting = nil
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard argument.hasPrefix("-"), argument.count > 1, let name = parts.first else {
        hasWheel = true
        words.append(argument)
        continue
      }
      let option = Self.option(name)
      if parts.count == 2 {
        let value = option == "--exclude" ? Self.pattern(parts[1]) : parts[1]
        if option == "-w" { folder = value }
        words += option == "-w" ? [option, value] : ["\(option)=\(value)"]
      } else {
        words.append(option)
        if Self.takesValue(option) { awaiting = option }
      }
    }
    self.arguments = ["repair"] + words + (hasWheel ? [] : ["WHEEL"])
    self.folder = folder
  }

  var description: String {
    """
    truewheel audits wheels and does not repair them. auditwheel puts libraries into wheels:
        \(shellWords(["auditwheel"] + arguments))
    What came of it is then checked with
        \(shellWords(["truewheel", "check", folder.hasSuffix("/") ? folder : folder + "/"]))

    """
  }

  /// What auditwheel calls an option.
  private static func option(_ name: String) -> String {
    switch name {
    case "--target", "--platform", "--policy", "--tag": "--plat"
    case "--wheel-dir", "--output", "--out", "-o": "-w"
    case "--allow", "--whitelist": "--exclude"
    default: name
    }
  }

  /// The options of auditwheel 6.8.2 that have a value.
  private static func takesValue(_ option: String) -> Bool {
    [
      "--plat", "-w", "-L", "--lib-sdir", "--exclude", "--ldpaths", "--patcher", "-z", "--zip-compression-level",
    ].contains(option)
  }

  /// auditwheel keeps no reason for what is excluded.
  private static func pattern(_ exclusion: String) -> String {
    String(exclusion.prefix { $0 != "=" })
  }
}
