/// What objects need of the symbols of system libraries.
extension RuleDefinition {
  static let symbolVersion = RuleDefinition(
    .error, "symbol version newer than the tag",
    summary: "a symbol version that is newer than the claim, or in no profile",
    what: "An object needs a version of a system library's symbols that came later than the systems the tag "
      + "promises, or that no build profile has.",
    why: "The dynamic loader refuses to load an object when a symbol version that it needs is missing.",
    advice: "build in {the image of the promised profile}", orElse: .minimalTag,
    source: "PEP 600, \"Core definition\"; System V gABI, \"Symbol Versioning\" (LSB Core, 10.7)",
    since: "0.1.0")

  static let restrictedSymbol = RuleDefinition(
    .error, "symbol that a profile withholds",
    summary: "a symbol that profiles withhold although they have its library",
    what: "An object needs a symbol of a system library that the promised profile withholds, since some of its "
      + "systems have the library without it.",
    why: "Where the symbol is missing the import fails, or the call does, when it is first made.",
    advice: "do without the symbol, or put a library that has it into the wheel", orElse: .minimalTag,
    source: "PEP 600, \"Core definition\" and the published profiles",
    since: "0.1.0")

  static let unversionedSymbol = RuleDefinition(
    .error, "symbol of glibc without a version",
    summary: "a symbol of glibc that is needed without a version, and is newer than the claim",
    what: "An object needs a symbol of glibc without saying at which version, since it was not linked with the library "
      + "that has it, and the systems that the tag promises do not have it in any library that the object loads.",
    why: "Where the symbol is missing the import fails with an undefined symbol.",
    advice:
      "link with the library that has the symbol (-lrt, -lpthread, -ldl, -lm), in {the image of the promised profile}",
    orElse: .minimalTag,
    source: "glibc, elf/dl-lookup.c, and the ABI lists of its releases",
    since: "0.1.0")

  static let undefinedSymbol = RuleDefinition(
    .warning, "symbol that nothing has",
    summary: "a symbol that nothing has which is loaded with the object",
    what:
      "An object needs a symbol, and neither the interpreter nor any library has it that is loaded with the object. "
      + "Nothing is said of objects that come with a library of which it is not known what it defines.",
    why:
      "The import fails with an undefined symbol, unless something has loaded a library that has it before, for all to "
      + "see (RTLD_GLOBAL). A program ends as it starts, or when it calls the function first.",
    advice: "link with the library that has the symbol (-Wl,-z,defs says at once what is missing)",
    source: "System V gABI, \"Shared Object Dependencies\"; glibc, elf/dl-lookup.c; musl, find_sym",
    since: "0.1.0")

  static let muslSymbol = RuleDefinition(
    .error, "symbol that came with a newer musl",
    summary: "a symbol that musl has only since a newer release than the claim",
    what: "An object needs a symbol that musl has only since a later release than the tag promises.",
    why: "musl has no symbol versions; its loader refuses to load an object when a symbol cannot be found.",
    advice: "avoid it, or build in {the image of the promised profile}, where configure finds it missing",
    orElse: .minimalTag,
    source: "PEP 656, \"Specification\"",
    since: "0.1.0")

  static let glibcSymbol = RuleDefinition(
    .error, "symbol that only glibc has",
    summary: "a symbol that musl does not have at all, and glibc does",
    what: "An object needs a symbol that no release of musl has, and glibc does.",
    why: "It was built against the headers of glibc; a system with musl cannot load it.",
    advice: "build on a system with musl, for instance in {a musllinux image}",
    source: "PEP 656, \"Specification\"",
    since: "0.1.0")

  static let weakVersion = RuleDefinition(
    .note, "symbol version needed weakly",
    summary: "a symbol version that an object can do without",
    what: "An object needs a symbol version that its own record marks as weak.",
    why: "The loader goes on without it, so it breaks no claim.",
    advice: "nothing",
    source: "LSB Core, 10.7.5 (VER_FLG_WEAK)",
    since: "0.1.0")
}
