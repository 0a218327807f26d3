/* SUNDIALS' vector operations, inlined where the vectors are serial: on models of few variables, which most are,
 * calls and tests around a loop take longer than the loop. Included in front of every file that is compiled; the
 * numbers are those of nvector_serial.c, operation by operation. Other vectors (those that wrap vectors for
 * sensitivities) go the usual way. */
#ifndef CELLWEAVE_VECTORS_H
#define CELLWEAVE_VECTORS_H

#include <math.h>
#include <nvector/nvector_serial.h>
#include <wasm_simd128.h>

/* Two neighbours at once; z may be x or y. */
typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));

#define IS_SERIAL(v) ((v)->ops->nvlinearsum == N_VLinearSum_Serial)
#define AT(v, i) (*(Pair *)((v) + (i)))
#define FOR_PAIRS(n, each_pair, each)  \
  do {                                 \
    int32_t i = 0;                     \
    for (; i + 1 < (n); i += 2) {      \
      each_pair;                       \
    }                                  \
    if (i < (n)) {                     \
      each;                            \
    }                                  \
  } while (0)

static inline void inline_sum(realtype a, N_Vector x, realtype b, N_Vector y, N_Vector z) {
  if (!IS_SERIAL(z) || !(a == 1 || b == 1)) {
    N_VLinearSum(a, x, b, y, z);
    return;
  }
  const int32_t n = NV_LENGTH_S(z);
  double *p = NV_DATA_S(x), *q = NV_DATA_S(y), *r = NV_DATA_S(z);
  if (a == 1 && b == 1) FOR_PAIRS(n, AT(r, i) = AT(p, i) + AT(q, i), r[i] = p[i] + q[i]);
  else if (b == 1) FOR_PAIRS(n, AT(r, i) = a * AT(p, i) + AT(q, i), r[i] = a * p[i] + q[i]);
  else FOR_PAIRS(n, AT(r, i) = b * AT(q, i) + AT(p, i), r[i] = b * q[i] + p[i]);
}

static inline void inline_scale(realtype c, N_Vector x, N_Vector z) {
  if (!IS_SERIAL(z)) {
    N_VScale(c, x, z);
    return;
  }
  const int32_t n = NV_LENGTH_S(z);
  double *p = NV_DATA_S(x), *r = NV_DATA_S(z);
  if (c == 1) FOR_PAIRS(n, AT(r, i) = AT(p, i), r[i] = p[i]);
  else FOR_PAIRS(n, AT(r, i) = c * AT(p, i), r[i] = c * p[i]);
}

static inline void inline_const(realtype c, N_Vector z) {
  if (!IS_SERIAL(z)) {
    N_VConst(c, z);
    return;
  }
  const int32_t n = NV_LENGTH_S(z);
  double *r = NV_DATA_S(z);
  const Pair both = {c, c};
  FOR_PAIRS(n, AT(r, i) = both, r[i] = c);
}

static inline void inline_abs(N_Vector x, N_Vector z) {
  if (!IS_SERIAL(z)) {
    N_VAbs(x, z);
    return;
  }
  const int32_t n = NV_LENGTH_S(z);
  double *p = NV_DATA_S(x), *r = NV_DATA_S(z);
  for (int32_t i = 0; i < n; i++) r[i] = fabs(p[i]);
}

static inline void inline_inverse(N_Vector x, N_Vector z) {
  if (!IS_SERIAL(z)) {
    N_VInv(x, z);
    return;
  }
  const int32_t n = NV_LENGTH_S(z);
  double *p = NV_DATA_S(x), *r = NV_DATA_S(z);
  FOR_PAIRS(n, AT(r, i) = 1 / AT(p, i), r[i] = 1 / p[i]);
}

static inline realtype inline_norm(N_Vector x, N_Vector w) {
  if (!IS_SERIAL(x)) return N_VWrmsNorm(x, w);
  const int32_t n = NV_LENGTH_S(x);
  const double *p = NV_DATA_S(x), *q = NV_DATA_S(w);
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += p[i] * q[i] * (p[i] * q[i]);
  return sqrt(sum / n);
}

#define N_VLinearSum inline_sum
#define N_VScale inline_scale
#define N_VConst inline_const
#define N_VAbs inline_abs
#define N_VInv inline_inverse
#define N_VWrmsNorm inline_norm

#endif
