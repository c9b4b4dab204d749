import Testing
import WheelTags

@Suite struct TargetTests {
  @Test(arguments: [
    ("manylinux_2_28", "manylinux_2_28_aarch64"), ("manylinux2014", "manylinux2014_aarch64"),
    ("musllinux_1_2", "musllinux_1_2_aarch64"), ("manylinux_2_28_x86_64", "manylinux_2_28_x86_64"),
    ("linux", "linux_aarch64"), ("linux_i686", "linux_i686"), ("any", "any"),
  ])
  func `a profile means the wheel's architecture, a tag its own`(text: String, tag: String) throws {
    let target = try #require(Target(text))
    #expect(target.tag(on: .aarch64).spelling == tag)
    #expect(target.description == text)
  }

  @Test(arguments: ["", "manylinux", "manylinux_2", "manylinux_two_28", "macosx_11_0_arm64", "glibc"])
  func `what is neither a tag nor a profile of Linux is no target`(text: String) {
    #expect(Target(text) == nil)
  }
}
