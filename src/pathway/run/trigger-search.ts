/** Triggers and the margins of their relations, looked at inside a step. */
export interface TriggerLooks {
  /** Length of a row of margins: left side less right side of every relation that triggers are made of. */
  readonly margins: number;
  /** Whether some trigger differs at a time from what it was; fills `row` with the margins then. */
  changedAt(t: number, row: Float64Array): boolean;
}

interface Look {
  t: number;
  readonly row: Float64Array;
}

/** Places at which triggers are looked at, as shares of a step; near its ends too, where it shows which way margins go. */
const PLACES = [0.01, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.99, 1] as const;
/** A margin is followed towards 0 while a parabola promises to bring it nearer by more than this share. */
const PROMISE = 0.01;
const MOST_PROBES = 30;

/**
 * The first time found after the start of a step at which some trigger has changed, to the last bit of where it changes;
 * `numerics/sundials/glue-triggers.c` does the same where all of a model is WebAssembly.
 *
 * A change that lasts from one place to the next is always found. One that is over before the next place is found where
 * it shows in the margins: two of them change sign between the places, or one turns round short of 0.
 */
export function firstChange(looks: TriggerLooks, t0: number, t1: number): number | undefined {
  const [first, second, third, probe] = Array.from({ length: 4 }, () => newLook(looks)) as [Look, Look, Look, Look];
  let a: Look | undefined;
  let [b, c] = [first, second];
  b.t = t0;
  looks.changedAt(t0, b.row);
  for (const place of PLACES) {
    c.t = place === 1 ? t1 : t0 + (t1 - t0) * place;
    if (looks.changedAt(c.t, c.row)) return bisect(looks, b.t, c.t, probe.row);
    const brief = changeBetween(looks, a, b, c, probe);
    if (brief !== undefined) return bisect(looks, a?.t ?? t0, brief, probe.row);
    [a, b, c] = [b, c, a ?? third];
  }
  return undefined;
}

function newLook({ margins }: TriggerLooks): Look {
  return { t: Number.NaN, row: new Float64Array(margins) };
}

function bisect(looks: TriggerLooks, from: number, to: number, row: Float64Array): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 100; i++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (looks.changedAt(middle, row)) high = middle;
    else low = middle;
  }
  return high;
}

/** The earliest time found at which some trigger has changed between looks at which none differs. */
function changeBetween(looks: TriggerLooks, a: Look | undefined, b: Look, c: Look, probe: Look): number | undefined {
  let found: number | undefined;
  for (let i = 0; i < looks.margins; i++) {
    const [before, last, now] = [a?.row[i] ?? Number.NaN, b.row[i] ?? 0, c.row[i] ?? 0];
    const nearest = Math.abs(last) < Math.abs(before) && Math.abs(last) <= Math.abs(now);
    let changes = false;
    if (last !== 0 && Math.sign(now) !== Math.sign(last)) changes = changesAtCrossing(looks, i, b, c, probe);
    else if (a !== undefined && nearest && last !== 0 && Math.sign(before) === Math.sign(last))
      changes = changesAtExtremum(looks, i, [a, b, c], probe);
    if (changes && !(found !== undefined && probe.t >= found)) found = probe.t;
  }
  return found;
}

/** Whether some trigger has changed for a moment where margin i changes its sign; `probe.t` is when. */
function changesAtCrossing(looks: TriggerLooks, i: number, a: Look, b: Look, probe: Look): boolean {
  let [low, high] = [a.t, b.t];
  const before = Math.sign(a.row[i] ?? 0);
  for (let n = 0; n < 100; n++) {
    probe.t = low + (high - low) / 2;
    if (probe.t <= low || probe.t >= high) break;
    if (looks.changedAt(probe.t, probe.row)) return true;
    if (Math.sign(probe.row[i] ?? 0) !== before) high = probe.t;
    else low = probe.t;
  }
  probe.t = high;
  return looks.changedAt(high, probe.row);
}

/** Whether some trigger has changed where margin i comes nearest to 0 within three looks; `probe.t` is when. */
function changesAtExtremum(looks: TriggerLooks, i: number, around: readonly Look[], probe: Look): boolean {
  let [[ta, fa], [tb, fb], [tc, fc]] = around.map(({ t, row }) => [t, Math.abs(row[i] ?? 0)]) as [Point, Point, Point];
  for (let n = 0; n < MOST_PROBES; n++) {
    const before = (fa - fb) / (ta - tb);
    const curvature = ((fc - fb) / (tc - tb) - before) / (tc - ta);
    const slope = before - curvature * (ta - tb);
    const t = tb - slope / (2 * curvature);
    if (!((slope * slope) / (4 * curvature) > PROMISE * fb) || t <= ta || t >= tc || t === tb) return false;
    probe.t = t;
    if (looks.changedAt(t, probe.row)) return true;
    const f = Math.abs(probe.row[i] ?? 0);
    if (f <= fb) {
      if (t < tb) [tc, fc] = [tb, fb];
      else [ta, fa] = [tb, fb];
      [tb, fb] = [t, f];
    } else if (t < tb) [ta, fa] = [t, f];
    else [tc, fc] = [t, f];
  }
  return false;
}

type Point = [number, number];
