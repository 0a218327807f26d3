/* The stages of a step of Radau IIA: predicted by the last step's polynomial, corrected by Newton's iteration. */
#include "glue-radau.h"
#include <math.h>

/* For all nodes but the first, 0, where the polynomial of increments is 0. */
void radau_weights(double x, double *out) {
  double before = x, after[STAGES];
  after[STAGES - 1] = 1;
  for (int j = STAGES - 1; j > 0; j--) after[j - 1] = after[j] * (x - NODES[j]);
  for (int j = 0; j < STAGES; j++) {
    out[j] = before * after[j] * DENOMINATORS[j];
    before *= x - NODES[j];
  }
}

/* to[i] = sum of matrix[i][j] from[j]; vectors have room for an even number of components. */
static void transform(const double matrix[STAGES][STAGES], double *const *from, double *const *to, int32_t n) {
  const double *a = from[0], *b = from[1], *c = from[2], *d = from[3], *e = from[4];
  for (int32_t k = 0; k < n; k += 2) {
    const Pair p = AT(a, k), q = AT(b, k), r = AT(c, k), s = AT(d, k), t = AT(e, k);
    for (int i = 0; i < STAGES; i++) {
      const double *m = matrix[i];
      AT(to[i], k) = m[0] * p + m[1] * q + m[2] * r + m[3] * s + m[4] * t;
    }
  }
}

/* What the last step's polynomial, followed further, says about the stages of this one. */
static void predict(Radau *r, int32_t n) {
  if (r->last == 0) {
    for (int i = 0; i < STAGES; i++) memset(r->z[i], 0, (size_t)n * sizeof(double));
    return;
  }
  double weights[STAGES][STAGES];
  for (int i = 0; i < STAGES; i++) {
    radau_weights(1 + NODES[i] * r->h / r->last, weights[i]);
    weights[i][STAGES - 1] -= 1;
  }
  transform(weights, r->past, r->z, n);
}

int radau_prepare(Solver *s) {
  Radau *r = s->radau;
  if (!r->fresh && (r->contraction > KEEP_JACOBIAN || r->rejected)) {
    int flag = fill_jacobian(s, r->t, NV_DATA_S(s->y), r->rate);
    if (flag != 0) return flag;
    r->jacobians++, r->fresh = 1, r->factored = 0;
  }
  if (r->factored == r->h) return 0;
  linear_form(&s->linear, r->h / REAL);
  if (linear_factor(&s->linear) != 0) return 1;
  if (twin_factor(&r->twins, s->linear.jacobian, (Twin){ALPHA / r->h, BETA / r->h}) != 0) return 1;
  r->factorisations++;
  r->factored = r->h;
  return 0;
}

void radau_solve_real(Solver *s, double *b) {
  linear_solve(&s->linear, b);
  for (int32_t k = 0; k < s->size; k++) b[k] *= s->radau->h / REAL;
}

/* One correction of the transformed stages; returns its weighted norm. r->f holds the transformed rates. */
static double correct(Solver *s) {
  Radau *r = s->radau;
  const int32_t n = s->size;
  const double real = REAL / r->h;
  const Pair a = ALPHA / r->h, b = BETA / r->h;
  double *const *w = r->w, *const *f = r->f;
  for (int32_t k = 0; k < n; k++) {
    const Pair u = {w[1][k], w[3][k]}, v = {w[2][k], w[4][k]}, p = {f[1][k], f[3][k]}, q = {f[2][k], f[4][k]};
    if (k < s->moving) {
      f[0][k] -= real * w[0][k];
      r->right[k] = (Twin){p - a * u - b * v, a * v - b * u - q};
    } else r->right[k] = (Twin){p, -q};
  }
  radau_solve_real(s, f[0]);
  twin_solve(&r->twins, r->right);
  Pair sum = {0, 0};
  for (int32_t k = 0; k < n; k++) {
    const Pair re = r->right[k].re, im = r->right[k].im, weight = {r->weight[k], r->weight[k]};
    const double first = f[0][k] * r->weight[k];
    w[0][k] += f[0][k], w[1][k] += re[0], w[2][k] -= im[0], w[3][k] += re[1], w[4][k] -= im[1];
    sum += re * weight * (re * weight) + im * weight * (im * weight);
    sum[0] += first * first;
  }
  return sqrt((sum[0] + sum[1]) / ((double)n * STAGES));
}

static int stage_rates(Solver *s) {
  Radau *r = s->radau;
  for (int i = 0; i < STAGES; i++) {
    const double *y = NV_DATA_S(s->y), *z = r->z[i];
    double *point = r->point;
    FOR_PAIRS(s->size, AT(point, i) = AT(y, i) + AT(z, i), point[i] = y[i] + z[i]);
    int flag = radau_rates(s, r->t + NODES[i] * r->h, r->point, r->f[i]);
    if (flag != 0) return flag;
  }
  return 0;
}

int radau_iterate(Solver *s, int *count) {
  Radau *r = s->radau;
  const int32_t n = s->size;
  double before = 0, ratio = 0, contraction = KEEP_JACOBIAN;
  r->remainder = pow(fmax(r->remainder, 1e-16), 0.8);
  predict(r, n);
  transform(INVERSE, r->z, r->w, n);
  for (*count = 1; *count <= MOST_ITERATIONS; ++*count) {
    int flag = stage_rates(s);
    if (flag != 0) return flag < 0 ? CV_RHSFUNC_FAIL : CV_REPTD_RHSFUNC_ERR;
    transform(INVERSE, r->f, r->f, n);
    double norm = correct(s);
    transform(TRANSFORM, r->w, r->z, n);
    r->iterations++;
    if (!isfinite(norm)) break;
    if (*count > 1) {
      double now = norm / before;
      contraction = *count == 2 ? now : sqrt(now * ratio);
      ratio = now;
      if (contraction >= 0.99) break;
      r->remainder = contraction / (1 - contraction);
      if (r->remainder * norm * pow(contraction, MOST_ITERATIONS - *count) > r->newton_tolerance) break;
    }
    before = fmax(norm, 1e-300);
    if (r->remainder * norm > r->newton_tolerance) continue;
    r->contraction = contraction;
    return 0;
  }
  r->remainder = 1;
  return CV_CONV_FAILURE;
}
