/// What lies beside wheels where packages are built and uploaded from, by its file name.
struct OtherArtifact {
  /// What it is, with its article.
  let words: String

  /// Nil for a file that is called otherwise.
  init?(path: String) {
    // The suffixes of one kind, more special ones first.
    let kinds: [(suffixes: [String], words: String)] = [
      ([".attestation"], "an attestation (PEP 740)"),
      ([".sigstore", ".sigstore.json"], "a signature of Sigstore"),
      ([".asc", ".sig"], "a signature"),
      ([".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip"], "a source distribution"),
      ([".egg"], "an egg"),
    ]
    let name = path.lowercased()
    guard let kind = kinds.first(where: { kind in kind.suffixes.contains { name.hasSuffix($0) } }) else { return nil }
    words = kind.words
  }
}
