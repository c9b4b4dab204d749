import BuildProfiles
import ELFReading
import Glibc
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
        objects = try reader(path, try platforms.platform(.glibc, .x86_64)).contents().objects
      }
      guard let subject = Subject(objects, tags: []) else { return .success([]) }
      let platform = try platforms.platform(subject.libc, subject.architecture).platform
      let graph = try graph(subject, platform, options)
      return .success(ObjectReport.all(of: subject, graph))
    } catch {
      return .failure(UnreadableWheel(path: path, error))
    }
  }

  /// Reads a file that begins like ELF; nil for any other file.
  private func elfFile(_ path: String) throws(UnreadableWheel.Cause) -> ELFObject? {
    var status = stat()
    // Opening a pipe could block for ever.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: ELFStreamReader.magic.count)
    guard fread(&magic, 1, magic.count, file) == magic.count, magic == ELFStreamReader.magic,
      fseek(file, 0, SEEK_END) == 0
    else { return nil }
    let size = ftell(file)
    do throws(ELFError) {
      let interest = SymbolInterest(names: [], prefixes: PythonModule.initializers.map(\.prefix))
      var reader = try ELFStreamReader(size: max(size, 0), interest: interest, memory: ELFImageMemory())
      while true {
        rewind(file)
        while reader.needsMore {
          let buffer = reader.buffer()
          let count = fread(buffer.baseAddress, 1, buffer.count, file)
          reader.filled(count)
          if count < buffer.count { break }
        }
        if let object = try reader.finishPass() { return object }
      }
    } catch {
      throw .object(MalformedObject(member: path, error: error))
    }
  }
}
