public import WheelAudit
import WheelTags

/// The keys and meanings of what `auditwheel lddtree` (6.8.2) logs, so that scripts for it keep working.
///
/// What is the path of a file of the machine there is null, since none is looked at. Paths in a wheel are those of
/// members, run paths stand as they are written. auditwheel writes some values as Python shows them; so does this.
public struct LddtreeReport: Sendable {
  private let limit: Int

  /// - Parameter limit: how many libraries of objects are looked at; the largest known wheel has some ten thousand.
  public init(limit: Int = 200_000) {
    self.limit = limit
  }

  /// The objects of a wheel, or one object.
  public struct Listing: Sendable {
    let file: String
    let isWheel: Bool
    let objects: [LinkedObject]

    /// - Parameters:
    ///   - file: the path as it was given.
    ///   - isWheel: false for an ELF file.
    ///   - objects: those of the wheel, or the one of the file.
    public init(file: String, isWheel: Bool, objects: [LinkedObject]) {
      (self.file, self.isWheel, self.objects) = (file, isWheel, objects)
    }
  }

  /// There would be too much to say.
  public struct TooLarge: Error, CustomStringConvertible {
    public let file: String
    public var description: String {
      "its objects have more libraries than can be listed for each of them; name an ELF file, or see 'truewheel tree'"
    }
  }

  /// - Returns: for one ELF file the object that auditwheel logs; for a wheel, or several files, an array of such objects,
  ///   those from a wheel with its path as `wheel`.
  /// - Throws: `TooLarge`, since what each object loads is listed for each anew.
  public func render(_ listings: [Listing]) throws -> String {
    var work = 0
    let entries = try listings.flatMap { try self.entries($0, &work) }
    if listings.count == 1, let listing = listings.first, !listing.isWheel, let entry = entries.first {
      return try json(entry)
    }
    return try json(entries)
  }

  private func entries(_ listing: Listing, _ work: inout Int) throws -> [Entry] {
    let byPath = Dictionary(listing.objects.map { ($0.report.path, $0) }) { first, _ in first }
    return try listing.objects.map { object in
      var libraries: [String: Library] = [:]
      if let interpreter = object.interpreter {
        let name = String(interpreter.split(separator: "/").last ?? "")
        libraries[name] = Library(soname: name, platform: Platform(object))
      }
      // An explicit stack: a forged wheel may chain libraries deeper than the call stack reaches.
      var open = [object]
      while let next = open.popLast() {
        for edge in next.report.needed where libraries[edge.library] == nil {
          work += 1
          let target = edge.resolution == .bundled ? edge.path.flatMap { byPath[$0] } : nil
          libraries[edge.library] = Library(soname: edge.library, target)
          if let target { open.append(target) }
        }
        work += next.report.needed.count
        guard work <= limit else { throw TooLarge(file: listing.file) }
      }
      return Entry(listing, object, libraries)
    }
  }

  private struct Entry: Encodable {
    @Nullable var interpreter: String?
    @Nullable var libc: String?
    let path: String
    let realpath: String
    let platform: Platform
    let needed: [String]
    let rpath: [String]
    let runpath: [String]
    let libraries: [String: Library]
    /// Left out for an ELF file, of which auditwheel says nothing more either.
    let wheel: String?

    init(_ listing: Listing, _ object: LinkedObject, _ libraries: [String: Library]) {
      interpreter = object.interpreter
      libc = object.libc.map { "<Libc.\($0 == .glibc ? "GLIBC" : "MUSL"): '\($0.rawValue)'>" }
      let place = listing.isWheel ? object.report.path : listing.file
      (path, realpath) = (place, place)
      platform = Platform(object)
      needed = object.needed
      let folders = Self.folders(object.runpath)
      runpath = folders
      // Where there are both, only that counts.
      rpath = folders.isEmpty ? Self.folders(object.rpath) : []
      self.libraries = libraries
      wheel = listing.isWheel ? listing.file : nil
    }

    private static func folders(_ path: String?) -> [String] {
      (path ?? "").split(separator: ":").map(String.init).firstOccurrences()
    }
  }

  private struct Library: Encodable {
    let soname: String
    @Nullable var path: String?
    @Nullable var realpath: String?
    @Nullable var platform: Platform?
    let needed: [String]

    init(soname: String, platform: Platform) {
      (self.soname, self.platform, needed) = (soname, platform, [])
    }

    init(soname: String, _ target: LinkedObject?) {
      self.soname = soname
      path = target?.report.path
      realpath = target?.report.path
      platform = target.map { Platform($0) }
      needed = target?.needed ?? []
    }
  }

  private struct Platform: Encodable {
    let osabi: String
    let bits: Int
    let isLittleEndian: Bool
    let machine: String
    @Nullable var base: String?
    @Nullable var extended: String?
    @Nullable var error: String?

    enum CodingKeys: String, CodingKey {
      case osabi = "_elf_osabi"
      case bits = "_elf_class"
      case isLittleEndian = "_elf_little_endian"
      case machine = "_elf_machine"
      case base = "_base_arch"
      case extended = "_ext_arch"
      case error = "_error_msg"
    }

    init(_ object: LinkedObject) {
      osabi = Self.systems[object.system] ?? "\(object.system)"
      (bits, isLittleEndian) = (object.bits, object.isLittleEndian)
      machine = Self.machines[object.machine] ?? "\(object.machine)"
      base = object.architecture.map { Self.shown($0.rawValue) }
      extended = object.level.map { Self.shown("x86_64_v\($0)") }
      error = object.architecture == nil ? "Unknown architecture" : nil
    }

    private static func shown(_ architecture: String) -> String { "<Architecture.\(architecture): '\(architecture)'>" }

    /// The names of gABI chapter 4, "ELF Header".
    private static let systems: [UInt8: String] = [
      0: "ELFOSABI_SYSV", 3: "ELFOSABI_LINUX", 9: "ELFOSABI_FREEBSD", 97: "ELFOSABI_ARM",
    ]
    private static let machines: [UInt16: String] = [
      3: "EM_386", 21: "EM_PPC64", 22: "EM_S390", 40: "EM_ARM", 62: "EM_X86_64", 183: "EM_AARCH64", 243: "EM_RISCV",
      258: "EM_LOONGARCH",
    ]
  }
}
