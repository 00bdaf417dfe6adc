import Testing
import Words

struct NearestTests {
  @Test(arguments: [("gaol", "goal", 1), ("", "wall", 4), ("create", "create", 0), ("close", "clsoe", 1)])
  func editsAreCounted(_ one: String, _ other: String, _ edits: Int) {
    #expect(editDistance(Array(one), Array(other)) == edits)
  }

  @Test func aMisspeltWordHasANearest() {
    #expect("learing_rate".nearest(among: ["layers", "learningRate"]) == "learningRate")
    #expect("rate".nearest(among: ["layers", "learningRate"]) == "learningRate")
    #expect("xyz".nearest(among: ["layers", "learningRate"]) == nil)
    #expect("xyz".nearest(among: []) == nil)
  }
}
