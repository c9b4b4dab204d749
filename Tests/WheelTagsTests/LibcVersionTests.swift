import Testing
import WheelTags

@Suite struct LibcVersionTests {
  @Test(arguments: [("2.17", LibcVersion(2, 17)), ("2.3.4", LibcVersion(2, 3, patch: 4)), ("1.2", LibcVersion(1, 2))])
  func `a version is read and written the same`(text: String, version: LibcVersion) {
    #expect(LibcVersion(text) == version)
    #expect(version.description == text)
  }

  @Test(arguments: ["", "2", "2.", ".2", "2.x", "2.17.1.1", "2.-1", "2.01", "2.9999999", "２.17"])
  func `other text is no version`(text: String) {
    #expect(LibcVersion(text) == nil)
  }

  @Test func `versions are ordered by their numbers`() {
    let ascending = ["1.1", "1.1.24", "1.2", "2.2.5", "2.3", "2.3.4", "2.9", "2.10", "2.34"].compactMap {
      LibcVersion($0)
    }
    #expect(ascending.count == 9)
    #expect(ascending.reversed().sorted() == ascending)
  }

  @Test func `a tag says major and minor number`() {
    #expect(LibcVersion(1, 2, patch: 5).series == LibcVersion(1, 2))
    #expect(LibcVersion(2, 17).tagForm == "2_17")
  }
}
