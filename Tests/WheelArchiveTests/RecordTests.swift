import TestSupport
import Testing

@testable import WheelArchive

@Suite struct RecordRowsTests {
  /// Each expectation is what Python's `list(csv.reader(io.StringIO(text, newline="")))` says.
  @Test(arguments: [
    ("a,b,1\n", [["a", "b", "1"]]), ("a,b,1", [["a", "b", "1"]]), ("a,,\r\nb,,\r\n", [["a", "", ""], ["b", "", ""]]),
    ("a,,\rb,,", [["a", "", ""], ["b", "", ""]]), ("\"a,b\",,\n", [["a,b", "", ""]]),
    ("\"a\"\"b\",,\n", [["a\"b", "", ""]]), ("\"a\nb\",,\nc,,\n", [["a\nb", "", ""], ["c", "", ""]]),
    ("\"a\"b,,\n", [["ab", "", ""]]), ("a\"b\",,\n", [["a\"b\"", "", ""]]), ("\"a,b\nc", [["a,b\nc"]]),
    ("a\n", [["a"]]), ("a,b,1,more\n", [["a", "b", "1", "more"]]), ("\n", [[]]),
    ("a,,\n\nb,,\n", [["a", "", ""], [], ["b", "", ""]]),
    (",,\n", [["", "", ""]]), (" a , b,1\n", [[" a ", " b", "1"]]), ("", []), ("\"\",,\n", [["", "", ""]]),
  ])
  func `rows are read as csv reads them`(text: String, expected: [[String]]) {
    let rows = Array(RecordRows(Array(text.utf8)))
    #expect(rows.map(\.fieldCount) == expected.map(\.count))
    for (row, fields) in zip(rows, expected) {
      let own = [row.path, row.hash, row.size].map { String(decoding: $0, as: UTF8.self) }
      #expect(own.prefix(fields.count).elementsEqual(fields.prefix(3)))
    }
  }

  @Test func `lines are counted, those within quotes too`() {
    #expect(RecordRows(Array("\"a\nb\",,\r\nc,,\n\nd".utf8)).map(\.line) == [1, 3, 4, 5])
  }
}

@Suite struct RecordCheckTests {
  private static let folder = "demo-1.0.dist-info"
  private static let contents = Array("print()\n".utf8)

  private static func check(_ text: String, _ names: [String] = ["demo/a.py", "demo/b.py"], isThorough: Bool = false)
    throws
    -> RecordCheck
  {
    let record = "\(folder)/RECORD"
    let members = names.map { Zip.Member($0, $0.hasSuffix("/") ? [] : contents) }
    let archive = try WheelArchive.opened(members + [Zip.Member(record, Array(text.utf8))])
    let check = try archive.record(archive.distInfo(of: nil), with: Inflater(), isThorough: isThorough)
    return try #require(check)
  }

  @Test(arguments: [
    ("demo/a.py,,\ndemo/b.py,,\n", [], []), ("demo/b.py,,\ndemo/a.py,,\n", [], []),
    ("demo/a.py,,\ndemo/a.py,,\ndemo/b.py,,\n", [], []), ("demo\\a.py,,\ndemo/b.py,,\n", [], []),
    ("demo/a.py,,\n", ["demo/b.py"], []), ("demo/b.py,,\n", ["demo/a.py"], []),
    ("demo/a.py,,\ndemo/c.py,,\ndemo/b.py,,\n", [], ["demo/c.py"]),
    ("./demo/a.py,,\ndemo/b.py,,\n", ["demo/a.py"], ["./demo/a.py"]),
    ("Demo/a.py,,\ndemo/b.py,,\n", ["demo/a.py"], ["Demo/a.py"]),
    ("\u{feff}demo/a.py,,\ndemo/b.py,,\n", ["demo/a.py"], ["\u{feff}demo/a.py"]),
  ])
  func `what is listed and what is there are compared`(text: String, unlisted: [String], absent: [String]) throws {
    let check = try Self.check(text + "\(Self.folder)/RECORD,,\n")
    #expect(check.unlisted.first == unlisted && check.unlisted.count == unlisted.count)
    #expect(check.absent.first == absent && check.absent.count == absent.count)
    #expect(check.fault == nil && check.digests.isEmpty)
  }

