/* Radau IIA with five stages, order 9, from its definition (collocation at the zeros of P5 - P4 on [0, 1]), computed
 * with 50 digits. The inverse of its matrix A is T diag(REAL, blocks [[ALPHA, BETA], [-BETA, ALPHA]]) T^-1. */
#ifndef CELLWEAVE_GLUE_RADAU_H
#define CELLWEAVE_GLUE_RADAU_H

#include "glue.h"

#define STAGES 5

static const double NODES[STAGES] = {0.057104196114517682, 0.27684301363812383, 0.58359043236891682, 0.86024013565621945, 1.0};

/* One over the product of differences to 0 and to the other nodes. */
static const double DENOMINATORS[STAGES] = {199.88739542347736, -127.022853068795, 92.10283313613322, -64.167375490815583, 25.2};

static const double TRANSFORM[STAGES][STAGES] = {
    {0.013576867344947943, -0.011478515255229515, 0.01401985889287541, -0.010242047817908827, -0.047673877290295724},
    {0.0016179004017190875, -0.0076688307491801629, -0.024708578426518527, 0.050172864517371058, 0.094331819181611437},
    {0.079157853347447208, 0.019398463998828951, -0.081800353703751171, -0.23053953404341795, -0.1027030453801259},
    {0.41225608268046145, 0.40760117128019907, -0.19968242788680253, 0.37789390224886125, -0.46674413033249436},
    {1.0, 1.0, 0.0, 1.0, 0.0},
};

static const double INVERSE[STAGES][STAGES] = {
    {27.697693775684088, 12.783337911304406, 3.2084893867134299, -0.95149041224891622, 0.7415504960259896},
    {-33.041880213519, -17.376953479063567, -0.17212906325400556, -0.099169777982542643, 0.53122811583830667},
    {8.611443979875292, -9.6999914095288082, -1.9147286396968743, -2.41869200608494, 1.0474634879353374},
    {5.3441864378349116, 4.593615567759161, -3.0363603234594243, 1.0506601902314589, -0.27277861186429627},
    {-3.7480598074398049, 3.9849657363438847, 1.0444156416080188, -1.1840985681379485, 0.44991777015678037},
};

static const double REAL = 6.2867047517292766;
static const Pair ALPHA = {5.7009532986717894, 3.6556943254635723};
static const Pair BETA = {3.2102656003085499, 6.5437368993600773};

/* What the embedded formula of order 5 differs by, as weights of the stages, times REAL. */
static const double ERROR[STAGES] = {-27.780933944064637, 3.6414784980492132, -1.2525477211691187, 0.59200316718454287, -0.2};

#define MOST_ITERATIONS 12
/* Contraction of Newton's iteration below which the Jacobian is kept. */
#define KEEP_JACOBIAN 1e-3

typedef struct Radau {
  double t, h, last, rtol, initial, longest;
  double accepted_step, accepted_error;
  double contraction, remainder; /* of Newton's iteration: by which factor it shrinks, and what is left of a correction */
  double newton_tolerance;
  double factored; /* step that the factors belong to; 0: none */
  int known;       /* `rate` is that of this point */
  int fresh;       /* the Jacobian is that of this point */
  int rejected;    /* a trial from this point failed */
  TwinLinear twins;
  /* Stages' increments, the same transformed, corrections of these, and the increments of the last step. */
  double *z[STAGES], *w[STAGES], *f[STAGES], *past[STAGES];
  double *y0, *rate, *weight, *error, *point;
  Twin *right;
  long int steps, rates, jacobians, iterations, failures, divergences, factorisations;
} Radau;

/* The model's rates: 0, 1 (a shorter step may help) or -1. */
int radau_rates(Solver *solver, double t, const double *y, double *out);
/* Weights of the stages in the last step's polynomial at x (0: the step's start, 1: its end). */
void radau_weights(double x, double *out);
/* Jacobian and factors for the step: 0, 1 where they can't be had, or the Jacobian's flag. */
int radau_prepare(Solver *solver);
/* Newton's iteration for the stages: 0 and the number of corrections, or the flag for what stood in the way. */
int radau_iterate(Solver *solver, int *count);
/* b := (REAL / h I - J)^-1 b */
void radau_solve_real(Solver *solver, double *b);

#endif
