import Testing

@testable import Configuration

@Suite struct ConfigurationOverrideTests {
  private static let text = """
    {"seed": 1, "domain": {"kind": "maze", "width": 5, "height": 5},
     "model": {"architecture": "decoderOnly", "layers": 2}}
    """

  private func configuration(_ settings: String...) throws -> RunConfiguration {
    try RunConfiguration(
      parsing: Array(Self.text.utf8), file: "a.json",
      setting: try settings.map { try #require(ConfigurationOverride($0)) }, loading: .nothing)
  }

  @Test func aSettingTakesThePlaceOfTheFiles() throws {
    let plain = try configuration()
    let changed = try configuration(
      "model.layers=3", "rounds.temperature=1.25", "domain.grammar=cell", "method=\"continued\"", "seed=7",
      "evaluation.sets=[{\"name\": \"dense\", \"minimumWallPercent\": 45}]", "seed=8")
    #expect(plain.model.decoderLayers == 2 && changed.model.decoderLayers == 3)
    #expect(changed.rounds.temperature == 1.25)
    #expect(changed.method == .continued)
    #expect(changed.seed == 8)
    #expect(changed.evaluation.sets.map(\.name) == ["dense"])
    #expect(changed.resolvedJSON().contains("\"grammar\": \"cell\""))
  }

  @Test func aBadSettingIsSaidToBeTheCommandLines() throws {
    func complaint(_ settings: String...) throws -> String {
      do {
        _ = try RunConfiguration(
          parsing: Array(Self.text.utf8), file: "a.json",
          setting: try settings.map { try #require(ConfigurationOverride($0)) }, loading: .nothing)
        return "nothing"
      } catch let errors as ConfigurationErrors {
        return errors.description
      }
    }
    let place = "a.json:with the command line's settings: error: "
    #expect(try complaint("model.layers=900") == place + "\"layers\" is 900; allowed: 1 to 64")
    #expect(
      try complaint("model.layrs=3")
        == place + "unknown key \"layrs\" in \"model\" (did you mean \"layers\"?)")
    #expect(
      try complaint("method=hint").hasPrefix(place + "\"method\" is \"hint\", but no token of such a prompt"))
    #expect(
      try complaint("method=hint", "model.architecture=encoderDecoder")
        .contains("only a decoder-only model predicts at the prompt's tokens"))
    #expect(
      try complaint("seed.x=3")
        == place + "\"seed\" must be a whole number, found an object", "a number is no section")
  }

  @Test func aSettingNeedsAKey() {
    for text in ["", "seed", "=3", "model..layers=3", "model. layers=3", ".=1"] {
      #expect(ConfigurationOverride(text) == nil, "\(text)")
    }
    #expect(ConfigurationOverride("a=b=c") != nil)
  }
}
