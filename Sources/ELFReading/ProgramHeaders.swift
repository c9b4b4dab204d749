import CElf

/// One program header (gABI chapter 5, "Program Header"), or what a loader maps for it.
struct Segment {
  let type: UInt32
  let flags: UInt32
  let offset: UInt64
  let address: UInt64
  let fileSize: UInt64

  /// - Parameters:
  ///   - header: as the file states it.
  ///   - size: bytes in the file; where it ends within a page, the rest of the page is no part of it.
  init(_ header: GElf_Phdr, inFileOf size: Int) {
    type = header.p_type
    flags = header.p_flags
    let exact = (offset: header.p_offset, address: header.p_vaddr, fileSize: header.p_filesz)
    (offset, address, fileSize) = Self.inWholePages(header, fileSize: UInt64(size)) ?? exact
  }

  /// The smallest page of any processor here.
  private static let page: UInt64 = 4096

  /// A loader maps whole pages, so that the rest of the first and of the last page is there too, and tools that patch
  /// objects leave tables there; but what lies behind the bytes of the file is cleared where more memory is asked for.
  ///
  /// - Returns: nil for what is not mapped, or not in this way.
  private static func inWholePages(
    _ header: GElf_Phdr, fileSize: UInt64
  ) -> (offset: UInt64, address: UInt64, fileSize: UInt64)? {
    let before = header.p_vaddr % page
    let (size, overflow) = header.p_filesz.addingReportingOverflow(before)
    guard header.p_type == load, header.p_filesz > 0, header.p_offset % page == before, !overflow else { return nil }
    let (end, wraps) = size.addingReportingOverflow(page - 1)
    let isCleared = header.p_memsz > header.p_filesz || wraps
    let offset = header.p_offset - before
    let pages = min(end / page * page, fileSize - min(offset, fileSize))
    return (offset, header.p_vaddr - before, isCleared ? size : max(size, pages))
  }
}

extension ELFImage {
  /// The header's identity of the file.
  func identity() throws(ImageFault) -> ELFIdentity {
    let header = try header()
    let ident = try bytes(FileRange(offset: 0, length: 16), .header)
    let type: ELFIdentity.FileType =
      switch Int32(header.e_type) {
      case ET_REL: .relocatable
      case ET_EXEC: .executable
      case ET_DYN: .sharedObject
      case ET_CORE: .core
      default: .other(header.e_type)
      }
    return ELFIdentity(
      fileClass: ident[Int(EI_CLASS)] == UInt8(ELFCLASS64) ? .bits64 : .bits32,
      byteOrder: ident[Int(EI_DATA)] == UInt8(ELFDATA2MSB) ? .big : .little,
      type: type,
      machine: ELFMachine(rawValue: header.e_machine),
      flags: header.e_flags)
  }

  /// The program headers, in the order of the file.
  func segments() throws(ImageFault) -> [Segment] {
    let header = try header()
    guard header.e_phnum > 0 else { return [] }
    let elf = try elf()
    let entrySize = gelf_fsize(elf, ELF_T_PHDR, 1, UInt32(EV_CURRENT))
    // The loaders of glibc and musl refuse any other size.
    guard Int(header.e_phentsize) == entrySize else {
      throw .malformed(
        ELFError(.programHeaders, at: header.e_phoff, .invalid(field: "e_phentsize", value: UInt64(header.e_phentsize)))
      )
    }
    let length = UInt64(header.e_phnum) * UInt64(entrySize)
    _ = try bytes(FileRange(offset: header.e_phoff, length: length), .programHeaders)
    var segments: [Segment] = []
    segments.reserveCapacity(Int(header.e_phnum))
    var entry = GElf_Phdr()
    for index in 0..<Int32(header.e_phnum) {
      guard gelf_getphdr(elf, index, &entry) != nil else {
        throw .malformed(ELFError(.programHeaders, at: header.e_phoff, .refused(Self.libelfMessage())))
      }
      segments.append(Segment(entry, inFileOf: size))
    }
    return segments
  }

  private func header() throws(ImageFault) -> GElf_Ehdr {
    var header = GElf_Ehdr()
    guard gelf_getehdr(try elf(), &header) != nil else {
      throw .malformed(ELFError(.header, at: 0, .refused(Self.libelfMessage())))
    }
    return header
  }
}
