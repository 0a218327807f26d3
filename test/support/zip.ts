import { deflateRawSync } from "node:zlib";

/** A zip archive of files without checksums, deflated where that is asked for. */
export function zipped(files: ReadonlyMap<string, string>, deflate = true): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const content = Buffer.from(text);
    const packed = deflate ? deflateRawSync(content) : content;
    const words = Buffer.alloc(26);
    words.writeUInt16LE(20, 0);
    words.writeUInt16LE(deflate ? 8 : 0, 4);
    words.writeUInt32LE(packed.length, 14);
    words.writeUInt32LE(content.length, 18);
    words.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), words, Buffer.from(name), packed]);
    const central = Buffer.alloc(16);
    central.writeUInt32LE(offset, 12);
    const made = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), made, words, central.subarray(2), Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
