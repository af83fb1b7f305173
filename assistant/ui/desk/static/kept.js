// What was not acknowledged yet, in the browser's own storage: one entry per event, so that tabs never overwrite each other.

const ADOPT_AFTER = 4000;

/** A name nobody else has; works without a secure context too. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A name that sorts by the time it was made. */
export const timedId = () => `${Date.now().toString(16).padStart(12, "0")}-${freshId().slice(0, 8)}`;

export class Kept {
  constructor(space) {
    this.prefix = `prelecture/${space}/`;
    this.tab = freshId();
    this.works = true;
  }

  /** Keeps an event; says false where the browser refuses (storage full or forbidden). */
  put(event) {
    try {
      localStorage.setItem(this.prefix + event.id, JSON.stringify({ ...event, tab: this.tab, at: event.at ?? Date.now() }));
      this.works = true;
    } catch {
      this.works = false;
    }
    return this.works;
  }

  drop(id) {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      this.works = false;
    }
  }

  /** The events left by tabs that are gone, oldest first; those of a tab that may still be sending are not among them. */
  left(now = Date.now()) {
    return this.#all().filter((event) => event.tab !== this.tab && (now - event.at > ADOPT_AFTER || !this.#lives(event.tab)));
  }

  /** Says that this tab is there, as long as it is: `beat` is called every second. */
  beat() {
    try {
      localStorage.setItem(`prelecture-tab/${this.tab}`, String(Date.now()));
    } catch {
      this.works = false;
    }
  }

  leave() {
    try {
      localStorage.removeItem(`prelecture-tab/${this.tab}`);
    } catch {
      this.works = false;
    }
  }

  #lives(tab) {
    return Date.now() - Number(localStorage.getItem(`prelecture-tab/${tab}`) ?? 0) < 2500;
  }

  #all() {
    const found = [];
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at);
        if (name.startsWith(this.prefix)) found.push(JSON.parse(localStorage.getItem(name)));
      }
    } catch {
      this.works = false;
    }
    return found.sort((a, b) => a.at - b.at);
  }
}
