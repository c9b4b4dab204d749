import BuildProfiles
import WheelAudit

extension Explainer {
  /// What loaders refuse of an object for how it is made, and what else reports have a word for: `static TLS`, `ifunc`.
  func loading(_ subject: String) -> [String]? {
    let word = subject.lowercased()
    let demands = LoadingDemand.allCases.filter { $0.rawValue.lowercased() == word || $0.keywords.contains(word) }
    if !demands.isEmpty {
      return ["\(printable(subject)): something that loaders refuse (\(Rule.notLoadable.rawValue))"]
        + demands.flatMap { demand in
          [""] + columns([[demand.rawValue, demand.meaning], ["what to do", demand.remedy]], indent: 2)
        }
    }
    guard let rule = Self.words.first(where: { $0.words.contains(word) })?.rule else { return nil }
    let definition = rule.definition
    return ["\(printable(subject)): \(definition.title) (\(rule.rawValue))", ""]
      + columns(
        [
          ["what", definition.what], ["why", definition.why], ["what to do", definition.remedy],
          ["source", definition.source], ["page", rule.url],
        ], indent: 2)
  }

  /// What reports and loaders call the things that rules are about.
  private static let words: [(rule: Rule, words: Set<String>)] = [
    (
      .instructionSet,
      ["x86-64-v2", "x86-64-v3", "x86-64-v4", "gnu_property_x86_isa_1_needed", "instruction set", "isa level"]
    ),
    (.relativeRelocations, ["dt_relr", "relr", "glibc_abi_dt_relr", "pack-relative-relocs"]),
    (.executableStack, ["execstack", "pt_gnu_stack", "an executable stack", ".note.gnu-stack"]),
    (.interpreter, ["pt_interp", "dynamic linker"]),
    (.unreachableLibrary, ["rpath", "runpath", "dt_rpath", "dt_runpath", "run path", "$origin"]),
    (.purelibObject, ["root-is-purelib", "purelib"]),
    (.pythonABI, ["pyfpe_jbuf", "pyfpe_counter", "pyfpe_dummy", "pyunicodeucs2"]),
  ]
}
