import Foundation
import TestSupport
import Testing

/// A wheel that cannot be audited, and what must be said of it.
struct BadWheel: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var name = "demo-1.0-cp39-abi3-manylinux_2_17_x86_64.whl"
  let bytes: [UInt8]
  /// The member that is to blame.
  var member: String?
  /// Words that say what is wrong.
  let words: String

  /// A wheel with one object, changed.
  static func object(
    _ description: String, _ words: String, member: String? = "demo/mod.abi3.so",
    change: (inout Zip.Member) throws -> Void
  ) throws -> BadWheel {
    let name = "demo/mod.abi3.so"
    var object = Zip.Member(name, try Fixture.object("baseline.abi3.so")).deflated
    try change(&object)
    let metadata = Zip.Member("demo-1.0.dist-info/WHEEL", Array("Tag: cp39-abi3-manylinux_2_17_x86_64\n".utf8))
    return BadWheel(
      testDescription: description, bytes: Zip([object, metadata]).bytes, member: member, words: words)
  }

  static func all() throws -> [BadWheel] {
    let sound = try object("sound", "") { _ in }
    var metadata = Zip.Member("demo-1.0.dist-info/WHEEL", Array("Tag: cp39-abi3-manylinux_2_17_x86_64\n".utf8))
    metadata.checksum = 1
    let truncated = try Array(Fixture.object("baseline.abi3.so")[..<100])
    return [
      BadWheel(
        testDescription: "name", name: "demo.whl", bytes: sound.bytes,
        words: "this is no wheel: the name has 1 part between dashes, not 5 or 6"),
      BadWheel(testDescription: "empty", bytes: [], words: "the file is empty"),
      BadWheel(testDescription: "no zip", bytes: Array("<html>404</html>".utf8), words: "it is not a zip archive"),
      BadWheel(
        testDescription: "cut off", bytes: Array(sound.bytes.dropLast(10)),
        words: "cut off before the end of its directory"
      ),
      BadWheel(
        testDescription: "checksum of WHEEL", bytes: Zip([metadata]).bytes, member: "demo-1.0.dist-info/WHEEL",
        words: "but the directory declares 1"),
      BadWheel(
        testDescription: "no ELF behind the magic", bytes: Zip([Zip.Member("a.so", truncated)]).bytes, member: "a.so",
        words: "cannot read the ELF object"),
      try object("encrypted", "it is encrypted") { $0.flags |= 1 },
      try object("compression", "compression method 14 is not supported") { $0.method = 14 },
      try object("checksum", "but the directory declares dead") { $0.checksum = 0xdead },
      try object("declared longer", "it inflates to") { $0.size += 1 },
      try object("declared shorter", "it inflates to more than the") { $0.size -= 1 },
      try object("declared empty", "it inflates to more than the 0 bytes") { $0.size = 0 },
      try object("deflate cut off", "the compressed data ends too early") {
        $0.data.removeLast(20)
        $0.compressedSize -= 20
      },
      try object("ratio", "its compression ratio is") { $0.size = 1 << 30 },
      try object("malformed object", "cannot read the ELF object") {
        var bytes = try Fixture.object("baseline.abi3.so")
        // e_phoff, the place of the program headers (gABI, "ELF Header").
        bytes.replaceSubrange(32..<40, with: [UInt8](repeating: 0xff, count: 8))
        $0 = Zip.Member("demo/mod.abi3.so", bytes).deflated
      },
    ]
  }
}

@Suite struct BadInputTests {
  /// Runs `check` over a sound wheel, these, and another sound one.
  private static func check(_ wheels: [String], _ options: String...) throws -> Program.Result {
    try Command.run(["check"] + options + [try Fixture.wheel("honest")] + wheels + [try Fixture.wheel("pure")])
  }

  @Test(arguments: try BadWheel.all())
  func `a bad wheel has one sentence, status 2, and does not stand in the way of others`(wheel: BadWheel) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(wheel.bytes, to: wheel.name)
    let result = try Self.check([path])
    #expect(result.status == 2)
    let complaints = result.errors.split(separator: "\n")
    #expect(complaints.count == 1)
    #expect(result.errors.hasPrefix("truewheel: \(path): "))
    #expect(result.errors.contains(wheel.words), "\(result.errors)")
    if let member = wheel.member { #expect(result.errors.contains("'\(member)'"), "\(result.errors)") }
    #expect(result.output.contains("honest-1.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl: keeps"))
    #expect(result.output.contains("\(wheel.name): could not be audited"))
    #expect(result.output.contains("pure-1.0-py3-none-any.whl: skipped"))
  }

