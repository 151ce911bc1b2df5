import type {EngineLink} from '../../contract/engine-link.js';
import type {Change} from '../../preferences/changes.js';
import type {Environment} from '../update/renderer.js';
import type {Host} from '../terminal/host.js';
import type {Chosen, InitialQuery} from '../update/initial-state.js';
import type {TerminalInput} from '../terminal/input-stream.js';
import type {TerminalOutput} from '../terminal/paced-output.js';

/** Options of the live view. */
export type ScreenOptions = {
	readonly link: EngineLink;
	readonly initialQuery: InitialQuery;
	/** Preferences, keys and views; default: the built-in ones. */
	readonly chosen?: Partial<Chosen>;
	/** Saves changes and returns a sentence about the result. Without it, changes are not saved. */
	readonly save?: (changes: readonly Change[]) => Promise<string>;
	/** Stores a filter for later runs; without it, filters are recalled only during this run. */
	readonly keepFilter?: (filter: string) => Promise<void>;
	/** Writes a text to a blocked terminal when it accepts output again, even after the program has ended, instead of the output that it had not accepted. */
	readonly leaveLastWord?: (text: string) => Promise<void>;
	readonly stdin: TerminalInput;
	readonly stdout: TerminalOutput;
	readonly environment: Environment;
	/** The process; replaced in tests. */
	readonly host?: Host;
};
