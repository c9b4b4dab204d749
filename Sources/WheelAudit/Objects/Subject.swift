import BuildProfiles
import ELFReading
import WheelTags

/// What of a wheel is judged, and as what: the architecture and the libc, and which objects are of them.
struct Subject {
  let architecture: Architecture
  /// What the tags call the architecture: headers do not tell ARMv6 from ARMv7.
  let namedArchitecture: Architecture
  private(set) var libc: Libc
  /// The objects that are judged: loadable, of the architecture.
  let judged: [WheelObject]
  /// Loadable objects of another architecture.
  let foreign: [WheelObject]
  /// Objects that nothing loads: relocatable files, debugging information, code for other processors and systems.
  let unloadable: [WheelObject]

  /// True when no tag of the file name promises the architecture that is judged.
  let isUnclaimed: Bool
  /// True when no tag of the file name names an architecture.
  private let isUnnamed: Bool

  /// Nil when the wheel has no loadable object.
  init?(_ objects: [WheelObject], tags: [PlatformTag]) {
    let loadable = objects.filter { $0.reasonNotLoaded == nil }
    // A word that names no processor claims none.
    let claimed = tags.compactMap(\.architecture).filter(\.isKnown).map(\.inHeaders)
    let present = loadable.compactMap(\.architecture)
    let both = claimed.first(where: present.contains)
    // An architecture that nothing names is still judged, if only to say that no profile exists for it.
    guard !loadable.isEmpty else { return nil }
    let architecture = both ?? Self.mostFrequent(present) ?? claimed.first ?? Self.unknown
    self.architecture = architecture
    let names = tags.compactMap(\.architecture).filter { $0.inHeaders == architecture }
    namedArchitecture = names.contains(architecture) ? architecture : names.first ?? architecture
    judged = loadable.filter { $0.architecture == architecture }
    foreign = loadable.filter { $0.architecture != architecture }
    unloadable = objects.filter { $0.reasonNotLoaded != nil }
    isUnclaimed = both == nil && !claimed.isEmpty
    isUnnamed = claimed.isEmpty
    let own = Set(judged.compactMap(\.libc))
    let promised = tags.compactMap(\.libc)
    libc = own.count == 1 ? own.first ?? .glibc : promised.first ?? .glibc
  }

  /// Objects that are tied to no libc must do with each that the tags promise: the same subject under the others.
  func underOtherLibcs(of tags: [PlatformTag]) -> [Subject] {
    guard libcs.isEmpty else { return [] }
    return Libc.allCases.filter { other in other != libc && tags.contains { $0.libc == other } }.map { other in
      var subject = self
      subject.libc = other
      return subject
    }
  }

  /// Every architecture that its loadable objects are for, in order.
  var architectures: [Architecture] { Set((judged + foreign).compactMap(\.architecture)).sorted() }

  /// True where no tag names an architecture and there are objects for several: none of them is the wheel's.
  var isOfSeveralArchitectures: Bool { isUnnamed && architectures.count > 1 }

  /// The libcs that the judged objects are tied to.
  var libcs: Set<Libc> { Set(judged.compactMap(\.libc)) }

  private static let unknown = Architecture(rawValue: "unknown")

  private static func mostFrequent(_ architectures: [Architecture]) -> Architecture? {
    let counts = Dictionary(grouping: architectures) { $0 }.mapValues(\.count)
    return counts.keys.sorted().max { counts[$0, default: 0] < counts[$1, default: 0] }
  }
}
