import ELFReading
import WheelArchive

/// What a thread reads members with, from wheel to wheel: to make it for each would cost more than to read a small one.
///
/// Used by one thread at a time, which has made it.
final class ReadingTools {
  let inflater = Inflater()
  /// Nil while an object is read into it.
  private var memory: ELFImageMemory? = ELFImageMemory()

  /// The memory for an object; `putBack` is to follow.
  func takeMemory() -> ELFImageMemory { memory.take() ?? ELFImageMemory() }

  func putBack(_ memory: consuming ELFImageMemory) { self.memory = consume memory }
}
