import BuildProfiles

extension Explainer {
  /// A symbol of C++ by the name that objects have for it, alone or with its version: `_ZdlPvm@CXXABI_1.3.9`.
  ///
  /// Which systems have it is known of its version only: profiles say nothing of single symbols of libstdc++.
  func mangled(_ subject: String) throws(TableError) -> [String]? {
    let parts = subject.split(separator: "@", omittingEmptySubsequences: true).map(String.init)
    guard let name = parts.first, parts.count <= 2, demangled(name) != nil else { return nil }
    let version = parts.dropFirst().first
    let title = "\(shown(symbol: name))\(version.map { "@\(printable($0))" } ?? "")"
    let lines = ["\(title): a symbol of C++", "", "  Objects name it \(printable(name))."]
    guard let version else {
      return lines + ["  Its version says which systems have it: ask for NAME@VERSION, as objects name both."]
    }
    return lines + [""]
      + (self.version(version) ?? [
        "  As far as profiles say no platform library has the version \(printable(version))."
      ]) + (try remedy(name, version))
  }
}
