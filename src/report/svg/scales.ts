import { type ScaleLinear, scaleLinear } from "../../vendor/d3.ts";
import type { PanelData } from "../findings/panel-data.ts";
import type { Frame } from "./axis.ts";

export interface Scales {
  /** Hours to px. */
  readonly x: ScaleLinear<number, number>;
  /** The variable's unit to px. */
  readonly y: ScaleLinear<number, number>;
}

/** Scales of a panel; the values' end at round numbers. */
export function scalesOf(data: Pick<PanelData, "time" | "range">, frame: Frame, ticks = 5): Scales {
  return {
    x: scaleLinear(data.time, [frame.x, frame.x + frame.width]),
    y: scaleLinear(data.range, [frame.y + frame.height, frame.y]).nice(ticks),
  };
}
