import type {PacedOutput, TerminalOutput} from '../terminal/paced-output.js';
import type {Store} from './store.js';

export type Environment = {
	/** Environment variables: `TERM` and `NO_COLOR` decide about colours. */
	readonly variables: Readonly<Record<string, string | undefined>>;
};

/** What a renderer is opened with. All of this stays when another one replaces it. */
export type Stage = {
	readonly store: Store;
	readonly stdout: TerminalOutput;
	/** Writes to the same terminal. */
	readonly paced: PacedOutput;
	readonly environment: Environment;
	/** Whether to ask the terminal for its background now: once is enough. What it answers is then kept from being taken for keys. */
	readonly expectBackground: () => boolean;
	/** Ends the live view because of an error. */
	readonly fail: (reason: unknown) => void;
};

/** What a person sees of the live view, or hears: it shows the state of the store until it is closed. The keyboard is none of its business. */
export type Renderer = {
	/** Gives back what it has of the terminal, waits for the callback, and shows all anew. */
	readonly suspend: (away: () => Promise<void>) => Promise<void>;
	/** Shows all anew on a terminal that something else may have changed. */
	readonly resume: () => void;
	/** Gives back what it has of the terminal before this returns; resolves when the terminal has taken that. */
	readonly close: () => Promise<void>;
	/** Gives all of it back, for a terminal of which nobody knows what it has taken. */
	readonly lastWord?: string;
};

export type OpenRenderer = (stage: Stage) => Renderer;
