import type {EngineLink} from '../../contract/engine-link.js';
import type {Change} from '../../preferences/changes.js';
import type {Environment} from '../update/renderer.js';
import type {Host} from '../terminal/host.js';
import type {Chosen, InitialQuery} from '../update/initial-state.js';
import type {TerminalInput} from '../terminal/input-stream.js';
import type {TerminalOutput} from '../terminal/paced-output.js';

/** What the live view is started with. */
export type ScreenOptions = {
	readonly link: EngineLink;
	readonly initialQuery: InitialQuery;
	/** What the person has chosen; the defaults unless told. */
	readonly chosen?: Partial<Chosen>;
	/** Writes what the person has changed; gives a sentence about what came of it. Without it, nothing is kept. */
	readonly save?: (changes: readonly Change[]) => Promise<string>;
	/** Keeps a filter for later; without it, filters are recalled until the end only. */
	readonly keepFilter?: (filter: string) => Promise<void>;
	/** Has a terminal that stands told something when it goes on after the program has ended, in the place of what it has not taken. */
	readonly leaveLastWord?: (text: string) => Promise<void>;
	readonly stdin: TerminalInput;
	readonly stdout: TerminalOutput;
	readonly environment: Environment;
	/** The process; another one in tests. */
	readonly host?: Host;
};
