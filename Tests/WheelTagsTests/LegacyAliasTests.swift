import Testing
import WheelTags

@Suite struct LegacyAliasTests {
  /// The architectures that PEP 513, 571 and 599 name, in the order of their lists.
  static let definitions: [(LegacyAlias, LibcVersion, [Architecture])] = [
    (.manylinux1, LibcVersion(2, 5), [.x86_64, .i686]),
    (.manylinux2010, LibcVersion(2, 12), [.x86_64, .i686]),
    (.manylinux2014, LibcVersion(2, 17), [.x86_64, .i686, .aarch64, .armv7l, .ppc64, .ppc64le, .s390x]),
  ]

  private static let architectures: [Architecture] = [
    .aarch64, .armv6l, .armv7l, .i686, .loongarch64, .ppc64, .ppc64le, .riscv64, .s390x, .x86_64,
  ]

  @Test(arguments: definitions)
  func `a legacy name stands for a glibc on the architectures of its PEP and on no other`(
    alias: LegacyAlias, glibc: LibcVersion, architectures: [Architecture]
  ) {
    #expect(alias.glibc == glibc)
    #expect(Set(alias.architectures) == Set(architectures))
    for architecture in Self.architectures {
      let expected = architectures.contains(architecture) ? alias : nil
      #expect(LegacyAlias(glibc: glibc, architecture: architecture) == expected, "\(architecture)")
    }
  }

  @Test(arguments: [LibcVersion(2, 4), LibcVersion(2, 6), LibcVersion(2, 28), LibcVersion(3, 17)])
  func `a glibc without a legacy name has none`(glibc: LibcVersion) {
    for architecture in Self.architectures {
      #expect(LegacyAlias(glibc: glibc, architecture: architecture) == nil)
    }
  }

  @Test(arguments: LegacyAlias.allCases)
  func `a tag keeps the legacy name it was written with also where it was never defined`(alias: LegacyAlias) {
    for architecture in Self.architectures {
      let tag = PlatformTag("\(alias.rawValue)_\(architecture)")
      #expect(tag.alias == alias)
      #expect(tag.architecture == architecture)
      #expect(tag.promise == .libc(.glibc, alias.glibc))
    }
  }
}
