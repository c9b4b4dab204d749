import CElf

extension ELFImage {
  /// The header's identity of the file.
  func identity() throws(ImageFault) -> ELFIdentity {
    let header = try header()
    let ident = try bytes(FileRange(offset: 0, length: 16), .header)
    var identity = ELFIdentity(
      fileClass: ident[Int(EI_CLASS)] == UInt8(ELFCLASS64) ? .bits64 : .bits32,
      byteOrder: ident[Int(EI_DATA)] == UInt8(ELFDATA2MSB) ? .big : .little,
      type: ELFIdentity.FileType(rawValue: header.e_type),
      machine: ELFMachine(rawValue: header.e_machine),
      flags: header.e_flags)
    identity.system = ident[Int(EI_OSABI)]
    identity.systemVersion = ident[Int(EI_ABIVERSION)]
    identity.hasPadding = ident[Int(EI_PAD)...].contains { $0 != 0 }
    identity.version = header.e_version
    return identity
  }

  /// The program headers, in the order of the file.
  func segments() throws(ImageFault) -> [Segment] {
    let header = try header()
    guard header.e_phnum > 0 else { return [] }
    let elf = try elf()
    let entrySize = gelf_fsize(elf, ELF_T_PHDR, 1, UInt32(EV_CURRENT))
    // glibc's loader and the kernel refuse any other size; musl goes by what is stated.
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
      try meter.look(.programHeaders, at: header.e_phoff)
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
