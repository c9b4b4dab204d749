import ArgumentParser
import AuditReports
import BuildProfiles
import WheelAudit
import WheelTags

/// What `auditwheel lddtree` says of one ELF file, for scripts that read it; of wheels too.
struct LddtreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "lddtree", abstract: "Print objects and libraries as JSON with the keys of 'auditwheel lddtree'.")

  @Argument(help: "ELF files or wheels.", completion: .file())
  var files: [String] = []

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Name at least one ELF file or wheel.") }
  }

  func run() throws {
    Output.ignoreClosedPipes()
    let auditor = Auditor(Facts())
    var listings: [LddtreeReport.Listing] = []
    var isUnreadable = false
    for file in files {
      switch auditor.linkedObjects(WheelName(path: file)) {
      case .success(let (isWheel, objects)) where !isWheel && objects.isEmpty:
        Output.complain("\(printable(file)): nothing on Linux loads or starts this file")
        isUnreadable = true
      case .success(let (isWheel, objects)):
        listings.append(.init(file: file, isWheel: isWheel, objects: objects))
      case .failure(let failure):
        Output.complain("\(printable(failure.name.path)): \(printable(failure.description))")
        isUnreadable = true
      }
    }
    do {
      if !listings.isEmpty { try Output.write(LddtreeReport().render(listings), to: nil, isForPrograms: true) }
    } catch let error as LddtreeReport.TooLarge {
      Output.complain("\(printable(error.file)): \(error.description)")
      isUnreadable = true
    }
    if isUnreadable { throw ExitStatus.unreadable }
  }
}
