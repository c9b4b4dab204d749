import BuildProfiles
import ELFReading
import WheelTags

extension Judgement {
  /// What musl's loader does with an object that nobody expects of a loader.
  func addMuslFindings(to found: inout FindingList) throws(UnreadableWheel.Cause) {
    guard platform.libc == .musl else { return }
    let search = MuslSearch(platform)
    for (index, object) in subject.judged.enumerated() {
      if graph.isRequested(object.place.name), search.isTakenForItself(object.file) {
        try found.add(
          Finding(
            .notLoadable, .warning,
            "musl takes it for a libc by what it defines (stdin, __libc_start_main), and loads itself in its place: "
              + "nothing of the object is used",
            help: "leave it out: a process has the libc that its loader belongs to", object: object.path))
      }
      guard object.file.identity.type == .executable, !graph.isOnlyStarted(index), !object.isStaticProgram else {
        continue
      }
      try found.add(
        Finding(
          .notLoadable, .warning,
          "it is an executable for a fixed address (ET_EXEC): musl opens it as a library only where that is free",
          help: LoadingDemand.program.remedy, object: object.path))
    }
  }
}
