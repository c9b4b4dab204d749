import BuildProfiles
import Testing
import WheelTags

@Suite struct SymbolVersionFloorTests {
  private let facts = Facts()

  private func floor(_ text: String) throws -> Floor {
    text == "none" ? .noProfile : .libc(try #require(LibcVersion(text)))
  }

  @Test(arguments: [
    ("x86_64", "GLIBC_2.2.5", "2.2.5"), ("x86_64", "GLIBC_2.17", "2.17"), ("x86_64", "GLIBC_2.34", "2.34"),
    // No profile was published for 2.14, 2.25 or 2.33: the floor is exact all the same.
    ("x86_64", "GLIBC_2.14", "2.14"), ("x86_64", "GLIBC_2.25", "2.25"), ("x86_64", "GLIBC_2.33", "2.33"),
    // glibc 2.17 of AArch64 already defines GLIBC_2.18; that of x86-64 does not.
    ("x86_64", "GLIBC_2.18", "2.18"), ("aarch64", "GLIBC_2.18", "2.17"), ("s390x", "GLIBC_2.18", "2.18"),
    // GLIBC_2.0 of i686 exists in the first profile; x86-64 begins with GLIBC_2.2.5.
    ("i686", "GLIBC_2.0", "2.0"), ("x86_64", "GLIBC_2.0", "none"),
    // The first version of a younger port.
    ("aarch64", "GLIBC_2.17", "2.17"), ("riscv64", "GLIBC_2.27", "2.27"), ("loongarch64", "GLIBC_2.36", "2.36"),
    ("aarch64", "GLIBC_2.14", "none"), ("riscv64", "GLIBC_2.17", "none"), ("loongarch64", "GLIBC_2.35", "none"),
  ])
  func `GLIBC_x.y costs glibc x.y, unless an older one of the architecture has it`(
    architecture: String, version: String, expected: String
  ) throws {
    let platform = try facts.platform(.glibc, Architecture(rawValue: architecture))
    #expect(platform.versionFloor(version) == (try floor(expected)))
  }

  @Test(arguments: [("x86_64", "2.24"), ("aarch64", "2.17")])
  func `the first published profile with GLIBC_2.18 depends on the architecture`(
    architecture: String, first: String
  ) throws {
    let floors = try facts.profiles(.glibc).versionFloors(Architecture(rawValue: architecture))
    #expect(floors["GLIBC_2.18"] == (try floor(first)))
  }

  @Test(arguments: [
    ("x86_64", "GCC_4.5.0", "none"), ("i686", "GCC_4.5.0", "2.12"), ("aarch64", "GCC_4.5.0", "2.17"),
    ("x86_64", "GLIBCXX_3.4.29", "2.34"), ("aarch64", "GLIBCXX_3.4.29", "2.34"), ("x86_64", "CXXABI_1.3.13", "2.34"),
    ("x86_64", "CXXABI_FLOAT128", "2.24"), ("aarch64", "CXXABI_FLOAT128", "none"), ("x86_64", "CXXABI_TM_1", "2.17"),
    ("x86_64", "ZLIB_1.2.9", "2.27"), ("i686", "ZLIB_1.2.9", "2.26"), ("x86_64", "LIBATOMIC_1.0", "2.24"),
    ("i686", "LIBATOMIC_1.0", "2.17"),
  ])
  func `versions of the other libraries cost the first profile that lists them`(
    architecture: String, version: String, expected: String
  ) throws {
    #expect(
      try facts.platform(.glibc, Architecture(rawValue: architecture)).versionFloor(version) == (try floor(expected)))
  }

