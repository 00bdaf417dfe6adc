#define _GNU_SOURCE
#include "CKernelSupport.h"

#include <stdatomic.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mman.h>
#endif

int sh_processor_is_supported(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
#else
  return 1;
#endif
}

static int has_wide_registers(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") != 0;
#else
  return 0;
#endif
}

static _Atomic int wide_registers = -1;  // not asked yet

int sh_uses_wide_registers(void) {
  int wide = atomic_load_explicit(&wide_registers, memory_order_relaxed);
  if (wide >= 0) return wide;
  int unasked = -1;
  wide = has_wide_registers();
  return atomic_compare_exchange_strong(&wide_registers, &unasked, wide) ? wide : unasked;
}

void sh_use_wide_registers(int wide) { atomic_store(&wide_registers, wide && has_wide_registers()); }

int sh_available_processors(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

void sh_advise_huge_pages(void *start, size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  (void)madvise(start, bytes, MADV_HUGEPAGE);
#else
  (void)start;
  (void)bytes;
#endif
}
