/// Traps with `message` unless `condition` holds: a precondition that stays in this target, which is compiled
/// unchecked and would take a `precondition` for granted.
@inline(__always)
func demand(_ condition: Bool, _ message: @autoclosure () -> String = "the shapes do not fit") {
  if !condition { fatalError(message()) }
}
