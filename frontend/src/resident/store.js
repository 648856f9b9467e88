// The draft on this phone: text in localStorage, photos that have not arrived yet in IndexedDB. Gone once sent.
import { openDB } from "idb";

const KEY = "sz-draft";
const AGE = 47 * 3600 * 1000; // the server keeps unused photos for two days
let opened;
const db = () => (opened ??= openDB("shanzhi-draft", 1, { upgrade: (base) => base.createObjectStore("photos") }));

export function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY) || "null");
    return draft && Date.now() - draft.at < AGE ? draft : null;
  } catch {
    return null;
  }
}

export function keep(draft) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...draft, at: Date.now() }));
  } catch { /* private mode: the page still works */ }
}

export async function forget() {
  localStorage.removeItem(KEY);
  try { await (await db()).clear("photos"); } catch { /* as above */ }
}

export async function keepPhoto(key, file) {
  try { await (await db()).put("photos", file, key); } catch { /* as above */ }
}

export async function dropPhoto(key) {
  try { await (await db()).delete("photos", key); } catch { /* as above */ }
}

export async function photos() {
  try {
    const base = await db();
    return Promise.all((await base.getAllKeys("photos")).map(async (key) => ({ key, file: await base.get("photos", key) })));
  } catch {
    return [];
  }
}
