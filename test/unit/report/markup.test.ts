import { describe, expect, test } from "vitest";
import { coordinate, escapeText, html, svg } from "../../../src/report/svg/markup.ts";

describe("markup", () => {
  test("text and attributes are escaped, built elements are not", () => {
    const element = svg("text", { x: 1.005, class: `a"b` }, "<b> & 'c'", svg("tspan", {}, "ok"));
    expect(element.markup).toBe('<text x="1" class="a&quot;b">&lt;b&gt; &amp; &#39;c&#39;<tspan>ok</tspan></text>');
  });

  test("characters that XML forbids become replacement characters", () => {
    expect(escapeText("a\u0000b\u001fc\ud800d\ttab")).toBe("a\ufffdb\ufffdc\ufffdd\ttab");
    expect(escapeText("𝛥arcA")).toBe("𝛥arcA");
  });

  test("coordinates have two decimals, no minus zero, no exponent", () => {
    expect([1.23456, -0.001, 1e-9, 100, Number.NaN].map(coordinate)).toEqual(["1.23", "0", "0", "100", "0"]);
  });

  test("undefined attributes are left out, empty HTML elements keep their end tag", () => {
    expect(html("td", { class: undefined }).markup).toBe("<td></td>");
    expect(html("input", { id: "x" }).markup).toBe('<input id="x">');
    expect(svg("path", { d: "M0,0" }).markup).toBe('<path d="M0,0"/>');
  });
});
