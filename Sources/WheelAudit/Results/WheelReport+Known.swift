import WheelTags

extension WheelReport {
  /// The same, with the findings that a baseline has marked as known.
  public func marking(_ known: KnownFindings) -> WheelReport {
    var marked = self
    for index in findings.indices { marked.findings[index].isKnown = known.has(findings[index], in: self) }
    return marked
  }

  /// True for a wheel that breaks claims by nothing but what the baseline has.
  public var isKnown: Bool {
    let errors = findings.filter { $0.severity == .error }
    return status == .violations && !errors.isEmpty && errors.allSatisfy(\.isKnown)
  }

  /// The errors that break a claim.
  ///
  /// Where two claims promise the same, findings name one of them. A broken claim that no error names is one that all
  /// of them break.
  public func errors(breaking claim: Claim) -> [Finding] {
    let errors = findings.filter { $0.severity == .error && !$0.rule.isOnPackage }
    let concerned = errors.filter { finding in
      guard let tag = finding.tag, tag != claim.tag else { return true }
      return tag.libc != nil && tag.libc == claim.tag.libc && tag.libcVersion == claim.tag.libcVersion
    }
    return concerned.isEmpty ? errors : concerned
  }

  /// True for a claim that is broken by nothing but what the baseline has.
  public func isKnown(_ claim: Claim) -> Bool {
    let errors = claim.isSatisfied ? [] : errors(breaking: claim)
    return !errors.isEmpty && errors.allSatisfy(\.isKnown)
  }
}
