import ArgumentParser

/// An argument that is one of a few words: the raw values of its cases.
///
/// ArgumentParser would find the words too, by describing each case at every start of the program.
protocol ArgumentWord: ExpressibleByArgument, CaseIterable, RawRepresentable<String> {}

extension ArgumentWord {
  static var allValueStrings: [String] { allCases.map(\.rawValue) }
  static var allValueDescriptions: [String: String] { [:] }
}
