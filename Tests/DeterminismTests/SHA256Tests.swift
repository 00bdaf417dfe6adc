import Testing

@testable import Determinism

/// The examples of FIPS 180-4 and NIST's byte-oriented test vectors.
struct SHA256Tests {
  @Test func theVectorsOfNISTAreReproduced() {
    let vectors = [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnop"
          + "qrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ]
    for (text, digest) in vectors { #expect(SHA256.hexDigest(of: text) == digest) }
    #expect(
      SHA256.hexDigest(of: [UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(
      SHA256.hexDigest(of: [0xbd])
        == "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b")
  }

  @Test func theCutIntoPiecesDoesNotMatter() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = SHA256.hexDigest(of: bytes)
    for length in [1, 3, 55, 56, 63, 64, 65, 127, 128, 999] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: length) {
        hash.update(bytes[start..<min(start + length, bytes.count)])
      }
      #expect(SHA256.hexadecimal(hash.finalize()) == whole, "pieces of \(length)")
    }
  }

  @Test func aSequenceWithoutStorageGivesTheSameDigest() {
    var hash = SHA256()
    hash.update((0..<200).lazy.map { UInt8($0) })
    #expect(SHA256.hexadecimal(hash.finalize()) == SHA256.hexDigest(of: (0..<200).map { UInt8($0) }))
  }
}
