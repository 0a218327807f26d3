/* The door between JavaScript (or a model's own WebAssembly module) and SUNDIALS.
 *
 * Every solver lives in an arena of its own: all that SUNDIALS allocates for it lies in one stretch of memory.
 * A snapshot is therefore one copy of that stretch, a restore one copy back, and disposal frees it whole.
 *
 * The model's functions are called through the function table:
 *   rhs(t, y, ydot, data), jacobian(t, y, J, data) with J dense by columns, roots(t, y, g, data);
 * each returns 0, or 1 for a failure that a smaller step may mend, or -1 for one that nothing mends.
 */
#include <cvodes/cvodes.h>
#include <cvodes/cvodes_ls.h>
#include <nvector/nvector_serial.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <unistd.h>

#define EXPORT(name) __attribute__((export_name(name)))

typedef int (*Rhs)(double t, const double *y, double *ydot, void *data);
typedef int (*Jacobian)(double t, const double *y, double *J, void *data);
typedef int (*Roots)(double t, const double *y, double *g, void *data);

/* ---- blocks: power-of-two stretches from sbrk, with one free list a size ------------------------------------- */

typedef struct Block {
  struct Block *next;
  uint32_t class;
  uint32_t pad[2];
} Block;

static Block *free_blocks[32];

/* sbrk starts wherever the static data end; blocks begin on multiples of 64 bytes. */
static void *fresh_block(size_t bytes) {
  static int aligned = 0;
  if (!aligned) {
    uintptr_t end = (uintptr_t)sbrk(0);
    if (sbrk((intptr_t)(-end & 63)) == (void *)-1) return NULL;
    aligned = 1;
  }
  void *fresh = sbrk((intptr_t)bytes);
  return fresh == (void *)-1 ? NULL : fresh;
}

EXPORT("allocate") void *allocate(size_t bytes) {
  uint32_t class = 6;
  while (((size_t)1 << class) < bytes + sizeof(Block)) {
    if (++class > 30) return NULL;
  }
  Block *block = free_blocks[class];
  if (block != NULL) {
    free_blocks[class] = block->next;
  } else {
    block = fresh_block((size_t)1 << class);
    if (block == NULL) return NULL;
    block->class = class;
  }
  return block + 1;
}

EXPORT("release") void release(void *memory) {
  if (memory == NULL) return;
  Block *block = (Block *)memory - 1;
  block->next = free_blocks[block->class];
  free_blocks[block->class] = block;
}

/* ---- arenas: what malloc means while a solver is at work ------------------------------------------------------ */

#define GRAIN 16
#define SMALL 128

/* In front of what malloc returns: its size in grains, or the next free piece of that size. */
typedef struct Piece {
  struct Piece *next;
  uint32_t grains;
  uint32_t pad[2];
} Piece;

/* SUNDIALS clones vector headers for every difference-quotient Jacobian: small pieces are used again. */
typedef struct Arena {
  size_t used;
  size_t capacity;
  Piece *vacant[SMALL];
} Arena;

static Arena *current;

void *malloc(size_t bytes) {
  if (current == NULL || bytes > current->capacity) return NULL;
  size_t grains = (bytes + GRAIN - 1) / GRAIN;
  Piece *piece = grains < SMALL ? current->vacant[grains] : NULL;
  if (piece != NULL) {
    current->vacant[grains] = piece->next;
    return piece + 1;
  }
  size_t need = sizeof(Piece) + grains * GRAIN;
  if (need > current->capacity - current->used) return NULL;
  piece = (Piece *)((char *)current + current->used);
  piece->grains = (uint32_t)grains;
  current->used += need;
  return piece + 1;
}

void free(void *memory) {
  if (memory == NULL || current == NULL) return;
  Piece *piece = (Piece *)memory - 1;
  if (piece->grains >= SMALL) return;
  piece->next = current->vacant[piece->grains];
  current->vacant[piece->grains] = piece;
}

void *calloc(size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) return NULL;
  void *memory = malloc(count * size);
  return memory == NULL ? NULL : memset(memory, 0, count * size);
}

void *realloc(void *memory, size_t bytes) {
  /* SUNDIALS never grows an allocation; a call would be a change upstream worth a failure. */
  (void)memory;
  (void)bytes;
  return NULL;
}

/* ---- solvers -------------------------------------------------------------------------------------------------- */

typedef struct Solver {
  Arena arena;
  SUNContext context;
  void *cvode;
  N_Vector y;
  N_Vector atol;
  SUNMatrix matrix;
  SUNLinearSolver linear;
  Rhs rhs;
  Jacobian jacobian;
  Roots roots;
  void *data;
  int32_t size;
  int32_t root_count;
  char message[256];
} Solver;

static int call_rhs(realtype t, N_Vector y, N_Vector ydot, void *user) {
  Solver *s = user;
  return s->rhs(t, NV_DATA_S(y), NV_DATA_S(ydot), s->data);
}

static int call_jacobian(realtype t, N_Vector y, N_Vector fy, SUNMatrix J, void *user, N_Vector a, N_Vector b,
                         N_Vector c) {
  Solver *s = user;
  (void)fy, (void)a, (void)b, (void)c;
  return s->jacobian(t, NV_DATA_S(y), SM_DATA_D(J), s->data);
}

static int call_roots(realtype t, N_Vector y, realtype *g, void *user) {
  Solver *s = user;
  return s->roots(t, NV_DATA_S(y), g, s->data);
}

static void keep_message(int code, const char *module, const char *function, char *message, void *user) {
  Solver *s = user;
  (void)code, (void)module, (void)function;
  strncpy(s->message, message, sizeof s->message - 1);
}

