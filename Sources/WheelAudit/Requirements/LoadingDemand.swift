/// What an object is, or has, that loaders refuse for itself, whatever it needs of libraries.
///
/// The raw value is how it is called in reports.
enum LoadingDemand: String, CaseIterable {
  case initialExecTLS = "initial-exec TLS"
  case staticTLS = "static TLS"
  case segmentAlignment = "the alignment of its segments"
  case segmentOrder = "the order of its segments"
  case relocationType = "its relocations"
  case program = "being a program"
  case identification = "its identification"
  case openingForbidden = "a flag against being opened"
  case symbolHash = "its lack of a symbol hash table"
  case indirectFunctions = "its indirect functions"
  case uniqueSymbols = "its unique symbols"
  case unansweredVersions = "versions of a library that nothing loads"

  /// What can be done: a clause without an end mark.
  var remedy: String {
    switch self {
    case .initialExecTLS, .staticTLS:
      "compile with -ftls-model=global-dynamic (Rust: -Z tls-model=global-dynamic), or without thread-local variables"
    case .segmentAlignment: "link it anew, and do not change it with patchelf 0.18 or strip it afterwards"
    case .segmentOrder: "link it anew: a tool that changed it has put its segments out of order"
    case .relocationType: "build without indirect functions (ifunc), and all of it with -fPIC"
    case .program: "link it with -shared, and without -pie"
    case .identification: "link it anew for Linux: a tool has written into its header"
    case .openingForbidden: "link it without -z nodlopen"
    case .symbolHash: "link it with --hash-style=gnu or --hash-style=both"
    case .indirectFunctions: "build without indirect functions (ifunc, target_clones)"
    case .uniqueSymbols: "compile with -fno-gnu-unique"
    case .unansweredVersions: "link it anew: a tool has taken the library away and left its versions"
    }
  }
}
