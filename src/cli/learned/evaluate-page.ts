import { Writable } from "node:stream";
import type { Figure } from "../../report/svg/figure.ts";
import type { Streams } from "../command.ts";
import { writeText } from "../write-text.ts";

/** Where an evaluation writes; who makes a page of it is shown its figures. */
export interface EvaluateStreams extends Streams {
  readonly onFigure?: (figure: Figure) => void;
}

/** Draws a figure where a file or a page wants it. */
export async function writePlot(
  file: string | undefined,
  draw: () => Promise<Figure>,
  { onFigure }: EvaluateStreams,
): Promise<void> {
  if (file === undefined && onFigure === undefined) return;
  const figure = await draw();
  onFigure?.(figure);
  if (file !== undefined) await writeText(file, figure.svg);
}

/** Runs an evaluation and writes what it said and drew as one HTML page; stdout says the same as without. */
export async function withPage(
  file: string,
  title: string,
  streams: Streams,
  evaluate: (streams: EvaluateStreams) => Promise<number>,
): Promise<number> {
  const said: string[] = [];
  const figures: Figure[] = [];
  const out = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      said.push(text);
      streams.out.write(text);
      done();
    },
  });
  const code = await evaluate({ ...streams, out, onFigure: (figure) => figures.push(figure) });
  const { evaluationPage } = await import("../../report/html/evaluation-page.ts");
  await writeText(file, evaluationPage(title, said.join(""), figures));
  streams.err.write(`wrote ${file}\n`);
  return code;
}
