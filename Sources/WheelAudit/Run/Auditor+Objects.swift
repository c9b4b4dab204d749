import BuildProfiles
import ELFReading
import WheelArchive
public import WheelTags

extension Auditor {
  /// The objects of a wheel, or a single ELF file, with where each of their libraries comes from.
  public func objects(_ name: WheelName) -> Result<[ObjectReport], UnreadableWheel> {
    linkedObjects(name).map { $0.objects.map(\.report) }
  }

  /// The same, with what each file says of how it is linked; and whether it is a wheel that they are of.
  public func linkedObjects(
    _ name: WheelName
  ) -> Result<(isWheel: Bool, objects: [LinkedObject]), UnreadableWheel> {
    let listing = ObjectListing(facts: facts, options: options)
    do throws(UnreadableWheel.Cause) {
      if let file = try elfFile(name.path) {
        var budget = WorkBudget(options.work, archiveSize: 0)
        let objects = try listing.list([WheelObject(path: name.file, file: file)], [], tags: [], &budget)
        return .success((isWheel: false, objects: objects))
      }
    } catch {
      return .failure(listing.failure(name, error))
    }
    var run = AuditRun(listing, options, jobs: 1)
    let objects = run.conclusions([name]).first ?? .success([])
    return objects.map { (isWheel: true, objects: $0) }
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
      try ELFStreamReader(
        size: file.size, interest: PythonModule.interest, memory: ELFImageMemory(),
        limit: options.work.reading(compressedSize: UInt64(file.size)))
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

/// A run that says of wheels which objects they have, and where their libraries are found.
private struct ObjectListing: RunGoal {
  let facts: Facts
  let options: Auditor.Options

  func assignment(_ name: WheelName) throws(UnreadableWheel.Cause) -> Assignment {
    Assignment(name: name, options: options)
  }

  func conclude(
    _ assignment: Assignment, _ contents: WheelContents
  ) -> Result<[LinkedObject], UnreadableWheel> {
    var budget = contents.budget
    do throws(UnreadableWheel.Cause) {
      let tags = assignment.name.filename?.platformTags ?? []
      return .success(try list(contents.objects, contents.files, tags: tags, &budget))
    } catch {
      return refuse(assignment.name, error, contents.file)
    }
  }

  func refuse(
    _ name: WheelName, _ cause: UnreadableWheel.Cause, _ file: WheelFile?
  ) -> Result<[LinkedObject], UnreadableWheel> {
    .failure(failure(name, cause))
  }

  func failure(_ name: WheelName, _ cause: UnreadableWheel.Cause) -> UnreadableWheel {
    UnreadableWheel(name: name, cause)
  }

  func list(
    _ objects: [WheelObject], _ files: [PlainFile], tags: [PlatformTag], _ budget: inout WorkBudget
  ) throws(UnreadableWheel.Cause) -> [LinkedObject] {
    guard let subject = Subject(objects, tags: tags) else { return [] }
    let platform = try Yardstick(facts, subject.libc, subject.architecture).platform
    do throws(OverBudget) {
      let graph = try LibraryGraph(
        subject.judged, foreign: subject.foreign, unloadable: subject.unloadable, files: files, on: platform,
        excluding: options.exclusions, &budget)
      return zip(subject.judged, ObjectReport.all(of: subject, graph)).map { LinkedObject($0, report: $1) }
    } catch {
      throw .budget(error)
    }
  }
}
