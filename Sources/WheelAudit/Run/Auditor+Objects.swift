import BuildProfiles
import ELFReading
import WheelArchive
import WheelTags

extension Auditor {
  /// The objects of a wheel, or a single ELF file, with where each of their libraries comes from.
  public func objects(path: String) -> Result<[ObjectReport], UnreadableWheel> {
    do throws(UnreadableWheel.Cause) {
      let objects: [WheelObject]
      if let file = try elfFile(path) {
        objects = [WheelObject(path: path.split(separator: "/").last.map(String.init) ?? path, file: file)]
      } else {
        objects = try reader(path, platforms.platform(.glibc, .x86_64)).contents().objects
      }
      guard let subject = Subject(objects, tags: []) else { return .success([]) }
      let graph = try graph(subject, platforms.platform(subject.libc, subject.architecture).platform, options)
      return .success(ObjectReport.all(of: subject, graph))
    } catch {
      return .failure(UnreadableWheel(path: path, error))
    }
  }

  /// Reads a file that begins like ELF; nil for any other file.
  private func elfFile(_ path: String) throws(UnreadableWheel.Cause) -> ELFObject? {
    // What cannot be opened is no archive either, and that says why.
    guard let file = try? FileSource(path: path) else { return nil }
    let magic = try MemberReader.archiving { () throws(ArchiveError) in
      try file.bytes(0..<ELFStreamReader.magic.count)
    }
    guard magic == ELFStreamReader.magic else { return nil }
    var reader = try MemberReader.parsing(path) { () throws(ELFError) in
      let interest = SymbolInterest(names: [], prefixes: PythonModule.initializers.map(\.prefix))
      return try ELFStreamReader(size: file.size, interest: interest, memory: ELFImageMemory())
    }
    while true {
      try MemberReader.archiving { () throws(ArchiveError) in
        var (offset, isWhole) = (0, true)
        while reader.needsMore, isWhole {
          let buffer = reader.buffer()
          let count = try file.read(into: buffer, at: offset)
          reader.filled(count)
          (offset, isWhole) = (offset + count, count == buffer.count)
        }
      }
      if let object = try MemberReader.parsing(path, { () throws(ELFError) in try reader.finishPass() }) {
        return object
      }
    }
  }
}
