/* Radau IIA with five stages: order 9, L-stable, without CVODE.
 *
 * BDF damps and delays what swings with hardly any damping of its own, a little in every step, and such problems take
 * many. Here steps are few and long, and the error that is controlled is that of an embedded formula of order 5.
 * Newton's iteration, its stopping, and the choice of steps follow Hairer and Wanner, Stiff differential equations
 * solved by Radau methods (1999), doi:10.1016/S0377-0427(99)00134-X, and Solving ODEs II, section IV.8.
 */
#include "glue-radau.h"
#include <math.h>

#define MOST_TRIALS 60
#define SAFETY 0.9
#define SLOWEST 0.125 /* factors by which a step may grow or shrink */
#define FASTEST 5
/* Growth below which a step is kept, and its factors with it. */
#define KEEP_STEP 1.2


size_t radau_bytes(const Pattern *p) {
  return sizeof(Radau) + 8 * ((size_t)p->size + 1) * (4 * STAGES + 9) + twin_bytes(p) + 4096;
}

static double *vector(int32_t n) { return calloc((size_t)(n + n % 2), sizeof(double)); }

struct Radau *radau_create(Solver *s, double t0, double rtol) {
  Radau *r = calloc(1, sizeof(Radau));
  if (r == NULL || s->linear.pattern == NULL) return NULL;
  const int32_t n = s->size;
  int ok = 1;
  for (int i = 0; i < STAGES; i++) {
    r->z[i] = vector(n), r->w[i] = vector(n), r->f[i] = vector(n), r->past[i] = vector(n);
    ok = ok && r->z[i] && r->w[i] && r->f[i] && r->past[i];
  }
  r->y0 = vector(n), r->rate = vector(n), r->weight = vector(n), r->error = vector(n), r->point = vector(n);
  r->right = malloc((size_t)n * sizeof(Twin));
  ok = ok && r->y0 && r->rate && r->weight && r->error && r->point && r->right;
  ok = ok && twin_init(&r->twins, s->linear.pattern, malloc(twin_bytes(s->linear.pattern)));
  s->linear.moving = r->twins.moving = s->moving;
  s->radau = r;
  radau_tolerances(s, rtol);
  radau_restart(s, t0);
  return ok ? r : NULL;
}

void radau_tolerances(Solver *s, double rtol) {
  s->radau->rtol = rtol;
  s->radau->newton_tolerance = fmax(1e-14 / rtol, fmin(0.03, pow(rtol, 0.4)));
}

void radau_limits(Solver *s, double initial_step, double max_step) {
  s->radau->initial = initial_step;
  s->radau->longest = max_step;
}

void radau_restart(Solver *s, double t0) {
  Radau *r = s->radau;
  r->t = t0, r->h = 0, r->last = 0, r->factored = 0, r->contraction = 1, r->remainder = 1;
  r->known = r->fresh = r->rejected = 0;
  r->steps = r->rates = r->jacobians = r->iterations = r->failures = r->divergences = r->factorisations = 0;
}

int radau_rates(Solver *s, double t, const double *y, double *out) {
  s->radau->rates++;
  int flag = s->rhs(t, y, out, s->data);
  return flag != 0 ? flag : check_rates(s, out);
}

static double weighted(const Radau *r, const double *v, int32_t n) {
  double sum = 0;
  for (int32_t k = 0; k < n; k++) sum += (v[k] * r->weight[k]) * (v[k] * r->weight[k]);
  return sqrt(sum / n);
}

/* A hundredth of the time in which the state would change by itself. */
static double first_step(Solver *s, double stop) {
  Radau *r = s->radau;
  if (r->initial > 0) return r->initial;
  double state = weighted(r, NV_DATA_S(s->y), s->size), change = weighted(r, r->rate, s->size);
  double span = fabs(stop - r->t);
  return state < 1e-5 || change < 1e-5 ? 1e-6 * span : fmin(0.01 * state / change, 1e-3 * span);
}

/* Weighted difference to the embedded formula; on a first or repeated step filtered once more, as it exaggerates. */
static double estimate(Solver *s) {
  Radau *r = s->radau;
  const int32_t n = s->size;
  double *y = NV_DATA_S(s->y), error = 0;
  for (int pass = 0; pass < 2; pass++) {
    const double *rate = r->rate;
    if (pass == 1) {
      for (int32_t k = 0; k < n; k++) r->point[k] = y[k] + r->error[k];
      if (radau_rates(s, r->t, r->point, r->f[0]) != 0) return error;
      rate = r->f[0];
    }
    for (int32_t k = 0; k < n; k++) {
      double sum = 0;
      for (int i = 0; i < STAGES && k < s->moving; i++) sum += ERROR[i] * r->z[i][k];
      r->error[k] = rate[k] + sum / r->h;
    }
    radau_solve_real(s, r->error);
    error = fmax(weighted(r, r->error, n), 1e-10);
    if (error < 1 || !(r->steps == 0 || r->rejected)) return error;
  }
  return error;
}

/* Takes the trial: what was its end is the next step's start. */
static void accept(Solver *s, double error) {
  Radau *r = s->radau;
  double *y = NV_DATA_S(s->y);
  memcpy(r->y0, y, (size_t)s->size * sizeof(double));
  for (int i = 0; i < STAGES; i++) memcpy(r->past[i], r->z[i], (size_t)s->size * sizeof(double));
  for (int32_t k = 0; k < s->size; k++) y[k] += r->z[STAGES - 1][k];
  r->t += r->h;
  r->accepted_step = r->last = r->h;
  r->accepted_error = fmax(error, 1e-2);
  r->known = r->fresh = r->rejected = 0;
  r->steps++;
}

