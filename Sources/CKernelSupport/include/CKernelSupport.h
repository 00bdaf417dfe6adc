// Functions that Swift cannot express: a vector square root, an address of unknown origin, the processor's
// features, the threads this process may use, and huge pages.
#pragma once
#include <stddef.h>

typedef float SHFloat8 __attribute__((ext_vector_type(8)));

/// Element by element; one vsqrtps where the caller is compiled for AVX, since SIMD8.squareRoot() becomes
/// eight scalar roots.
static inline __attribute__((always_inline)) SHFloat8 sh_square_root(SHFloat8 v) {
  return __builtin_elementwise_sqrt(v);
}

/// 1 when the processor runs what the kernels are compiled for (AVX2, FMA and F16C on x86-64), else 0.
int sh_processor_is_supported(void);

/// 1 if products use the registers of sixteen floats of AVX-512F: the processor and the system have them, and
/// `sh_use_wide_registers` was not last called with 0.
int sh_uses_wide_registers(void);

/// From now on products do without them (0) or use them where there are any. No result depends on it.
void sh_use_wide_registers(int wide);

/// Processors this process may run on, at least 1.
int sh_available_processors(void);

/// Begins to bring the 64 bytes at `place` into the second-level cache. It is a hint and changes no result,
/// also for an address outside any buffer.
static inline __attribute__((always_inline)) void sh_prefetch(const void *_Nonnull place) {
  __builtin_prefetch(place, 0, 2);
}

/// `place`, of which the compiler no longer knows how it was computed. Costs no instruction.
static inline __attribute__((always_inline)) float *_Nonnull sh_unrelated(float *_Nonnull place) {
  __asm__("" : "+r"(place));
  return place;
}

/// Asks for huge pages behind a page-aligned region; a hint that changes no result.
void sh_advise_huge_pages(void *_Nonnull start, size_t bytes);
