import Testing
import WheelTags

/// PEP 440, "Normalization"; each is what packaging's `Version` makes of it.
@Suite struct ProjectVersionTests {
  @Test(arguments: [
    ("1.0", "1"), ("1.0.0", "1"), ("v1.0", "1"), (" 1.10 ", "1.10"), ("01.02", "1.2"), ("0", "0"), ("0.0", "0"),
    ("2!1.0", "2!1"), ("0!1.0", "1"), ("1.0-RC1", "1rc1"), ("1.0.c.1", "1rc1"), ("1.0preview", "1rc0"),
    ("1.0alpha2", "1a2"), ("1.0_beta-3", "1b3"), ("1.0-1", "1.post1"), ("1.0.post", "1.post0"), ("1.0rev3", "1.post3"),
    ("1.0r4", "1.post4"), ("1.0.dev5", "1.dev5"), ("1.0a1.post2.dev3", "1a1.post2.dev3"), ("1.0DEV", "1.dev0"),
    ("1.0+CU_124.007", "1+cu.124.7"), ("1.0+7a", "1+7a"), ("1.0+0a-00", "1+0a.0"),
    ("123456789012345678901234567890.0", "123456789012345678901234567890"),
  ])
  func `spellings of a version become one`(text: String, canonical: String) throws {
    let version = try #require(ProjectVersion(text))
    #expect(version.description == canonical)
    #expect(version.isLocal == text.contains("+"))
  }

  @Test(arguments: [
    "", "one", "1.", "1..0", "1.0+", "1.0+a+b", "1.0+a..b", "1.0-", "1.0a.", "!1", "1!", "1 0", "1.0x", "1.0\u{661}",
    "1.0+ü",
    "1.0.post1.post2", "1.0.dev1a2", "vv1", "1.0--1",
  ])
  func `what is no version is none`(text: String) {
    #expect(ProjectVersion(text) == nil)
  }
}

@Suite struct ProjectNameTests {
  /// PEP 503, "Normalized Names".
  @Test(arguments: [
    ("demo", "demo", "demo"), ("Demo.One", "demo-one", "demo_one"), ("demo__one", "demo-one", "demo_one"),
    ("demo-_.one", "demo-one", "demo_one"), ("-demo.", "-demo-", "_demo_"),
  ])
  func `spellings of a name become one`(text: String, canonical: String, inFileNames: String) {
    #expect(ProjectName(text).description == canonical)
    #expect(ProjectName(text).inFileNames == inFileNames)
  }
}
