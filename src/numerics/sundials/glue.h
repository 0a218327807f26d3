/* What the files of the glue share: memory, solvers, linear algebra. See glue.c. */
#ifndef CELLWEAVE_GLUE_H
#define CELLWEAVE_GLUE_H

#include <cvodes/cvodes.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include "vectors.h"

#define EXPORT(name) __attribute__((export_name(name)))

/* ---- memory (glue-memory.c) ----------------------------------------------------------------------------------- */

#define GRAIN 16
#define SMALL 128

/* In front of what malloc returns: its size in grains, or the next free piece of that size. */
typedef struct Piece {
  struct Piece *next;
  uint32_t grains;
  uint32_t pad[2];
} Piece;

/* One stretch of memory that holds all of a solver. SUNDIALS clones vector headers: small pieces are used again. */
typedef struct Arena {
  size_t used;
  size_t capacity;
  Piece *vacant[SMALL];
} Arena;

/* Where malloc takes memory from; NULL while no solver is at work. */
extern Arena *current_arena;

void *allocate(size_t bytes);
void release(void *memory);

/* ---- the model's functions, called through the function table; each returns 0, 1 (retry smaller) or -1 --------- */

typedef int (*ModelFunction)(double t, const double *y, double *out, void *data);

/* ---- linear systems (I - gamma J) x = b (glue-linear.c) --------------------------------------------------------- */

/* A Jacobian's pattern by columns, and for the sparse way the order of elimination with its fill.
 * The rows of L and U lie in one list in order of columns; U's row k starts with its diagonal at diagonal[k]. */
typedef struct Pattern {
  int32_t size;
  int32_t entries;        /* of the Jacobian */
  int32_t filled;         /* of L and U together; 0 for the dense way */
  const int32_t *rows;    /* [entries] */
  const int32_t *starts;  /* [size + 1] */
  const int32_t *target;  /* [entries]: where an entry of J lies among those of L and U */
  const int32_t *order;   /* [size]: which variable is eliminated k-th */
  const int32_t *lu_starts;  /* [size + 1] */
  const int32_t *lu_columns; /* [filled] */
  const int32_t *diagonal;   /* [size] */
} Pattern;

typedef struct Linear {
  const Pattern *pattern;
  double *jacobian; /* [entries] */
  double *factors;  /* dense: [size * size] by columns; sparse: [filled] */
  int32_t moving;   /* variables that have a derivative, ahead of those that equations determine; dense alone has others */
  double *work;     /* [size] */
  int32_t *pivots;  /* [size], dense */
} Linear;

size_t linear_bytes(const Pattern *pattern);
int linear_init(Linear *linear, const Pattern *pattern, void *memory);
void linear_form(Linear *linear, double gamma);
int linear_factor(Linear *linear);
void linear_solve(Linear *linear, double *b);

/* Largest multiplier that sparse elimination takes: an entry below the diagonal over the pivot of its column. */
#define MOST 1e8

/* ---- two linear systems (mu I - J) x = b with complex mu, side by side (glue-twin.c) ------------------------------ */

/* Two complex numbers, one in each lane. */
typedef struct Twin {
  Pair re, im;
} Twin;

typedef struct TwinLinear {
  const Pattern *pattern;
  int32_t moving; /* as in Linear */
  Twin *factors; /* as those of Linear */
  Twin *work;    /* [size] */
  int32_t *pivots; /* [size], dense */
} TwinLinear;

size_t twin_bytes(const Pattern *pattern);
int twin_init(TwinLinear *linear, const Pattern *pattern, void *memory);
int twin_factor(TwinLinear *linear, const double *jacobian, Twin mu);
void twin_solve(TwinLinear *linear, Twin *b);

/* ---- solvers (glue.c) ------------------------------------------------------------------------------------------- */

typedef struct Solver {
  Arena arena;
  SUNContext context;
  void *cvode;
  N_Vector y;
  N_Vector atol;
  N_Vector point; /* for dense output */
  SUNMatrix matrix;
  SUNLinearSolver linear_solver;
  SUNNonlinearSolver nonlinear_solver;
  Linear linear;
  ModelFunction rhs;
  ModelFunction jacobian;
  ModelFunction roots;
  ModelFunction triggers;
  const int32_t *trigger_states; /* [trigger_state_count]: what triggers depend on */
  double *truth; /* [trigger_count]: what triggers were */
  double *rows;  /* [4][trigger_count + margin_count]: what they are at places inside a step, and their margins */
  double looked; /* time of the first of the rows; NAN: none */
  void *data;
  int32_t size;
  int32_t moving; /* components that have a derivative; those behind make their `rhs` zero */
  int32_t root_count;
  int32_t trigger_count;
  int32_t margin_count; /* relations that triggers are made of: left side less right side */
  int32_t trigger_state_count;
  int32_t culprit; /* component whose rate was last found not finite */
  struct Sensitivity *sensitivity; /* NULL: none are computed */
  struct Radau *radau;             /* NULL: CVODE steps */
  char message[256];
} Solver;

/* The rates just computed: 0, or 1 with the culprit noted where one is not finite (glue.c). */
int check_rates(Solver *solver, const double *out);
/* The Jacobian's entries, from the model or by difference quotients; those that are not finite count as 0 (glue.c). */
int fill_jacobian(Solver *solver, double t, double *y, const double *rate);

/* Newton's iteration for CVODE; NULL where memory is used up (glue-newton.c). */
SUNNonlinearSolver newton_create(Solver *solver);

/* ---- from one event to the next (glue-integrate.c) ---------------------------------------------------------------- */

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

int integrate(Solver *solver, double stop, Journey *journey, double *y);
/* What triggers depend on, at a time inside the last step, to `point`. */
void point_at(Solver *solver, double t);
/* The first time found in (from, to], the last step, at which some trigger differs from what it was, to the last bit of
 * where it changes; 0 where none is found (glue-triggers.c). */
int locate(Solver *solver, double from, double to, double *found);
int restart(Solver *solver, double t0, const double *y0);
int set_tolerances(Solver *solver, double rtol, const double *atol);

/* ---- the way from one step to the next (glue-radau.c): flags are CVODE's ------------------------------------------ */

size_t radau_bytes(const Pattern *pattern);
struct Radau *radau_create(Solver *solver, double t0, double rtol);
void radau_restart(Solver *solver, double t0);
void radau_limits(Solver *solver, double initial_step, double max_step);
void radau_tolerances(Solver *solver, double rtol);
int radau_step(Solver *solver, double stop, double *t);
int radau_derivative(Solver *solver, double t, int32_t k, double *out);
void radau_components(Solver *solver, double t, const int32_t *which, int32_t count, double *out);
void radau_statistics(Solver *solver, double *out);

#endif
