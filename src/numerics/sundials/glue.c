/* The door between JavaScript (or a model's own WebAssembly module) and CVODES.
 *
 * The model's functions are called through the function table (see glue.h):
 *   rhs(t, y, ydot, data); jacobian(t, y, entries, data) with the entries of J by columns, in the order of a pattern;
 *   roots(t, y, g, data); triggers(t, y, truth, data); observe(t, y, row, data).
 */
#include "glue.h"
#include <math.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

/* What a solver is made from; the same layout stands in solver.ts. */
typedef struct Setup {
  double t0;
  double rtol;
  double initial_step; /* 0: CVODE's own choice */
  double max_step;     /* 0: unlimited */
  const double *y0;
  const double *atol;
  const Pattern *pattern; /* NULL: dense difference quotients */
  ModelFunction rhs;
  ModelFunction jacobian;
  ModelFunction roots;
  ModelFunction triggers;
  void *data;
  int32_t size;
  int32_t root_count;
  int32_t trigger_count;
  int32_t adams; /* Adams-Moulton with fixed point iteration in place of BDF with Newton's */
} Setup;

/* Output at given times, and how far `integrate` came; the same layout stands in solver.ts. */
typedef struct Journey {
  double t;
  const double *times; /* ascending */
  double *table;       /* [width][count]: one column after the other */
  double *row;         /* [width] */
  ModelFunction observe; /* NULL: the states */
  int32_t count;
  int32_t next;  /* index of the first time that has no row yet */
  int32_t width; /* numbers at each time */
  int32_t steps; /* steps left before it gives up */
} Journey;

/* What `integrate` answers beside CVODE's own flags. */
#define TRIGGERED 100
#define OUT_OF_STEPS 101

/* Places inside a step at which triggers are looked at. */
#define LOOKS 10

static int not_finite(const double *v, int32_t n) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += v[i] * 0;
  return sum != 0;
}

static int call_rhs(realtype t, N_Vector y, N_Vector ydot, void *user) {
  Solver *s = user;
  double *out = NV_DATA_S(ydot);
  int flag = s->rhs(t, NV_DATA_S(y), out, s->data);
  if (flag != 0 || !not_finite(out, s->size)) return flag;
  for (s->culprit = 0; s->culprit < s->size - 1 && isfinite(out[s->culprit]);) s->culprit++;
  return 1;
}

static int call_roots(realtype t, N_Vector y, realtype *g, void *user) {
  Solver *s = user;
  return s->roots(t, NV_DATA_S(y), g, s->data);
}

/* I - gamma J, with the Jacobian kept where CVODE says that the last one will do. Entries that are not finite (a root
 * at 0 has an infinite slope) count as 0: Newton's iteration needs no exact Jacobian. */
static int form_system(realtype t, N_Vector y, N_Vector fy, SUNMatrix M, booleantype keep, booleantype *fresh,
                       realtype gamma, void *user, N_Vector a, N_Vector b, N_Vector c) {
  Solver *s = user;
  (void)fy, (void)M, (void)a, (void)b, (void)c;
  *fresh = !keep;
  if (!keep) {
    double *entries = s->linear.jacobian;
    int32_t count = s->linear.pattern->entries;
    int flag = s->jacobian(t, NV_DATA_S(y), entries, s->data);
    if (flag != 0) return flag;
    if (not_finite(entries, count))
      for (int32_t k = 0; k < count; k++)
        if (!isfinite(entries[k])) entries[k] = 0;
  }
  linear_form(&s->linear, gamma);
  return 0;
}

static SUNLinearSolver_Type linear_type(SUNLinearSolver S) {
  (void)S;
  return SUNLINEARSOLVER_DIRECT;
}

static int linear_setup(SUNLinearSolver S, SUNMatrix M) {
  (void)M;
  return linear_factor(&((Solver *)S->content)->linear);
}

static int linear_apply(SUNLinearSolver S, SUNMatrix M, N_Vector x, N_Vector b, realtype tolerance) {
  (void)M, (void)tolerance;
  Solver *s = S->content;
  if (x != b) memcpy(NV_DATA_S(x), NV_DATA_S(b), (size_t)s->size * sizeof(double));
  linear_solve(&s->linear, NV_DATA_S(x));
  return 0;
}

static SUNMatrix_ID matrix_id(SUNMatrix M) {
  (void)M;
  return SUNMATRIX_CUSTOM;
}

static void keep_message(int code, const char *module, const char *function, char *message, void *user) {
  Solver *s = user;
  (void)code, (void)module, (void)function;
  strncpy(s->message, message, sizeof s->message - 1);
}

