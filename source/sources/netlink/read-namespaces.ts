import {SystemCallError} from '../../system/system-calls.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SampleReport, SampleRequest} from '../source.js';
import {runParts} from '../../parts/parts.js';
import {NamespaceFailures} from './namespace-failures.js';
import type {NetlinkReader} from './netlink-reader.js';
import type {OpenedNamespace} from './opened-namespace.js';

/**
Reads the sockets of several namespaces once: dumps all, then resolves what each dump missed. If one fails, it becomes a sentence and the others are still read.

@param namespaces Namespaces removed from it during the sample are not read any more.
*/
export const readNamespaces = async (namespaces: Iterable<OpenedNamespace>, request: SampleRequest): Promise<SampleReport> => {
	const complete: Scope[] = [];
	const problems = new Set<string>();
	const failures = new NamespaceFailures();
	const didSucceed = async ({reader, found}: OpenedNamespace, step: (reader: NetlinkReader) => Promise<void> | void): Promise<boolean> => {
		try {
			await step(reader);
			return true;
		} catch (error) {
			if (!(error instanceof SystemCallError)) {
				throw error;
			}

			failures.add(found.name, error.message);
			return false;
		}
	};

	/* eslint-disable no-await-in-loop -- All walk the same tables of the kernel, so reading in parallel would not be faster. */
	const dumped: OpenedNamespace[] = [];
	for (const entry of namespaces) {
		if (await didSucceed(entry, async reader => runParts(reader.dump(request), request.yieldNow))) {
			dumped.push(entry);
		}
	}

	for (const entry of dumped) {
		await didSucceed(entry, reader => {
			const resolved = reader.resolve(request);
			complete.push(...resolved.complete);
			for (const problem of resolved.problems) {
				problems.add(problem);
			}
		});
	}
	/* eslint-enable no-await-in-loop */

	return {complete, problems: [...failures.sentences((which, reason) => `netlink failed in ${which} (${reason}); trying again`), ...problems]};
};
