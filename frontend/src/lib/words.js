// The server puts the sentences into the page, in its language.
let table;

export function say(key, values = {}) {
  table ??= JSON.parse(document.getElementById("sz-words")?.textContent || "{}");
  return (table[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Minutes as words: "2 h 5 min"; from two days on, days and hours; "under 1 min". */
export function span(minutes) {
  const total = Math.floor(Math.abs(minutes));
  let days = Math.floor(total / 1440), hours = Math.floor((total % 1440) / 60);
  if (!total) return say("moments");
  const rest = total % 60, parts = [];
  if (days < 2) [hours, days] = [hours + days * 24, 0];
  if (days) parts.push(say("days", { n: days }));
  if (hours) parts.push(say("hours", { n: hours }));
  if (!days && (rest || !hours)) parts.push(say("minutes", { n: rest }));
  return parts.map((part) => part.replaceAll(" ", "\u00a0")).join(" "); // as the server: no number without its unit
}

/** Tells screen readers without moving the focus. */
export function announce(text) {
  const region = document.getElementById("sz-said");
  if (region) region.textContent = text;
}