/* Newton's method with the model's own Jacobian, or with dense difference quotients. */
static int use_newton(Solver *s, const Pattern *pattern) {
  if (pattern == NULL) {
    s->matrix = SUNDenseMatrix(s->size, s->size, s->context);
    s->linear_solver = s->matrix == NULL ? NULL : SUNLinSol_Dense(s->y, s->matrix, s->context);
    return s->linear_solver != NULL && CVodeSetLinearSolver(s->cvode, s->linear_solver, s->matrix) == CVLS_SUCCESS;
  }
  if (!linear_init(&s->linear, pattern, malloc(linear_bytes(pattern)))) return 0;
  s->matrix = SUNMatNewEmpty(s->context);
  s->linear_solver = SUNLinSolNewEmpty(s->context);
  if (s->matrix == NULL || s->linear_solver == NULL) return 0;
  s->matrix->ops->getid = matrix_id;
  s->linear_solver->content = s;
  s->linear_solver->ops->gettype = linear_type;
  s->linear_solver->ops->setup = linear_setup;
  s->linear_solver->ops->solve = linear_apply;
  return CVodeSetLinearSolver(s->cvode, s->linear_solver, s->matrix) == CVLS_SUCCESS &&
         CVodeSetLinSysFn(s->cvode, form_system) == CVLS_SUCCESS;
}

static int use_fixed_point(Solver *s) {
  s->nonlinear_solver = SUNNonlinSol_FixedPoint(s->y, 0, s->context);
  return s->nonlinear_solver != NULL && CVodeSetNonlinearSolver(s->cvode, s->nonlinear_solver) == CV_SUCCESS;
}

static size_t arena_bytes(const Setup *setup) {
  size_t n = (size_t)setup->size;
  size_t linear = setup->adams ? 0 : setup->pattern != NULL ? linear_bytes(setup->pattern) : 24 * n * n + 64 * n;
  return 32768 + linear + 8 * (56 * n + 16 * (size_t)setup->root_count + 2 * (size_t)setup->trigger_count);
}

/* A solver at t0, ready for its first step; NULL where memory can't grow. */
EXPORT("create") Solver *create(const Setup *setup) {
  size_t capacity = arena_bytes(setup);
  Solver *s = allocate(capacity);
  if (s == NULL) return NULL;
  memset(s, 0, sizeof *s);
  s->arena.used = (sizeof *s + GRAIN - 1) / GRAIN * GRAIN;
  s->arena.capacity = capacity;
  s->rhs = setup->rhs, s->jacobian = setup->jacobian, s->roots = setup->roots, s->triggers = setup->triggers;
  s->data = setup->data, s->size = setup->size;
  s->root_count = setup->root_count, s->trigger_count = setup->trigger_count;
  current_arena = &s->arena;
  int ok = SUNContext_Create(NULL, &s->context) == 0;
  ok = ok && (s->y = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->atol = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->point = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->truth = malloc(16 * (size_t)s->trigger_count)) != NULL;
  if (ok) {
    memcpy(NV_DATA_S(s->y), setup->y0, (size_t)s->size * sizeof(double));
    memcpy(NV_DATA_S(s->atol), setup->atol, (size_t)s->size * sizeof(double));
  }
  ok = ok && (s->cvode = CVodeCreate(setup->adams ? CV_ADAMS : CV_BDF, s->context)) != NULL;
  ok = ok && CVodeSetErrHandlerFn(s->cvode, keep_message, s) == CV_SUCCESS;
  ok = ok && CVodeSetUserData(s->cvode, s) == CV_SUCCESS;
  ok = ok && CVodeInit(s->cvode, call_rhs, setup->t0, s->y) == CV_SUCCESS;
  ok = ok && CVodeSVtolerances(s->cvode, setup->rtol, s->atol) == CV_SUCCESS;
  ok = ok && CVodeSetMaxNumSteps(s->cvode, -1) == CV_SUCCESS;
  ok = ok && (setup->adams ? use_fixed_point(s) : use_newton(s, setup->pattern));
  ok = ok && (s->root_count == 0 || CVodeRootInit(s->cvode, s->root_count, call_roots) == CV_SUCCESS);
  ok = ok && CVodeSetInitStep(s->cvode, setup->initial_step) == CV_SUCCESS;
  ok = ok && CVodeSetMaxStep(s->cvode, setup->max_step) == CV_SUCCESS;
  current_arena = NULL;
  if (ok) return s;
  release(s);
  return NULL;
}

EXPORT("dispose") void dispose(Solver *s) { release(s); }

/* Starts anew at t0 from y0 (after an event, or for another run), keeping memory and tolerances. */
EXPORT("restart") int restart(Solver *s, double t0, const double *y0) {
  current_arena = &s->arena;
  memcpy(NV_DATA_S(s->y), y0, (size_t)s->size * sizeof(double));
  int flag = CVodeReInit(s->cvode, t0, s->y);
  current_arena = NULL;
  return flag;
}

