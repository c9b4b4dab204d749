public import WheelTags

/// All that judges or explains and comes from no wheel, in one value that is made once and handed in.
///
/// A table is read when it is first asked for, and kept: most runs need few of them, and reading all would take longer
/// than auditing a small wheel. To ask for a table whose text is damaged throws.
public final class Facts: Sendable {
  /// The symbols of CPython's stable ABI.
  public let stableABI: StableABITable
  /// What Pythons export beside it.
  public let pythonExports: PythonExports
  private let profileTables: Kept<Libc, ProfileTable>
  private let platforms: Kept<System, Platform>
  private let muslSymbolTables: Kept<Architecture, MuslSymbolTable>
  private let glibcSymbolTable: Kept<Whole, GlibcSymbolTable>
  private let glibcExportTables: Kept<Architecture, GlibcExports>
  private let remedyTable: Kept<Whole, RemedyTable>
  private let distributionTable: Kept<Whole, DistributionTable>
  private let installerTable: Kept<Whole, InstallerTable>
  private let providerTable: Kept<Whole, ProviderTable>

  private struct System: Hashable {
    let libc: Libc
    let architecture: Architecture
  }

  /// The key of a table of which there is one.
  private enum Whole { case table }

  /// The facts that the program carries.
  public convenience init() {
    self.init(Texts())
  }

  init(_ texts: Texts) {
    let profileTables = Kept { (libc: Libc) throws(TableError) in
      switch libc {
      case .glibc: try ProfileTable(texts.manylinuxProfiles, .glibc)
      case .musl: try ProfileTable(texts.musllinuxProfiles, .musl)
      }
    }
    let glibcSymbolTable = Kept { (_: Whole) throws(TableError) in
      try GlibcSymbolTable(texts.glibcSymbols, texts.glibcNames)
    }
    self.profileTables = profileTables
    stableABI = StableABITable(texts.stableABI)
    pythonExports = PythonExports(texts.pythonSymbols)
    self.glibcSymbolTable = glibcSymbolTable
    glibcExportTables = Kept { (architecture) throws(TableError) in
      GlibcExports(try GlibcSymbolTable(texts.glibcSymbols, texts.glibcNames, only: architecture))
    }
    platforms = Kept { (system) throws(TableError) in
      try profileTables.value(system.libc).platform(system.architecture)
    }
    muslSymbolTables = Kept { (architecture) throws(TableError) in
      try MuslSymbolTable(texts.muslSymbols, architecture)
    }
    remedyTable = Kept { (_) throws(TableError) in
      try RemedyTable(texts.remedies, glibcSymbolTable.value(.table))
    }
    distributionTable = Kept { (_) throws(TableError) in try DistributionTable(texts.distributions) }
    installerTable = Kept { (_) throws(TableError) in try InstallerTable(texts.installers) }
    providerTable = Kept { (_) throws(TableError) in try ProviderTable(texts.providers) }
  }

  /// The published profiles of a libc.
  public func profiles(_ libc: Libc) throws(TableError) -> ProfileTable {
    try profileTables.value(libc)
  }

  /// What the profiles of a libc provide on an architecture; of one that has none too.
  public func platform(_ libc: Libc, _ architecture: Architecture) throws(TableError) -> Platform {
    try platforms.value(System(libc: libc, architecture: architecture))
  }

  /// What musl exports on an architecture.
  public func muslSymbols(_ architecture: Architecture) throws(TableError) -> MuslSymbolTable {
    try muslSymbolTables.value(architecture)
  }

  /// What glibc exports on an architecture, and since when; nothing on one that has no lists.
  public func glibcExports(_ architecture: Architecture) throws(TableError) -> GlibcExports {
    try glibcExportTables.value(architecture)
  }

  /// What glibc exports.
  public var glibcSymbols: GlibcSymbolTable {
    get throws(TableError) { try glibcSymbolTable.value(.table) }
  }

  public var remedies: RemedyTable {
    get throws(TableError) { try remedyTable.value(.table) }
  }

  public var distributions: DistributionTable {
    get throws(TableError) { try distributionTable.value(.table) }
  }

  public var installers: InstallerTable {
    get throws(TableError) { try installerTable.value(.table) }
  }

  public var providers: ProviderTable {
    get throws(TableError) { try providerTable.value(.table) }
  }
}

extension Facts {
  /// What tells one state of all that the program knows from another: it is another as soon as any table is.
  public static var version: String { DataVersion.text }

  /// The texts that tables are read from: those that the program carries, unless another is put in its place.
  struct Texts: Sendable {
    var manylinuxProfiles = TableText("manylinux-profiles.txt", ManylinuxProfilesText.text)
    var musllinuxProfiles = TableText("musllinux-profiles.txt", MusllinuxProfilesText.text)
    var muslSymbols = TableText("musl-symbols.txt", MuslSymbolsText.text)
    var glibcSymbols = TableText("glibc-symbols.txt", GlibcSymbolsText.text)
    var glibcNames = TableText("glibc-symbols.txt", GlibcNamesText.text)
    var remedies = TableText("remedies.txt", RemediesText.text)
    var distributions = TableText("distributions.txt", DistributionsText.text)
    var installers = TableText("installers.txt", InstallersText.text)
    var stableABI = TableText("stable-abi.txt", StableABIText.text)
    var pythonSymbols = TableText("python-symbols.txt", PythonSymbolsText.text)
    var providers = TableText("providers.txt", ProvidersText.text)
  }
}
