/** What a source says of itself and of the machine that its sockets are of. */

/** What is known apart from acting. */
export type Facts = {
	/** What the screen calls the source: `netlink`, `ss`, `recorded file`. */
	readonly title: string;
	/** Host name of the machine that the sockets are of; undefined where the source does not know it. Foreign text. */
	readonly hostname: string | undefined;
	/** What uname(2) calls the release of that machine's kernel; undefined where the source does not know it. */
	readonly kernelRelease: string | undefined;
	/** Name of the file that the sockets were read from, without its directories; absent for a machine that is read live. Foreign text. */
	readonly file?: string;
	/**
	Where the names of users, interfaces, cgroups, network namespaces and processes come from:

	- `local`: from this machine, because the sockets are its own.
	- `own`: from the source, which has them in `names`.
	- `none`: from nowhere; numbers are shown as they are.
	*/
	readonly names: 'local' | 'own' | 'none';
	/**
	How the processes that hold the sockets become known:

	- `search`: by a search of this machine's /proc.
	- `given`: the source writes them into the table.
	- `none`: not at all.
	*/
	readonly owners: 'search' | 'given' | 'none';
	/**
	When there is something new to read:

	- `timer`: at any time, so that samples are taken at intervals.
	- `source`: when the source says so. One that never does is read once.
	*/
	readonly pace: 'timer' | 'source';
	/** Whether a sample leaves out the sockets that the `restrict` of a request excludes. */
	readonly appliesRestriction: boolean;
};

/** Whether sockets can be closed and processes signalled; where not, why, as words that follow "Off: ". */
export type ActingFacts =
	| {readonly canAct: true}
	| {readonly canAct: false; readonly whyNotActing: string};

/** Data alone, which can be handed to the screen. */
export type SourceFacts = Facts & ActingFacts;
