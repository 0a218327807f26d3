/* Runs of one model that differ in some start values, one after the other without a return to JavaScript: where a run
 * takes a few microseconds, what stands around it in JavaScript takes longer, most of all in a thread that has just
 * been started. */
#include "glue.h"
#include <math.h>

#define MOST_PREPARATIONS 5

/* The same layout stands in batch.ts. */
typedef struct Batch {
  double t0, t1, rtol, atol;
  const double *image;     /* [slots]: what slots hold before anything is computed; slot 0 is the time, then states */
  const int32_t *changed;  /* [changes]: slots that differ from run to run */
  const double *values;    /* [count][changes] */
  const int32_t *volumes;  /* [states]: slot of the size that scales a tolerance, or -1 */
  double *tolerances;      /* [states] */
  const double *truth;     /* [triggers]: what triggers count as before the start */
  const int32_t *selected; /* [columns]: which number of the observed row, or -1 */
  double *row;             /* what `observe` writes */
  double *out;             /* [count][columns] */
  ModelFunction preparations[MOST_PREPARATIONS]; /* to be called at the start, in this order, for what is in `data` */
  ModelFunction observe;
  int32_t preparation_count, slots, changes, count, columns, max_steps;
} Batch;

/* Scaled as in tolerances.ts. */
static void scale_tolerances(const Solver *s, const Batch *b) {
  const double *data = s->data;
  for (int32_t i = 0; i < s->size; i++) {
    double volume = b->volumes[i] < 0 ? 1 : fabs(data[b->volumes[i]]);
    b->tolerances[i] = b->atol * (volume > 0 && isfinite(volume) ? volume : 1);
  }
}

/* Takes note of triggers that have turned false; 0 where one has turned true, for an event is then to be executed. */
static int still_quiet(Solver *s, double t) {
  if (s->trigger_count == 0) return 1;
  double *data = s->data, *now = s->rows;
  s->triggers(t, data + 1, now, data);
  for (int32_t i = 0; i < s->trigger_count; i++) {
    now[i] = now[i] != 0 && !isnan(now[i]);
    if (now[i] != 0 && s->truth[i] == 0) return 0;
  }
  memcpy(s->truth, now, (size_t)s->trigger_count * sizeof(double));
  return 1;
}

/* To the end, anew from wherever a trigger changes; 0 where that takes an event, or can't be done. */
static int travel(Solver *s, const Batch *b) {
  double *data = s->data;
  Journey journey = {.t = b->t0, .times = &b->t1, .count = 1, .steps = b->max_steps};
  int flag = TRIGGERED;
  while (flag == TRIGGERED) {
    if (!still_quiet(s, journey.t) || restart(s, journey.t, data + 1) != CV_SUCCESS) return 0;
    journey.steps = b->max_steps;
    flag = integrate(s, b->t1, &journey, data + 1);
    data[0] = journey.t;
  }
  return flag == CV_TSTOP_RETURN;
}

static int run(Solver *s, const Batch *b, int32_t index) {
  double *data = s->data;
  memcpy(data, b->image, (size_t)b->slots * sizeof(double));
  data[0] = b->t0;
  for (int32_t k = 0; k < b->changes; k++) data[b->changed[k]] = b->values[(size_t)index * b->changes + k];
  for (int32_t k = 0; k < b->preparation_count; k++) b->preparations[k](0, NULL, NULL, data);
  memcpy(s->truth, b->truth, (size_t)s->trigger_count * sizeof(double));
  scale_tolerances(s, b);
  if (set_tolerances(s, b->rtol, b->tolerances) != CV_SUCCESS || !travel(s, b)) return 0;
  data[0] = b->t1;
  b->observe(b->t1, data + 1, b->row, data);
  for (int32_t c = 0; c < b->columns; c++)
    b->out[(size_t)index * b->columns + c] = b->selected[c] < 0 ? NAN : b->row[b->selected[c]];
  return 1;
}

/* Returns how many runs were made before one at which something else has to be done: an event, or a failure. */
EXPORT("run_batch") int32_t run_batch(Solver *s, const Batch *b) {
  int32_t done = 0;
  while (done < b->count && run(s, b, done)) done++;
  return done;
}
