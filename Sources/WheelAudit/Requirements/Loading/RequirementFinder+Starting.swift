import BuildProfiles
import ELFReading
import WheelTags

extension RequirementFinder {
  /// What the kernel refuses of a program, whatever its libc (`load_elf_binary`, `load_elf_phdrs` and `elf_map` in Linux'
  /// `fs/binfmt_elf.c`).
  func starting(_ file: ELFObject) -> [FoundRequirement] {
    let layout = file.layout
    if let reason = headerFault(file) { return [demand(.programHeaders, reason)] }
    var found: [FoundRequirement] = []
    if layout.isOverfull {
      found.append(demand(.programHeaders, "a segment takes more bytes of the file than of memory"))
    }
    if layout.commonPage < Self.page {
      found.append(demand(.segmentAlignment, "a segment's place in the file and in memory differ within a page"))
    } else if layout.losesFlags {
      found.append(demand(.segmentAlignment, Self.reasonOfLostFlags))
    }
    return found
  }

  private func headerFault(_ file: ELFObject) -> String? {
    let layout = file.layout
    if layout.headerCount == 0 { return "it has no program headers" }
    if layout.count == 0 { return "it has no loadable segments (PT_LOAD)" }
    let size = layout.headerCount * Self.headerSize(file)
    if size > Self.headerLimit { return "its program headers take \(size) bytes, and kernels read \(Self.headerLimit)" }
    let isFixed = file.identity.type == .executable
    if isFixed, layout.lowestAddress < Self.lowestAddress(platform.architecture) {
      return "its lowest segment is to lie at address \(layout.lowestAddress), where kernels map nothing"
    }
    if layout.end - (isFixed ? 0 : layout.lowestAddress) > addressSpace {
      return "its segments take more addresses than a process has"
    }
    return nil
  }

  /// Bytes in one program header.
  static func headerSize(_ file: ELFObject) -> Int { file.identity.fileClass == .bits64 ? 56 : 32 }

  /// Bytes of program headers that any kernel reads.
  static let headerLimit = 64 << 10

  /// What users may map at least (`vm.mmap_min_addr`, as distributions set it).
  private static func lowestAddress(_ architecture: Architecture) -> UInt64 {
    architecture == .armv7l || architecture == .aarch64 ? 32 << 10 : 64 << 10
  }
}
