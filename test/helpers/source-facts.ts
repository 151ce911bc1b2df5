/** Facts of sources for tests: those of a machine named `box`, and of a file. */
import type {SourceFacts} from '../../source/sources/source-facts.js';

const ofBox = {
	hostname: 'box', kernelRelease: '6.18.44', names: 'local', pace: 'timer',
} as const;

export const netlinkFacts: SourceFacts = {
	...ofBox, title: 'netlink', owners: 'search', appliesRestriction: true, canAct: true,
};

export const ssFacts: SourceFacts = {
	...ofBox, title: 'ss', owners: 'given', appliesRestriction: false, canAct: false, whyNotActing: 'needs netlink, which identifies sockets exactly',
};

export const fileFacts: SourceFacts = {
	title: 'recorded file',
	hostname: undefined,
	kernelRelease: undefined,
	file: 'some.dump',
	names: 'none',
	owners: 'none',
	pace: 'source',
	appliesRestriction: false,
	canAct: false,
	whyNotActing: 'sockets from a file cannot be changed',
};