EXPORT("set_tolerances") int set_tolerances(Solver *s, double rtol, const double *atol) {
  memcpy(NV_DATA_S(s->atol), atol, (size_t)s->size * sizeof(double));
  return CVodeSVtolerances(s->cvode, rtol, s->atol);
}

EXPORT("set_limits") int set_limits(Solver *s, double initial_step, double max_step) {
  int flag = CVodeSetInitStep(s->cvode, initial_step);
  return flag != CV_SUCCESS ? flag : CVodeSetMaxStep(s->cvode, max_step);
}

/* One internal step, never past `stop`; y and the time reached go to `y` and `t`. Returns CVODE's flag. */
EXPORT("step") int step(Solver *s, double stop, double *t, double *y) {
  current_arena = &s->arena;
  int flag = CVodeSetStopTime(s->cvode, stop);
  if (flag == CV_SUCCESS) flag = CVode(s->cvode, stop, s->y, t, CV_ONE_STEP);
  memcpy(y, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
  current_arena = NULL;
  return flag;
}

/* k-th derivative of the solution at a time inside the last step. */
EXPORT("derivative") int derivative(Solver *s, double t, int32_t k, double *out) {
  current_arena = &s->arena;
  int flag = CVodeGetDky(s->cvode, t, k, s->point);
  memcpy(out, NV_DATA_S(s->point), (size_t)s->size * sizeof(double));
  current_arena = NULL;
  return flag;
}

/* Whether some trigger differs at t from what it was; `point` then holds the states there. */
static int changed_at(Solver *s, double t) {
  if (CVodeGetDky(s->cvode, t, 0, s->point) != CV_SUCCESS) return 0;
  double *now = s->truth + s->trigger_count;
  s->triggers(t, NV_DATA_S(s->point), now, s->data);
  for (int32_t i = 0; i < s->trigger_count; i++)
    if ((now[i] != 0 && !isnan(now[i])) != (s->truth[i] != 0)) return 1;
  return 0;
}

/* The first time in (from, to] at which some trigger has changed, to the last bit; `to` + 1 ulp or more: none. */
static int locate(Solver *s, double from, double to, double *found) {
  double low = from, high = from;
  int look = 1;
  for (; look <= LOOKS; look++) {
    low = high;
    high = look == LOOKS ? to : from + (to - from) * look / LOOKS;
    if (changed_at(s, high)) break;
  }
  if (look > LOOKS) return 0;
  for (int i = 0; i < 100; i++) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (changed_at(s, middle)) high = middle;
    else low = middle;
  }
  *found = high;
  return 1;
}

/* What is asked for at the output times before t; those before the last step were given out by then. */
static void sample(Solver *s, Journey *j, double t) {
  for (; j->next < j->count && j->times[j->next] < t; j->next++) {
    if (CVodeGetDky(s->cvode, j->times[j->next], 0, s->point) != CV_SUCCESS) return;
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
  int flag = CVodeSetStopTime(s->cvode, stop);
  while (flag == CV_SUCCESS) {
    double from = j->t;
    flag = CVode(s->cvode, stop, s->y, &j->t, CV_ONE_STEP);
    if (flag < 0) break;
    double found;
    if (s->trigger_count > 0 && locate(s, from, j->t, &found)) {
      sample(s, j, found);
      CVodeGetDky(s->cvode, found, 0, s->y);
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
  long int steps = 0, rhs = 0, setups = 0, errors = 0, newton = 0, convergence = 0, jacobians = 0;
  int last = 0, now = 0;
  realtype h0 = 0, h = 0, next = 0, t = 0;
  CVodeGetIntegratorStats(s->cvode, &steps, &rhs, &setups, &errors, &last, &now, &h0, &h, &next, &t);
  CVodeGetNonlinSolvStats(s->cvode, &newton, &convergence);
  if (s->linear_solver != NULL) CVodeGetNumJacEvals(s->cvode, &jacobians);
  out[0] = (double)steps, out[1] = (double)rhs, out[2] = (double)jacobians, out[3] = (double)newton;
  out[4] = (double)errors, out[5] = (double)convergence, out[6] = h, out[7] = next;
  out[8] = (double)setups, out[9] = last, out[10] = s->culprit;
}

EXPORT("message") char *message(Solver *s) { return s->message; }
EXPORT("snapshot_bytes") size_t snapshot_bytes(Solver *s) { return s->arena.used; }
EXPORT("snapshot") void snapshot(Solver *s, void *out) { memcpy(out, s, s->arena.used); }
EXPORT("restore") void restore(Solver *s, const void *from) { memcpy(s, from, ((const Arena *)from)->used); }
