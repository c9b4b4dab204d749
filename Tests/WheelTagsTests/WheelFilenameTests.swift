import Testing
import WheelTags

@Suite struct WheelFilenameTests {
  @Test func `a file name falls into its parts`() throws {
    let name = try WheelFilename("demo-1.0-2b-cp39.cp310-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl")
    #expect(name.distribution == "demo")
    #expect(name.version == "1.0")
    #expect(name.build == "2b")
    #expect(name.pythonTags == ["cp39", "cp310"])
    #expect(name.platformTags.map(\.spelling) == ["manylinux_2_17_x86_64", "manylinux2014_x86_64"])
    #expect(name.expandedTags.count == 4)
  }

  @Test(arguments: [
    ("demo-1.0-cp39-abi3-any.zip", WheelFilenameError.Problem.suffix),
    ("demo-1.0-abi3-any.whl", .partCount(4)),
    ("demo-1.0-1-2-cp39-abi3-any.whl", .partCount(7)),
    ("demo--cp39-abi3-any.whl", .emptyPart),
    ("demo-1.0-cp39-abi3-any..any.whl", .emptyPart),
    ("demo-1.0-x1-cp39-abi3-any.whl", .buildTag("x1")),
  ])
  func `a name of another form is refused for what is wrong with it`(
    name: String, problem: WheelFilenameError.Problem
  ) {
    #expect(throws: WheelFilenameError(name: name, problem: problem)) { try WheelFilename(name) }
  }
}

extension WheelFilenameTests {
  @Test(arguments: [
    ("cp27", true), ("py2", true), ("pp27", true), ("py2.py3", false), ("cp312", false), ("cp3", false),
  ])
  func `a wheel is for Python 2 when all its Python tags are`(python: String, isForPython2: Bool) throws {
    #expect(try WheelFilename("demo-1.0-\(python)-none-any.whl").isForPython2Only == isForPython2)
  }
}
