// Acts on their way: each is an event that is kept in the browser until the server says that it is stored.
// For one slot (criterion, kind, item) one event travels at a time; a text that changes meanwhile waits as the next one.

import { Refused } from "./net.js";
import { Kept, freshId } from "./kept.js";

export const TYPING_PAUSE = 300;
const TYPING_MOST = 1200;
const WAITS = [400, 1000, 2000, 4000, 8000];
const REMEMBERED = 200;
const TEXTS = new Set(["note", "motivation", "own_text", "choice", "agreed"]);

export const slotName = (criterion, kind, item = "") => `${criterion}/${kind}/${item}`;
/** What two values are compared by: the person's words, or all of it where there are none. The server adds what it knows. */
const textOf = (value) => (typeof value?.text === "string" ? `${value.verdict ?? value.kind ?? ""}:${value.text.trim()}` : JSON.stringify(value ?? null));

export class Outbox {
  /**
   * `versionOf(slot)`: the version that the server last told of. `told` receives what happens:
   * acked(event, version), conflicted(event, current), refused(event, message), changed().
   */
  constructor(net, space, versionOf, told) {
    Object.assign(this, { net, versionOf, told, slots: new Map(), kept: new Kept(space), failures: 0, lastStored: null });
    this.clock = 0;
    this.busy = false;
    this.timer = null;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(`prelecture/${space}`) : null;
  }

  /** Takes up what earlier pages left; returns those events, oldest first. */
  adopt() {
    const events = this.kept.left();
    for (const event of events) {
      this.kept.put(event);
      const slot = this.#slot(event);
      if (slot.sent?.id === event.id || slot.next?.id === event.id) continue;
      if (slot.sent || slot.next) {
        if (slot.next) this.#supersede(slot);
        slot.next = event;
      } else slot.sent = event;
      slot.mine.add(textOf(event.value));
    }
    if (events.length) this.#plan(0);
    return events;
  }

  /** Puts an act on its way; `typing` waits for a pause of the keys. */
  put(kind, criterion, item, value, { typing = false } = {}) {
    this.clock = Math.max(this.clock + 1, Date.now());
    const event = { id: freshId(), kind, criterion, item, value, base: 0, at: this.clock };
    const slot = this.#slot(event);
    if (slot.next) this.#supersede(slot);
    event.base = slot.version() + (slot.sent ? 1 : 0);
    slot.next = event;
    slot.mine.add(textOf(value));
    if (slot.mine.size > REMEMBERED) slot.mine.delete(slot.mine.values().next().value);
    this.kept.put(event);
    const now = Date.now();
    slot.since ??= now;
    slot.due = typing ? Math.min(now + TYPING_PAUSE, slot.since + TYPING_MOST) : now;
    if (!slot.conflict) this.#plan(slot.due - now);
    this.told.changed();
    return event;
  }

  /** Whether something for this slot is not stored yet. */
  pendingFor(name) {
    const slot = this.slots.get(name);
    return Boolean(slot && (slot.sent || slot.next));
  }

  conflictFor(name) {
    return this.slots.get(name)?.conflict ?? null;
  }

  get pending() {
    return [...this.slots.values()].filter((slot) => slot.sent || slot.next).length;
  }

  get offline() {
    return this.failures > 1 || navigator.onLine === false;
  }

  /** Settles a conflict: "mine" writes over the other version, which stays in the history; "theirs" drops mine. */
  settle(name, whose) {
    const slot = this.slots.get(name);
    const conflict = slot?.conflict;
    if (!conflict) return;
    slot.conflict = null;
    const mine = slot.next ?? slot.sent;
    for (const event of [slot.sent, slot.next]) if (event) this.kept.drop(event.id);
    slot.sent = slot.next = null;
    slot.ahead = conflict.current?.version ?? slot.version();
    if (whose === "mine") this.put(mine.kind, mine.criterion, mine.item, mine.value);
    this.told.changed();
  }

  /** Sends now what is due, or everything with `all`. */
  async flush({ all = false, leaving = false } = {}) {
    if (this.busy && !leaving) {
      this.again = true;
      return;
    }
    const events = this.#ready(all || leaving);
    if (!events.length) return;
    this.busy = !leaving;
    try {
      const sent = events.map(({ at, tab, ...event }) => event);
      const { acks } = await this.net.post("acts", { events: sent }, leaving ? { keepalive: true } : {});
      this.failures = 0;
      this.problem = "";
      for (const ack of acks) this.#answered(events.find((event) => event.id === ack.id), ack);
    } catch (error) {
      this.#failed(error, events);
    } finally {
      if (!leaving) this.busy = false;
      this.told.changed();
      if (this.again || this.#waiting().length) this.#plan(this.failures ? this.#wait() : this.#soonest());
      this.again = false;
    }
  }

  #slot({ criterion, kind, item }) {
    const name = slotName(criterion, kind, item);
    let slot = this.slots.get(name);
    if (!slot) {
      slot = { name, sent: null, next: null, conflict: null, mine: new Set(), ahead: 0, since: null, due: 0 };
      slot.version = () => Math.max(slot.ahead, this.versionOf(name));
      this.slots.set(name, slot);
    }
    return slot;
  }

