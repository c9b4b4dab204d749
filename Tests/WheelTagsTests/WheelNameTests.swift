import Testing
import WheelTags

@Suite struct WheelNameTests {
  private static let file = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"

  @Test(arguments: [file, "dist/\(file)", "/a//b/\(file)", "./\(file)"])
  func `a name is the last part of the path, taken apart`(path: String) throws {
    let name = WheelName(path: path)
    #expect(name.path == path && name.file == Self.file)
    #expect(try name.parsed.get() == WheelFilename(Self.file))
    #expect(name.filename?.distribution == "demo")
  }

  @Test(arguments: ["", "/", "a.zip", "dist/demo-1.0.whl"]) func `a name that is none of a wheel says why`(path: String)
  {
    let name = WheelName(path: path)
    #expect(name.path == path && name.filename == nil)
    #expect(throws: WheelFilenameError.self) { try name.parsed.get() }
  }
}
