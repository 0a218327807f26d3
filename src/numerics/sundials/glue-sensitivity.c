/* Forward sensitivities ds/dt = J s + df/dp beside a solver's states, by CVODES' staggered corrector.
 *
 * They live in an arena of their own: what SUNDIALS allocates for them it allocates when they are made.
 */
#include "glue.h"
#include <math.h>

typedef struct Sensitivity {
  Arena arena;
  Solver *solver;
  N_Vector *s;    /* [count], each [size] */
  double *jacobian; /* [entries] */
  double *partials; /* [size * count], df/dp by columns */
  ModelFunction call;
  int32_t count;
} Sensitivity;

static int finite_all(const double *v, int32_t n) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += v[i] * 0;
  return sum == 0;
}

static int call_sensitivities(int count, realtype t, N_Vector y, N_Vector ydot, N_Vector *s, N_Vector *sdot, void *user,
                              N_Vector a, N_Vector b) {
  Solver *solver = user;
  Sensitivity *own = solver->sensitivity;
  const Pattern *p = solver->linear.pattern;
  (void)ydot, (void)a, (void)b;
  int flag = solver->jacobian(t, NV_DATA_S(y), own->jacobian, solver->data);
  if (flag == 0) flag = own->call(t, NV_DATA_S(y), own->partials, solver->data);
  if (flag != 0) return flag;
  if (!finite_all(own->jacobian, p->entries) || !finite_all(own->partials, p->size * count)) return 1;
  for (int k = 0; k < count; k++) {
    const double *from = NV_DATA_S(s[k]);
    double *to = NV_DATA_S(sdot[k]);
    memcpy(to, own->partials + (size_t)k * p->size, (size_t)p->size * sizeof(double));
    for (int32_t j = 0; j < p->size; j++)
      for (int32_t e = p->starts[j]; e < p->starts[j + 1]; e++) to[p->rows[e]] += own->jacobian[e] * from[j];
  }
  return 0;
}

/* Sensitivities of a solver at its start; NULL where memory can't grow, or the solver has no Jacobian of its own.
 * `start`: ds at the start, by columns; `scale`: magnitudes of the parameters, [count];
 * `partials`(t, y, out, data): df/dp by columns. */
EXPORT("sensitivity_create")
Sensitivity *sensitivity_create(Solver *solver, int32_t count, const double *start, const double *scale,
                                ModelFunction partials) {
  const Pattern *p = solver->linear.pattern;
  if (p == NULL) return NULL;
  size_t n = (size_t)p->size;
  size_t capacity = 16384 + (size_t)count * (24 * (8 * n + 192) + 512) + 8 * (size_t)p->entries;
  Sensitivity *own = allocate(capacity);
  if (own == NULL) return NULL;
  memset(own, 0, sizeof *own);
  own->arena.used = (sizeof *own + GRAIN - 1) / GRAIN * GRAIN;
  own->arena.capacity = capacity;
  own->solver = solver, own->count = count, own->call = partials;
  current_arena = &own->arena;
  int ok = (own->jacobian = malloc(8 * (size_t)p->entries)) != NULL;
  ok = ok && (own->partials = malloc(8 * n * (size_t)count)) != NULL;
  ok = ok && (own->s = N_VCloneVectorArray(count, solver->y)) != NULL;
  for (int32_t k = 0; ok && k < count; k++) memcpy(NV_DATA_S(own->s[k]), start + (size_t)k * n, 8 * n);
  solver->sensitivity = own;
  ok = ok && CVodeSensInit(solver->cvode, count, CV_STAGGERED, call_sensitivities, own->s) == CV_SUCCESS;
  ok = ok && CVodeSetSensParams(solver->cvode, NULL, (double *)scale, NULL) == CV_SUCCESS;
  ok = ok && CVodeSensEEtolerances(solver->cvode) == CV_SUCCESS;
  ok = ok && CVodeSetSensErrCon(solver->cvode, SUNTRUE) == CV_SUCCESS;
  current_arena = NULL;
  if (ok) return own;
  solver->sensitivity = NULL;
  release(own);
  return NULL;
}

/* Sensitivities at a time inside the last step, by columns. Returns CVODE's flag. */
EXPORT("sensitivity_at") int sensitivity_at(Sensitivity *own, double t, double *out) {
  int flag = CVodeGetSensDky(own->solver->cvode, t, 0, own->s);
  size_t n = (size_t)own->solver->size;
  for (int32_t k = 0; k < own->count; k++) memcpy(out + (size_t)k * n, NV_DATA_S(own->s[k]), 8 * n);
  return flag;
}

/* To be called after the solver is disposed of. */
EXPORT("sensitivity_dispose") void sensitivity_dispose(Sensitivity *own) { release(own); }
