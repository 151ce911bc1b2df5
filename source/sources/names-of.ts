import type {Source} from './source.js';
import type {SourceNames} from './source-names.js';

/** Names of an unknown machine: each number stands for itself, because the same number means something else on this machine. */
export const noNames: SourceNames = {
	userName: () => undefined,
	interfaceName: () => undefined,
	namespace: () => undefined,
	// Without a path, a cgroup would be shown as unreachable, which is not known.
	cgroupPath: String,
};

/**
The names for the machine that a source reads.

@param local The names of this machine.
*/
export const namesOf = ({facts, names = noNames, namespaces}: Pick<Source, 'facts' | 'names' | 'namespaces'>, local: SourceNames): SourceNames => {
	switch (facts.names) {
		case 'local': {
			return {
				...local,
				...(namespaces && {namespace: namespaces.of, interfaceName: namespaces.interfaceName, localPorts: namespaces.localPorts}),
			};
		}

		case 'own': {
			return names;
		}

		case 'none': {
			return noNames;
		}
	}
};
