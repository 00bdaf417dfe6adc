// swift-tools-version: 6.2
import PackageDescription

#if arch(x86_64)
  let vectorFlags = ["-Xcc", "-mavx2", "-Xcc", "-mfma", "-Xcc", "-mf16c"]
#else
  let vectorFlags: [String] = []
#endif

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "shorten", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "Model", package: "shorten"), .product(name: "Search", package: "shorten"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .unsafeFlags(vectorFlags)])
  ]
)