  @Test(arguments: try BadWheel.all())
  func `a bad wheel has its place in the JSON report`(wheel: BadWheel) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(wheel.bytes, to: wheel.name)
    let result = try Self.check([path], "--format", "json")
    #expect(result.status == 2)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let wheels = try #require(report["wheels"] as? [[String: Any]])
    #expect(wheels.map { $0["status"] as? String } == ["clean", "unreadable", "skipped"])
    let findings = try #require(wheels[1]["findings"] as? [[String: Any]])
    #expect(findings.map { $0["rule"] as? String } == ["unreadable"])
    #expect(findings.first?["object"] as? String == wheel.member)
    #expect((findings.first?["message"] as? String)?.contains(wheel.words) == true)
    #expect((report["summary"] as? [String: Any])?["unreadable"] as? Int == 1)
  }

  @Test func `all bad wheels of a folder are named in the order of their names`() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "c", "a"] { _ = try folder.write([], to: "\(name)-1.0-py3-none-any.whl") }
    let result = try Self.check([folder.url.path])
    #expect(result.status == 2)
    let named = result.errors.split(separator: "\n").compactMap { $0.split(separator: "/").last?.prefix(1) }
    #expect(named == ["a", "b", "c"])
    #expect(result.output.contains("honest-1.0"))
  }

  @Test(arguments: ["text", "json"])
  func `a missing file and a folder without wheels are named`(format: String) throws {
    let folder = try TemporaryFolder()
    let missing = folder.url.appending(path: "none-1.0-py3-none-any.whl").path
    let result = try Self.check([missing, folder.url.path], "--format", format)
    #expect(result.status == 2)
    let complaints = Set(result.errors.split(separator: "\n").map(String.init))
    #expect(
      complaints == [
        "truewheel: \(missing): cannot open the archive: there is no such file",
        "truewheel: \(folder.url.path): there is no wheel (*.whl) in this folder",
      ])
    #expect(result.output.contains("honest-1.0"))
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["check", "show", "tree"])
  func `a pipe under the name of a wheel does not hang`(command: String) throws {
    let folder = try TemporaryFolder()
    let pipe = folder.url.appending(path: "demo-1.0-py3-none-any.whl").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let result = try Command.run([command, pipe])
    #expect(result.status == 2)
    #expect(result.errors == "truewheel: \(pipe): cannot open the archive: it is not a regular file\n")
  }

  @Test func `no rule that is ignored makes a bad wheel pass`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "demo-1.0-py3-none-any.whl")
    let result = try Self.check([path], "--ignore", "unreadable")
    #expect(result.status == 2)
    #expect(result.output.contains("could not be audited"))
  }

  /// What is no object is looked at and not read: the report says nothing of it.
  @Test func `the checksum of a member that is no object is not verified`() throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add("demo/mod.abi3.so", object: "baseline.abi3.so")
    var text = Zip.Member("demo/text.py", [UInt8](repeating: 0x23, count: 100))
    text.checksum = 1
    builder.members.append(text)
    #expect(try Self.check([try builder.write(to: folder)]).status == 0)
  }

  /// Every member that installers would write out is audited: these are none that a tool would make.
  @Test(arguments: ["demo/mod.py", "mod", "a\nb.so", "demo-1.0.dist-info/x"])
  func `an object is audited under any name`(name: String) throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add(name, object: "modern.abi3.so")
    let result = try Command.run(["check", try builder.write(to: folder)])
    #expect(result.status == 1)
    #expect(result.output.contains("GLIBC_2.34"))
  }

  /// Installers refuse such names, or leave the member out.
  @Test(arguments: ["demo/mod.so/", "../mod.so", "/mod.so"])
  func `an object under a name that installers refuse makes the wheel unreadable`(name: String) throws {
    let folder = try TemporaryFolder()
    var builder = WheelBuilder(platform: "manylinux_2_17_x86_64")
    try builder.add(name, object: "modern.abi3.so")
    let result = try Command.run(["check", try builder.write(to: folder)])
    #expect(result.status == 2)
    #expect(result.output.contains("cannot tell where the member '\(name)' is installed"))
  }

  @Test(arguments: [
    (["check"], "wheel"),
    (["show"], "wheel"),
    (["check", "x.whl", "--format", "yaml"], "  - json\n"),
    (["check", "x.whl", "--color", "pink"], "'auto', 'always' or 'never'"),
    (["check", "x.whl", "--ignore", "symbol-versions"], "symbol-version"),
    (["check", "x.whl", "--target", "manylinux"], "Tags look like manylinux_2_28"),
    (["check", "x.whl", "--target", "win_amd64"], "Tags look like manylinux_2_28"),
    (["check", "x.whl", "--target", "manylinux_2_017"], "Tags look like manylinux_2_28"),
    (["check", "x.whl", "--target"], "--target"),
    (["check", "a.whl", "b.whl", "--format", "auditwheel"], "takes one wheel"),
    (["check", "x.whl", "--stricter"], "--strict"),
    (["chek", "x.whl"], "Did you mean 'check'?"),
    (["nonsense", "x.whl"], "truewheel --help"),
    (["tree"], "file"),
    (["profiles", "show", "manylinux_2_99"], "manylinux_2_28"),
    (["profiles", "show", "manylinux2014", "--architecture", "riscv64"], "x86_64"),
    (["profiles", "diff", "manylinux_2_17"], "second"),
  ])
  func `wrong arguments have status 64 and are told what would be right`(arguments: [String], right: String) throws {
    let result = try Command.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains(right), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
