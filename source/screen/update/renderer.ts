import type {PacedOutput, TerminalOutput} from '../terminal/paced-output.js';
import type {Store} from './store.js';

export type Environment = {
	/** Environment variables: `TERM` and `NO_COLOR` decide about colours. */
	readonly variables: Readonly<Record<string, string | undefined>>;
};

/** What a renderer is opened with. It stays the same when another renderer replaces it. */
export type Stage = {
	readonly store: Store;
	readonly stdout: TerminalOutput;
	/** Writes to the same terminal. */
	readonly paced: PacedOutput;
	readonly environment: Environment;
	/** Returns whether to ask the terminal for its background, true once. The answer is then not taken for keys. */
	readonly expectBackground: () => boolean;
	/** Ends the live view because of an error. */
	readonly fail: (reason: unknown) => void;
};

/** Shows the state of the store, on screen or as lines for screen readers, until it is closed. It does not handle the keyboard. */
export type Renderer = {
	/** Restores the terminal, waits for the callback, and redraws everything. */
	readonly suspend: (callback: () => Promise<void>) => Promise<void>;
	/** Redraws everything on a terminal that another program may have changed. */
	readonly resume: () => void;
	/** Restores the terminal before it returns; resolves when the terminal has accepted the output. */
	readonly close: () => Promise<void>;
	/** Sequences that restore a terminal when it is unknown how much output it has processed. */
	readonly lastWord?: string;
};

export type OpenRenderer = (stage: Stage) => Renderer;
