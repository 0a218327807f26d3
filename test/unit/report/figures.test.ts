import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { figures } from "../../../src/report/figures.ts";
import { textWidth } from "../../../src/report/svg/format.ts";
import { reportFixture } from "../../support/report-fixture.ts";

interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor: string;
}

interface Parsed {
  readonly texts: readonly Text[];
  readonly names: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Reads a figure back; throws where it isn't well-formed. */
function parse(svg: string): Parsed {
  const texts: (Text & { text: string })[] = [];
  const names: string[] = [];
  let open: (Text & { text: string }) | undefined;
  let size = { width: 0, height: 0 };
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes: a }) => {
    names.push(name);
    if (name === "svg") size = { width: Number(a.width), height: Number(a.height) };
    if (name === "text") {
      open = {
        text: "",
        x: Number(a.x),
        y: Number(a.y),
        size: Number(a["font-size"] ?? 12),
        anchor: String(a["text-anchor"] ?? "start"),
      };
    }
  });
  parser.on("text", (text) => {
    if (open) open.text += text;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "text" && open) {
      texts.push(open);
      open = undefined;
    }
  });
  parser.write(svg).close();
  return { texts, names, ...size };
}

/** The box of a text, a tenth narrower than the generous estimate. */
function boxOf({ text, x, y, size, anchor }: Text) {
  const width = 0.9 * textWidth(text, size);
  const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
  return { left, right: left + width, top: y - 0.72 * size, bottom: y };
}

function expectLegible(parsed: Parsed): void {
  const boxes = parsed.texts.map((text) => ({ text: text.text, ...boxOf(text) }));
  boxes.forEach((a, i) => {
    expect(a.left, a.text).toBeGreaterThanOrEqual(0);
    expect(a.right, a.text).toBeLessThanOrEqual(parsed.width);
    expect(a.bottom, a.text).toBeLessThanOrEqual(parsed.height);
    for (const b of boxes.slice(i + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      expect(apart, `'${a.text}' and '${b.text}'`).toBe(true);
    }
  });
}

const drawn = figures(reportFixture());

describe("figures of a run", () => {
  test("are those that the input has data for", () => {
    expect(drawn.map((figure) => figure.name)).toEqual([
      "overview",
      "phases",
      "time-course-flux-biomass-ecoli-core-w-gam",
      "time-course-biomass",
      "time-course-pool-glc-d-e",
      "time-course-pool-ac-e",
      "time-course-pool-o2-e",
      "time-course-expression-b1002",
      "arm-differences",
      "fluxes",
      "graph-hybrid",
      "graph-mechanistic",
      "graph-learned",
    ]);
  });

  test("are the same text every time", () => {
    expect(figures(reportFixture())).toEqual(drawn);
  });

  for (const { name, svg, title, caption } of drawn) {
    describe(name, () => {
      const parsed = parse(svg);

      test("matches the gallery", async () => {
        await expect(`${svg}\n`).toMatchFileSnapshot(`gallery/${name}.svg`);
      });

      test("carries title and description", () => {
        expect(parsed.names.slice(0, 3)).toEqual(["svg", "title", "desc"]);
        expect(title.length).toBeGreaterThan(3);
        expect(caption.length).toBeGreaterThan(20);
      });

      test("no text leaves the figure and none overlaps another", () => {
        expectLegible(parsed);
      });

      test("has no number but finite ones", () => {
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      });
    });
  }

  test("long names and many observables stay legible", () => {
    const { observables, ...rest } = reportFixture();
    const long = "a quite long name of an enzyme that nobody would abbreviate, subunit alpha";
    const many = ["PGI", "CS", "AKGDH", "SUCDi", "PDH"].map((id) => ({ variable: `flux:${id}`, label: long }));
    const input = { ...rest, title: `${long}, ${long}`, cell: long, observables: [...observables, ...many] };
    for (const { svg } of figures(input)) expectLegible(parse(svg));
  });

  test("a run of one arm without wild type, data or graph has fewer figures, and they stand", () => {
    const { arms } = reportFixture();
    const lone = arms.slice(0, 1).map(({ name, trajectory }) => ({ name, trajectory }));
    const input = reportFixture({ arms: lone, measurements: [], perturbations: [] });
    const { graph: _, ...rest } = input;
    expect(figures(rest).map((figure) => figure.name)).toEqual(expect.arrayContaining(["overview", "phases"]));
    expect(figures(rest).map((figure) => figure.name)).not.toContain("arm-differences");
    for (const { svg } of figures(rest)) expect(() => parse(svg)).not.toThrow();
  });

  test("measured points outside the run are left out and counted", () => {
    const { measurements, ...rest } = reportFixture();
    const outside = [-1, 12.5].map((time) => ({ variable: "biomass", time, value: 1e3, sd: 1 }));
    const found = figures({ ...rest, measurements: [...measurements, ...outside] });
    const note = " 2 measured points lie outside the run and are not shown.";
    for (const name of ["time-course-biomass", "overview"]) {
      const before = drawn.find((figure) => figure.name === name);
      const after = found.find((figure) => figure.name === name);
      expect(after?.caption).toBe(`${before?.caption}${note}`);
      expect(after?.svg).toBe(before?.svg.replace("</desc>", `${note}</desc>`));
    }
  });

  test("a sudden change is a line, not a shade", () => {
    const input = reportFixture({ perturbations: [{ label: "glc__D_e = 10 mmol/L", from: 4, to: 4 }] });
    const found = figures(input).filter(({ name }) => name === "overview" || name.startsWith("time-course"));
    for (const { name, svg, caption } of found) {
      expect(svg).toContain('class="instant"');
      expect(svg).not.toContain('class="window"');
      if (name !== "overview") expect(caption).toContain("; line at 4 h: glc__D_e = 10 mmol/L.");
      expectLegible(parse(svg));
    }
  });

  test("a run that failed at its first instant still draws", () => {
    const { arms, ...rest } = reportFixture();
    const stopped = arms.map(({ name, trajectory }) => ({
      name,
      trajectory: {
        ...trajectory,
        times: trajectory.times.slice(0, 1),
        columns: trajectory.columns.map((column) => column.slice(0, 1)),
        status: { code: "failed" as const, message: "infeasible: ATPM", t: 0 },
      },
    }));
    for (const { svg } of figures({ ...rest, arms: stopped })) {
      expect(() => parse(svg)).not.toThrow();
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
