import ELFReading
import TestSupport
import Testing
import WheelTags

@testable import WheelAudit

/// A bundled library must not be taken for another one in the same process (PEP 600, "play well with others").
@Suite struct CommonSonameTests {
  private static let claim = "manylinux_2_17_x86_64"

  @Test func `a bundled library with the soname of the system's is a warning`() throws {
    let report = try audit(
      Self.claim,
      ["demo/a.so": "uses_bundled_stdcxx.abi3.so", "demo.libs/libstdc++.so.6": "bundled/libstdc++.so.6"])
    #expect(report.said(.commonSoname) == ["warning common-soname demo.libs/libstdc++.so.6 libstdc++.so.6"])
    #expect(report.claims == ["+\(Self.claim)"])
    #expect(report.status == .clean)
  }

  /// Each row: the library, where it lies, and whether something needs it.
  @Test(arguments: [
    ("libversioned.so.1", "demo/libversioned.so.1", "uses_versioned"),
    ("libfoo.so.1", "demo.libs/libfoo.so.1", "baseline"),
    ("libfoo.so.1", "demo.libs/deep/libfoo.so.1", "baseline"),
  ])
  func `a bundled library with a soname that others may have is a note`(
    library: String, path: String, user: String
  ) throws {
    let report = try audit(Self.claim, ["demo/\(user).abi3.so": "\(user).abi3.so", path: library])
    #expect(report.said(.commonSoname) == ["note common-soname \(path) \(library)"])
    #expect(report.status == .clean)
  }

  @Test func `a library out of the loader's reach is one too`() throws {
    let report = try audit(
      Self.claim, ["demo/a.so": "external.abi3.so", "demo/native/libfoo.so.1": "libfoo.so.1"])
    #expect(report.said(.commonSoname) == ["note common-soname demo/native/libfoo.so.1 libfoo.so.1"])
  }

  @Test(arguments: [
    ("demo/data/libfoo.so.1", "libfoo.so.1"), ("demo.libs/libfoo-0a1b2c3d.so.1", "libfoo-0a1b2c3d.so.1"),
    ("demo.libs/with_soname.abi3.so", "with_soname.abi3.so"), ("demo.libs/tool", "tool-old"),
  ])
  func `nothing is said of data, of unique sonames, of extensions and of programs`(path: String, object: String) throws
  {
    let report = try audit(Self.claim, ["demo/baseline.abi3.so": "baseline.abi3.so", path: object])
    #expect(report.said(.commonSoname).isEmpty)
  }

  @Test(arguments: [
    ("libfoo-0a1b2c3d.so.1", true), ("libgfortran-040039e1-0352e75f.so.5.0.0", true),
    ("libscipy_openblas64_-ff651d7f.so", true), ("libfoo-1a2b3c4d5e6f7890.so", true), ("libpng-0a1b2c3d.16.so", true),
    ("libnumerical_tools_core.so", true), ("libNumericalTools.so.2", true), ("libfoo-2.1.so", true),
    ("libfoo.so.1", false), ("libfoo-0a1b2c3.so.1", false), ("libfoo-0a1b2c3x.so", false), ("lib0a1b2c3d.so", false),
    ("libfoo.so.2.1", false), ("libfoo.so.1-0a1b2c3d", false), ("libnumerical.so", false), ("", false),
  ])
  func `a soname is unique by a hash, the wheel's name or its version`(soname: String, isUnique: Bool) throws {
    let wheel = try WheelFilename("Numerical_Tools-2.1-cp39-abi3-manylinux_2_17_x86_64.whl")
    #expect(wheel.isUnique(soname: soname) == isUnique)
  }

  @Test(arguments: ["libz.so.3", "libfoo1.so", "libz1.so"])
  func `a name or version of two characters makes nothing unique`(soname: String) throws {
    #expect(try !WheelFilename("z-1-cp39-abi3-manylinux_2_17_x86_64.whl").isUnique(soname: soname))
  }
}
