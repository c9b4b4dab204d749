import ELFReading

/// How the loader of one libc searches: which names it asks for, where a name leads, and what it does with what lies
/// there.
///
/// The process, its order and its books are the same for all: `LoaderSimulation`.
protocol LoaderSearch {
  /// The levels of processors that have folders of their own below `glibc-hwcaps`, the lowest first.
  var levels: [String] { get }
  /// True where what is loaded answers to its soname too.
  var comparesSonames: Bool { get }

  /// The libraries without which an object is not loaded.
  func required(by file: ELFObject) -> [String]
  /// The libraries that are loaded with an object where they are found.
  func optional(for file: ELFObject) -> [String]
  /// The processes in which a name is the system's whatever lies in the wheel, since it is loaded before.
  func usesWithOwn(_ name: String) -> LibraryGraph.Uses
  /// What the loader takes a name for.
  func kind(of name: String) -> LoaderNameKind

  /// True when the loader makes anything of a run path.
  func isUsable(runPath: Substring.UTF8View) -> Bool
  /// True for the bytes between the entries of a run path.
  func isSeparator(_ byte: UInt8) -> Bool
  /// The folder that an entry of a run path, or a path without the file's name, stands for; nil for what a wheel
  /// cannot know.
  func folder(_ path: Substring, seenFrom place: InstalledPlace) -> String?
  /// True when an object's run path holds for what is loaded because of it, too.
  func passesOn(_ file: ELFObject) -> Bool
  /// True when an object's run path is all that holds for it.
  func inheritsNothing(_ file: ELFObject) -> Bool

  /// True for an object that the loader throws away once it sees it, and gives itself in its place.
  func isTakenForItself(_ file: ELFObject) -> Bool
  /// True when the search ends at an object that is not loaded; otherwise it goes on behind it.
  func stops(at other: WheelObject, lookingFor own: WheelObject) -> Bool
}

/// What a loader takes a needed name for.
enum LoaderNameKind {
  /// The name of a file, which is searched for.
  case file
  /// A path, which is opened.
  case path
  /// Something that leads nowhere in a wheel.
  case nowhere
}
