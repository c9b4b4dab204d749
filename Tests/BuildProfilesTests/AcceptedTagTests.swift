import BuildProfiles
import Testing
import WheelTags

/// What PyPI accepts (Warehouse, `_valid_platform_tag`, August 2026).
@Suite struct AcceptedTagTests {
  @Test(arguments: [
    "any", "ANY", "win32", "win_amd64", "win_arm64", "linux_armv6l", "linux_armv7l", "manylinux1_x86_64",
    "manylinux2014_ppc64", "manylinux_2_17_x86_64", "manylinux_2_39_riscv64", "manylinux_2_17_ppc64",
    "musllinux_1_2_aarch64", "macosx_10_9_universal2", "macosx_11_0_arm64", "macosx_26_0_arm64",
    "ios_13_0_arm64_iphoneos", "ios_13_0_x86_64_iphonesimulator", "android_21_arm64_v8a", "pyemscripten_2026_0_wasm32",
  ])
  func `a tag of these is accepted`(tag: String) throws {
    let installers = try Facts().installers
    #expect(installers.isAccepted(PlatformTag(tag)))
  }

  @Test(arguments: [
    "", "an", "any2", "win", "win64", "win_", "win_x86", "linux_x86_64", "linux_", "manylinux1_aarch64",
    "manylinux2014_riscv64", "manylinux_2_36_loongarch64", "manylinux_2_x86_64", "manylinux_2__x86_64",
    "musllinux_1_2_ppc64", "macosx_11_1_arm64", "macosx_16_0_arm64", "macosx_10_arm64", "macosx_11_0_",
    "ios_13_0_arm64", "ios_13_0_arm64_simulator", "ios_13_0_iphoneos", "android_21_riscv64", "pyodide_2024_0_wasm32",
    "pyemscripten_2026_0_wasm64",
  ])
  func `any other is not`(tag: String) throws {
    let installers = try Facts().installers
    #expect(!installers.isAccepted(PlatformTag(tag)))
  }
}
