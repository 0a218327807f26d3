/** What slots hold at the start before initial assignments are computed; whoever runs the model may change numbers. */
export class StartImage {
  /** By slot. */
  readonly image: Float64Array;
  private readonly given: Set<number>;

  /**
   * @param size slots of the model
   * @param constants numbers of the file, by slot
   */
  constructor(size: number, constants: ReadonlyMap<number, number>) {
    this.image = new Float64Array(size);
    this.given = new Set(constants.keys());
    for (const [slot, value] of constants) this.image[slot] = value;
  }

  /** 0 where no number is given. */
  get(slot: number): number {
    return this.image[slot] ?? 0;
  }

  /** Slots beyond the model's are left out. */
  set(slot: number, value: number): void {
    if (slot < 0 || slot >= this.image.length) return;
    this.given.add(slot);
    this.image[slot] = value;
  }

  /** Sets all slots: to 0 where no number is given. */
  writeAll(values: Float64Array): void {
    values.set(this.image);
  }

  /** Sets the slots that have a number. */
  writeGiven(values: Float64Array): void {
    for (const slot of this.given) values[slot] = this.image[slot] ?? 0;
  }
}
