import { describe, expect, test } from "vitest";
import { renderReport } from "../../../src/report/html/report-page.ts";
import { reportFixture } from "../../support/report-fixture.ts";

const page = renderReport(reportFixture());
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'`;

describe("report.html", () => {
  test("loads nothing from elsewhere", () => {
    const addresses = page.match(/[a-z]+:\/\/[^"' )<]+/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set(["http://www.w3.org/2000/svg"]));
    expect(page).not.toMatch(/<(link|img|iframe|object|embed)\b|\bsrc=|@import|url\(/);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  test("says when a sudden change is, and from when to when a window", () => {
    const perturbations = [
      { label: "glc__D_e = 10 mmol/L", from: 4, to: 4 },
      { label: "oxygen off", from: 4, to: 5.5 },
    ];
    expect(renderReport(reportFixture({ perturbations }))).toContain(
      "glc__D_e = 10 mmol/L, at 4 h; oxygen off, 4 h to 5.50 h",
    );
  });

  test("has the question, every section and every figure", () => {
    for (const id of [
      "findings",
      "overview",
      "phases",
      "observables",
      "arms",
      "fluxes",
      "graph",
      "status",
      "ledger",
      "provenance",
    ])
      expect(page).toContain(`<section id="${id}">`);
    expect(page).toContain("What happens to growth and overflow");
    expect(page.match(/<svg /g)).toHaveLength(13);
    expect(page).toContain("cellweave run examples/arcA-knockout.scenario.yaml -o out");
    expect(page).toContain("b".repeat(64));
  });

  test("ids of elements are unique", () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test("elements are balanced", () => {
    for (const name of [
      "section",
      "div",
      "table",
      "tr",
      "td",
      "figure",
      "svg",
      "g",
      "text",
      "details",
      "script",
      "style",
    ]) {
      const opened = page.match(new RegExp(`<${name}[ >]`, "g"))?.length ?? 0;
      const selfClosed = page.match(new RegExp(`<${name}[^>]*/>`, "g"))?.length ?? 0;
      expect(page.match(new RegExp(`</${name}>`, "g"))?.length ?? 0, name).toBe(opened - selfClosed);
    }
  });

  test("ids and names from files are data, never markup", () => {
    const fixture = reportFixture();
    const arms = fixture.arms.map((arm) => ({
      ...arm,
      trajectory: {
        ...arm.trajectory,
        variables: arm.trajectory.variables.map((variable, i) =>
          i === 0 ? { ...variable, id: HOSTILE, label: HOSTILE, owner: HOSTILE, unit: HOSTILE } : variable,
        ),
        warnings: [{ t: 1, module: HOSTILE, message: HOSTILE }],
      },
    }));
    const hostile = renderReport({
      ...fixture,
      arms,
      title: HOSTILE,
      description: HOSTILE,
      observables: [{ variable: HOSTILE }],
      explanations: [HOSTILE],
      perturbations: [{ label: HOSTILE, from: 1, to: 2 }],
      graph: {
        focus: [HOSTILE],
        nodes: [{ id: HOSTILE, type: "gene", name: HOSTILE, change: { hybrid: 1 } }],
        edges: [],
        measure: HOSTILE,
      },
      provenance: {
        ...fixture.provenance,
        command: HOSTILE,
        inputs: [{ path: HOSTILE, role: HOSTILE, sha256: HOSTILE }],
      },
    });
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
    expect(hostile).not.toContain("<img");
    expect(hostile).toContain("&lt;/script&gt;");
  });

  test("the ledger says where the carbon went and leaves round-off out", () => {
    const { arms, ...rest } = reportFixture();
    const entry = (variable: string, moved: number) => ({ variable, module: "strain", moved });
    const ledger = [entry("pool:glc__D_e", -10), entry("pool:ac_e", 6), entry("pool:o2_e", 1e-12)];
    const html = renderReport({
      ...rest,
      arms: arms.map((arm) => ({ ...arm, trajectory: { ...arm.trajectory, ledger } })),
    });
    const section = html.slice(html.indexOf('<section id="ledger">'), html.indexOf('<section id="provenance">'));
    expect(section).toContain(
      "Of 60 mmol carbon taken up per litre, 20.0 % was given off as acetate, 80.0 % went into",
    );
    expect(section).not.toContain("dissolved oxygen");
  });

  test("a failed arm is said first, with what stopped it", () => {
    const { arms, ...rest } = reportFixture();
    const failed = arms.map((arm) =>
      arm.name === "learned"
        ? {
            ...arm,
            trajectory: {
              ...arm.trajectory,
              status: { code: "failed" as const, message: "infeasible: ATPM needs 8.39", t: 3.5 },
            },
          }
        : arm,
    );
    const html = renderReport({ ...rest, arms: failed });
    const said = html.indexOf("The learned arm failed at 3.50 h. </strong>infeasible: ATPM needs 8.39");
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(html.indexOf("Key findings"));
  });
});
