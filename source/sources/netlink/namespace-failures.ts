import {escapeText} from '../../text/escape.js';

/** What failed in several network namespaces. A machine may have thousands, so that all that failed for one reason is one sentence. */
export class NamespaceFailures {
	/** By reason. */
	readonly #names = new Map<string, string[]>();

	/** Notes that something failed in the namespace with a name, which is foreign text. */
	add(name: string, reason: string): void {
		const names = this.#names.get(reason);
		if (names === undefined) {
			this.#names.set(reason, [name]);
		} else {
			names.push(name);
		}
	}

	/** One sentence for each reason; `say` makes it from the words for the namespaces and the reason. */
	sentences(say: (which: string, reason: string) => string): readonly string[] {
		return this.#names.entries().map(([reason, names]) =>
			say(names.length === 1 ? `the network namespace ${escapeText(names[0])}` : `${names.length} network namespaces`, reason)).toArray();
	}
}