/* A stiff solver (BDF, dense Newton) of `size` variables at t0; NULL where `capacity` bytes don't hold it. */
EXPORT("create")
Solver *create(size_t capacity, int32_t size, double t0, const double *y0, double rtol, const double *atol, Rhs rhs,
               Jacobian jacobian, int32_t root_count, Roots roots, void *data) {
  Solver *s = allocate(capacity);
  if (s == NULL) return NULL;
  memset(s, 0, sizeof *s);
  s->arena.used = (sizeof *s + GRAIN - 1) / GRAIN * GRAIN;
  s->arena.capacity = capacity;
  s->rhs = rhs, s->jacobian = jacobian, s->roots = roots, s->data = data;
  s->size = size, s->root_count = root_count;
  current = &s->arena;
  int ok = SUNContext_Create(NULL, &s->context) == 0;
  ok = ok && (s->y = N_VNew_Serial(size, s->context)) != NULL;
  ok = ok && (s->atol = N_VNew_Serial(size, s->context)) != NULL;
  if (ok) {
    memcpy(NV_DATA_S(s->y), y0, (size_t)size * sizeof(double));
    memcpy(NV_DATA_S(s->atol), atol, (size_t)size * sizeof(double));
  }
  ok = ok && (s->cvode = CVodeCreate(CV_BDF, s->context)) != NULL;
  ok = ok && CVodeSetErrHandlerFn(s->cvode, keep_message, s) == CV_SUCCESS;
  ok = ok && CVodeInit(s->cvode, call_rhs, t0, s->y) == CV_SUCCESS;
  ok = ok && CVodeSVtolerances(s->cvode, rtol, s->atol) == CV_SUCCESS;
  ok = ok && CVodeSetUserData(s->cvode, s) == CV_SUCCESS;
  ok = ok && CVodeSetMaxNumSteps(s->cvode, -1) == CV_SUCCESS;
  ok = ok && (s->matrix = SUNDenseMatrix(size, size, s->context)) != NULL;
  ok = ok && (s->linear = SUNLinSol_Dense(s->y, s->matrix, s->context)) != NULL;
  ok = ok && CVodeSetLinearSolver(s->cvode, s->linear, s->matrix) == CVLS_SUCCESS;
  ok = ok && (jacobian == NULL || CVodeSetJacFn(s->cvode, call_jacobian) == CVLS_SUCCESS);
  ok = ok && (root_count == 0 || CVodeRootInit(s->cvode, root_count, call_roots) == CV_SUCCESS);
  current = NULL;
  if (ok) return s;
  release(s);
  return NULL;
}

EXPORT("dispose") void dispose(Solver *s) { release(s); }

/* Starts anew at t0 from y0 (after an event), keeping memory and tolerances. */
EXPORT("restart") int restart(Solver *s, double t0, const double *y0) {
  current = &s->arena;
  memcpy(NV_DATA_S(s->y), y0, (size_t)s->size * sizeof(double));
  int flag = CVodeReInit(s->cvode, t0, s->y);
  current = NULL;
  return flag;
}

EXPORT("set_limits") int set_limits(Solver *s, double initial_step, double max_step) {
  int flag = CVodeSetInitStep(s->cvode, initial_step);
  return flag != CV_SUCCESS ? flag : CVodeSetMaxStep(s->cvode, max_step);
}

/* One internal step, never past `stop`; y and the time reached go to `y` and `t`. Returns CVODE's flag. */
EXPORT("step") int step(Solver *s, double stop, double *t, double *y) {
  current = &s->arena;
  int flag = CVodeSetStopTime(s->cvode, stop);
  if (flag == CV_SUCCESS) flag = CVode(s->cvode, stop, s->y, t, CV_ONE_STEP);
  memcpy(y, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
  current = NULL;
  return flag;
}

/* k-th derivative of the solution at a time inside the last step. */
EXPORT("derivative") int derivative(Solver *s, double t, int32_t k, double *out) {
  current = &s->arena;
  int flag = CVodeGetDky(s->cvode, t, k, s->y);
  memcpy(out, NV_DATA_S(s->y), (size_t)s->size * sizeof(double));
  current = NULL;
  return flag;
}

/* Which roots were found: +1 rising, -1 falling, 0 none; shape [root_count]. */
EXPORT("root_directions") int root_directions(Solver *s, int32_t *out) { return CVodeGetRootInfo(s->cvode, (int *)out); }

/* steps, rhs calls, Jacobians, Newton iterations, error test failures, convergence failures; then last step size. */
EXPORT("statistics") void statistics(Solver *s, double *out) {
  long int steps = 0, rhs = 0, setups = 0, errors = 0, newton = 0, convergence = 0, jacobians = 0;
  int last = 0, now = 0;
  realtype h0 = 0, h = 0, next = 0, t = 0;
  CVodeGetIntegratorStats(s->cvode, &steps, &rhs, &setups, &errors, &last, &now, &h0, &h, &next, &t);
  CVodeGetNonlinSolvStats(s->cvode, &newton, &convergence);
  CVodeGetNumJacEvals(s->cvode, &jacobians);
  out[0] = (double)steps, out[1] = (double)rhs, out[2] = (double)jacobians, out[3] = (double)newton;
  out[4] = (double)errors, out[5] = (double)convergence, out[6] = h, out[7] = next;
}

EXPORT("message") char *message(Solver *s) { return s->message; }
EXPORT("snapshot_bytes") size_t snapshot_bytes(Solver *s) { return s->arena.used; }
EXPORT("snapshot") void snapshot(Solver *s, void *out) { memcpy(out, s, s->arena.used); }
EXPORT("restore") void restore(Solver *s, const void *from) { memcpy(s, from, ((const Arena *)from)->used); }
