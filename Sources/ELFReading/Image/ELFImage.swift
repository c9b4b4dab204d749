import CElf

/// The bytes of one ELF file, as far as its readers look at them, and the libelf handle over them.
///
/// The image is a mapping of the whole file's size that is committed page by page: libelf sees a complete file, of which
/// only the kept ranges exist. A read outside them fails with `ImageFault.absent`, which says what to fetch.
///
/// Owns the memory, and gives it back for the next image. Used by one thread at a time.
struct ELFImage: ~Copyable {
  let size: Int
  /// Counts what is read of it.
  let meter: ReadingMeter
  private var memory: ELFImageMemory
  private let base: UnsafeMutableRawPointer
  private var kept = RangeSet<Int>()
  private let libelf = LibelfHandle()

  /// Bytes of a table that are kept at most: three times the largest string table known, 82 MB of a library of 788 MB.
  static let tableLimit: UInt64 = 256 << 20

  /// An image of a file of `size` bytes.
  init(size: Int, in memory: consuming ELFImageMemory, meter: ReadingMeter) throws(ELFError) {
    self.base = try memory.reserve(size)
    self.memory = memory
    self.size = size
    self.meter = meter
  }

  /// Ends the image; its memory is free for another.
  consuming func releaseMemory() -> ELFImageMemory {
    libelf.close()
    memory.release(size)
    return memory
  }

