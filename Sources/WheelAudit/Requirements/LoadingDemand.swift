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

  /// What can be done: a clause without an end mark.
  var remedy: String {
    switch self {
    case .initialExecTLS, .staticTLS:
      "compile with -ftls-model=global-dynamic (Rust: -Z tls-model=global-dynamic), or without thread-local variables"
    case .segmentAlignment: "link it anew, and do not change it with patchelf 0.18 or strip it afterwards"
    case .segmentOrder: "link it anew: a tool that changed it has put its segments out of order"
    case .relocationType: "build without indirect functions (ifunc), and all of it with -fPIC"
    case .program: "link it with -shared, and without -pie"
    }
  }
}