static double within(double low, double x, double high) { return fmin(high, fmax(low, x)); }

/* The step by which this one is to be divided, from its error and that of the one before (Gustafsson's control). */
static double shrinkage(const Radau *r, double error, int count) {
  double safety = SAFETY * (1 + 2 * MOST_ITERATIONS) / (count + 2 * MOST_ITERATIONS);
  double now = within(1.0 / FASTEST, pow(error, 1.0 / (STAGES + 1)) / safety, 1 / SLOWEST);
  if (error >= 1 || r->steps == 0) return now;
  double trend = r->accepted_step / r->h * pow(error * error / r->accepted_error, 1.0 / (STAGES + 1)) / SAFETY;
  return fmax(now, within(1.0 / FASTEST, trend, 1 / SLOWEST));
}

/* One trial of a step: 0 where it was taken, else why not, with a shorter step to be tried next. */
static int attempt(Solver *s) {
  Radau *r = s->radau;
  int count = 0, flag = radau_prepare(s);
  if (flag == 0) flag = radau_iterate(s, &count);
  else flag = flag < 0 ? CV_LSETUP_FAIL : CV_CONV_FAILURE;
  if (flag != 0) {
    r->divergences++;
    r->h /= 2;
    r->rejected = 1;
    return flag;
  }
  double error = estimate(s), shrink = shrinkage(r, error, count);
  if (!(error < 1)) {
    r->failures++;
    r->h = r->steps == 0 ? r->h / 10 : r->h / shrink;
    r->rejected = 1;
    return CV_ERR_FAILURE;
  }
  double next = r->rejected ? fmin(r->h, r->h / shrink) : r->h / shrink;
  accept(s, error);
  if (r->contraction > KEEP_JACOBIAN || next < r->h || next > KEEP_STEP * r->h) r->h = next;
  return 0;
}

/* One step, never past `stop`. Returns CVODE's flags. */
int radau_step(Solver *s, double stop, double *t) {
  Radau *r = s->radau;
  const double *y = NV_DATA_S(s->y);
  *t = r->t;
  if (!(r->t < stop)) return CV_TSTOP_RETURN;
  for (int32_t k = 0; k < s->size; k++) r->weight[k] = 1 / (NV_DATA_S(s->atol)[k] + r->rtol * fabs(y[k]));
  if (!r->known && radau_rates(s, r->t, y, r->rate) != 0) return CV_FIRST_RHSFUNC_ERR;
  r->known = 1;
  if (r->h == 0) r->h = first_step(s, stop);
  int flag = CV_ERR_FAILURE;
  for (int trial = 0; trial < MOST_TRIALS && r->t + r->h > r->t; trial++) {
    if (r->longest > 0) r->h = fmin(r->h, r->longest);
    double planned = r->h;
    int last = r->t + 1.0001 * r->h >= stop;
    if (last) r->h = stop - r->t;
    flag = attempt(s);
    if (flag == 0) {
      if (last) r->t = stop, r->h = fmax(r->h, planned);
      *t = r->t;
      return last ? CV_TSTOP_RETURN : CV_SUCCESS;
    }
    if (flag == CV_RHSFUNC_FAIL || flag == CV_LSETUP_FAIL) break;
  }
  return flag;
}

/* The states at a time inside the last step, from the polynomial through its stages; k = 0 alone. */
int radau_derivative(Solver *s, double t, int32_t k, double *out) {
  const Radau *r = s->radau;
  double weights[STAGES];
  if (k != 0) return CV_BAD_K;
  if (r->last == 0) {
    memcpy(out, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
    return CV_SUCCESS;
  }
  radau_weights((t - (r->t - r->last)) / r->last, weights);
  const double *a = r->past[0], *b = r->past[1], *c = r->past[2], *d = r->past[3], *e = r->past[4];
  FOR_PAIRS(s->size,
            AT(out, i) = AT(r->y0, i) + weights[0] * AT(a, i) + weights[1] * AT(b, i) + weights[2] * AT(c, i) +
                         weights[3] * AT(d, i) + weights[4] * AT(e, i),
            out[i] = r->y0[i] + weights[0] * a[i] + weights[1] * b[i] + weights[2] * c[i] + weights[3] * d[i] +
                     weights[4] * e[i]);
  return CV_SUCCESS;
}

/* Some components at a time inside the last step. */
void radau_components(Solver *s, double t, const int32_t *which, int32_t count, double *out) {
  const Radau *r = s->radau;
  double weights[STAGES];
  radau_weights((t - (r->t - r->last)) / r->last, weights);
  for (int32_t k = 0; k < count; k++) {
    const int32_t i = which[k];
    double sum = r->y0[i];
    for (int j = 0; j < STAGES; j++) sum += weights[j] * r->past[j][i];
    out[i] = sum;
  }
}

/* In the order of `statistics`. */
void radau_statistics(Solver *s, double *out) {
  const Radau *r = s->radau;
  out[0] = (double)r->steps, out[1] = (double)r->rates, out[2] = (double)r->jacobians, out[3] = (double)r->iterations;
  out[4] = (double)r->failures, out[5] = (double)r->divergences, out[6] = r->last, out[7] = r->h;
  out[8] = (double)r->factorisations, out[9] = 2 * STAGES - 1;
}
