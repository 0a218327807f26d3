/* Newton's iteration of CVODE's corrector, with its vector operations in as few loops as there can be and the model's
 * functions and elimination called directly. Numbers and decisions are those of sunnonlinsol_newton.c, cvodes_nls.c and
 * cvLsSolve (SUNDIALS 6.4.1) for a direct solver with BDF. */
#include "glue.h"
#include "cvodes_impl.h"
#include <math.h>


typedef struct Newton {
  Solver *solver;
  SUNNonlinSolLSetupFn setup;
  double *change;
  long int iterations;
  long int failures;
  booleantype fresh; /* whether the Jacobian is of this step */
} Newton;

static SUNNonlinearSolver_Type newton_type(SUNNonlinearSolver N) {
  (void)N;
  return SUNNONLINEARSOLVER_ROOTFIND;
}

static int set_system(SUNNonlinearSolver N, SUNNonlinSolSysFn f) {
  (void)N, (void)f;
  return 0;
}

static int set_setup(SUNNonlinearSolver N, SUNNonlinSolLSetupFn f) {
  ((Newton *)N->content)->setup = f;
  return 0;
}

static int iterations(SUNNonlinearSolver N, long int *out) {
  *out = ((Newton *)N->content)->iterations;
  return 0;
}

static int failures(SUNNonlinearSolver N, long int *out) {
  *out = ((Newton *)N->content)->failures;
  return 0;
}

static int newton_free(SUNNonlinearSolver N) {
  (void)N;
  return 0;
}

/* change = -(y - what BDF's formula gives for y), at y = predicted + correction */
static int residual(Newton *newton, CVodeMem cv, const double *predicted, const double *correction) {
  Solver *s = newton->solver;
  const int32_t n = s->size;
  double *y = NV_DATA_S(cv->cv_y), *rate = NV_DATA_S(cv->cv_ftemp), *change = newton->change;
  const double *slope = NV_DATA_S(cv->cv_zn[1]), rl1 = cv->cv_rl1, gamma = cv->cv_gamma;
  FOR_PAIRS(n, AT(y, i) = AT(predicted, i) + AT(correction, i), y[i] = predicted[i] + correction[i]);
  int flag = cv->cv_f(cv->cv_tn, cv->cv_y, cv->cv_ftemp, cv->cv_user_data);
  cv->cv_nfe++;
  if (flag != 0) return flag < 0 ? CV_RHSFUNC_FAIL : RHSFUNC_RECVR;
  FOR_PAIRS(n, AT(change, i) = gamma * AT(rate, i) - (rl1 * AT(slope, i) + AT(correction, i)),
            change[i] = gamma * rate[i] - (rl1 * slope[i] + correction[i]));
  return 0;
}

/* One iteration; the norm of the change. */
static double improve(Newton *newton, CVodeMem cv, double *correction, const double *weight) {
  const int32_t n = newton->solver->size;
  double *change = newton->change, sum = 0;
  linear_solve(&newton->solver->linear, change);
  if (cv->cv_gamrat != 1) {
    const double scale = 2 / (1 + cv->cv_gamrat);
    FOR_PAIRS(n, AT(change, i) = scale * AT(change, i), change[i] = scale * change[i]);
  }
  for (int32_t i = 0; i < n; i++) {
    correction[i] += change[i];
    sum += change[i] * weight[i] * (change[i] * weight[i]);
  }
  return sqrt(sum / n);
}

static int converged(CVodeMem cv, int iteration, double norm, N_Vector correction, N_Vector weight, double tolerance) {
  if (iteration > 0) cv->cv_crate = fmax(CRDOWN * cv->cv_crate, norm / cv->cv_delp);
  if (norm * fmin(1, cv->cv_crate) / tolerance <= 1) {
    cv->cv_acnrm = iteration == 0 ? norm : N_VWrmsNorm(correction, weight);
    cv->cv_acnrmcur = SUNTRUE;
    return 0;
  }
  if (iteration >= 1 && norm > RDIV * cv->cv_delp) return SUN_NLS_CONV_RECVR;
  cv->cv_delp = norm;
  return SUN_NLS_CONTINUE;
}

static int iterate(Newton *newton, CVodeMem cv, N_Vector y0, N_Vector ycor, N_Vector w, double tol) {
  const double *predicted = NV_DATA_S(y0), *weight = NV_DATA_S(w);
  double *correction = NV_DATA_S(ycor);
  for (int m = 0;;) {
    newton->iterations++;
    int flag = converged(cv, m, improve(newton, cv, correction, weight), ycor, w, tol);
    if (flag != SUN_NLS_CONTINUE) return flag;
    if (++m >= NLS_MAXCOR) return SUN_NLS_CONV_RECVR;
    flag = residual(newton, cv, predicted, correction);
    if (flag != 0) return flag;
  }
}

static int newton_solve(SUNNonlinearSolver N, N_Vector y0, N_Vector ycor, N_Vector w, realtype tol, booleantype setup,
                        void *mem) {
  Newton *newton = N->content;
  CVodeMem cv = mem;
  newton->iterations = newton->failures = 0;
  booleantype bad = SUNFALSE;
  for (;;) {
    int flag = residual(newton, cv, NV_DATA_S(y0), NV_DATA_S(ycor));
    if (flag == 0 && setup) flag = newton->setup(bad, &newton->fresh, mem);
    if (flag == 0) flag = iterate(newton, cv, y0, ycor, w, tol);
    if (flag == 0) {
      newton->fresh = SUNFALSE;
      return 0;
    }
    newton->failures++;
    if (flag < 0 || newton->fresh) return flag;
    setup = bad = SUNTRUE;
    N_VConst(0, ycor);
  }
}

/* NULL where memory is used up. */
SUNNonlinearSolver newton_create(Solver *s) {
  Newton *newton = malloc(sizeof *newton);
  SUNNonlinearSolver N = SUNNonlinSolNewEmpty(s->context);
  if (newton == NULL || N == NULL) return NULL;
  memset(newton, 0, sizeof *newton);
  newton->solver = s;
  newton->change = malloc((size_t)s->size * sizeof(double));
  N->content = newton;
  N->ops->gettype = newton_type;
  N->ops->solve = newton_solve;
  N->ops->free = newton_free;
  N->ops->setsysfn = set_system;
  N->ops->setlsetupfn = set_setup;
  N->ops->getnumiters = iterations;
  N->ops->getnumconvfails = failures;
  return newton->change == NULL ? NULL : N;
}