  @Test func `folders and the signatures of RECORD have no rows, RECORD itself has one`() throws {
    let names = ["demo/", "\(Self.folder)/RECORD.jws", "\(Self.folder)/RECORD.p7s", "demo/RECORD.jws"]
    #expect(try Self.check("", names).unlisted.first == ["demo/RECORD.jws", "\(Self.folder)/RECORD"])
  }

  @Test(arguments: [
    ("demo/a.py\n", RecordCheck.Fault.fieldCount(1, line: 1)), ("demo/a.py,,\n\n", .fieldCount(0, line: 2)),
    ("demo/a.py,,\ndemo/b.py,,,\n", .fieldCount(4, line: 2)),
  ])
  func `a row that is none is a fault`(text: String, fault: RecordCheck.Fault) throws {
    #expect(try Self.check(text).fault == fault)
  }

  @Test func `bytes that are not UTF-8 are a fault wherever they stand`() throws {
    let text = Array("demo/a.py,".utf8) + [0xff] + Array(",\n".utf8)
    let archive = try WheelArchive.opened([Zip.Member("\(Self.folder)/RECORD", text)])
    #expect(try archive.record(archive.distInfo(of: nil), with: Inflater())?.fault == .notUTF8)
  }

  /// Digests of `print()\n` by Python's hashlib.
  @Test(arguments: [
    ("sha256=2FlPoSaOyrxir3yeJEm4xG2w9CbNmq04TGfv5Z5YKz4", false), ("md5=rAHoYMpH1ZJGOSaLjva6dQ", true), ("", true),
    ("sha256", true), ("crc32=1", true),
  ])
  func `only digests of SHA-256 or better count as such`(field: String, isWanting: Bool) throws {
    let check = try Self.check("demo/a.py,\(field),8\n", ["demo/a.py"], isThorough: true)
    #expect(check.undigested.first == (isWanting ? ["demo/a.py"] : []))
    #expect(check.digests.count == (isWanting ? 0 : 1))
  }

  @Test(arguments: [
    ("8", false), ("", false), ("9", true), ("-8", true), ("x", true), ("99999999999999999999999", true),
  ])
  func `a size is compared where it is stated`(size: String, isOther: Bool) throws {
    let check = try Self.check("demo/a.py,,\(size)\n", ["demo/a.py"], isThorough: true)
    #expect(check.missized.first == (isOther ? ["demo/a.py"] : []))
  }

  @Test func `more names than are kept are counted`() throws {
    let rows = (0..<1000).map { "gone\($0),,\n" }.joined()
    let check = try Self.check(rows, [])
    #expect(check.absent.count == 1000 && check.absent.first.count == RecordCheck.Names.limit)
  }

  @Test func `a RECORD over the limit is refused`() throws {
    let record = Zip.Member("\(Self.folder)/RECORD", Array("a,,\n".utf8))
    let archive = try WheelArchive.opened([record], limits: ArchiveLimits(recordSize: 3))
    let error = try #require(throws: ArchiveError.self) {
      try archive.record(archive.distInfo(of: nil), with: Inflater())
    }
    #expect(error.problem == .overLimit(.recordSize, value: 4, limit: 3))
  }
}

@Suite struct RecordLineTests {
  @Test(arguments: [
    ("", 0), ("a", 1), ("a\n", 1), ("a\r\nb\r\n", 2), ("a\rb", 2), ("\n\n", 2), ("\r\n\n\r", 3), ("\"a\nb\",,\n", 2),
  ]) func `lines end as those of CSV do`(text: String, count: Int) {
    #expect(RecordRows.countLines(of: Array(text.utf8)) == count)
  }

