/** Grows as bytes are written; numbers in LEB128, the form WebAssembly uses. */
export class ByteWriter {
  private bytes = new Uint8Array(1024);
  private readonly f64 = new Float64Array(1);
  private readonly f64Bytes = new Uint8Array(this.f64.buffer);
  length = 0;

  byte(value: number): this {
    this.reserve(1);
    this.bytes[this.length++] = value;
    return this;
  }

  raw(values: ArrayLike<number>): this {
    this.reserve(values.length);
    this.bytes.set(values, this.length);
    this.length += values.length;
    return this;
  }

  unsigned(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  signed(value: number): this {
    let rest = value;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
      if (last) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  double(value: number): this {
    this.f64[0] = value;
    return this.raw(this.f64Bytes);
  }

  name(text: string): this {
    const bytes = new TextEncoder().encode(text);
    return this.unsigned(bytes.length).raw(bytes);
  }

  /** A section or body: its length, then its content. */
  sized(content: ByteWriter): this {
    return this.unsigned(content.length).raw(content.view());
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
