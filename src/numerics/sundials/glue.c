/* The door between JavaScript (or a model's own WebAssembly module) and CVODES.
 *
 * The model's functions are called through the function table (see glue.h):
 *   rhs(t, y, ydot, data); jacobian(t, y, entries, data) with the entries of J by columns, in the order of a pattern;
 *   roots(t, y, g, data); triggers(t, y, truth and margins, data); observe(t, y, row, data).
 */
#include "glue.h"
#include <math.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

/* Adams-Moulton iterates to a fixed point, the others by Newton's method. */
enum { BDF, ADAMS, RADAU };

/* What a solver is made from; the same layout stands in solver-setup.ts. */
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
  int32_t method;
  int32_t trigger_state_count;
  int32_t moving; /* components that have a derivative: Radau alone takes others, dense */
  const int32_t *trigger_states; /* what triggers depend on, ascending */
  int32_t margin_count;
} Setup;

static int not_finite(const double *v, int32_t n) {
  double sum = 0;
  for (int32_t i = 0; i < n; i++) sum += v[i] * 0;
  return sum != 0;
}

int check_rates(Solver *s, const double *out) {
  if (!not_finite(out, s->size)) return 0;
  for (s->culprit = 0; s->culprit < s->size - 1 && isfinite(out[s->culprit]);) s->culprit++;
  return 1;
}

static int call_rhs(realtype t, N_Vector y, N_Vector ydot, void *user) {
  Solver *s = user;
  double *out = NV_DATA_S(ydot);
  int flag = s->rhs(t, NV_DATA_S(y), out, s->data);
  return flag != 0 ? flag : check_rates(s, out);
}

static int call_roots(realtype t, N_Vector y, realtype *g, void *user) {
  Solver *s = user;
  return s->roots(t, NV_DATA_S(y), g, s->data);
}

/* Column by column, where the model's functions have no derivatives. */
static int quotients(Solver *s, double t, double *y, const double *rate) {
  double *moved = NV_DATA_S(s->point), *column = s->linear.jacobian;
  for (int32_t j = 0; j < s->size; j++, column += s->size) {
    double kept = y[j], by = 1.5e-8 * fmax(fabs(kept), 1e3 * NV_DATA_S(s->atol)[j]);
    y[j] = kept + by;
    int flag = s->rhs(t, y, moved, s->data);
    y[j] = kept;
    if (flag != 0) return flag;
    for (int32_t i = 0; i < s->size; i++) column[i] = (moved[i] - rate[i]) / by;
  }
  return 0;
}

/* A root at 0 has an infinite slope; Newton's iteration needs no exact Jacobian. */
int fill_jacobian(Solver *s, double t, double *y, const double *rate) {
  double *entries = s->linear.jacobian;
  int32_t count = s->linear.pattern->entries;
  int flag = s->jacobian == NULL ? quotients(s, t, y, rate) : s->jacobian(t, y, entries, s->data);
  if (flag == 0 && not_finite(entries, count))
    for (int32_t k = 0; k < count; k++)
      if (!isfinite(entries[k])) entries[k] = 0;
  return flag;
}

/* I - gamma J, with the Jacobian kept where CVODE says that the last one will do. */
static int form_system(realtype t, N_Vector y, N_Vector fy, SUNMatrix M, booleantype keep, booleantype *fresh,
                       realtype gamma, void *user, N_Vector a, N_Vector b, N_Vector c) {
  Solver *s = user;
  (void)M, (void)a, (void)b, (void)c;
  *fresh = !keep;
  int flag = keep ? 0 : fill_jacobian(s, t, NV_DATA_S(y), NV_DATA_S(fy));
  if (flag != 0) return flag;
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
  s->nonlinear_solver = newton_create(s);
  return s->nonlinear_solver != NULL && CVodeSetNonlinearSolver(s->cvode, s->nonlinear_solver) == CV_SUCCESS &&
         CVodeSetLinearSolver(s->cvode, s->linear_solver, s->matrix) == CVLS_SUCCESS &&
         CVodeSetLinSysFn(s->cvode, form_system) == CVLS_SUCCESS;
}

static int use_fixed_point(Solver *s) {
  s->nonlinear_solver = SUNNonlinSol_FixedPoint(s->y, 0, s->context);
  return s->nonlinear_solver != NULL && CVodeSetNonlinearSolver(s->cvode, s->nonlinear_solver) == CV_SUCCESS;
}

