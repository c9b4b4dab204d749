import BuildProfiles
import Testing
import WheelTags

@Suite struct ProfileTableTests {
  @Test func `nineteen profiles are published`() {
    #expect(ProfileTable().profiles.count == 19)
  }
}
