import os from 'node:os';
import type {FieldContext} from '../fields/model/field.js';
import type {Source} from '../sources/source.js';
import type {Journal} from '../table/journal.js';
import {createActing, type Acting} from './act.js';

/** The parts of a sampler that actions need. */
export type ActingSubject = {
	readonly context: FieldContext;
	readonly source: Pick<Source, 'diagSocket'>;
	/** Records which sockets conntop closed. */
	readonly journal?: Pick<Journal, 'noteDestroyed'>;
};

/** Creates the actions on the sockets and processes of this machine. */
export const openActing = ({context, source, journal}: ActingSubject): Acting => createActing({
	context,
	diagSocket: slot => source.diagSocket?.(slot),
	noteDestroyed(id) {
		journal?.noteDestroyed(id);
	},
	bootedAt: () => Date.now() - (os.uptime() * 1000),
});
