// Colours of the map come from the same tokens as the page, in light and dark.
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const TONES = { waiting: "--indigo", working: "--pine", checking: "--amber", warn: "--amber", done: "--moss", urgent: "--vermilion" };

export function tones() {
  return ["match", ["get", "tone"], ...Object.entries(TONES).flatMap(([tone, name]) => [tone, token(name)]), token("--ink-3")];
}

export function paints() {
  return [
    ["ground", "background-color", paints.ground()],
    ["place-fill", "fill-color", token("--pine")],
    ["place-line", "line-color", token("--line-strong")],
    ["place-name", "text-color", ["case", ["boolean", ["get", "own"], false], token("--ink"), token("--ink-2")]],
    ["place-name", "text-halo-color", token("--sunken")],
    ["point-ring", "circle-color", token("--sheet")],
    ["point", "circle-color", tones()],
    ["point-label", "text-color", token("--sheet")],
    ["cluster", "circle-color", token("--ink")],
    ["cluster-count", "text-color", token("--paper")],
    ["point-chosen", "circle-stroke-color", token("--ink")],
  ];
}
paints.ground = () => token("--sunken");
export const initial = (layer) => Object.fromEntries(paints().filter(([id]) => id === layer).map(([, name, value]) => [name, value]));