  /// Where bytes of the file go that nobody will look at.
  func scratch(_ count: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory.scratch[..<count])
  }

  /// The memory for a range of the file; the range must lie within the file.
  ///
  /// Call `keep` once it is filled.
  mutating func memory(for range: Range<Int>) -> UnsafeMutableRawBufferPointer {
    let range = range.clamped(to: 0..<size)
    memory.prepare(range)
    return UnsafeMutableRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Notes that a range has been filled.
  mutating func keep(_ range: Range<Int>) {
    kept.insert(contentsOf: range)
  }

  /// The bytes of a range of the file, unchanged.
  ///
  /// - Throws: `outOfBounds` when the range leaves the file, `absent` when it has not been kept.
  func bytes(_ range: FileRange, _ operation: ELFError.Operation) throws(ImageFault) -> UnsafeRawBufferPointer {
    let range = try require(range, operation)
    return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// A table of the file in the byte order of this machine, translated by libelf.
  ///
  /// The type says what the table is made of, and so decides about width and byte order.
  func table(_ range: FileRange, _ type: Elf_Type, _ operation: ELFError.Operation) throws(ImageFault) -> ELFTable {
    let checked = try require(range, operation)
    guard !checked.isEmpty else { return ELFTable(data: nil) }
    // What stands in another byte order, or not where its type wants it, libelf copies.
    do throws(ELFError) {
      try meter.keepTable(checked.count, at: range.offset)
    } catch {
      throw .malformed(error)
    }
    guard let data = elf_getdata_rawchunk(try elf(), Int64(checked.lowerBound), checked.count, type) else {
      throw .malformed(ELFError(operation, at: UInt64(checked.lowerBound), .refused(Self.libelfMessage())))
    }
    return ELFTable(data: data)
  }

  /// The libelf handle, opened on first use.
  func elf() throws(ImageFault) -> OpaquePointer {
    if let open = libelf.pointer { return open }
    let isWide = try checkIdentification()
    try HeaderViews(bytes(FileRange(offset: 0, length: isWide ? 64 : 52), .header), isWide: isWide).requireOneReading()
    elf_version(UInt32(EV_CURRENT))
    guard let opened = withoutSectionHeaders(isWide: isWide, { elf_memory($0, size) }) else {
      throw .malformed(ELFError(.header, at: 0, .refused(Self.libelfMessage())))
    }
    libelf.pointer = opened
    return opened
  }

  /// Requires what libelf would otherwise take for a file of another kind (gABI chapter 4, "ELF Identification").
  ///
  /// - Returns: true for a 64-bit file.
  private func checkIdentification() throws(ImageFault) -> Bool {
    let identification = try bytes(FileRange(offset: 0, length: UInt64(EI_NIDENT)), .header)
    guard identification.starts(with: ELFStreamReader.magic) else {
      throw .malformed(ELFError(.header, at: 0, .missing("the magic number of ELF")))
    }
    for (index, name, allowed) in [
      (EI_CLASS, "EI_CLASS", ELFCLASS32...ELFCLASS64), (EI_DATA, "EI_DATA", ELFDATA2LSB...ELFDATA2MSB),
      (EI_VERSION, "EI_VERSION", EV_CURRENT...EV_CURRENT),
    ] {
      let value = identification[Int(index)]
      guard allowed.contains(Int32(value)) else {
        throw .malformed(ELFError(.header, at: UInt64(index), .invalid(field: name, value: UInt64(value))))
      }
    }
    return identification[Int(EI_CLASS)] == UInt8(ELFCLASS64)
  }

  /// Opens the image while `e_shoff`, `e_shnum` and `e_shstrndx` are 0, so that libelf never looks at section headers,
  /// and puts them back: a loader that reads there finds what the file says.
  ///
  /// The loader does not read section headers; they may be stripped or forged, and need not be among the kept pages.
  private func withoutSectionHeaders(
    isWide: Bool, _ open: (UnsafeMutablePointer<CChar>) -> OpaquePointer?
  ) -> OpaquePointer? {
    let start = base.assumingMemoryBound(to: CChar.self)
    if isWide {
      let header = base.assumingMemoryBound(to: Elf64_Ehdr.self)
      let (offset, count, names) = (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx)
      (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx) = (0, 0, 0)
      defer { (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx) = (offset, count, names) }
      return open(start)
    }
    let header = base.assumingMemoryBound(to: Elf32_Ehdr.self)
    let (offset, count, names) = (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx)
    (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx) = (0, 0, 0)
    defer { (header.pointee.e_shoff, header.pointee.e_shnum, header.pointee.e_shstrndx) = (offset, count, names) }
    return open(start)
  }

  private func require(_ range: FileRange, _ operation: ELFError.Operation) throws(ImageFault) -> Range<Int> {
    let (end, overflow) = range.offset.addingReportingOverflow(range.length)
    guard !overflow, end <= UInt64(size) else {
      throw .malformed(ELFError(operation, at: range.offset, .outOfBounds(length: range.length)))
    }
    guard range.length <= Self.tableLimit else {
      throw .malformed(ELFError(operation, at: range.offset, .tooLarge(limit: Self.tableLimit)))
    }
    let checked = Int(range.offset)..<Int(end)
    guard checked.isEmpty || holds(checked) else { throw .absent(checked) }
    return checked
  }

  private func holds(_ range: Range<Int>) -> Bool {
    kept.containsRange { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
  }

  /// What libelf says of its last failure on this thread; asking clears it.
  static func libelfMessage() -> String {
    guard let message = elf_errmsg(elf_errno()) else { return "no reason" }
    return String(cString: message)
  }
}

/// The libelf handle over an image; ends it in `deinit`.
private final class LibelfHandle {
  var pointer: OpaquePointer?

  func close() {
    if let pointer { elf_end(pointer) }
    pointer = nil
  }

  deinit { close() }
}

extension RangeSet<Int> {
  /// True when one of its ranges is such.
  ///
  /// By index, since the iterator of `ranges` is not specialized and costs thousands of instructions a step.
  func containsRange(where isSuch: (Range<Int>) -> Bool) -> Bool {
    ranges.indices.contains { isSuch(ranges[$0]) }
  }
}

/// Why a read of an image failed.
enum ImageFault: Error {
  /// The bytes are part of the file but have not been kept: fetch them and try again.
  case absent(Range<Int>)
  /// The file is not what it must be.
  case malformed(ELFError)
}

/// A place in the file as the file itself states it, not yet checked against anything.
struct FileRange {
  let offset: UInt64
  let length: UInt64
}

/// A table that libelf translated; valid as long as its image.
struct ELFTable {
  let data: UnsafeMutablePointer<Elf_Data>?

  /// The entries as values of a C type of the same width.
  func entries<Entry: BitwiseCopyable>(of type: Entry.Type) -> UnsafeBufferPointer<Entry> {
    guard let data, let start = data.pointee.d_buf else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(
      start: start.assumingMemoryBound(to: type), count: data.pointee.d_size / MemoryLayout<Entry>.stride)
  }
}
