import WheelTags

extension Judgement {
  /// That a wheel is a variant, or calls itself one and does not say of what (PEP 825, a draft).
  static func addVariant(
    _ variant: Variant?, on architecture: Architecture?, to found: inout FindingList
  ) throws(UnreadableWheel.Cause) {
    guard let variant else { return }
    if let problem = variant.problem {
      return try found.add(
        Finding(
          .variantMetadata, .error,
          "the file name says that the wheel is the variant '\(variant.label)', and \(problem): no installer takes it",
          help: RuleDefinition.variantMetadata.advice.clause))
    }
    func isJudged(_ property: String) -> Bool { architecture.map { variant.isJudged(property, on: $0) } ?? false }
    let (judged, unjudged) = (variant.properties.filter(isJudged), variant.properties.filter { !isJudged($0) })
    let isForAll = variant.properties.isEmpty ? ", for every system" : ""
    let systems = judged.isEmpty ? isForAll : ", for systems with \(listed(judged))"
    let others = unjudged.isEmpty ? "" : "; not judged: \(listed(unjudged))"
    try found.add(
      Finding(
        .variant, .note,
        "the wheel is the variant '\(variant.label)' (PEP 825, a draft that PyPI and installers do not know yet)"
          + systems + others))
  }

  private static func listed(_ properties: [String]) -> String {
    let more = properties.count > 20 ? " and \(properties.count - 20) more" : ""
    return properties.prefix(20).joined(separator: ", ") + more
  }
}
