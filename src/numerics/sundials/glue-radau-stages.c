/* The stages of a step of Radau IIA: predicted by the last step's polynomial, corrected by Newton's iteration. */
#include "glue-radau.h"
#include <math.h>

/* For all nodes but the first, 0, where the polynomial of increments is 0. */
void radau_weights(double x, double *out) {
  for (int j = 0; j < STAGES; j++) {
    double product = x / NODES[j];
    for (int m = 0; m < STAGES; m++)
      if (m != j) product *= (x - NODES[m]) / (NODES[j] - NODES[m]);
    out[j] = product;
  }
}

/* What the last step's polynomial, followed further, says about the stages of this one. */
static void predict(Radau *r, int32_t n) {
  for (int i = 0; i < STAGES; i++) {
    double weights[STAGES];
    if (r->last == 0) {
      memset(r->z[i], 0, (size_t)n * sizeof(double));
      continue;
    }
    radau_weights(1 + NODES[i] * r->h / r->last, weights);
    weights[STAGES - 1] -= 1;
    for (int32_t k = 0; k < n; k++) {
      double sum = 0;
      for (int j = 0; j < STAGES; j++) sum += weights[j] * r->past[j][k];
      r->z[i][k] = sum;
    }
  }
}

static void transform(const double matrix[STAGES][STAGES], double *const *from, double *const *to, int32_t n) {
  for (int32_t k = 0; k < n; k++) {
    double row[STAGES];
    for (int j = 0; j < STAGES; j++) row[j] = from[j][k];
    for (int i = 0; i < STAGES; i++) {
      double sum = 0;
      for (int j = 0; j < STAGES; j++) sum += matrix[i][j] * row[j];
      to[i][k] = sum;
    }
  }
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
  for (int p = 0; p < PAIRS; p++)
    if (complex_factor(&r->pairs[p], s->linear.jacobian, (Complex){ALPHA[p] / r->h, BETA[p] / r->h}) != 0) return 1;
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
  double sum = 0;
  for (int32_t k = 0; k < n; k++) r->f[0][k] -= REAL / r->h * r->w[0][k];
  radau_solve_real(s, r->f[0]);
  for (int p = 0; p < PAIRS; p++) {
    double *u = r->w[1 + 2 * p], *v = r->w[2 + 2 * p], *f = r->f[1 + 2 * p], *g = r->f[2 + 2 * p];
    const double a = ALPHA[p] / r->h, b = BETA[p] / r->h;
    for (int32_t k = 0; k < n; k++)
      r->right[k] = (Complex){f[k] - a * u[k] - b * v[k], -(g[k] + b * u[k] - a * v[k])};
    complex_solve(&r->pairs[p], r->right);
    for (int32_t k = 0; k < n; k++) f[k] = r->right[k].re, g[k] = -r->right[k].im;
  }
  for (int i = 0; i < STAGES; i++)
    for (int32_t k = 0; k < n; k++) {
      double change = r->f[i][k] / r->scale[k];
      sum += change * change;
      r->w[i][k] += r->f[i][k];
    }
  return sqrt(sum / ((double)n * STAGES));
}

static int stage_rates(Solver *s) {
  Radau *r = s->radau;
  for (int i = 0; i < STAGES; i++) {
    for (int32_t k = 0; k < s->size; k++) r->point[k] = NV_DATA_S(s->y)[k] + r->z[i][k];
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
