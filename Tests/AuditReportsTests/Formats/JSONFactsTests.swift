import AuditReports
import BuildProfiles
import Foundation
import TestSupport
import Testing
import WheelAudit
import WheelTags

/// Facts that JSON has of what it says of a wheel.
@Suite struct JSONFactsTests {
  private struct Document: Decodable {
    struct Wheel: Decodable {
      let architecture: String?
      let requirements: [Requirement]
      let reach: Reach?
      let minimalTag: String?
      let libcFloor: String?
      let libcCeiling: String?
    }
    struct Requirement: Decodable {
      let version: String?
      let kind: String
      let floor: String?
      let ceiling: String?
      let profile: String?
    }
    struct Reach: Decodable {
      let date: String
      let runs: [Release]
      let leavesOut: [Release]
    }
    struct Release: Decodable {
      let name: String
      let release: String
      let libcVersion: String
      let until: String?
    }
    let wheels: [Wheel]
  }

  private func read(_ wheels: [WheelReport]) throws -> [Document.Wheel] {
    let text = try JSONReport().render(Sample.report(wheels))
    return try JSONDecoder().decode(Document.self, from: Data(text.utf8)).wheels
  }

  private func published(for architecture: Architecture) throws -> [BuildProfile] {
    try Libc.allCases.flatMap { try Facts().platform($0, architecture).profiles }
  }

  @Test func `a profile is one that was published, the oldest that has the thing`() throws {
    let wheels = try read(try Sample.allFixtures() + Sample.wheels(of: try Fixture.objects()))
    #expect(wheels.flatMap(\.requirements).count > 20)
    for wheel in wheels {
      let published = try published(for: Architecture(rawValue: wheel.architecture ?? ""))
      for requirement in wheel.requirements {
        let floor = requirement.floor.flatMap { LibcVersion($0) }
        let profile = published.first { $0.name == requirement.profile }
        #expect((profile == nil) == (requirement.profile == nil), "\(requirement)")
        guard let profile, let floor else { continue }
        #expect(profile.version >= floor.series)
        let older = published.filter { $0.libc == profile.libc && $0.version < profile.version }
        #expect(older.allSatisfy { $0.version < floor.series }, "\(requirement)")
      }
    }
  }

  /// No profile was published for glibc 2.25 and 2.29.
  @Test(arguments: [
    ("GLIBC_2.25", "manylinux_2_26"), ("GLIBC_2.29", "manylinux_2_31"), ("GLIBC_2.34", "manylinux_2_34"),
  ]) func `between two profiles it is the newer`(version: String, profile: String) throws {
    let requirements = try read(try Sample.fixtures("overclaim")).flatMap(\.requirements)
    #expect(requirements.first { $0.version == version }?.profile == profile)
  }

  @Test func `what newer systems refuse has a ceiling beside the floor`() throws {
    let wheels = try read(try Sample.wheels(of: ["executable_stack.abi3.so", "modern.abi3.so"]))
    #expect(wheels.map(\.libcCeiling) == ["2.41", nil])
    #expect(wheels.map(\.libcFloor) == ["2.5", "2.34"])
    #expect(wheels.map(\.minimalTag) == ["linux_x86_64", "manylinux_2_34_x86_64"])
    let ceilings = wheels.map { $0.requirements.filter { $0.ceiling != nil } }
    #expect(ceilings.map { $0.map(\.kind) } == [["executableStack"], []])
    #expect(ceilings[0].first?.ceiling == "2.41")
    #expect(ceilings[0].first?.floor == "2.5")
    #expect(wheels[0].reach?.leavesOut.contains { "\($0.name) \($0.release)" == "Debian 13" } == true)
  }

  @Test func `reach lists the supported releases by whether they have the libc`() throws {
    let wheel = try #require(Sample.fixtures("overclaim").first)
    let floor = try #require(wheel.audit?.verdict.libcFloor)
    let reach = try #require(try read([wheel]).first?.reach)
    #expect(reach.date == "2026-08-31")
    #expect(!reach.runs.isEmpty && !reach.leavesOut.isEmpty)
    for release in reach.runs { #expect(try #require(LibcVersion(release.libcVersion)) >= floor, "\(release)") }
    for release in reach.leavesOut { #expect(try #require(LibcVersion(release.libcVersion)) < floor, "\(release)") }
    #expect((reach.runs + reach.leavesOut).allSatisfy { $0.until.map { $0 >= reach.date } ?? true })
    #expect(reach.leavesOut.contains { "\($0.name) \($0.release)" == "Debian 11" && $0.libcVersion == "2.31" })
  }

  @Test func `without a day there is no reach`() throws {
    let wheel = Auditor(Facts()).audit(path: try Fixture.wheel("overclaim"))
    #expect(wheel.audit != nil && wheel.audit?.reach == nil)
    #expect(try read([wheel]).first?.reach == nil)
  }
}
