// swift-tools-version: 6.2
import PackageDescription

/// Settings of every library target: imports stay internal, so no C type can reach a public signature.
let librarySettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "truewheel",
  products: [
    .executable(name: "truewheel", targets: ["truewheel"]),
    .library(name: "WheelAudit", targets: ["WheelAudit"]),
  ],
  // Exact, since what a release is built from is to be known and no file of resolved versions is kept.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CElf", pkgConfig: "libelf", providers: [.apt(["libelf-dev"])]),
    .systemLibrary(name: "CDemangle"),
    .systemLibrary(name: "CIgzip", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),

    .target(name: "WheelTags", swiftSettings: librarySettings),
    .target(
      name: "WheelArchive", dependencies: ["CIgzip", "CNettle", "CZlib", "WheelTags"], swiftSettings: librarySettings),
    .target(name: "ELFReading", dependencies: ["CElf"], swiftSettings: librarySettings),
    .target(
      name: "BuildProfiles",
      dependencies: ["WheelTags"],
      exclude: ["Data"],
      swiftSettings: librarySettings),
    .target(
      name: "WheelAudit",
      dependencies: ["WheelTags", "WheelArchive", "ELFReading", "BuildProfiles"],
      swiftSettings: librarySettings),
    .target(
      name: "AuditReports",
      dependencies: ["CDemangle", "WheelAudit", "WheelTags", "BuildProfiles"],
      swiftSettings: librarySettings),
    .target(
      name: "AuditSettings",
      dependencies: ["WheelArchive", "WheelAudit", "WheelTags", .product(name: "TOMLKit", package: "TOMLKit")],
      swiftSettings: librarySettings),
    .executableTarget(
      name: "truewheel",
      dependencies: [
        "WheelAudit", "AuditReports", "AuditSettings", "WheelTags", "BuildProfiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: librarySettings),

    .target(
      name: "TestSupport", dependencies: ["CIgzip", "WheelArchive", "WheelAudit", "WheelTags"],
      path: "Tests/TestSupport",
      swiftSettings: librarySettings),
    .testTarget(name: "WheelTagsTests", dependencies: ["WheelTags"]),
    .testTarget(
      name: "WheelArchiveTests", dependencies: ["WheelArchive", "WheelTags", "TestSupport"],
      exclude: ["Readers/archive.py", "Readers/readings.py"]),
    .testTarget(name: "ELFReadingTests", dependencies: ["ELFReading", "TestSupport"]),
    .testTarget(name: "BuildProfilesTests", dependencies: ["BuildProfiles", "WheelArchive", "WheelTags"]),
    .testTarget(
      name: "WheelAuditTests",
      dependencies: ["WheelAudit", "BuildProfiles", "ELFReading", "WheelArchive", "WheelTags", "TestSupport"]),
    .testTarget(
      name: "AuditReportsTests",
      dependencies: ["AuditReports", "WheelAudit", "BuildProfiles", "WheelTags", "TestSupport"],
      exclude: [
        "Auditwheel/expected.json", "Auditwheel/record.py", "HTML/browser.py", "HTML/parse.py", "Schema/README.md",
        "Schema/gitlab.schema.json",
        "Schema/junit.xsd", "Schema/markdown.py", "Schema/sarif-schema-2.1.0.json", "Schema/validate.py", "Snapshots",
      ]),
    .testTarget(
      name: "AuditSettingsTests",
      dependencies: ["AuditSettings", "WheelAudit", "BuildProfiles", "WheelTags", "TestSupport"]),
    .testTarget(name: "CommandTests", dependencies: ["truewheel", "TestSupport"]),
  ]
)

// The fuzzers need flags that only `Tests/Fuzzing/run.sh` gives.
if Context.environment["TRUEWHEEL_FUZZ"] != nil {
  package.targets += [
    .target(name: "FuzzDriver", path: "Tests/Fuzzing/FuzzDriver", swiftSettings: librarySettings),
    // In C, so that its own branches do not count as reached.
    .target(
      name: "FuzzMutation", dependencies: ["CIgzip"], path: "Tests/Fuzzing/FuzzMutation",
      cSettings: [.unsafeFlags(["-O2"])]),
    .executableTarget(
      name: "FuzzELF", dependencies: ["FuzzDriver", "FuzzMutation", "ELFReading"], path: "Tests/Fuzzing/FuzzELF",
      swiftSettings: librarySettings),
    .executableTarget(
      name: "FuzzArchive",
      dependencies: [
        "FuzzDriver", "FuzzMutation", "WheelAudit", "AuditReports", "BuildProfiles", "WheelArchive", "WheelTags",
      ],
      path: "Tests/Fuzzing/FuzzArchive", swiftSettings: librarySettings),
    .executableTarget(
      name: "FuzzSettings", dependencies: ["FuzzDriver", "AuditSettings", "WheelAudit", "BuildProfiles", "WheelTags"],
      path: "Tests/Fuzzing/FuzzSettings", swiftSettings: librarySettings),
    .executableTarget(
      name: "FuzzNames", dependencies: ["FuzzDriver", "AuditReports"], path: "Tests/Fuzzing/FuzzNames",
      swiftSettings: librarySettings),
  ]
}
