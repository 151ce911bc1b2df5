/** What a source states about itself and about the machine that its sockets are on. */

/** All facts except whether actions are possible. */
export type Facts = {
	/** The name of the source on the screen: `netlink`, `ss`, `recorded file`. */
	readonly title: string;
	/** Host name of the machine that the sockets are on; undefined if the source does not know it. Untrusted text. */
	readonly hostname: string | undefined;
	/** Kernel release of that machine, as in uname(2); undefined if the source does not know it. */
	readonly kernelRelease: string | undefined;
	/** Name of the file that the sockets were read from, without its directories; absent for live sources. Untrusted text. */
	readonly file?: string;
	/**
	Where the names of users, interfaces, cgroups, network namespaces and processes come from:

	- `local`: from this machine, because the sockets are its own.
	- `own`: from the source, which has them in `names`.
	- `none`: no names; numbers are shown as they are.
	*/
	readonly names: 'local' | 'own' | 'none';
	/**
	How the owners of the sockets are found:

	- `search`: by a search of this machine's /proc.
	- `given`: the source writes them into the table.
	- `none`: not at all.
	*/
	readonly owners: 'search' | 'given' | 'none';
	/**
	When new data can be read:

	- `timer`: at any time, so samples are taken at intervals.
	- `source`: when the source signals it. A source that never does is read once.
	*/
	readonly pace: 'timer' | 'source';
	/** Whether samples leave out the sockets that `restrict` of a request excludes. */
	readonly appliesRestriction: boolean;
};

/** Whether sockets can be closed and processes signalled; if not, the reason, as words that follow "Off: ". */
export type ActingFacts =
	| {readonly canAct: true}
	| {readonly canAct: false; readonly whyNotActing: string};

/** Plain data, which can be sent to the screen. */
export type SourceFacts = Facts & ActingFacts;
