/** Edit distance with adjacent transpositions (optimal string alignment), case folded. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Longer names are not mistyped ones. */
const LONGEST = 200;

/**
 * The known names nearest to a mistyped one, nearest first, at most three.
 * @param name what was found
 * @param known what would have been right
 */
function nearest(name: string, known: Iterable<string>): string[] {
  const folded = name.toLowerCase();
  const limit = Math.max(1, Math.floor(name.length / 3));
  const ranked: { candidate: string; d: number }[] = [];
  if (name.length > LONGEST) return [];
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const d = distance(folded, candidate.toLowerCase());
    if (d <= limit) ranked.push({ candidate, d });
  }
  ranked.sort((p, q) => p.d - q.d || (p.candidate < q.candidate ? -1 : 1));
  return ranked.slice(0, 3).map((entry) => entry.candidate);
}

/** A hint sentence for a mistyped name, or undefined where nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const names = nearest(name, known);
  return names.length === 0 ? undefined : `did you mean ${names.map((n) => `'${n}'`).join(" or ")}?`;
}
