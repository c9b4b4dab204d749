import Testing
import WheelTags

@Suite struct LibcVersionTests {
  @Test(arguments: [
    ("2.17", LibcVersion(2, 17)),
    ("2.2.5", LibcVersion(2, 2, patch: 5)),
    ("2.3.4", LibcVersion(2, 3, patch: 4)),
    ("1.2", LibcVersion(1, 2)),
    ("0.0", LibcVersion(0, 0)),
    ("999999.999999", LibcVersion(999_999, 999_999)),
  ])
  func `major, minor and patch are read and written`(text: String, version: LibcVersion) {
    #expect(LibcVersion(text) == version)
    #expect(version.description == text)
  }

  @Test func `a patch of zero is the same as none`() {
    #expect(LibcVersion("2.0.0") == LibcVersion("2.0"))
    #expect(LibcVersion("2.0.0")?.description == "2.0")
  }

  @Test(arguments: [
    "", ".", "2", "2.", ".17", "2..17", "2.17.", "2.3.4.5", "2.017", "02.17", "2.+17", "2.-1", " 2.17", "2.17 ", "2.x",
    "2.1７", "2.1000000", "2.18446744073709551617", "GLIBC_2.17", "PRIVATE",
  ])
  func `text of another form is no version`(text: String) {
    #expect(LibcVersion(text) == nil)
  }

  @Test func `versions are ordered by number, not by letter`() {
    let ascending = ["1.1", "1.2", "2.0", "2.2", "2.2.5", "2.2.6", "2.3", "2.3.4", "2.4", "2.9", "2.10", "2.34", "3.0"]
    let versions = ascending.compactMap { LibcVersion($0) }
    #expect(versions.count == ascending.count)
    for (older, newer) in zip(versions, versions.dropFirst()) {
      #expect(older < newer)
      #expect(!(newer < older))
    }
    #expect(versions.reversed().sorted() == versions)
  }

  @Test func `a tag can say no more than major and minor`() {
    let version = LibcVersion(2, 3, patch: 4)
    #expect(version.series == LibcVersion(2, 3))
    #expect(version.series < version)
    #expect(version.tagForm == "2_3")
    #expect(LibcVersion(2, 17).series == LibcVersion(2, 17))
  }
}
