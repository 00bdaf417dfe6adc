// swift-tools-version: 6.2
import PackageDescription

// Kernels and Model are numeric: optimised in debug builds too, or the tests crawl. On x86-64 they are
// compiled for AVX2 and FMA, WideKernels for AVX-512 as well; `shorten` checks the processor at start, and
// Kernels before it calls WideKernels. Every other target is plain Swift.
#if arch(x86_64)
  let vectorFlags = ["-Xcc", "-mavx2", "-Xcc", "-mfma", "-Xcc", "-mf16c"]
  let wideFlags = vectorFlags + ["-Xcc", "-mavx512f"]
#else
  let vectorFlags: [String] = []
  let wideFlags: [String] = []
#endif

let checked: [SwiftSetting] = [.treatAllWarnings(as: .error)]
let optimised: [SwiftSetting] = checked + [.unsafeFlags(["-O"], .when(configuration: .debug))]
let numeric: [SwiftSetting] = optimised + [.unsafeFlags(vectorFlags)]
let kernels: [SwiftSetting] = checked + [.unsafeFlags(["-Ounchecked"] + vectorFlags)]
let wideKernels: [SwiftSetting] = checked + [.unsafeFlags(["-Ounchecked"] + wideFlags)]

let package = Package(
  name: "shorten",
  platforms: [.macOS("26.0")],
  products: [
    .executable(name: "shorten", targets: ["shorten"]),
    .library(name: "Search", targets: ["Search"]),
    .library(name: "Model", targets: ["Model"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    .target(name: "Determinism", swiftSettings: optimised),
    .target(name: "Search", dependencies: ["Determinism"], swiftSettings: optimised),
    .target(
      name: "CKernelSupport", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(name: "WideKernels", dependencies: ["CKernelSupport"], swiftSettings: wideKernels),
    .target(name: "Kernels", dependencies: ["WideKernels", "CKernelSupport"], swiftSettings: kernels),
    .target(
      name: "Model", dependencies: ["Determinism", "Kernels", "CKernelSupport"], swiftSettings: numeric),
    .target(
      name: "Store", dependencies: [.product(name: "GRDB", package: "GRDB.swift")], swiftSettings: checked),
    .target(
      name: "ExpertIteration",
      dependencies: ["Determinism", "Search", "Model", "Store"],
      swiftSettings: optimised),
    .target(name: "Text", swiftSettings: checked),
    .target(name: "Plot", dependencies: ["Text"], swiftSettings: checked),
    .target(name: "Report", dependencies: ["ExpertIteration", "Plot", "Text"], swiftSettings: checked),
    .executableTarget(
      name: "shorten",
      dependencies: [
        "ExpertIteration", "Report", "Plot", "Text", "FlyingFox",
        .product(name: "FlyingSocks", package: "FlyingFox"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: checked),
    .testTarget(name: "DeterminismTests", dependencies: ["Determinism"], swiftSettings: checked),
    .testTarget(
      name: "SearchTests", dependencies: ["Search", "Determinism"], resources: [.copy("Goldens")],
      swiftSettings: optimised),
    .testTarget(
      name: "ModelTests", dependencies: ["Model", "Kernels", "WideKernels", "CKernelSupport", "Determinism"],
      resources: [.copy("Goldens")],
      swiftSettings: numeric),
    .testTarget(name: "StoreTests", dependencies: ["Store"], swiftSettings: checked),
    .testTarget(
      name: "ExpertIterationTests",
      dependencies: ["ExpertIteration", "Search", "Model", "Store", "Determinism"], swiftSettings: optimised),
    .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: checked),
    .testTarget(name: "PlotTests", dependencies: ["Plot", "Text"], swiftSettings: checked),
    .testTarget(
      name: "ReportTests", dependencies: ["Report", "ExpertIteration", "Plot", "Store", "Search", "Text"],
      swiftSettings: checked),
    .testTarget(
      name: "ShortenTests", dependencies: ["shorten", "ExpertIteration", "Store", "Text"],
      swiftSettings: checked),
  ]
)
