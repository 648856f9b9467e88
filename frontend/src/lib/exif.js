// Reads where and when a JPEG was taken, before downscaling throws that away. Reads 128 kB and never fails loudly.
export async function taken(file) {
  try {
    return read(new DataView(await file.slice(0, 131_072).arrayBuffer()));
  } catch {
    return { position: null, at: null };
  }
}

function read(view) {
  const none = { position: null, at: null };
  if (view.getUint16(0) !== 0xffd8) return none;
  let at = 2;
  while (at + 4 < view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return tiff(new DataView(view.buffer, at + 10));
    if ((marker & 0xff00) !== 0xff00) return none;
    at += 2 + view.getUint16(at + 2);
  }
  return none;
}

function tiff(view) {
  const little = view.getUint16(0) === 0x4949;
  const short = (at) => view.getUint16(at, little), long = (at) => view.getUint32(at, little);
  const directory = (at) => {
    const tags = {};
    for (let n = short(at), entry = at + 2; n > 0; n--, entry += 12) tags[short(entry)] = entry;
    return tags;
  };
  const text = (entry) => {
    const length = long(entry + 4), from = length > 4 ? long(entry + 8) : entry + 8;
    return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + from, length)).replace(/\0.*$/, "");
  };
  const degrees = (entry) => {
    const from = long(entry + 8), part = (n) => long(from + n * 8) / long(from + n * 8 + 4);
    return part(0) + part(1) / 60 + part(2) / 3600;
  };
  const main = directory(long(4));
  const found = { position: null, at: null };
  if (main[0x8769]) {
    const original = directory(long(main[0x8769] + 8))[0x9003];
    const match = original && /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text(original));
    if (match) found.at = `${match[1]}-${match[2]}-${match[3]}T${match[4]}`;
  }
  if (main[0x8825]) {
    const gps = directory(long(main[0x8825] + 8));
    if (gps[2] && gps[4]) {
      const lat = degrees(gps[2]) * (gps[1] && text(gps[1]) === "S" ? -1 : 1);
      const lon = degrees(gps[4]) * (gps[3] && text(gps[3]) === "W" ? -1 : 1);
      if (Number.isFinite(lat) && Number.isFinite(lon) && (lat || lon)) found.position = { lon, lat };
    }
  }
  return found;
}
