extension Requirement.Kind {
  /// What kind of thing it is, in words.
  public var words: String {
    switch self {
    case .library: "library"
    case .symbolVersion: "symbol version"
    case .symbol: "symbol"
    case .restrictedSymbol: "withheld symbol"
    case .instructionSet: "instruction set"
    case .pythonABI: "build of Python"
    case .relativeRelocations: "packed relocations"
    case .executableStack: "executable stack"
    case .loading: "form of the object"
    case .unreachableLibrary: "library out of reach"
    case .interpreter: "interpreter"
    case .unversionedSymbol: "symbol without a version"
    }
  }
}
