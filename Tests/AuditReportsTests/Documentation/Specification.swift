/// What rules follow, and where it can be read.
enum Specification {
  private static let addresses = [
    "System V gABI": "https://www.sco.com/developers/gabi/latest/contents.html",
    "LSB Core": "https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/book1.html",
    "x86-64 psABI": "https://gitlab.com/x86-psABIs/x86-64-ABI",
    "glibc 2.41 release notes": "https://sourceware.org/glibc/wiki/Release/2.41",
    "ld.so(8)": "https://man7.org/linux/man-pages/man8/ld.so.8.html",
    "PKZIP application note": "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
    "published profiles": "https://github.com/pypa/auditwheel/tree/main/src/auditwheel/policy",
  ]

  /// The source of a rule, in which every specification is a link.
  static func linked(_ source: String) -> String {
    let known = addresses.reduce(source) { text, specification in
      text.replacing(specification.key, with: "[\(specification.key)](\(specification.value))")
    }
    return known.replacing(/PEP ([0-9]+)/) { "[\($0.0)](https://peps.python.org/pep-0\($0.1)/)" }
  }
}
