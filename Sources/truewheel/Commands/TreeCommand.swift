import ArgumentParser
import AuditReports
import BuildProfiles
import WheelAudit
import WheelTags

/// Objects and libraries as a tree.
struct TreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.subcommand(
    "tree", abstract: "Show the objects of a wheel, or one ELF file, with the libraries they need.")

  @Argument(help: "A wheel or an ELF file.", completion: .file())
  var file: String

  @Option(help: "When to use colour.")
  var color: ColorChoice = .auto

  func run() throws {
    Output.ignoreClosedPipes()
    let style = TextStyle(isColored: color.isOn(toFile: false), detail: .full)
    let auditor = Auditor(Facts())
    switch auditor.objects(WheelName(path: file)) {
    case .success(let objects) where objects.isEmpty:
      try Output.write("\(printable(file)): no ELF objects\n", to: nil)
    case .success(let objects):
      try Output.write(TreeReport(style).render(file, objects), to: nil)
    case .failure(let failure):
      Output.complain("\(printable(failure.name.path)): \(printable(failure.description))")
      throw ExitStatus.unreadable
    }
  }
}
