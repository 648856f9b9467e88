// The mark of Shanzhi: 善 drawn by us in thirteen strokes on a 48 × 48 ground, as SVG and, for home screens, as PNG.
import * as zlib from "node:zlib";

const GROUND = "#14584a";
const PAPER = "#fbf8f1";
const WIDTH = 3;
// Each stroke is a line x1 y1 x2 y2.
export const STROKES = [
  [16.2, 7.2, 18.6, 11], [31.8, 7.2, 29.4, 11],
  [11.5, 13.4, 36.5, 13.4], [13.5, 18.4, 34.5, 18.4], [9.5, 23.4, 38.5, 23.4],
  [24, 13.4, 24, 29],
  [16.4, 25.6, 17.8, 27.6], [31.6, 25.6, 30.2, 27.6],
  [7, 30, 41, 30],
  [15, 34.6, 33, 34.6], [15, 34.6, 15, 41.4], [33, 34.6, 33, 41.4], [15, 41.4, 33, 41.4],
];

export function svg() {
  const d = STROKES.map(([a, b, c, e]) => `M${a} ${b}L${c} ${e}`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="${GROUND}"/>` +
    `<path d="${d}" stroke="${PAPER}" stroke-width="${WIDTH}" stroke-linecap="round" stroke-linejoin="round" fill="none"/></svg>`;
}

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function nearest(x, y) {
  let best = Infinity;
  for (const [x1, y1, x2, y2] of STROKES) {
    const dx = x2 - x1, dy = y2 - y1;
    const t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(x - x1 - t * dx, y - y1 - t * dy));
  }
  return best;
}

function corner(x, y, radius) {
  const qx = Math.abs(x - 24) - 24 + radius, qy = Math.abs(y - 24) - 24 + radius;
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
}

/** A square PNG of `size` px. `maskable`: full ground, drawing inside the safe circle. */
export function png(size, maskable = false) {
  const scale = 48 / size, shrink = maskable ? 0.72 : 1, soft = scale / 2;
  const [ground, paper] = [rgb(GROUND), rgb(PAPER)];
  const cover = (distance) => Math.max(0, Math.min(1, 0.5 - distance / (2 * soft)));
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let j = 0; j < size; j++)
    for (let i = 0; i < size; i++) {
      const x = (i + 0.5) * scale, y = (j + 0.5) * scale;
      const ink = cover((nearest((x - 24) / shrink + 24, (y - 24) / shrink + 24) - WIDTH / 2) * shrink);
      const at = j * (size * 4 + 1) + 1 + i * 4;
      for (let c = 0; c < 3; c++) rows[at + c] = Math.round(ground[c] + (paper[c] - ground[c]) * ink);
      rows[at + 3] = maskable ? 255 : Math.round(255 * cover(corner(x, y, 10)));
    }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4), sum = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

// zlib.crc32 came with Node 20.15; older 20s lack it.
function crc(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
}

export function mark() {
  return {
    name: "shanzhi-mark",
    generateBundle() {
      const give = (fileName, source) => this.emitFile({ type: "asset", fileName, source });
      give("mark.svg", svg());
      give("icon-180.png", png(180, true));
      give("icon-192.png", png(192));
      give("icon-512.png", png(512));
      give("icon-maskable-512.png", png(512, true));
    },
  };
}
