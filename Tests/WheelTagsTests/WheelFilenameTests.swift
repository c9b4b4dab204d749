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
    ("demo-1.0-beta-cp39-abi3-manylinux_2_17_x86_64.linux_x86_64.whl", .buildTag("beta")),
    ("demo-1.0-beta-cp39-abi3-macosx_11_0_arm64.whl", .buildTag("beta")),
    ("demo-1.0-beta-cp39-abi3-any-v3.whl", .partCount(7)),
    ("demo-1.0-1-cp39-abi3-any-v3-x.whl", .partCount(8)),
    ("demo-1.0-cp39-abi3-any-V3.whl", .variantLabel("V3")),
    ("demo-1.0-cp39-abi3-any-v3+a.whl", .variantLabel("v3+a")),
    ("demo-1.0-cp39-abi3-any-ñ.whl", .variantLabel("ñ")),
    ("demo-1.0-cp39-abi3-any-.whl", .emptyPart),
  ])
  func `a name of another form is refused for what is wrong with it`(
    name: String, problem: WheelFilenameError.Problem
  ) {
    #expect(throws: WheelFilenameError(name: name, problem: problem)) { try WheelFilename(name) }
  }

  /// PEP 825 (a draft), "Variant label" and "Backwards Compatibility".
  @Test(
    arguments: [
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64.whl", nil, nil),
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-x86_64_v3.whl", nil, "x86_64_v3"),
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-null.whl", nil, "null"),
      ("numpy-2.3.2-1-cp313-cp313t-musllinux_1_2_x86_64-x86_64_v3.whl", "1", "x86_64_v3"),
      ("numpy-2.3.2-1-cp313-cp313t-musllinux_1_2_x86_64.whl", "1", nil),
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-1.whl", nil, "1"),
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-any.whl", nil, "any"),
      ("numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-a.b_c.whl", nil, "a.b_c"),
    ] as [(name: String, build: String?, label: String?)])
  func `a label of a variant stands behind the tags`(name: String, build: String?, label: String?) throws {
    let filename = try WheelFilename(name)
    #expect(filename.build == build && filename.variant == label)
    #expect(filename.pythonTags == ["cp313"] && filename.abiTags == ["cp313t"])
    #expect(filename.platformTags.map(\.spelling) == ["musllinux_1_2_x86_64"])
  }

  /// PEP 425, "Compressed Tag Sets": every combination of what is joined by dots.
  @Test(arguments: [
    ("a-1-py3-none-any.whl", ["py3-none-any"]),
    ("a-1-py2.py3-none-any.whl", ["py2-none-any", "py3-none-any"]),
    (
      "a-1-cp39.cp310-abi3.none-linux_x86_64.any.whl",
      [
        "cp39-abi3-linux_x86_64", "cp39-abi3-any", "cp39-none-linux_x86_64", "cp39-none-any",
        "cp310-abi3-linux_x86_64", "cp310-abi3-any", "cp310-none-linux_x86_64", "cp310-none-any",
      ]
    ),
    ("a-1-py3.py3-none-any.any.whl", ["py3-none-any"]),
  ])
  func `a compressed tag set stands for every combination`(name: String, tags: [String]) throws {
    #expect(try WheelFilename(name).expandedTags == Set(tags))
  }

  @Test(arguments: [
    ("py2", true), ("cp27", true), ("py27", true), ("pp27", true), ("cp26.cp27", true), ("py2.cp27", true),
    ("py3", false), ("py2.py3", false), ("cp27.cp39", false), ("cp39", false), ("cp312", false), ("cp320", false),
    ("pp39", false), ("graalpy312", false), ("py", false), ("ip3", false),
  ])
  func `a wheel is for Python 2 only when each of its tags is`(pythons: String, expected: Bool) throws {
    #expect(try WheelFilename("a-1-\(pythons)-none-linux_x86_64.whl").isForPython2Only == expected)
  }

  @Test(arguments: [
    ("demo-1.0-1-cp39-abi3-any.whl", "1"), ("demo-1.0-007local-cp39-abi3-any.whl", "007local"),
    ("demo-1.0-cp39-abi3-any.whl", nil),
  ])
  func `a build tag begins with a digit`(name: String, build: String?) throws {
    #expect(try WheelFilename(name).build == build)
  }

  @Test(arguments: [
    "", ".whl", "-", "demo.whl", "----.whl", "demo-1.0-cp39-abi3-any.WHL", "demo-1.0-cp39-abi3-any.whl.zip",
    "demo-1.0-cp39-abi3-.whl", "demo-1.0--cp39-abi3-any.whl", "demo-1.0-.cp39-abi3-any.whl",
    "demo-1.0-cp39-abi3.-any.whl",
    "demo-1.0-٣-cp39-abi3-any.whl",
  ])
  func `what is wrong is said together with the form that is right`(name: String) throws {
    let error = #expect(throws: WheelFilenameError.self) { try WheelFilename(name) }
    #expect(try #require(error).description.hasSuffix("a wheel is called NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl"))
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