  @Test(arguments: [
    ("x86_64", "CXXABI_LDBL_1.3", "none"), ("aarch64", "CXXABI_LDBL_1.3", "none"),
    ("ppc64le", "CXXABI_LDBL_1.3", "2.17"), ("s390x", "CXXABI_LDBL_1.3", "2.17"),
    ("ppc64le", "GLIBCXX_IEEE128_3.4.29", "2.34"), ("s390x", "GLIBCXX_IEEE128_3.4.29", "none"),
    ("x86_64", "ZLIB_NG_2.0", "none"), ("x86_64", "ZLIB_NG_1.2.9", "none"),
  ])
  func `a longer namespace is another namespace`(architecture: String, version: String, expected: String) throws {
    #expect(
      try facts.platform(.glibc, Architecture(rawValue: architecture)).versionFloor(version) == (try floor(expected)))
  }

  @Test(arguments: [
    "GLIBC_PRIVATE", "GLIBC_2.99", "GLIBC_2.45", "GLIBC_", "GLIBC", "GLIBC_2", "glibc_2.17", "GLIBCXX_3.4.99",
    "GCC_99.0.0", "FOO_1.0", "2.17", "_2.17", "",
  ])
  func `what no profile lists has no floor`(version: String) throws {
    for architecture in publishedArchitectures {
      #expect(try facts.platform(.glibc, architecture).versionFloor(version) == .noProfile, "\(architecture)")
    }
  }

  @Test(arguments: publishedArchitectures)
  func `GLIBC_ABI_DT_RELR costs what the first profile with it costs`(architecture: Architecture) throws {
    let expected = [.ppc64: "none", .riscv64: "2.38"][architecture] ?? "2.36"
    #expect(try facts.platform(.glibc, architecture).versionFloor("GLIBC_ABI_DT_RELR") == (try floor(expected)))
  }

  /// PEP 571 and PEP 599 name the newest version of each library that a wheel may need; libgcc's of PEP 571 exists on
  /// i686 only.
  @Test(arguments: [
    ("2.5", "x86_64", "GLIBC", "2.5"), ("2.12", "x86_64", "GLIBC", "2.12"), ("2.12", "x86_64", "CXXABI", "1.3.3"),
    ("2.12", "x86_64", "GLIBCXX", "3.4.13"), ("2.12", "i686", "GCC", "4.5.0"), ("2.5", "x86_64", "GCC", "4.2.0"),
    ("2.17", "x86_64", "GLIBC", "2.17"), ("2.17", "x86_64", "CXXABI", "1.3.7"),
    ("2.17", "x86_64", "GLIBCXX", "3.4.19"), ("2.17", "x86_64", "GCC", "4.8.0"), ("2.17", "i686", "GCC", "4.8.0"),
    ("2.17", "ppc64le", "GLIBCXX", "3.4.19"),
  ])
  func `the newest version in a profile is the one that its PEP names`(
    profile: String, architecture: String, namespace: String, newest: String
  ) throws {
    let ceiling = try floor(profile)
    let listed = try facts.profiles(.glibc).versionFloors(Architecture(rawValue: architecture)).filter {
      $0.value <= ceiling
    }.keys
    #expect(listed.compactMap { numbers(of: $0, in: namespace) }.max(by: precedes) == numbers(newest))
  }

  @Test(arguments: publishedArchitectures, ["GLIBC", "GLIBCXX", "CXXABI", "GCC", "ZLIB", "LIBATOMIC"])
  func `a newer version of a library never comes with an older profile`(architecture: Architecture, namespace: String)
    throws
  {
    let floors = try facts.profiles(.glibc).versionFloors(architecture)
    let ordered = floors.keys.compactMap { name in
      numbers(of: name, in: namespace).map { (name: name, numbers: $0) }
    }.sorted { precedes($0.numbers, $1.numbers) }
    #expect(!ordered.isEmpty)
    for (older, newer) in zip(ordered, ordered.dropFirst()) {
      #expect(floors[older.name] ?? .noProfile <= floors[newer.name] ?? .noProfile, "\(older.name), \(newer.name)")
    }
  }

  @Test(arguments: publishedArchitectures)
  func `every floor is a published profile of the architecture`(architecture: Architecture) throws {
    let published = Set(try facts.platform(.glibc, architecture).profiles.map(\.version))
    for (version, floor) in try facts.profiles(.glibc).versionFloors(architecture) {
      #expect(floor.version.map(published.contains) ?? false, "\(version)")
    }
  }

  private func numbers(_ text: some StringProtocol) -> [Int]? {
    let parts = text.split(separator: ".").map { Int($0) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }
  }

  private func numbers(of version: String, in namespace: String) -> [Int]? {
    guard version.hasPrefix(namespace + "_") else { return nil }
    return numbers(version.dropFirst(namespace.count + 1))
  }

  private func precedes(_ left: [Int], _ right: [Int]) -> Bool { left.lexicographicallyPrecedes(right) }
}
