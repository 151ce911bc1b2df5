import type {EngineLink} from '../engine/link.js';
import type {Change} from '../preferences/changes.js';
import type {Host} from './host.js';
import type {Chosen, InitialQuery} from './initial-state.js';
import type {TerminalInput} from './input-stream.js';
import type {TerminalOutput} from './paced-output.js';

/** What the live view is started with. */
export type ScreenOptions = {
	readonly link: EngineLink;
	readonly initialQuery: InitialQuery;
	/** What the person has chosen; the defaults unless told. */
	readonly chosen?: Partial<Chosen>;
	/** Writes what the person has changed; gives a sentence about what came of it. Without it, nothing is kept. */
	readonly save?: (changes: readonly Change[]) => Promise<string>;
	/** Has a terminal that stands told something when it goes on after the program has ended, in the place of what it has not taken. */
	readonly leaveLastWord?: (text: string) => Promise<void>;
	readonly stdin: TerminalInput;
	readonly stdout: TerminalOutput;
	readonly environment: {
		/** Environment variables: `TERM` and `NO_COLOR` decide about colours. */
		readonly variables: Readonly<Record<string, string | undefined>>;
	};
	/** The process; another one in tests. */
	readonly host?: Host;
};
