/* Linear systems (mu I - J) x = b with complex mu and real J, by the same two ways as those of glue-linear.c. */
#include "glue.h"
#include <math.h>

static Complex times(Complex a, Complex b) { return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }

static double size(Complex a) { return fabs(a.re) + fabs(a.im); }

/* 1 / a, without overflow where its parts differ much. */
static Complex inverse(Complex a) {
  if (fabs(a.re) >= fabs(a.im)) {
    double ratio = a.im / a.re, whole = a.re + a.im * ratio;
    return (Complex){1 / whole, -ratio / whole};
  }
  double ratio = a.re / a.im, whole = a.re * ratio + a.im;
  return (Complex){ratio / whole, -1 / whole};
}

/* y -= a x */
static void subtract(Complex *y, Complex a, Complex x) {
  y->re -= a.re * x.re - a.im * x.im;
  y->im -= a.re * x.im + a.im * x.re;
}

size_t complex_bytes(const Pattern *p) {
  size_t n = (size_t)p->size;
  return sizeof(Complex) * ((p->filled > 0 ? (size_t)p->filled : n * n) + n) + 4 * (n + 2);
}

int complex_init(ComplexLinear *l, const Pattern *p, void *memory) {
  if (memory == NULL) return 0;
  l->pattern = p;
  l->factors = memory;
  l->work = l->factors + (p->filled > 0 ? (size_t)p->filled : (size_t)p->size * (size_t)p->size);
  l->pivots = (int32_t *)(l->work + p->size);
  return 1;
}

static void form(ComplexLinear *l, const double *jacobian, Complex mu) {
  const Pattern *p = l->pattern;
  const int32_t n = p->size, sparse = p->filled > 0;
  memset(l->factors, 0, (sparse ? (size_t)p->filled : (size_t)n * (size_t)n) * sizeof(Complex));
  for (int32_t j = 0; j < n; j++)
    for (int32_t k = p->starts[j]; k < p->starts[j + 1]; k++)
      l->factors[sparse ? (size_t)p->target[k] : (size_t)j * n + p->rows[k]].re = -jacobian[k];
  for (int32_t j = 0; j < n; j++) {
    Complex *middle = &l->factors[sparse ? (size_t)p->diagonal[j] : (size_t)j * n + j];
    middle->re += mu.re, middle->im += mu.im;
  }
}

static int factor_dense(Complex *a, int32_t n, int32_t *pivots) {
  for (int32_t k = 0; k < n; k++) {
    Complex *column = a + (size_t)k * n;
    int32_t pivot = k;
    for (int32_t i = k + 1; i < n; i++)
      if (size(column[i]) > size(column[pivot])) pivot = i;
    pivots[k] = pivot;
    if (!(size(column[pivot]) > 0)) return 1;
    if (pivot != k)
      for (int32_t j = 0; j < n; j++) {
        Complex *other = a + (size_t)j * n, kept = other[k];
        other[k] = other[pivot];
        other[pivot] = kept;
      }
    column[k] = inverse(column[k]);
    for (int32_t i = k + 1; i < n; i++) column[i] = times(column[i], column[k]);
    for (int32_t j = k + 1; j < n; j++) {
      Complex *other = a + (size_t)j * n, factor = other[k];
      if (size(factor) == 0) continue;
      for (int32_t i = k + 1; i < n; i++) subtract(&other[i], factor, column[i]);
    }
  }
  return 0;
}

static void solve_dense(const Complex *a, int32_t n, const int32_t *pivots, Complex *b) {
  for (int32_t k = 0; k < n; k++) {
    Complex kept = b[pivots[k]];
    b[pivots[k]] = b[k];
    b[k] = kept;
  }
  for (int32_t k = 0; k < n; k++) {
    const Complex *column = a + (size_t)k * n;
    for (int32_t i = k + 1; i < n; i++) subtract(&b[i], b[k], column[i]);
  }
  for (int32_t k = n - 1; k >= 0; k--) {
    const Complex *column = a + (size_t)k * n;
    b[k] = times(b[k], column[k]);
    for (int32_t i = 0; i < k; i++) subtract(&b[i], b[k], column[i]);
  }
}

/* As factor_sparse of glue-linear.c. */
static int factor_sparse(ComplexLinear *l) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  Complex *f = l->factors, *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    const int32_t from = starts[i], to = starts[i + 1], middle = diagonal[i];
    for (int32_t e = from; e < to; e++) w[columns[e]] = f[e];
    for (int32_t e = from; e < middle; e++) {
      const int32_t k = columns[e];
      const Complex factor = times(w[k], f[diagonal[k]]);
      w[k] = factor;
      if (size(factor) == 0) continue;
      if (!(size(factor) < MOST)) return 1;
      for (int32_t u = diagonal[k] + 1; u < starts[k + 1]; u++) subtract(&w[columns[u]], factor, f[u]);
    }
    for (int32_t e = from; e < to; e++) f[e] = w[columns[e]];
    if (size(f[middle]) == 0) return 1;
    f[middle] = inverse(f[middle]);
  }
  return 0;
}

static void solve_sparse(ComplexLinear *l, Complex *b) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  const Complex *f = l->factors;
  Complex *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    Complex sum = b[p->order[i]];
    for (int32_t e = starts[i]; e < diagonal[i]; e++) subtract(&sum, f[e], w[columns[e]]);
    w[i] = sum;
  }
  for (int32_t i = p->size - 1; i >= 0; i--) {
    Complex sum = w[i];
    for (int32_t e = diagonal[i] + 1; e < starts[i + 1]; e++) subtract(&sum, f[e], w[columns[e]]);
    w[i] = times(sum, f[diagonal[i]]);
    b[p->order[i]] = w[i];
  }
}

/* mu I - J, factored: 0, or 1 where no pivot was large enough. */
int complex_factor(ComplexLinear *l, const double *jacobian, Complex mu) {
  form(l, jacobian, mu);
  return l->pattern->filled > 0 ? factor_sparse(l) : factor_dense(l->factors, l->pattern->size, l->pivots);
}

void complex_solve(ComplexLinear *l, Complex *b) {
  if (l->pattern->filled > 0) solve_sparse(l, b);
  else solve_dense(l->factors, l->pattern->size, l->pivots, b);
}
