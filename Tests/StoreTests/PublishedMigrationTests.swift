import Determinism
import Testing

@testable import Store

/// The text of a published migration never changes: databases exist that were made by it.
@Suite struct PublishedMigrationTests {
  static let digests = [
    "d6c91319e52c26f500e9807a0b2b055c14fdde833cebc6299d2ba47d91eb8c82",
    "c0efc6f24adbfe1253cdef4b3e65a043ae19329fd6faced1769e6683af0728ff",
    "3da3413c4bb2cacdc09337a5bb2e9024505a12e5ab70bb36883f88b597bf7b4f",
    "473ad96e9deb40afb8a74bfc3664838ac89d115bad870f54726c8319bca51a93",
    "9536c2233cd5cabfb184253b04843893a7ec2009ccf08327dcfe940e24cce64c",
    "2e22aeca7fc30b47d8a8b4f0f93b2dee3881459d25ddba7a5691111889a5e422",
  ]

  @Test func everyPublishedMigrationIsTheTextItWas() {
    let texts = Schema.migrations.map { SHA256.hexDigest(of: $0.sql) }
    #expect(texts.count == Self.digests.count)
    for (number, digest) in Self.digests.enumerated() {
      #expect(texts[number] == digest, "migration \(number + 1)")
    }
  }
}
