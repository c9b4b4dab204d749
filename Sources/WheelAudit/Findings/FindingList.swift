/// Findings on their way together; each draws on what the audit of the wheel may cost.
struct FindingList {
  private(set) var findings: [Finding] = []
  private(set) var budget: WorkBudget

  init(_ budget: WorkBudget) {
    self.budget = budget
  }

  mutating func add(_ finding: Finding) throws(UnreadableWheel.Cause) {
    do throws(OverBudget) {
      try budget.draw(findings: 1, bytes: finding.size)
    } catch {
      throw .budget(error)
    }
    findings.append(finding)
  }

  mutating func draw(steps: Int) throws(UnreadableWheel.Cause) {
    try spend { (budget) throws(OverBudget) in try budget.draw(steps: steps) }
  }

  /// What something comes to that draws on the budget by itself.
  mutating func spend<Value>(
    _ work: (inout WorkBudget) throws(OverBudget) -> Value
  ) throws(UnreadableWheel.Cause) -> Value {
    do throws(OverBudget) {
      return try work(&budget)
    } catch {
      throw .budget(error)
    }
  }
}

extension Finding {
  /// Bytes of what it says.
  fileprivate var size: Int {
    [message, remedy, paste, alternative, object, library, symbol, version].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
  }
}
