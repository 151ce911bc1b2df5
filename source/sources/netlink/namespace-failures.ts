import {escapeText} from '../../text/escape.js';

/** Failures in several network namespaces. A machine may have thousands of namespaces, so all failures with the same reason become one sentence. */
export class NamespaceFailures {
	/** Names of the namespaces, by reason. */
	readonly #names = new Map<string, string[]>();

	/** Adds a failure in the namespace with a name, which is untrusted text. */
	add(name: string, reason: string): void {
		const names = this.#names.get(reason);
		if (names === undefined) {
			this.#names.set(reason, [name]);
		} else {
			names.push(name);
		}
	}

	/** One sentence per reason; `say` builds it from the words for the namespaces and the reason. */
	sentences(say: (which: string, reason: string) => string): readonly string[] {
		return this.#names.entries().map(([reason, names]) =>
			say(names.length === 1 ? `the network namespace ${escapeText(names[0])}` : `${names.length} network namespaces`, reason)).toArray();
	}
}
