import {createProcCalls} from './proc-calls.js';
import {createProcFiles} from './proc-files.js';
import type {Proc} from './proc.js';

/** The cheapest way to read /proc that this machine offers. Koffi is loaded here and not before, because it may be missing. */
export const createProc = async (): Promise<Proc> => {
	try {
		const {default: koffi} = await import('koffi');
		return createProcCalls(koffi);
	} catch {
		return createProcFiles();
	}
};
