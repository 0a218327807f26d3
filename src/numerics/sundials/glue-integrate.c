/* From one step to the next, whichever method takes it: output at given times, statistics. */
#include "glue.h"
#include "cvodes_impl.h"
#include <math.h>

/* One internal step, never past `stop`, to s->y. */
static int next(Solver *s, double stop, double *t) {
  if (s->radau != NULL) return radau_step(s, stop, t);
  int flag = CVodeSetStopTime(s->cvode, stop);
  return flag != CV_SUCCESS ? flag : CVode(s->cvode, stop, s->y, t, CV_ONE_STEP);
}

/* The states at a time inside the last step, or their k-th derivative, to s->point. */
static int at(Solver *s, double t, int32_t k) {
  return s->radau != NULL ? radau_derivative(s, t, k, NV_DATA_S(s->point)) : CVodeGetDky(s->cvode, t, k, s->point);
}

/* One internal step, never past `stop`; y and the time reached go to `y` and `t`. Returns CVODE's flag. */
EXPORT("step") int step(Solver *s, double stop, double *t, double *y) {
  current_arena = &s->arena;
  int flag = next(s, stop, t);
  memcpy(y, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
  current_arena = NULL;
  return flag;
}

/* k-th derivative of the solution at a time inside the last step. */
EXPORT("derivative") int derivative(Solver *s, double t, int32_t k, double *out) {
  current_arena = &s->arena;
  int flag = at(s, t, k);
  memcpy(out, NV_DATA_S(s->point), (size_t)s->size * sizeof(double));
  current_arena = NULL;
  return flag;
}

/* CVODE's polynomial of the last step: component i at t is the sum of factors[j] * rows[j][i], for j up to the order. */
typedef struct Polynomial {
  const double *rows[L_MAX];
  double factors[L_MAX];
  int32_t order;
} Polynomial;

static Polynomial polynomial_at(const Solver *s, double t) {
  CVodeMem cv = s->cvode;
  Polynomial p = {.order = cv->cv_q};
  const double share = (t - cv->cv_tn) / cv->cv_h;
  double factor = 1;
  for (int32_t j = 0; j <= p.order; j++, factor *= share) {
    p.rows[j] = NV_DATA_S(cv->cv_zn[j]);
    p.factors[j] = factor;
  }
  return p;
}

static double component(const Polynomial *p, int32_t i) {
  double sum = p->factors[p->order] * p->rows[p->order][i];
  for (int32_t j = p->order - 1; j >= 0; j--) sum += p->factors[j] * p->rows[j][i];
  return sum;
}

/* The states at a time inside the last step to s->point: what CVodeGetDky gives, to the last bit. */
static void interpolate(Solver *s, double t) {
  if (s->radau != NULL) {
    radau_derivative(s, t, 0, NV_DATA_S(s->point));
    return;
  }
  const Polynomial p = polynomial_at(s, t);
  const int32_t n = s->size, q = p.order;
  double *out = NV_DATA_S(s->point);
  int32_t i = 0;
  for (; i + 1 < n; i += 2) {
    Pair sum = p.factors[q] * AT(p.rows[q], i);
    for (int32_t j = q - 1; j >= 0; j--) sum += p.factors[j] * AT(p.rows[j], i);
    AT(out, i) = sum;
  }
  if (i < n) out[i] = component(&p, i);
}

void point_at(Solver *s, double t) {
  double *states = NV_DATA_S(s->point);
  if (s->radau != NULL) {
    radau_components(s, t, s->trigger_states, s->trigger_state_count, states);
    return;
  }
  const Polynomial p = polynomial_at(s, t);
  for (int32_t k = 0; k < s->trigger_state_count; k++)
    states[s->trigger_states[k]] = component(&p, s->trigger_states[k]);
}

/* What is asked for at the output times before t; those before the last step were given out by then. */
static void sample(Solver *s, Journey *j, double t) {
  for (; j->next < j->count && j->times[j->next] < t; j->next++) {
    interpolate(s, j->times[j->next]);
    const double *row = NV_DATA_S(s->point);
    if (j->observe != NULL) {
      j->observe(j->times[j->next], row, j->row, s->data);
      row = j->row;
    }
    for (int32_t c = 0; c < j->width; c++) j->table[(size_t)c * (size_t)j->count + (size_t)j->next] = row[c];
  }
}

/* Steps to `stop`, or to the first root, change of a trigger or failure before it, with output for every output time
 * that is passed; the state reached goes to `y`. Steps don't depend on the output times.
 * Returns CVODE's flag of the last step, TRIGGERED or OUT_OF_STEPS. */
EXPORT("integrate") int integrate(Solver *s, double stop, Journey *j, double *y) {
  current_arena = &s->arena;
  int flag = CV_SUCCESS;
  s->looked = NAN;
  while (flag == CV_SUCCESS) {
    double from = j->t;
    flag = next(s, stop, &j->t);
    if (flag < 0) break;
    double found;
    if (s->trigger_count > 0 && locate(s, from, j->t, &found)) {
      sample(s, j, found);
      interpolate(s, found);
      memcpy(NV_DATA_S(s->y), NV_DATA_S(s->point), (size_t)s->size * sizeof(double));
      j->t = found;
      flag = TRIGGERED;
      break;
    }
    sample(s, j, j->t);
    if (--j->steps <= 0 && flag == CV_SUCCESS) flag = OUT_OF_STEPS;
  }
  memcpy(y, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
  current_arena = NULL;
  return flag;
}

/* What the triggers are now, shape [trigger_count]: changes are looked for against it. */
EXPORT("set_truth") void set_truth(Solver *s, const double *truth) {
  memcpy(s->truth, truth, (size_t)s->trigger_count * sizeof(double));
}

/* Which roots were found: +1 rising, -1 falling, 0 none; shape [root_count]. */
EXPORT("root_directions") int root_directions(Solver *s, int32_t *out) { return CVodeGetRootInfo(s->cvode, (int *)out); }

/* steps, rhs calls, Jacobians, Newton iterations, error test failures, convergence failures; last and next step size;
 * factorisations; order of the last step; component whose rate was last not finite. */
EXPORT("statistics") void statistics(Solver *s, double *out) {
  out[10] = s->culprit;
  if (s->radau != NULL) {
    radau_statistics(s, out);
    return;
  }
  long int steps = 0, rhs = 0, setups = 0, errors = 0, newton = 0, convergence = 0, jacobians = 0;
  int last = 0, now = 0;
  realtype h0 = 0, h = 0, next = 0, t = 0;
  CVodeGetIntegratorStats(s->cvode, &steps, &rhs, &setups, &errors, &last, &now, &h0, &h, &next, &t);
  CVodeGetNonlinSolvStats(s->cvode, &newton, &convergence);
  if (s->linear_solver != NULL) CVodeGetNumJacEvals(s->cvode, &jacobians);
  out[0] = (double)steps, out[1] = (double)rhs, out[2] = (double)jacobians, out[3] = (double)newton;
  out[4] = (double)errors, out[5] = (double)convergence, out[6] = h, out[7] = next;
  out[8] = (double)setups, out[9] = last;
}

EXPORT("message") char *message(Solver *s) { return s->message; }
EXPORT("snapshot_bytes") size_t snapshot_bytes(Solver *s) { return s->arena.used; }
EXPORT("snapshot") void snapshot(Solver *s, void *out) { memcpy(out, s, s->arena.used); }
EXPORT("restore") void restore(Solver *s, const void *from) { memcpy(s, from, ((const Arena *)from)->used); }
