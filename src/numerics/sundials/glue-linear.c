/* Linear systems (I - gamma J) x = b: dense with partial pivoting, or sparse by elimination in a fixed order.
 *
 * The sparse way takes pivots from the diagonal: what a reaction consumes stands there, as large as what it changes
 * elsewhere in the column. I - gamma J tends to I as the step shrinks, so a pivot that is too small for its column is
 * answered by a shorter step, which the caller takes where factoring fails.
 */
#include "glue.h"
#include <math.h>

size_t linear_bytes(const Pattern *p) {
  size_t n = (size_t)p->size;
  size_t factors = p->filled > 0 ? (size_t)p->filled : n * n;
  return 8 * ((size_t)p->entries + factors + n) + 4 * (n + 2);
}

int linear_init(Linear *l, const Pattern *p, void *memory) {
  if (memory == NULL) return 0;
  l->pattern = p;
  l->moving = p->size;
  l->jacobian = memory;
  l->factors = l->jacobian + p->entries;
  l->work = l->factors + (p->filled > 0 ? (size_t)p->filled : (size_t)p->size * (size_t)p->size);
  l->pivots = (int32_t *)(l->work + p->size);
  return 1;
}

/* factors = M - gamma J, where M is I for what moves and 0 behind. */
void linear_form(Linear *l, double gamma) {
  const Pattern *p = l->pattern;
  const int32_t n = p->size;
  if (p->filled > 0) {
    memset(l->factors, 0, (size_t)p->filled * sizeof(double));
    for (int32_t k = 0; k < p->entries; k++) l->factors[p->target[k]] = -gamma * l->jacobian[k];
    for (int32_t k = 0; k < n; k++) l->factors[p->diagonal[k]] += 1;
    return;
  }
  memset(l->factors, 0, (size_t)n * (size_t)n * sizeof(double));
  for (int32_t j = 0; j < n; j++) {
    double *column = l->factors + (size_t)j * n;
    for (int32_t k = p->starts[j]; k < p->starts[j + 1]; k++) column[p->rows[k]] = -gamma * l->jacobian[k];
    if (j < l->moving) column[j] += 1;
  }
}

/* P A = L U by columns; the multipliers of L stand below the diagonal. */
static int factor_dense(double *a, int32_t n, int32_t *pivots) {
  for (int32_t k = 0; k < n; k++) {
    double *column = a + (size_t)k * n;
    int32_t pivot = k;
    for (int32_t i = k + 1; i < n; i++)
      if (fabs(column[i]) > fabs(column[pivot])) pivot = i;
    pivots[k] = pivot;
    if (!(fabs(column[pivot]) > 0)) return 1;
    if (pivot != k)
      for (int32_t j = 0; j < n; j++) {
        double *other = a + (size_t)j * n, kept = other[k];
        other[k] = other[pivot];
        other[pivot] = kept;
      }
    double inverse = 1 / column[k];
    column[k] = inverse;
    for (int32_t i = k + 1; i < n; i++) column[i] *= inverse;
    for (int32_t j = k + 1; j < n; j++) {
      double *other = a + (size_t)j * n, factor = other[k];
      if (factor == 0) continue;
      for (int32_t i = k + 1; i < n; i++) other[i] -= factor * column[i];
    }
  }
  return 0;
}

static void solve_dense(const double *a, int32_t n, const int32_t *pivots, double *b) {
  for (int32_t k = 0; k < n; k++) {
    double kept = b[pivots[k]];
    b[pivots[k]] = b[k];
    b[k] = kept;
  }
  for (int32_t k = 0; k < n; k++) {
    const double *column = a + (size_t)k * n, factor = b[k];
    if (factor == 0) continue;
    for (int32_t i = k + 1; i < n; i++) b[i] -= factor * column[i];
  }
  for (int32_t k = n - 1; k >= 0; k--) {
    const double *column = a + (size_t)k * n;
    double x = b[k] * column[k];
    b[k] = x;
    for (int32_t i = 0; i < k; i++) b[i] -= x * column[i];
  }
}

/* Row by row on the pattern of L and U; the pivots' inverses are kept. */
static int factor_sparse(Linear *l) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  double *f = l->factors, *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    const int32_t from = starts[i], to = starts[i + 1], middle = diagonal[i];
    for (int32_t e = from; e < to; e++) w[columns[e]] = f[e];
    for (int32_t e = from; e < middle; e++) {
      const int32_t k = columns[e];
      const double factor = w[k] * f[diagonal[k]];
      w[k] = factor;
      if (factor == 0) continue;
      if (!(fabs(factor) < MOST)) return 1;
      for (int32_t u = diagonal[k] + 1; u < starts[k + 1]; u++) w[columns[u]] -= factor * f[u];
    }
    for (int32_t e = from; e < to; e++) f[e] = w[columns[e]];
    if (f[middle] == 0) return 1;
    f[middle] = 1 / f[middle];
  }
  return 0;
}

static void solve_sparse(Linear *l, double *b) {
  const Pattern *p = l->pattern;
  const int32_t *columns = p->lu_columns, *starts = p->lu_starts, *diagonal = p->diagonal;
  const double *f = l->factors;
  double *w = l->work;
  for (int32_t i = 0; i < p->size; i++) {
    double sum = b[p->order[i]];
    for (int32_t e = starts[i]; e < diagonal[i]; e++) sum -= f[e] * w[columns[e]];
    w[i] = sum;
  }
  for (int32_t i = p->size - 1; i >= 0; i--) {
    double sum = w[i];
    for (int32_t e = diagonal[i] + 1; e < starts[i + 1]; e++) sum -= f[e] * w[columns[e]];
    w[i] = sum * f[diagonal[i]];
    b[p->order[i]] = w[i];
  }
}

/* 0, or 1 where no pivot was large enough. */
int linear_factor(Linear *l) {
  return l->pattern->filled > 0 ? factor_sparse(l) : factor_dense(l->factors, l->pattern->size, l->pivots);
}

void linear_solve(Linear *l, double *b) {
  if (l->pattern->filled > 0) solve_sparse(l, b);
  else solve_dense(l->factors, l->pattern->size, l->pivots, b);
}
