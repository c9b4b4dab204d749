import BuildProfiles
import ELFReading
import Testing
import WheelTags

@testable import WheelAudit

extension ELFObject {
  /// A shared object for x86-64 without any property.
  static var sharedObject: ELFObject {
    var object = ELFObject(
      identity: ELFIdentity(fileClass: .bits64, byteOrder: .little, type: .sharedObject, machine: .x86_64, flags: 0))
    object.stackIsExecutable = false
    object.hasSymbolHash = true
    object.isDynamic = true
    (object.layout.headerCount, object.layout.count) = (4, 2)
    object.layout.end = 0x30000
    (object.layout.firstEnd, object.layout.lastAddress) = (0x10000, 0x20000)
    return object
  }
}

extension WheelObject {
  /// An object with just what the loader looks at.
  ///
  /// A path that ends in `.abi3.so` makes it a Python extension.
  init(
    _ path: String, needs: [String] = [], soname: String? = nil, rpath: String? = nil, runpath: String? = nil,
    configure: (inout ELFObject) -> Void = { _ in }
  ) {
    var file = ELFObject.sharedObject
    file.needed = needs
    file.soname = soname
    file.rpath = rpath
    file.runpath = runpath
    if path.hasSuffix(".abi3.so"), let name = path.split(separator: "/").last {
      file.definedSymbols = ["PyInit_\(name.dropLast(".abi3.so".count))"]
    }
    configure(&file)
    self.init(path: path, file: file)
  }
}

/// Who provides what among some objects for x86-64, with what else lies in the wheel.
func libraryGraph(
  _ objects: [WheelObject], foreign: [WheelObject] = [], unloadable: [WheelObject] = [], files: [String] = [],
  libc: Libc = .glibc, architecture: Architecture = .x86_64, exclude: [Exclusion] = []
) throws -> LibraryGraph {
  var budget = WorkBudget(WorkLimits(), archiveSize: 0)
  return try LibraryGraph(
    objects, foreign: foreign, unloadable: unloadable, files: files.map { PlainFile(path: $0, kind: .other) },
    on: try Facts().platform(libc, architecture), excluding: exclude, &budget)
}

/// Where each needed library of some objects comes from: `libfoo.so.1: bundled a/libfoo.so.1`, by path.
func resolutions(
  _ objects: [WheelObject], foreign: [WheelObject] = [], unloadable: [WheelObject] = [], files: [String] = [],
  libc: Libc = .glibc, architecture: Architecture = .x86_64, exclude: [Exclusion] = []
) throws -> [String: [String]] {
  let graph = try libraryGraph(
    objects, foreign: foreign, unloadable: unloadable, files: files, libc: libc, architecture: architecture,
    exclude: exclude)
  var found: [String: [String]] = [:]
  for (object, edges) in zip(objects, graph.edges) {
    found[object.path] = edges.map { edge in
      let alternates = edge.alternates.map { ", on \($0.level) \(objects[$0.object].path)" }.joined()
      return switch edge.resolution {
      case .platform: "\(edge.library): platform"
      case .external: "\(edge.library): external"
      case .mismatched: "\(edge.library): mismatched"
      case .notLoadable(let obstacle): "\(edge.library): not loadable \(obstacle.path)"
      case .excluded(let exclusion): "\(edge.library): excluded \(exclusion.pattern)"
      case .bundled(let target): "\(edge.library): bundled \(objects[target].path)\(alternates)"
      case .unreachable(let target): "\(edge.library): unreachable \(objects[target].path)"
      }
    }
  }
  return found
}

/// What some objects ask of the platform.
func requirements(of objects: [WheelObject], libc: Libc = .glibc) throws -> [Requirement] {
  let platform = try Facts().platform(libc, .x86_64)
  var budget = WorkBudget(WorkLimits(), archiveSize: 0)
  let yardstick = Yardstick(
    platform: platform, muslSymbols: libc == .musl ? try Facts().muslSymbols(.x86_64) : nil,
    glibcExports: libc == .glibc ? try Facts().glibcExports(.x86_64) : nil)
  var finder = try RequirementFinder(
    objects, try LibraryGraph(objects, on: platform, excluding: [], &budget), on: yardstick,
    try WheelFilename("demo-1.0-cp39-abi3-linux_x86_64.whl"), &budget)
  return try finder.requirements(&budget)
}

/// What is said of how objects are made, apart from what breaks the claim of a wheel.
func loadingFindings(_ objects: [WheelObject], claim: String) throws -> [Finding] {
  let filename = try WheelFilename("demo-1.0-cp39-abi3-\(claim).whl")
  let tags = filename.platformTags
  let subject = try #require(Subject(objects, tags: tags))
  let facts = Facts()
  let yardstick = try Yardstick(facts, subject.libc, subject.architecture)
  var budget = WorkBudget(WorkLimits(), archiveSize: 0)
  let graph = try LibraryGraph(subject.judged, on: yardstick.platform, excluding: [], &budget)
  var finder = try RequirementFinder(subject.judged, graph, on: yardstick, filename, &budget)
  let requirements = try finder.requirements(&budget)
  let judgement = Judgement(
    name: "demo", filename: filename, tags: tags, metadata: nil, staticLibraries: [], files: [], facts: facts,
    subject: subject, platform: yardstick.platform, muslSymbols: nil, graph: graph, requirements: requirements,
    storageNeeds: try finder.storageNeeds(&budget), undefinedSymbols: finder.undefinedSymbols,
    refusedIfOpened: finder.refusedIfOpened,
    verdict: Verdict([], on: yardstick.platform, isUnfit: false, named: subject.namedArchitecture), date: nil)
  var found = FindingList(budget)
  try judgement.addLoadingFindings(to: &found)
  return found.findings
}
