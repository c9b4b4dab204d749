import Testing
import WheelTags

@testable import BuildProfiles

/// A table is read whole or not at all: a line that is not understood is an error that names the table and the line.
@Suite struct DamagedTableTests {
  /// A table that is damaged, and what is read of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let table: Table
    let line: String
    /// What the error must speak of.
    let says: String
    /// Sound lines that stand before it; without them the line stands alone.
    var before: [String] = []

    var testDescription: String { "\(table.rawValue): \(line)" }
  }

  enum Table: String, Sendable {
    case manylinuxProfiles = "manylinux-profiles.txt"
    case musllinuxProfiles = "musllinux-profiles.txt"
    case muslSymbols = "musl-symbols.txt"
    case glibcSymbols = "glibc-symbols.txt"
    case remedies = "remedies.txt"
    case distributions = "distributions.txt"
    case installers = "installers.txt"

    /// The facts with another text of this table, and the accessor that reads it.
    func read(_ text: String) throws {
      var texts = Facts.Texts()
      let table = TableText(rawValue, text)
      switch self {
      case .manylinuxProfiles: texts.manylinuxProfiles = table
      case .musllinuxProfiles: texts.musllinuxProfiles = table
      case .muslSymbols: texts.muslSymbols = table
      case .glibcSymbols: texts.glibcSymbols = table
      case .remedies: texts.remedies = table
      case .distributions: texts.distributions = table
      case .installers: texts.installers = table
      }
      let facts = Facts(texts)
      switch self {
      case .manylinuxProfiles: _ = try facts.platform(.glibc, .x86_64)
      case .musllinuxProfiles: _ = try facts.platform(.musl, .x86_64)
      case .muslSymbols: _ = try facts.muslSymbols(.x86_64)
      case .glibcSymbols: _ = try facts.remedies
      case .remedies: _ = try facts.remedies
      case .distributions: _ = try facts.distributions
      case .installers: _ = try facts.installers
      }
    }
  }

  private static let profiles = [
    "profile 2.5 aliases=manylinux1 architectures=i686,x86_64", "library 2.5 libz.so.1", "relative-relocations 2.36",
  ]
  private static let releases = ["release 1.1.24", "release 1.2.0"]
  private static let debian = ["release 2028-06-30 Debian 12"]

  static let cases =
    // Of every table a line of no kind, and of every kind a word too few and words that are not what they must be.
    [Table.manylinuxProfiles, .musllinuxProfiles].flatMap { table in
      [
        Case(table: table, line: "profil 2.12 aliases= architectures=x86_64", says: "profile", before: profiles),
        Case(table: table, line: "   ", says: "profile", before: profiles),
        Case(table: table, line: "profile 2.12 aliases=", says: "architectures=", before: profiles),
        Case(table: table, line: "profile 2.x aliases= architectures=x86_64", says: "'2.x'", before: profiles),
        Case(table: table, line: "profile 2.12 aliases=many architectures=", says: "'many'", before: profiles),
        Case(table: table, line: "profile 2.12 aliases= architectures=x86-64", says: "'x86-64'", before: profiles),
        Case(table: table, line: "profile 2.5 aliases= architectures=", says: "behind 2.5", before: profiles),
        Case(table: table, line: "library 2.5", says: "library PROFILE SONAME", before: profiles),
        Case(table: table, line: "library never libfoo.so", says: "'never'", before: profiles),
        Case(table: table, line: "library 2.12 libz.so.1", says: "libz.so.1 stands twice", before: profiles),
        Case(table: table, line: "library 2.5 lib*.so.1", says: "'lib*.so.1'", before: profiles),
        Case(table: table, line: "library 2.5 libm.so.6 x86_64 i686", says: "[ARCH,…]", before: profiles),
        Case(table: table, line: "library 2.5 libm.so.6 X", says: "'X'", before: profiles),
        Case(table: table, line: "restricted 2.5 libz.so.1", says: "SYMBOL…", before: profiles),
        Case(table: table, line: "restricted 5 libz.so.1 f", says: "'5'", before: profiles),
        Case(table: table, line: "restricted 2.5 libz.so.1 f f", says: "f of libz.so.1", before: profiles),
        Case(table: table, line: "versions x86_64 2.5 GLIBC", says: "NAMESPACE VERSION…", before: profiles),
        Case(table: table, line: "versions x86.64 2.5 GLIBC 2.5", says: "'x86.64'", before: profiles),
        Case(table: table, line: "versions x86_64 v2 GLIBC 2.5", says: "'v2'", before: profiles),
        Case(table: table, line: "loader", says: "BEGINNING…", before: profiles),
        Case(table: table, line: "relative-relocations", says: "VERSION", before: profiles),
        Case(table: table, line: "relative-relocations none", says: "'none'", before: profiles),
      ]
    } + [
      Case(table: .muslSymbols, line: "symbol * 1.2.0 f", says: "symbols", before: releases),
      Case(table: .muslSymbols, line: "release", says: "release VERSION", before: releases),
      Case(table: .muslSymbols, line: "release one", says: "'one'", before: releases),
      Case(table: .muslSymbols, line: "release 1.1.24", says: "behind 1.2", before: releases),
      Case(table: .muslSymbols, line: "symbols * 1.2.0", says: "NAME…", before: releases),
      Case(table: .muslSymbols, line: "symbols * 1.2.1 f", says: "1.2.1", before: releases),
      Case(table: .muslSymbols, line: "symbols S390 1.2.0 f", says: "'S390'", before: releases),
      Case(table: .muslSymbols, line: "symbols * 1.2.0 a c b", says: "'b' stands behind 'c'", before: releases),
      Case(table: .muslSymbols, line: "glibc *", says: "glibc ARCH NAME…", before: releases),
      Case(table: .muslSymbols, line: "glibc x86_64 a a", says: "'a' stands behind 'a'", before: releases),
      Case(table: .glibcSymbols, line: "libc.so.6 2.2.5", says: "ARCH,…"),
      Case(table: .glibcSymbols, line: "libc.so.6 2.x x86_64", says: "'2.x'"),
      Case(table: .glibcSymbols, line: "hidden libc.so.6", says: "hidden LIBRARY"),
      Case(table: .glibcSymbols, line: "defines libc.so.6 2.2.5", says: "defines LIBRARY"),
      Case(table: .glibcSymbols, line: "needs librt.so.1", says: "needs LIBRARY"),
      Case(table: .glibcSymbols, line: "libc.so.6 2.2.5 x86/64", says: "'x86/64'"),
      Case(table: .remedies, line: "cure any GLIBC_* * rest", says: "remedy"),
      Case(table: .remedies, line: "remedy any GLIBC_* *", says: "TEXT"),
      Case(table: .remedies, line: "remedy some GLIBC_* * rest", says: "older|new|any"),
      Case(table: .remedies, line: "remedy any GLIBC_* * use {tool}", says: "{image}"),
      Case(table: .remedies, line: "image glibc 2.5 manylinux1", says: "ARCH,…"),
      Case(table: .remedies, line: "image bionic 2.5 manylinux1 x86_64", says: "glibc|musl"),
      Case(table: .remedies, line: "image glibc new manylinux1 x86_64", says: "'new'"),
      Case(table: .remedies, line: "image glibc 2.5 manylinux1 x86!", says: "'x86!'"),
      Case(table: .distributions, line: "uclibc 1.0 x86_64", says: "musl", before: debian),
      Case(table: .distributions, line: "release rolling Debian", says: "END-OF-LIFE NAME RELEASE"),
      Case(table: .distributions, line: "release 2026-02-30 Debian 12", says: "'2026-02-30'"),
      Case(table: .distributions, line: "release rolling Debian sid", says: "follows"),
      Case(table: .distributions, line: "glibc 2.36", says: "ARCH,…", before: debian),
      Case(table: .distributions, line: "glibc two x86_64", says: "'two'", before: debian),
      Case(table: .distributions, line: "musl 1.2.5 x86_64,X", says: "'X'", before: debian),
      Case(table: .distributions, line: "glibc 2.36 x86_64", says: "'release'"),
      Case(
        table: .distributions, line: "musl 1.2.5 x86_64", says: "one libc", before: debian + ["glibc 2.36 i686"]),
      Case(table: .distributions, line: "missing x86_64", says: "VERSION…", before: debian + ["glibc 2.36 x86_64"]),
      Case(table: .distributions, line: "missing x86_64 GLIBC_2.5", says: "stands before it", before: debian),
      Case(table: .distributions, line: "missing X GLIBC_2.5", says: "'X'", before: debian + ["glibc 2.36 x86_64"]),
      Case(table: .installers, line: "label manylinux pip 20.3", says: "accepted"),
      Case(table: .installers, line: "accepted win_*", says: "one *"),
      Case(table: .installers, line: "accepted win32 amd64", says: "one *"),
      Case(table: .installers, line: "tag manylinux pip", says: "INSTALLER VERSION…"),
      Case(table: .installers, line: "tag manylinux3 pip 20.3", says: "manylinux2014"),
      Case(table: .installers, line: "tag manylinux pip 20.3 packaging", says: "no version"),
      Case(table: .installers, line: "tag manylinux pip new", says: "'new'"),
      Case(table: .installers, line: "architecture riscv64 pip", says: "INSTALLER VERSION…"),
      Case(table: .installers, line: "architecture X pip 24.1", says: "'X'"),
    ]

  @Test(arguments: cases) func `a line that is not understood is an error that names table and line`(_ damaged: Case)
    throws
  {
    let error = try #require(throws: TableError.self) {
      try damaged.table.read((damaged.before + [damaged.line]).joined(separator: "\n"))
    }
    #expect(error.table == damaged.table.rawValue)
    #expect(error.line == damaged.before.count + 1)
    #expect(error.problem.contains(damaged.says))
    #expect(error.description.contains("\(error.table) is damaged in line \(damaged.before.count + 1): "))
  }

  @Test(arguments: [Table.manylinuxProfiles, .musllinuxProfiles])
  func `the sound lines before a damaged one are sound`(_ table: Table) throws {
    try table.read(Self.profiles.joined(separator: "\n"))
    try Table.muslSymbols.read(Self.releases.joined(separator: "\n"))
    try Table.distributions.read((Self.debian + ["glibc 2.36 x86_64"]).joined(separator: "\n"))
  }

  @Test(arguments: [
    ("", "profile"), ("library 2.5 libz.so.1", "profile"),
    ("profile 2.5 aliases= architectures=x86_64", "relative-relocations"),
  ])
  func `a table of profiles that lacks what it must have is an error without a line`(text: String, says: String) throws
  {
    let error = try #require(throws: TableError.self) { try Table.manylinuxProfiles.read(text) }
    #expect(error.line == nil)
    #expect(error.problem.contains("'\(says)'"))
  }

  @Test func `a damaged table is no harm to the others`() throws {
    var texts = Facts.Texts()
    texts.remedies = TableText("remedies.txt", "nonsense")
    let facts = Facts(texts)
    #expect(throws: TableError.self) { try facts.remedies }
    #expect(try facts.glibcSymbols.exports(of: "memcpy").isEmpty == false)
  }

  /// What a search relies on, and reading a table of glibc's symbols does not check.
  @Test func `the names of glibc's symbols stand in order and belong to lines that are there`() throws {
    let texts = Facts.Texts()
    let lines = texts.glibcSymbols.records
    let names = texts.glibcNames.records.map { $0.words() }
    #expect(zip(names, names.dropFirst()).allSatisfy { $0[0] < $1[0] })
    for numbers in names.map({ $0.dropFirst().map { Int($0) } }) {
      #expect(!numbers.isEmpty && numbers.allSatisfy { lines.indices.contains(($0 ?? 0) - 1) })
    }
  }

  /// Each name of the text is found, and none between two of them.
  @Test(arguments: ["", "a 1", "a 1\nb 2 3", "a 1\nb 2 3\nbc 4", "a 1\nab 5\nb 2 3\nbc 4\nzzz 1 2"])
  func `names are found by halving`(text: String) {
    let index = NameIndex(TableText("names", text))
    let known = Dictionary(
      uniqueKeysWithValues: text.split(separator: "\n").map { line in
        let words = line.split(separator: " ")
        return (String(words[0]), words.dropFirst().compactMap { Int($0) })
      })
    for name in ["", "a", "aa", "ab", "abc", "b", "bb", "bc", "c", "zz", "zzz", "zzzz", "1", "a 1"] {
      #expect(index.lines(of: name) == known[name] ?? [])
    }
  }
}
