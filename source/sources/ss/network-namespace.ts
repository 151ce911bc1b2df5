import path from 'node:path';
import type {NamespaceTarget} from '../../namespaces/follow.js';
import {inodeAt, nameDirectories} from '../../namespaces/read-namespaces.js';
import {SourceError, type SourceNamespaces} from '../source.js';
import type {RunSs} from './runner.js';

export type SsNamespace = {
	/** Runs `ss` in the namespace. */
	readonly run: RunSs;
	/** Assigns numbers to names of interfaces, because the indexes of another namespace cannot be looked up from here. */
	readonly interfaceIndex: (name: string) => number;
	readonly namespaces: SourceNamespaces;
};

/**
Lets `ss` read another network namespace, which `ss` can only find by its name in /run/netns.

@throws SourceError for a namespace without a name.
*/
export const inNamespace = ({name, path: file}: NamespaceTarget, run: RunSs): SsNamespace => {
	if (!nameDirectories.includes(path.dirname(file))) {
		throw new SourceError(`ss reads only network namespaces that have a name in /run/netns, as \`ip netns attach NAME PID\` gives one; ${name} has none`);
	}

	const inode = inodeAt(file);
	const names = [''];
	return {
		async run(words, onText, signal) {
			const result = await run(['-N', path.basename(file), ...words], onText, signal);
			const isGone = result.problem !== undefined && inode !== undefined && inodeAt(file) !== inode;
			return isGone ? {...result, problem: `cannot read the network namespace ${name}: it is gone`} : result;
		},
		interfaceIndex(interfaceName) {
			if (!names.includes(interfaceName)) {
				names.push(interfaceName);
			}

			return names.indexOf(interfaceName);
		},
		namespaces: {
			of: () => inode === undefined ? undefined : {name, inode},
			interfaceName: index => names[index],
			// `ss` does not print them.
			localPorts: () => undefined,
			hidden: () => 0,
		},
	};
};
