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

  @Flag(name: .shortAndLong, help: "Show the libraries of the system too.")
  var verbose = false

  @Option(
    help: ArgumentHelp("How many levels of libraries to show below each object; all, if not given.", valueName: "n"))
  var depth: Int?

  @Option(help: "The form of the tree; text, if not given.")
  var format: TreeFormat?

  @Option(help: "When to use colour; auto, if not given.")
  var color: ColorChoice?

  func validate() throws {
    guard depth ?? 0 >= 0 else { throw ValidationError("--depth takes a number from 0 on.") }
    guard format != .json || (depth == nil && !verbose) else {
      throw ValidationError("--depth and --verbose are for text: JSON has every object and every library.")
    }
  }

  func run() throws {
    Output.ignoreClosedPipes()
    switch Auditor(Facts()).objects(WheelName(path: file)) {
    case .success(let objects): try write(objects)
    case .failure(let failure):
      Output.complain("\(printable(failure.name.path)): \(printable(failure.description))")
      throw ExitStatus.unreadable
    }
  }

  private func write(_ objects: [ObjectReport]) throws {
    switch format ?? .text {
    case .json:
      let tree = JSONTree(toolVersion: Truewheel.toolVersion)
      try Output.write(tree.render(file, objects), to: nil, isForPrograms: true)
    case .text where objects.isEmpty: try Output.write("\(printable(file)): no ELF objects\n", to: nil)
    case .text:
      let style = TextStyle(
        isColored: (color ?? .auto).isOn(toFile: false), detail: verbose ? .everything : .full)
      try Output.write(TreeReport(style, depth: depth).render(file, objects), to: nil)
    }
  }
}

/// The forms of a tree.
enum TreeFormat: String, ArgumentWord {
  case text
  case json
}
