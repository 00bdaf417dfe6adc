import Model
import NetworkSettings
import Reading
import Store
import Testing

@testable import shorten

/// What an error means for the shell.
@Suite struct FailureTests {
  @Test func whatANetworkCannotUseIsBadDataAndWhatItCannotLearnIsAFailure() {
    let width = InvalidSetting(field: "width", value: "-8", fix: "choose a positive width")
    #expect(Failure(width).status == .badData)
    #expect(Failure(width).message == "error: model: width is -8; choose a positive width")
    #expect(Failure(ModelError.invalidExample(index: 3, problem: "it is empty")).status == .badData)
    #expect(Failure(ModelError.nonFinite(step: 7)).status == .failed)
    #expect(Failure(ModelError.unsupportedProcessor("no AVX2")).status == .failed)
  }

  @Test func everyKindOfErrorHasItsStatus() {
    #expect(Failure(ReadingError.noCommonTasks("a", "b")).status == .usage)
    #expect(Failure(ReadingError.noRun(directory: "a")).status == .badData)
    #expect(Failure(StoreError.notFound(path: "a")).status == .badData)
    #expect(Failure(StoreError.busy(path: "a")).status == .locked)
    #expect(Failure(StoreError.diskFull(path: "a", bytesNeeded: nil)).status == .inputOutput)
  }
}