  @Test func `a RECORD of too many lines is refused before its rows are read`() throws {
    let record = Zip.Member("demo-1.0.dist-info/RECORD", Array("a,,\nb,,\nc,,".utf8))
    let archive = try WheelArchive.opened([record], limits: ArchiveLimits(recordLines: 2))
    let error = try #require(throws: ArchiveError.self) {
      try archive.record(archive.distInfo(of: nil), with: Inflater())
    }
    #expect(error.problem == .overLimit(.recordLines, value: 3, limit: 2))
  }
}

@Suite struct DigestTests {
  /// FIPS 180-4; the digests of "abc" are those of NIST's example values, in URL-safe Base64.
  @Test(arguments: [
    (RecordDigest.Algorithm.sha256, "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
    (.sha384, "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP_W-2AhgcroefMI1i67KE0yCWn"),
    (.sha512, "3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05ohkpkqJ0_BqDa6PCOj_uu9RU1EI2Q86A4qmslPpUyknw"),
  ])
  func `a member has the digest of its bytes`(algorithm: RecordDigest.Algorithm, text: String) throws {
    for member in [Zip.Member("a", Array("abc".utf8)), Zip.Member("a", Array("abc".utf8)).deflated] {
      let archive = try WheelArchive.opened([member])
      var stream = try archive.stream(archive.members[0], with: Inflater(), digesting: algorithm)
      _ = try stream.beginning(2)
      try stream.skip()
      let digest = try stream.finishedDigest()
      #expect(digest?.text == text)
    }
  }
}

@Suite struct EntryPointsTests {
  @Test(arguments: [
    ("[console_scripts]\ndemo = demo:run\n", ["demo"], nil), ("", [], nil),
    ("# none\n; none\n\n[gui_scripts]\r\na=b\r\n c = d\n[other]\n../e = f\n", ["a"], nil),
    ("[console_scripts]\n../demo = demo:run\n", ["../demo"], nil),
    ("demo = demo:run\n", [], 1), ("[console_scripts]\ndemo\n", [], 2), ("[]\n", [], 1), ("[a]\n[a]\n", [], 2),
    ("[console_scripts]\na = b\na = c\n", ["a"], 3), ("[console_scripts]\n= b\n", [], 2),
    ("[a]\nb = c\n\n  d\n", [], nil),
  ])
  func `scripts and the first line that is none are told`(text: String, scripts: [String], line: Int?) {
    let points = EntryPoints(text)
    #expect(points.scripts == scripts)
    #expect(points.faultyLine == line)
  }
}

@Suite struct CoreMetadataTests {
  @Test func `the fields are read, the first of each, up to the empty line`() {
    let metadata = CoreMetadata(
      """
      Metadata-Version: 2.4
      Name: demo
      name: other
      Version: 1.0
      License-File: LICENSE
      License-File: b/NOTICE
      License:
      License-Expression: MIT

      Version: 2.0
      """)
    #expect(metadata.metadataVersion == "2.4" && metadata.name == "demo" && metadata.version == "1.0")
    #expect(metadata.licenseFiles == ["LICENSE", "b/NOTICE"])
    #expect(!metadata.hasLicense && metadata.hasLicenseExpression)
  }

  /// A description may be longer than anything else is allowed to be.
  @Test(arguments: ["\n\n", "\r\n\r\n"]) func `what follows the fields is not read`(end: String) throws {
    let text = Array("Name: demo\(end)".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20)
    let archive = try WheelArchive.opened([Zip.Member("demo-1.0.dist-info/METADATA", text).deflated])
    #expect(try archive.coreMetadata(archive.distInfo(of: nil), with: Inflater())?.name == "demo")
  }

  @Test func `fields over the limit are refused`() throws {
    let text = Array("Name: ".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20)
    let archive = try WheelArchive.opened([Zip.Member("demo-1.0.dist-info/METADATA", text).deflated])
    let error = try #require(throws: ArchiveError.self) {
      try archive.coreMetadata(archive.distInfo(of: nil), with: Inflater())
    }
    #expect(error.problem == .overLimit(.metadataSize, value: UInt64(text.count), limit: 1 << 20))
  }
}

