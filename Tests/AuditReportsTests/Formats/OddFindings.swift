import WheelTags

@testable import WheelAudit

/// Findings about names that mean something to one format or another.
extension Sample {
  /// Names that are made to end what they stand in, or to begin something else.
  static let oddNames =
    hostileNames.filter { !$0.isEmpty } + [
      "nul\0", "pi|pe", "back\\slash", "escaped\\|pipe", "end\\", "`tick`", "``two`one", "`", "a,b:c::d", "x=y,z=1",
      "*em* _em_ **strong** ~~no~~", "[link](http://example.org)", "![image](x.png)", "[x]: /y", "<http://example.org>",
      "https://example.org/a", "www.example.org", "@someone", "#1", "user@example.org", "$x$", "{0} {{1}} }", "<!-- x",
      "]]>", "<![CDATA[", "</failure>", "&lt;&#42;", "::error::x", "##[error]x", "%0A%25%2C", "%", "# no", "- no",
      "1. no", "> no", "--- | ---", " between spaces ", "\u{fffe}\u{ffff}", "mark\u{feff}", "ä😀e\u{301}",
      "`\u{301}accent", "\u{d4e}<b \u{d4e}x=\u{d4e}>", "a\u{d4e}|",
      "/absolute//path", "../up", "a?b#c", "file://host/x",
    ]

  /// Findings with all that a finding can have, and with as little.
  static func oddFindings(_ name: String) -> [Finding] {
    let tag = PlatformTag(name)
    return [
      Finding(
        .symbolVersion, .error, "about \(name) all", help: "mend \(name) now", object: name, library: name,
        symbol: name, version: name, tag: tag),
      Finding(.mixedLibc, .error, "\(name)", help: "\(name)"),
      Finding(.unreachableLibrary, .warning, "no symbol in \(name)", object: name, library: name),
      Finding(.restrictedSymbol, .warning, "no version '\(name)'", object: name, symbol: name),
      Finding(.instructionSet, .warning, "no symbol (\(name))", object: name, version: name),
      Finding(.tagImprovable, .note, "no object,\(name),", symbol: name, version: name),
    ]
  }

  /// A wheel of each status with such findings.
  static func oddWheels(_ name: String) -> [WheelReport] {
    let findings = oddFindings(name)
    return WheelReport.Status.allCases.map { status in
      let isJudged = status == .clean || status == .violations
      let own =
        switch status {
        case .violations: findings
        case .clean: findings.filter { $0.severity != .error }
        case .unreadable: [Finding(.unreadable, .error, "cannot read '\(name)'", object: name)]
        case .skipped: [Finding(.unjudgedObject, .note, "nothing loads \(name)", object: name)]
        }
      return WheelReport(
        path: "folder/\(status.rawValue) \(name)", status: status,
        audit: isJudged ? audit(name, isSatisfied: status == .clean) : nil, findings: own, ignoredRules: [])
    }
  }

  private static func audit(_ name: String, isSatisfied: Bool) -> Audit? {
    wheel(named: name).audit.map { audit in
      Audit(
        architecture: audit.architecture, libc: audit.libc, verdict: audit.verdict,
        claims: audit.claims.map { Claim(tag: $0.tag, isOwn: true, isSatisfied: isSatisfied) },
        requirements: audit.requirements, objects: audit.objects, graph: audit.graph,
        profiles: audit.profiles, reach: audit.reach)
    }
  }

  /// All of them, to be read by something that takes a while to start.
  static let oddReport = report(oddNames.flatMap(oddWheels))
}
