// Requests to this review's own addresses. A request that fails says whether trying again may help.

export class Refused extends Error {
  /** The server answered, and said no: `status` is its answer, `message` a French sentence. */
  constructor(message, status) {
    super(message);
    this.status = status;
    this.retryable = status >= 500 || status === 401 || status === 408 || status === 429;
  }
}

const SECONDS = 15;

export class Net {
  constructor(address, key) {
    this.base = new URL(address, document.baseURI).href;
    this.key = key;
  }

  /** The whole address of something below this review's. */
  at(path) {
    return this.base + path;
  }

  /** Hands over the key; the browser keeps the cookie that comes back. */
  async enter() {
    const answer = await this.#send("enter", { method: "POST", body: this.key });
    if (!answer.ok) throw await refusal(answer);
  }

  async get(path) {
    return (await this.#known(path, {})).json();
  }

  async post(path, content, more = {}) {
    const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content), ...more };
    return (await this.#known(path, asked)).json();
  }

  /** Asks, enters when the server does not know this browser, and asks once more. */
  async #known(path, asked) {
    let answer = await this.#send(path, asked);
    if (answer.status === 401) {
      await this.enter();
      answer = await this.#send(path, asked);
    }
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }

  #send(path, asked) {
    return fetch(this.at(path), { credentials: "same-origin", signal: AbortSignal.timeout(SECONDS * 1000), ...asked });
  }
}

async function refusal(answer) {
  let message = "Le serveur ne répond pas comme prévu.";
  try {
    message = (await answer.json()).message ?? message;
  } catch {
    // Not ours: a proxy's page, for instance.
  }
  return new Refused(message, answer.status);
}