static size_t arena_bytes(const Setup *setup) {
  size_t n = (size_t)setup->size;
  size_t linear = setup->pattern != NULL ? linear_bytes(setup->pattern) : setup->method == BDF ? 24 * n * n + 64 * n : 0;
  if (setup->method == RADAU && setup->pattern != NULL) linear += radau_bytes(setup->pattern);
  size_t looks = 5 * (size_t)setup->trigger_count + 4 * (size_t)setup->margin_count;
  return 32768 + linear + 8 * (56 * n + 16 * (size_t)setup->root_count + looks);
}

static int use_cvode(Solver *s, const Setup *setup) {
  if (s->moving < s->size) return 0;
  int ok = (s->cvode = CVodeCreate(setup->method == ADAMS ? CV_ADAMS : CV_BDF, s->context)) != NULL;
  ok = ok && CVodeSetErrHandlerFn(s->cvode, keep_message, s) == CV_SUCCESS;
  ok = ok && CVodeSetUserData(s->cvode, s) == CV_SUCCESS;
  ok = ok && CVodeInit(s->cvode, call_rhs, setup->t0, s->y) == CV_SUCCESS;
  ok = ok && CVodeSVtolerances(s->cvode, setup->rtol, s->atol) == CV_SUCCESS;
  ok = ok && CVodeSetMaxNumSteps(s->cvode, -1) == CV_SUCCESS;
  ok = ok && (setup->method == ADAMS ? use_fixed_point(s) : use_newton(s, setup->pattern));
  ok = ok && (s->root_count == 0 || CVodeRootInit(s->cvode, s->root_count, call_roots) == CV_SUCCESS);
  ok = ok && CVodeSetInitStep(s->cvode, setup->initial_step) == CV_SUCCESS;
  ok = ok && CVodeSetMaxStep(s->cvode, setup->max_step) == CV_SUCCESS;
  return ok;
}

/* Without root functions, and with a pattern. */
static int use_radau(Solver *s, const Setup *setup) {
  const Pattern *p = setup->pattern;
  if (p == NULL || s->root_count > 0 || (p->filled > 0 && s->moving < s->size)) return 0;
  if (!linear_init(&s->linear, p, malloc(linear_bytes(p)))) return 0;
  if (radau_create(s, setup->t0, setup->rtol) == NULL) return 0;
  radau_limits(s, setup->initial_step, setup->max_step);
  return 1;
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
  s->data = setup->data, s->size = setup->size, s->moving = setup->moving;
  s->root_count = setup->root_count, s->trigger_count = setup->trigger_count;
  s->margin_count = setup->margin_count;
  s->trigger_states = setup->trigger_states, s->trigger_state_count = setup->trigger_state_count;
  current_arena = &s->arena;
  int ok = SUNContext_Create(NULL, &s->context) == 0;
  ok = ok && (s->y = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->atol = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->point = N_VNew_Serial(s->size, s->context)) != NULL;
  ok = ok && (s->truth = malloc(8 * (size_t)s->trigger_count)) != NULL;
  ok = ok && (s->rows = malloc(32 * (size_t)(s->trigger_count + s->margin_count))) != NULL;
  if (ok) {
    memcpy(NV_DATA_S(s->y), setup->y0, (size_t)s->size * sizeof(double));
    memcpy(NV_DATA_S(s->atol), setup->atol, (size_t)s->size * sizeof(double));
  }
  ok = ok && (setup->method == RADAU ? use_radau(s, setup) : use_cvode(s, setup));
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
  int flag = CV_SUCCESS;
  if (s->radau != NULL) radau_restart(s, t0);
  else flag = CVodeReInit(s->cvode, t0, s->y);
  current_arena = NULL;
  return flag;
}

EXPORT("set_tolerances") int set_tolerances(Solver *s, double rtol, const double *atol) {
  memcpy(NV_DATA_S(s->atol), atol, (size_t)s->size * sizeof(double));
  if (s->radau == NULL) return CVodeSVtolerances(s->cvode, rtol, s->atol);
  radau_tolerances(s, rtol);
  return CV_SUCCESS;
}

EXPORT("set_limits") int set_limits(Solver *s, double initial_step, double max_step) {
  if (s->radau != NULL) {
    radau_limits(s, initial_step, max_step);
    return CV_SUCCESS;
  }
  int flag = CVodeSetInitStep(s->cvode, initial_step);
  return flag != CV_SUCCESS ? flag : CVodeSetMaxStep(s->cvode, max_step);
}
