import Testing

@testable import WheelAudit

/// What rules say of themselves.
@Suite struct RuleTests {
  @Test func `no two rules are told in the same words`() {
    let definitions = Rule.allCases.map(\.definition)
    #expect(Set(definitions.map(\.title)).count == definitions.count)
    #expect(Set(definitions.map(\.summary)).count == definitions.count)
    #expect(Set(definitions.map(\.what)).count == definitions.count)
  }

  @Test(arguments: Rule.allCases) func `an id is made of words that a command line takes`(rule: Rule) {
    #expect(rule.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
  }

  @Test(arguments: Rule.allCases) func `sentences end, titles and clauses do not`(rule: Rule) {
    let definition = rule.definition
    for sentence in [definition.what, definition.why, definition.remedy] {
      #expect(sentence.hasSuffix(".") && !sentence.hasSuffix("..") && sentence.count > 5, "\(sentence)")
    }
    let clauses = [definition.advice, definition.alternative].compactMap { $0?.clause }
    for words in [definition.title, definition.summary, definition.source] + clauses {
      #expect(words.last.map { !".,:;?!".contains($0) } == true, "\(words)")
      #expect(!words.contains { "{}".contains($0) }, "\(words)")
    }
    // One sentence says what to do, and its first letter is a capital.
    #expect(!definition.remedy.dropLast().contains(". "))
    #expect(definition.remedy.first?.isUppercase == true)
    #expect(definition.since.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+/) != nil)
  }

  @Test func `a finding says more exactly what stands in braces`() {
    let advice: Advice = "build in {an old image}, or not"
    #expect(advice.clause == "build in an old image, or not")
    #expect(advice.clause(naming: "the first image") == "build in the first image, or not")
    let plain: Advice = "do nothing"
    #expect(plain.clause == "do nothing" && plain.clause(naming: "the first image") == "do nothing")
    let last: Advice = "use {its tag}"
    #expect(last.clause(naming: "any") == "use any" && last.clause == "use its tag")
  }
}
