// swift-tools-version: 6.2
import PackageDescription

#if arch(x86_64)
  let vectorFlags = ["-Xcc", "-mavx2", "-Xcc", "-mfma", "-Xcc", "-mf16c"]
  let wideFlags = vectorFlags + ["-Xcc", "-mavx512f"]
#else
  let vectorFlags: [String] = []
  let wideFlags: [String] = []
#endif

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS("26.0")],
  dependencies: [.package(name: "shorten", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        .product(name: "Model", package: "shorten"), .product(name: "Search", package: "shorten"), "WidePeak",
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .unsafeFlags(vectorFlags)]),
    .target(name: "WidePeak", swiftSettings: [.treatAllWarnings(as: .error), .unsafeFlags(wideFlags)]),
  ]
)
