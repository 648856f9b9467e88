// Chinese base maps are drawn in GCJ-02, some hundred metres off. The server speaks WGS-84 only.
const A = 6378245, EE = 0.00669342162296594;
const outside = (lon, lat) => lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271;
const { sin, cos, sqrt, abs, PI } = Math;

function shift(lon, lat) {
  const x = lon - 105, y = lat - 35;
  const waves = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2 / 3;
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves;
  dLat += ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 + ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3;
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves;
  dLon += ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3;
  const rad = (lat / 180) * PI, magic = 1 - EE * sin(rad) ** 2, root = sqrt(magic);
  return [(dLon * 180) / ((A / root) * cos(rad) * PI), (dLat * 180) / (((A * (1 - EE)) / (magic * root)) * PI)];
}

export function toGcj(lon, lat) {
  if (outside(lon, lat)) return [lon, lat];
  const [dx, dy] = shift(lon, lat);
  return [lon + dx, lat + dy];
}

/** Three rounds bring it below a centimetre. */
export function toWgs(lon, lat) {
  if (outside(lon, lat)) return [lon, lat];
  let [x, y] = [lon, lat];
  for (let round = 0; round < 3; round++) {
    const [gx, gy] = toGcj(x, y);
    x += lon - gx;
    y += lat - gy;
  }
  return [x, y];
}
