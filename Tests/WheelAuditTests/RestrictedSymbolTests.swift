import BuildProfiles
import ELFReading
import Testing

@testable import WheelAudit

/// Symbols that profiles withhold although they have the library.
@Suite struct RestrictedSymbolTests {
  private static let claim = "manylinux_2_17_x86_64"

  @Test func `a withheld symbol breaks a claim below its floor`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "withheld.abi3.so"])
    #expect(report.requirements(.restrictedSymbol) == ["restrictedSymbol libz.so.1 uncompress2 ≥ 2.34"])
    #expect(report.said == ["error restricted-symbol demo/a.so libz.so.1 uncompress2 \(Self.claim)"])
    #expect(report.minimalTag == "manylinux_2_34_x86_64")
  }

  @Test func `a symbol that every profile withholds leaves no tag`() throws {
    let report = try audit("manylinux_2_44_x86_64", ["demo/a.so": "withheld_never.abi3.so"])
    #expect(report.requirements(.restrictedSymbol) == ["restrictedSymbol libz.so.1 _dist_code ≥ none"])
    #expect(report.claims == ["-manylinux_2_44_x86_64"])
    #expect(report.minimalTag == "linux_x86_64")
  }

  @Test func `a weak reference may stay unresolved`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "withheld_weak.abi3.so"])
    #expect(report.requirements(.restrictedSymbol).isEmpty)
    #expect(report.claims == ["+\(Self.claim)"])
  }

  @Test(arguments: [(true, true), (false, false)])
  func `a bundled library that defines the symbol provides it`(isBundled: Bool, isKept: Bool) throws {
    let report = try audit(Self.claim, ["demo/a.so": "withheld_bundled.abi3.so"]) {
      if isBundled { try $0.add("demo/libzcompat.so.1", object: "libzcompat.so.1") }
    }
    #expect(report.requirements(.restrictedSymbol).isEmpty == isKept)
    #expect(report.audit?.claims.map(\.isSatisfied) == [isKept])
  }

  @Test func `a definition that the object does not reach does not help`() throws {
    let report = try audit(Self.claim, ["demo/a.so": "withheld.abi3.so", "demo/libzcompat.so.1": "libzcompat.so.1"])
    #expect(report.requirements(.restrictedSymbol) == ["restrictedSymbol libz.so.1 uncompress2 ≥ 2.34"])
  }

  /// A symbol may be withheld for longer than the version that it carries has existed.
  @Test func `a withheld symbol counts beside its version`() throws {
    let report = try audit("manylinux_2_20_x86_64", ["demo/a.so": "glibc_2_18.abi3.so"])
    #expect(
      report.requirements(.symbolVersion).first == "symbolVersion libc.so.6 GLIBC_2.18 __cxa_thread_atexit_impl ≥ 2.18")
    #expect(report.requirements(.restrictedSymbol) == ["restrictedSymbol libc.so.6 __cxa_thread_atexit_impl ≥ 2.24"])
    #expect(
      report.said == ["error restricted-symbol demo/a.so libc.so.6 __cxa_thread_atexit_impl manylinux_2_20_x86_64"])
  }

  /// Each row: whether the object needs zlib, whether the wheel has a zlib of its own, and what is required.
  @Test(arguments: [(true, false, ["uncompress2"]), (true, true, []), (false, false, [])])
  func `a symbol counts where its library is needed from the platform`(
    needsZlib: Bool, isBundled: Bool, symbols: [String]
  ) throws {
    let user = WheelObject("mod.abi3.so", needs: needsZlib ? ["libz.so.1"] : [], runpath: "$ORIGIN") {
      $0.undefinedSymbols = ["uncompress2"]
    }
    let objects = [user] + (isBundled ? [WheelObject("libz.so.1")] : [])
    let found = try requirements(of: objects).filter { $0.kind == .restrictedSymbol }
    #expect(found.flatMap(\.symbols) == symbols)
  }
}
