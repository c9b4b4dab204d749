import ELFReading

/// How a Python extension module is known: it defines the initialization function of its name.
enum PythonModule {
  /// The beginnings of the names of initialization functions, with the Python that calls them: PEP 489 (`PyInit_`,
  /// and `PyInitU_` for names beyond ASCII), PEP 793 (`PyModExport_`), Python 2 (`init`), cffi's embedding on PyPy.
  static let initializers: [(prefix: String, major: Int)] = [
    ("PyInit_", 3), ("PyInitU_", 3), ("PyModExport_", 3), ("PyModExportU_", 3), ("_cffi_pypyinit_", 2), ("init", 2),
  ]

  /// The definitions to ask the reader of objects for by name.
  static let interest = interest(seed: .ofProcess)

  static func interest(seed: NameSeed) -> SymbolInterest {
    SymbolInterest(prefixes: initializers.map(\.prefix), seed: seed)
  }

  static func major(fileName: String, definedSymbols: [String]) -> Int? {
    let module = fileName.prefix { $0 != "." }
    for (prefix, major) in initializers {
      // The names with U carry the module's name in punycode.
      let isEncoded = prefix.hasSuffix("U_")
      let name = prefix + module
      if definedSymbols.contains(where: { isEncoded ? $0.hasPrefix(prefix) : $0 == name }) { return major }
    }
    return nil
  }
}
