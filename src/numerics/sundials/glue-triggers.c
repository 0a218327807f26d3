/* Where some trigger changes inside a step, however briefly. */
#include "glue.h"
#include <math.h>

/* Places at which triggers are looked at, as shares of a step; near its ends too, where it shows which way margins go. */
static const double PLACES[] = {0.01, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.99, 1};
#define PLACE_COUNT (int)(sizeof PLACES / sizeof *PLACES)

/* A margin is followed towards 0 while a parabola promises to bring it nearer by more than this share. */
#define PROMISE 0.01
#define MOST_PROBES 30

/* A time, and behind the triggers' truth there the margin of every relation that they are made of. */
typedef struct Look {
  double t;
  double *row;
} Look;

/* Whether some trigger differs at t, inside the last step, from what it was. */
static int look(Solver *s, double t, Look *at) {
  at->t = t;
  point_at(s, t);
  s->triggers(t, NV_DATA_S(s->point), at->row, s->data);
  for (int32_t i = 0; i < s->trigger_count; i++)
    if ((at->row[i] != 0 && !isnan(at->row[i])) != (s->truth[i] != 0)) return 1;
  return 0;
}

static int sign(double margin) { return (margin > 0) - (margin < 0); }

/* The first time after `low` at which some trigger has changed, to the last bit; it has at `high`. */
static double first_change(Solver *s, double low, double high, Look *probe) {
  for (int i = 0; i < 100; i++) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (look(s, middle, probe)) high = middle;
    else low = middle;
  }
  return high;
}

/* Whether some trigger has changed for a moment where margin i changes its sign between a and b; `probe` is when. */
static int changes_at_crossing(Solver *s, int32_t i, const Look *a, const Look *b, Look *probe) {
  double low = a->t, high = b->t;
  const int before = sign(a->row[i]);
  for (int n = 0; n < 100; n++) {
    double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (look(s, middle, probe)) return 1;
    if (sign(probe->row[i]) != before) high = middle;
    else low = middle;
  }
  return look(s, high, probe);
}

/* Whether some trigger has changed where margin i comes nearest to 0, which is between a and c; `probe` is when. */
static int changes_at_extremum(Solver *s, int32_t i, const Look *a, const Look *b, const Look *c, Look *probe) {
  double ta = a->t, tb = b->t, tc = c->t;
  double fa = fabs(a->row[i]), fb = fabs(b->row[i]), fc = fabs(c->row[i]);
  for (int n = 0; n < MOST_PROBES; n++) {
    const double before = (fa - fb) / (ta - tb), after = (fc - fb) / (tc - tb);
    const double curvature = (after - before) / (tc - ta);
    const double slope = before - curvature * (ta - tb);
    const double t = tb - slope / (2 * curvature);
    if (!(slope * slope / (4 * curvature) > PROMISE * fb) || t <= ta || t >= tc || t == tb) return 0;
    if (look(s, t, probe)) return 1;
    const double f = fabs(probe->row[i]);
    if (f <= fb) {
      if (t < tb) tc = tb, fc = fb;
      else ta = tb, fa = fb;
      tb = t, fb = f;
    } else if (t < tb) ta = t, fa = f;
    else tc = t, fc = f;
  }
  return 0;
}

/* The earliest time found at which some trigger has changed between looks at which none differs; NAN: none. */
static double change_between(Solver *s, const Look *a, const Look *b, const Look *c, Look *probe) {
  double found = NAN;
  for (int32_t i = s->trigger_count; i < s->trigger_count + s->margin_count; i++) {
    const int last = sign(b->row[i]), now = sign(c->row[i]);
    int changes = 0;
    if (last != 0 && now != last) changes = changes_at_crossing(s, i, b, c, probe);
    else if (a != NULL && last == now && sign(a->row[i]) == now && fabs(b->row[i]) < fabs(a->row[i]) &&
             fabs(b->row[i]) <= fabs(c->row[i]))
      changes = changes_at_extremum(s, i, a, b, c, probe);
    if (changes && !(probe->t >= found)) found = probe->t;
  }
  return found;
}

int locate(Solver *s, double from, double to, double *found) {
  const size_t width = (size_t)(s->trigger_count + s->margin_count);
  Look looks[4];
  for (int k = 0; k < 4; k++) looks[k].row = s->rows + (size_t)k * width;
  Look *a = NULL, *b = &looks[0], *c = &looks[1], *probe = &looks[3];
  b->t = from;
  if (s->looked != from) look(s, from, b);
  for (int k = 0; k < PLACE_COUNT; k++) {
    double low = b->t, high = k == PLACE_COUNT - 1 ? to : from + (to - from) * PLACES[k];
    if (!look(s, high, c)) {
      high = change_between(s, a, b, c, probe);
      low = a == NULL ? from : a->t;
    }
    if (!isnan(high)) {
      *found = first_change(s, low, high, probe);
      return 1;
    }
    Look *free = a == NULL ? &looks[2] : a;
    a = b, b = c, c = free;
  }
  memcpy(s->rows, b->row, width * sizeof(double));
  s->looked = to;
  return 0;
}
