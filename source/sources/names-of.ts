import type {Source} from './source.js';
import type {SourceNames} from './source-names.js';

/** The names of a machine that nobody here knows: each number stands for itself, because the same number means something else on this machine. */
export const noNames: SourceNames = {
	userName: () => undefined,
	interfaceName: () => undefined,
	namespace: () => undefined,
	// Without a path, a cgroup would be called unreachable, which nobody can know.
	cgroupPath: String,
};

/**
What numbers stand for on the machine that a source reads.

@param source
@param source.facts
@param source.names
@param source.namespaces
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