  #supersede(slot) {
    this.kept.drop(slot.next.id);
    slot.next = null;
  }

  #waiting() {
    return [...this.slots.values()].filter((slot) => !slot.conflict && (slot.sent || slot.next));
  }

  /** The events to send: those sent before and not answered keep their id and their base. */
  #ready(all) {
    const now = Date.now();
    const ready = [];
    for (const slot of this.#waiting()) {
      if (!slot.sent && slot.next && (all || slot.due <= now + 5)) {
        slot.sent = { ...slot.next, base: slot.version() };
        slot.next = null;
        slot.since = null;
        this.kept.put(slot.sent);
      }
      if (slot.sent) ready.push(slot.sent);
    }
    return ready.sort((a, b) => a.at - b.at);
  }

  #answered(event, ack) {
    if (!event) return;
    const slot = this.#slot(event);
    if (slot.sent?.id !== event.id) return;
    if (ack.ok) this.#stored(slot, event, ack.version);
    else if (ack.retry) this.#postponed(ack.message);
    else if (!ack.current) this.#refused(slot, event, ack.message);
    else this.#disputed(slot, event, ack);
  }

  #stored(slot, event, version) {
    slot.sent = null;
    slot.ahead = Math.max(slot.ahead, version);
    this.kept.drop(event.id);
    this.lastStored = Date.now();
    this.told.acked(event, version);
    this.channel?.postMessage({ event, version });
  }

  /** Not now, says the server: the event stays as it is and is sent again. */
  #postponed(message) {
    this.failures += 1;
    this.problem = message;
  }

  #refused(slot, event, message) {
    slot.conflict = { refused: message, current: null };
    this.told.refused(event, message);
  }

  /** The slot moved on. What moved it may be this very person, a moment ago, in this window: then nothing is in dispute. */
  #disputed(slot, event, ack) {
    const { current } = ack;
    if (textOf(current.value) === textOf(event.value)) return this.#stored(slot, event, current.version);
    slot.ahead = current.version;
    const known = slot.mine.has(textOf(current.value)) || !TEXTS.has(event.kind) || current.value === null;
    if (known) {
      const again = { ...event, id: freshId(), base: current.version };
      this.kept.drop(event.id);
      slot.sent = again;
      this.kept.put(again);
      return undefined;
    }
    slot.conflict = { current, message: ack.message };
    this.told.conflicted(event, current);
    return undefined;
  }

  #failed(error, events) {
    this.failures += 1;
    if (error instanceof Refused && !error.retryable) {
      for (const event of events) {
        const slot = this.#slot(event);
        if (slot.sent?.id === event.id) this.#refused(slot, event, error.message);
      }
    }
    this.problem = error instanceof Refused ? error.message : "";
  }

  #wait() {
    return WAITS[Math.min(this.failures, WAITS.length) - 1] ?? 0;
  }

  #soonest() {
    const now = Date.now();
    return Math.max(0, Math.min(...this.#waiting().map((slot) => (slot.sent ? 0 : slot.due - now))));
  }

  #plan(delay) {
    clearTimeout(this.timer);
    const soonest = this.failures ? Math.max(delay, this.#wait()) : Math.max(0, delay);
    this.timer = setTimeout(() => this.flush(), soonest);
  }

  /** Starts what runs beside: the sign of life, other windows, the network's return, the page's end. */
  watch(heard) {
    const hurry = () => {
      this.failures = 0;
      this.flush({ all: true });
    };
    const hide = () => document.visibilityState === "hidden" && this.flush({ all: true });
    const leave = () => {
      this.flush({ leaving: true });
      this.kept.leave();
    };
    this.kept.beat();
    const beating = setInterval(() => this.kept.beat(), 1000);
    const adopting = setInterval(() => this.adopt().forEach((event) => this.told.adopted(event)), 5000);
    window.addEventListener("online", hurry);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    if (this.channel) this.channel.onmessage = ({ data }) => heard(data);
    return () => {
      clearInterval(beating);
      clearInterval(adopting);
      clearTimeout(this.timer);
      window.removeEventListener("online", hurry);
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
      this.channel?.close();
      leave();
    };
  }
}
