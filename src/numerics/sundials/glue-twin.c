/* Two linear systems (mu I - J) x = b with complex mu and one real J, side by side in the two lanes of a SIMD register;
 * by the same two ways as those of glue-linear.c. */
#include "glue.h"

static Twin times(Twin a, Twin b) { return (Twin){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

static Pair absolute(Pair x) { return (Pair)wasm_f64x2_abs((v128_t)x); }

static Pair size(Twin a) { return absolute(a.re) + absolute(a.im); }

/* Not a number where one of the two is none. */
static double smaller(Pair x) { return __builtin_wasm_min_f64(x[0], x[1]); }

static double larger(Pair x) { return __builtin_wasm_max_f64(x[0], x[1]); }

/* 1 / a, without overflow where a is large. */
static Twin inverse(Twin a) {
  const Pair scale = 1 / size(a), re = a.re * scale, im = a.im * scale, by = scale / (re * re + im * im);
  return (Twin){re * by, -im * by};
}

/* y -= a x */
static void subtract(Twin *y, Twin a, Twin x) {
  y->re -= a.re * x.re - a.im * x.im;
  y->im -= a.re * x.im + a.im * x.re;
}

size_t twin_bytes(const Pattern *p) {
  size_t n = (size_t)p->size;
  return sizeof(Twin) * ((p->filled > 0 ? (size_t)p->filled : n * n) + n) + 4 * (n + 2);
}

int twin_init(TwinLinear *l, const Pattern *p, void *memory) {
  if (memory == NULL) return 0;
  l->pattern = p;
  l->moving = p->size;
  l->factors = memory;
  l->work = l->factors + (p->filled > 0 ? (size_t)p->filled : (size_t)p->size * (size_t)p->size);
  l->pivots = (int32_t *)(l->work + p->size);
  return 1;
}

static void form(TwinLinear *l, const double *jacobian, Twin mu) {
  const Pattern *p = l->pattern;
  const int32_t n = p->size, sparse = p->filled > 0;
  memset(l->factors, 0, (sparse ? (size_t)p->filled : (size_t)n * (size_t)n) * sizeof(Twin));
  for (int32_t j = 0; j < n; j++)
    for (int32_t k = p->starts[j]; k < p->starts[j + 1]; k++)
      l->factors[sparse ? (size_t)p->target[k] : (size_t)j * n + p->rows[k]].re = (Pair){-jacobian[k], -jacobian[k]};
  for (int32_t j = 0; j < l->moving; j++) {
    Twin *middle = &l->factors[sparse ? (size_t)p->diagonal[j] : (size_t)j * n + j];
    middle->re += mu.re, middle->im += mu.im;
  }
}

/* The row whose pivot serves both systems best. */
static int32_t pivot_of(const Twin *column, int32_t k, int32_t n) {
  int32_t pivot = k;
  double best = smaller(size(column[k]));
  for (int32_t i = k + 1; i < n; i++) {
    double found = smaller(size(column[i]));
    if (found > best) best = found, pivot = i;
  }
  return best > 0 ? pivot : -1;
}

static int factor_dense(Twin *a, int32_t n, int32_t *pivots) {
  for (int32_t k = 0; k < n; k++) {
    Twin *column = a + (size_t)k * n;
    const int32_t pivot = pivot_of(column, k, n);
    if (pivot < 0) return 1;
    pivots[k] = pivot;
    if (pivot != k)
      for (int32_t j = 0; j < n; j++) {
        Twin *other = a + (size_t)j * n, kept = other[k];
        other[k] = other[pivot];
        other[pivot] = kept;
      }
    column[k] = inverse(column[k]);
    for (int32_t i = k + 1; i < n; i++) column[i] = times(column[i], column[k]);
    for (int32_t j = k + 1; j < n; j++) {
      Twin *other = a + (size_t)j * n, factor = other[k];
      if (larger(size(factor)) == 0) continue;
      for (int32_t i = k + 1; i < n; i++) subtract(&other[i], factor, column[i]);
    }
  }
  return 0;
}

static void solve_dense(const Twin *a, int32_t n, const int32_t *pivots, Twin *b) {
  for (int32_t k = 0; k < n; k++) {
    Twin kept = b[pivots[k]];
    b[pivots[k]] = b[k];
    b[k] = kept;
  }
  for (int32_t k = 0; k < n; k++) {
    const Twin *column = a + (size_t)k * n, factor = b[k];
    for (int32_t i = k + 1; i < n; i++) subtract(&b[i], factor, column[i]);
  }
  for (int32_t k = n - 1; k >= 0; k--) {
    const Twin *column = a + (size_t)k * n, x = times(b[k], column[k]);
    b[k] = x;
    for (int32_t i = 0; i < k; i++) subtract(&b[i], x, column[i]);
  }
}

/* As factor_sparse of glue-linear.c. */
static int factor_sparse(TwinLinear *l) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  Twin *f = l->factors, *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    const int32_t from = starts[i], to = starts[i + 1], middle = diagonal[i];
    for (int32_t e = from; e < to; e++) w[columns[e]] = f[e];
    for (int32_t e = from; e < middle; e++) {
      const int32_t k = columns[e];
      const Twin factor = times(w[k], f[diagonal[k]]);
      const double most = larger(size(factor));
      w[k] = factor;
      if (most == 0) continue;
      if (!(most < MOST)) return 1;
      for (int32_t u = diagonal[k] + 1; u < starts[k + 1]; u++) subtract(&w[columns[u]], factor, f[u]);
    }
    for (int32_t e = from; e < to; e++) f[e] = w[columns[e]];
    if (!(smaller(size(f[middle])) > 0)) return 1;
    f[middle] = inverse(f[middle]);
  }
  return 0;
}

static void solve_sparse(TwinLinear *l, Twin *b) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  const Twin *f = l->factors;
  Twin *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    Twin sum = b[p->order[i]];
    for (int32_t e = starts[i]; e < diagonal[i]; e++) subtract(&sum, f[e], w[columns[e]]);
    w[i] = sum;
  }
  for (int32_t i = p->size - 1; i >= 0; i--) {
    Twin sum = w[i];
    for (int32_t e = diagonal[i] + 1; e < starts[i + 1]; e++) subtract(&sum, f[e], w[columns[e]]);
    w[i] = times(sum, f[diagonal[i]]);
    b[p->order[i]] = w[i];
  }
}

/* mu I - J, factored: 0, or 1 where no pivot was large enough. */
int twin_factor(TwinLinear *l, const double *jacobian, Twin mu) {
  form(l, jacobian, mu);
  return l->pattern->filled > 0 ? factor_sparse(l) : factor_dense(l->factors, l->pattern->size, l->pivots);
}

void twin_solve(TwinLinear *l, Twin *b) {
  if (l->pattern->filled > 0) solve_sparse(l, b);
  else solve_dense(l->factors, l->pattern->size, l->pivots, b);
}
