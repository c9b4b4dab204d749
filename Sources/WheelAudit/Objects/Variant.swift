import ELFReading
import WheelArchive
import WheelTags

/// The variant that a wheel is (PEP 825, a draft): what systems it is for, beyond what its tags say.
public struct Variant: Hashable, Sendable {
  /// What the file name calls it.
  public let label: String
  /// What a system must have, as the draft writes it: `x86_64 :: level :: v3`; empty where that is nothing, or not known.
  public let properties: [String]
  /// Why the properties are not known, so that the variant promises nothing, in a clause; nil where they are.
  let problem: String?
  /// The instruction sets that every system has which the variant is for.
  private let sets: X86InstructionSets

  /// - Parameters:
  ///   - label: what the file name calls it.
  ///   - metadata: what variant.json says of it; nil where there is none.
  init(_ label: String, _ metadata: Result<VariantMetadata, VariantMetadata.Problem>?) {
    self.label = label
    var features: [VariantMetadata.Feature] = []
    do throws(VariantMetadata.Problem) {
      features = try metadata?.get().features ?? []
      problem = metadata == nil ? "it has no variant.json in .dist-info, which says what that is" : nil
    } catch {
      problem = error.description
    }
    properties = features.flatMap { feature in
      feature.values.map { "\(feature.namespace) :: \(feature.name) :: \($0)" }
    }
    // Of several values one is enough for a system, so the variant promises no more than the least of them.
    let levels = features.filter(\.isLevel).flatMap(\.values).map { X86InstructionSets(level: "x86-64-\($0)") }
    sets = levels.dropFirst().reduce(levels.first ?? .baseline) { $0.intersection($1) }
  }

  /// The instruction sets that an architecture's processors have for which the variant is.
  func instructionSets(on architecture: Architecture) -> X86InstructionSets {
    architecture == .x86_64 ? sets : .baseline
  }

  /// What of its properties is compared with what the objects need on an architecture.
  func isJudged(_ property: String, on architecture: Architecture) -> Bool {
    architecture == .x86_64 && property.hasPrefix("x86_64 :: level :: ")
  }
}

extension VariantMetadata.Feature {
  /// `x86_64 :: level`, the feature with the micro-architecture levels of the x86-64 psABI.
  fileprivate var isLevel: Bool { namespace == "x86_64" && name == "level" }
}