@Suite struct ArchiveFeatureTests {
  private static let plain = Zip.Member("demo/a.py", Array("print()\n".utf8))

  private static func kinds(_ members: [Zip.Member]) throws -> [ArchiveFeature.Kind] {
    try WheelArchive.opened(members).features().map(\.kind)
  }

  @Test func `a plain archive has none`() throws {
    #expect(try Self.kinds([Self.plain, Self.plain.named("demo/ü.py").deflated]).isEmpty)
  }

  @Test func `each is found, and told once`() throws {
    var described = Self.plain
    described.addDescriptor(signed: true, width: 4)
    #expect(try Self.kinds([described]) == [.descriptor])
    var local = Self.plain.named("demo/ü.py")
    local.flags = 0
    #expect(try Self.kinds([local]) == [.otherEncoding])
    #expect(try Self.kinds([Self.plain.named("demo/\u{7}"), Self.plain.named("demo/\u{7f}")]) == [.controlCharacter])
    #expect(
      try WheelArchive.opened([Self.plain.named("\u{1}"), Self.plain.named("\u{2}")]).features().map(\.count) == [2])
    var packed = Self.plain
    packed.method = 12
    #expect(try Self.kinds([packed]) == [.compression(12)])
  }

  /// APPNOTE.TXT 4.5.1: id, size, data.
  @Test(
    arguments: [
      ([0x99, 0x99, 1, 0, 7], true), ([0x99, 0x99, 1, 0, 7, 0x99, 0x99, 1, 0, 8], true), ([0x99, 0x99, 2, 0], false),
      ([0x99], false), ([1, 0, 0, 0], true), ([1, 0, 4, 0, 0, 0, 0, 0], false),
      ([1, 0, 8, 0, 8, 0, 0, 0, 0, 0, 0, 0], true), ([1, 0, 8, 0, 9, 0, 0, 0, 0, 0, 0, 0], false),
    ] as [([UInt8], Bool)])
  func `an extra field that contradicts itself or the directory is one`(extra: [UInt8], isPlain: Bool) {
    #expect(ExtraField.isPlain(extra, size: 8, compressedSize: 8, isStored: true) == isPlain)
  }

  @Test func `a file that begins as an archive of tar does is one`() throws {
    // A stored member whose data has the sum of the first block where a header of tar has it. The checksum of the member
    // is part of that block, so that bytes are looked for with which the sum comes out.
    let (header, field) = (30 + 1, 148..<156)
    var contents = [UInt8](repeating: 0, count: 600)
    func sum(_ bytes: some Collection<UInt8>) -> Int { bytes.reduce(0) { $0 + Int($1) } }
    func checksumSum() -> Int { sum(withUnsafeBytes(of: Zip.checksum(contents)) { Array($0) }) }
    func archive() throws -> WheelArchive { try .opened([Zip.Member("a", contents)]) }
    #expect(try archive().features().isEmpty)
    let first = Zip([Zip.Member("a", contents)]).bytes.prefix(512)
    let rest = sum(first) - checksumSum() + field.count * Int(UInt8(ascii: " "))
    let target = rest + 700
    let digits = String(target, radix: 8)
    let text = String(repeating: "0", count: 6 - digits.count) + digits
    contents.replaceSubrange((field.lowerBound - header)..<(field.lowerBound - header + 6), with: text.utf8)
    let found = (0..<65_536).first { filler in
      contents[300] = UInt8(filler >> 8)
      contents[301] = UInt8(filler & 0xff)
      return rest + Int(contents[300]) + Int(contents[301]) + checksumSum() == target
    }
    try #require(found != nil)
    #expect(try archive().features().map(\.kind) == [.tar])
  }
}

extension Zip.Member {
  fileprivate func named(_ name: String) -> Zip.Member {
    var member = self
    (member.name, member.localName) = (Array(name.utf8), Array(name.utf8))
    return member
  }
}
