/// Everything about a rule but its id: what reports, `explain` and the pages of the documentation say comes from here.
///
/// Each stands in the file of its family, which is an extension of this type.
public struct RuleDefinition: Sendable {
  /// The worst that the rule says of a wheel, unless warnings are raised.
  public let severity: Finding.Severity
  /// The group that users ask for to have the rule; nil for one that always counts.
  public let group: RuleGroup?
  /// A few words, without an end mark.
  public let title: String
  /// What it finds, for a table of all rules; without an end mark.
  public let summary: String
  /// What is the case when the rule speaks.
  public let what: String
  /// Why that matters.
  public let why: String
  /// What findings advise as well, unless they know something better.
  let advice: Advice
  /// What can be done instead; nil where there is no such thing.
  let alternative: Advice?
  /// The specification that the rule follows.
  public let source: String
  /// The version of this program that first had the rule.
  public let since: String

  init(
    _ severity: Finding.Severity, _ title: String, in group: RuleGroup? = nil, summary: String, what: String,
    why: String, advice: Advice,
    orElse alternative: Advice? = nil, source: String, since: String
  ) {
    self.severity = severity
    self.group = group
    self.title = title
    self.summary = summary
    self.what = what
    self.why = why
    self.advice = advice
    self.alternative = alternative
    self.source = source
    self.since = since
  }

  /// What can be done, as a sentence.
  public var remedy: String {
    let clauses = [advice, alternative].compactMap { $0?.clause }.joined(separator: "; or ")
    return clauses.prefix(1).uppercased() + clauses.dropFirst() + "."
  }
}
