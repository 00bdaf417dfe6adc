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

/// A target that knows these others. The build refuses an import of any target that is not among them,
/// directly or indirectly: this list is the map of the house.
func module(_ name: String, knows: [Target.Dependency] = [], _ settings: [SwiftSetting] = checked) -> Target {
  .target(name: name, dependencies: knows, swiftSettings: settings)
}

/// The tests of a module, and what else they use.
func tests(
  _ name: String, use: [Target.Dependency], goldens: Bool = false, _ settings: [SwiftSetting] = checked
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + use,
    resources: goldens ? [.copy("Goldens")] : [], swiftSettings: settings)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
  name: "shorten",
  platforms: [.macOS("26.0")],
  products: [
    .executable(name: "shorten", targets: ["shorten"]),
    // For Benchmarks, a package of its own.
    .library(name: "Search", targets: ["Search"]),
    .library(name: "Model", targets: ["Model"]),
  ],
  dependencies: [
    // Exact, for equal bytes are promised for one build. ARCHITECTURE.md says how to raise one.
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    module("Determinism", optimised),
    module("Words", knows: ["Determinism"], optimised),
    module("Text"),
    module("JSON", optimised),
    module("Search", knows: ["Determinism", "Words"], optimised),
    module("Learning", knows: ["Text", "Words"]),
    module("NetworkSettings"),
    .target(
      name: "CKernelSupport", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    module("WideKernels", knows: ["CKernelSupport"], wideKernels),
    module("Kernels", knows: ["WideKernels", "CKernelSupport"], kernels),
    module(
      "Model", knows: ["Determinism", "JSON", "NetworkSettings", "Kernels", "CKernelSupport"], numeric),
    module(
      "BuiltIn", knows: ["Determinism", "Learning", "Model", "NetworkSettings", "Text", "Words"], optimised),
    module("Outside", knows: ["Determinism", "JSON", "Search", "Words"], optimised),
    module(
      "Configuration", knows: ["Determinism", "JSON", "NetworkSettings", "Outside", "Search", "Words"],
      optimised),
    module(
      "Learners",
      knows: ["BuiltIn", "Configuration", "Learning", "Model", "NetworkSettings", "Outside", "Words"]),
    module("Store", knows: ["Determinism", grdb]),
    module(
      "ExpertIteration",
      knows: ["Configuration", "Determinism", "JSON", "Learning", "Search", "Store", "Text", "Words"],
      optimised),
    module(
      "Reading",
      knows: [
        "Configuration", "Determinism", "ExpertIteration", "JSON", "Learning", "Outside", "Search", "Store",
        "Text", "Words",
      ], optimised),
    module("Plot", knows: ["Text"]),
    module(
      "Report",
      knows: ["Configuration", "ExpertIteration", "Learning", "Plot", "Reading", "Search", "Store", "Text"]),
    .executableTarget(
      name: "shorten",
      dependencies: [
        "BuiltIn", "Configuration", "ExpertIteration", "JSON", "Learners", "Learning", "Model",
        "NetworkSettings",
        "Outside", "Plot", "Reading", "Report", "Search", "Store", "Text", "Words",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: checked),
    tests("Determinism", use: []),
    tests("Words", use: []),
    tests("Text", use: []),
    tests("JSON", use: []),
    tests("Search", use: ["Determinism", "Words"], goldens: true, optimised),
    tests("Model", use: ["Kernels", "WideKernels", "CKernelSupport", "Determinism"], goldens: true, numeric),
    tests("BuiltIn", use: ["Determinism", "Learning", "Words"], optimised),
    tests("Outside", use: ["JSON", "Search"]),
    tests("Configuration", use: ["Determinism", "JSON", "Outside", "Search"], optimised),
    tests("Store", use: ["Determinism", grdb], goldens: true),
    tests(
      "ExpertIteration",
      use: [
        "BuiltIn", "Configuration", "Determinism", "JSON", "Learners", "Learning", "Model", "Outside",
        "Reading",
        "Search", "Store", "Text", "Words",
      ], optimised),
    tests(
      "Reading",
      use: [
        "Configuration", "Determinism", "ExpertIteration", "JSON", "Learners", "Learning", "Outside",
        "Search",
        "Store", "Words",
      ], optimised),
    tests("Plot", use: ["Text"]),
    tests(
      "Report",
      use: [
        "Configuration", "ExpertIteration", "Learners", "Learning", "Plot", "Reading", "Search", "Store",
        "Text",
        "Words",
      ]),
    .testTarget(
      name: "ShortenTests",
      dependencies: [
        "shorten", "Configuration", "ExpertIteration", "Learners", "Learning", "Model", "NetworkSettings",
        "Reading", "Search", "Store", "Text",
      ],
      swiftSettings: checked),
  ]
)
