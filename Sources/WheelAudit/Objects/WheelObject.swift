public import ELFReading
public import WheelTags

/// One ELF file of a wheel: what it is called, where it is installed, and what it says of itself.
public struct WheelObject: Sendable {
  /// The member's name in the archive.
  public let path: String
  public let place: InstalledPlace
  public let file: ELFObject
  /// Type and permissions that the archive keeps of it (`st_mode`); nil where it keeps none.
  public let mode: UInt16?
  /// Nil when no platform tag names the machine.
  public let architecture: Architecture?
  /// The libc it is tied to; nil when it is tied to none.
  public let libc: Libc?
  /// The major version of Python that it is an extension module for; nil when it is none.
  public let pythonMajor: Int?
  /// True for what an import opens: an extension module, and what is called like one of some ABI.
  let isModule: Bool

  public init(path: String, file: ELFObject, mode: UInt16? = nil) {
    self.path = path
    self.place = InstalledPlace(member: path)
    (self.file, self.mode) = (file, mode)
    self.architecture = Architecture(file.identity)
    self.pythonMajor = PythonModule.major(fileName: place.name, definedSymbols: file.definedSymbols)
    self.isModule = pythonMajor != nil || Self.isCalledModule(place)
    self.libc = Libc(of: file, isModule: isModule)
  }

  public var isPythonExtension: Bool { pythonMajor != nil }

  private static func isCalledModule(_ place: InstalledPlace) -> Bool {
    place.root == .packages && (ModuleSuffix(fileName: place.name).map { $0.isOfOneABI && $0.isForLinux } ?? false)
  }

  /// Why nothing loads it, in words; nil for a program or a shared object that some loader takes.
  var reasonNotLoaded: String? {
    if file.identity.machine.isForGraphics { return "is code for a graphics processor" }
    if !file.identity.isLoadable { return "is not a program or a shared library" }
    if file.isDebugInformation { return "has debugging information and nothing else" }
    if file.isForAndroid { return "is for Android" }
    if file.identity.system == Self.freeBSD { return "is for FreeBSD" }
    return nil
  }

  /// ELFOSABI_FREEBSD.
  private static let freeBSD: UInt8 = 9

  /// A program rather than a library: it has a PT_INTERP, is not a shared object, is marked as a program, or lies where
  /// nothing else does.
  var isExecutable: Bool {
    file.interpreter != nil || file.identity.type == .executable || file.isPositionIndependentExecutable || isScript
  }

  /// True for what installers put among the commands.
  var isScript: Bool { place.root == .prefix && place.folder == "bin" }

  /// True for what is started as a program; a library with a soname may have a PT_INTERP too, to print its version, and
  /// an extension module one that nobody looks at.
  var isProgram: Bool { isExecutable && file.soname == nil && !isModule }

  /// A program without a loader, which applies its relocations itself.
  var isStaticProgram: Bool { isExecutable && file.interpreter == nil && file.needed.isEmpty }
}
