import TestSupport
import Testing

@Suite struct ProfilesTests {
  @Test(arguments: [["profiles"], ["profiles", "list"]]) func `every published profile is listed`(arguments: [String])
    throws
  {
    let result = try Command.run(arguments)
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.count == 19)
    // PEP 513 and PEP 599.
    #expect(lines.first == ["manylinux_2_5", "glibc", "2.5", "manylinux1", "i686", "x86_64"])
    let architectures = ["aarch64", "armv7l", "i686", "ppc64", "ppc64le", "s390x", "x86_64"]
    #expect(lines.contains(["manylinux_2_17", "glibc", "2.17", "manylinux2014"] + architectures))
  }

  @Test(arguments: [
    ["manylinux_2_17_aarch64"], ["manylinux2014_aarch64"], ["manylinux_2_17", "--architecture", "aarch64"],
    ["manylinux2014", "--architecture", "aarch64"],
  ])
  func `a profile has many names`(arguments: [String]) throws {
    let result = try Command.run(["profiles", "show"] + arguments)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("manylinux_2_17_aarch64  glibc 2.17 or newer\n"))
    // What the policy table of auditwheel 6.8.2 has for aarch64; glibc 2.17 was the first for it.
    #expect(result.output.contains("  GLIBC: 2.0 2.17 2.18\n"))
  }

  @Test func `the newer profile is compared with the older, in whatever order they are named`() throws {
    let names = ["manylinux_2_28", "manylinux_2_31"]
    let result = try Command.run(["profiles", "diff"] + names)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("what manylinux_2_31_x86_64 has beyond manylinux_2_28_x86_64:\n"))
    #expect(result.output.contains("  GLIBC: 2.29 2.30 2.31\n"))
    #expect(try Command.run(["profiles", "diff"] + names.reversed()).output == result.output)
  }

  @Test func `a name that is no profile brings the list of those that are`() throws {
    let result = try Command.run(["profiles", "show", "manylinux_2_20"])
    #expect(result.errors.contains("manylinux_2_17, manylinux_2_24"))
  }

  @Test func `an architecture that a profile lacks brings the list of those it has`() throws {
    let result = try Command.run(["profiles", "show", "manylinux1_aarch64"])
    #expect(result.errors.contains("i686, x86_64"))
  }
}
