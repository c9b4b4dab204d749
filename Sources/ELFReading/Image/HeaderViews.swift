import CElf

/// The header of an object as loaders may take it, whatever its identification says.
///
/// The kernel does not look at EI_DATA, and musl's loader neither at that nor at EI_CLASS: they read the header as their own
/// processor has it.
struct HeaderViews {
  private let bytes: UnsafeRawBufferPointer
  private let isWide: Bool
  private let isBig: Bool

  init(_ bytes: UnsafeRawBufferPointer, isWide: Bool) {
    self.bytes = bytes
    self.isWide = isWide
    isBig = bytes[Int(EI_DATA)] == UInt8(ELFDATA2MSB)
  }

  /// Requires that no processor takes for its own what the identification says is another's.
  ///
  /// - Throws: `contradictory` for an object that is to be loaded when it is read in another width or byte order.
  func requireOneReading() throws(ImageFault) {
    guard !isLoadable(isWide: isWide, isBig: isBig) else { return }
    for (wide, big) in [(isWide, !isBig), (!isWide, isBig), (!isWide, !isBig)]
    where isLoadable(isWide: wide, isBig: big) {
      let words = "\(wide ? 64 : 32) bits wide and \(big ? "big" : "little")-endian"
      throw .malformed(ELFError(.header, at: UInt64(EI_CLASS), .contradictory(words)))
    }
  }

  /// True when the header, read so, is that of a program or a shared object with program headers, for a processor that
  /// reads it so.
  private func isLoadable(isWide: Bool, isBig: Bool) -> Bool {
    let (entrySizePlace, entrySize) = isWide ? (54, MemoryLayout<Elf64_Phdr>.size) : (42, MemoryLayout<Elf32_Phdr>.size)
    guard let type = half(16, isBig), type == UInt16(ET_EXEC) || type == UInt16(ET_DYN),
      let machine = half(18, isBig), ELFMachine(rawValue: machine).reads(isWide: isWide, isBig: isBig),
      let size = half(entrySizePlace, isBig), Int(size) == entrySize
    else { return false }
    return true
  }

  private func half(_ place: Int, _ isBig: Bool) -> UInt16? {
    guard place + 2 <= bytes.count else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)
    return isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
  }
}

extension ELFMachine {
  /// True when there are processors of the kind that read their objects so.
  fileprivate func reads(isWide: Bool, isBig: Bool) -> Bool {
    switch self {
    case .x86_64, .aarch64, .riscv, .loongArch: !isBig
    case .i386: !isWide && !isBig
    case .arm: !isWide
    case .ppc64: isWide
    case .s390: isBig
    default: false
    }
  }
}
