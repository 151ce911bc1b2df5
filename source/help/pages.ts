/** The pages of docs/ that are installed with the program and shown by `conntop help`. */

export type HelpPage = {
	/** Argument of `conntop help`. */
	readonly topic: string;
	/** File name in docs/. */
	readonly file: string;
};

/** In reading order. */
export const helpPages: readonly HelpPage[] = [
	{topic: 'screen', file: 'screen.md'},
	{topic: 'commands', file: 'commands.md'},
	{topic: 'keys', file: 'keys.md'},
	{topic: 'filters', file: 'filters.md'},
	{topic: 'fields', file: 'fields.md'},
	{topic: 'health', file: 'health.md'},
	{topic: 'groups', file: 'groups.md'},
	{topic: 'inspector', file: 'inspector.md'},
	{topic: 'journal', file: 'journal.md'},
	{topic: 'acting', file: 'acting.md'},
	{topic: 'events', file: 'events.md'},
	{topic: 'recordings', file: 'recordings.md'},
	{topic: 'metrics', file: 'metrics.md'},
	{topic: 'fleet', file: 'fleet.md'},
	{topic: 'namespaces', file: 'namespaces.md'},
	{topic: 'names', file: 'mouse-and-names.md'},
	{topic: 'meters', file: 'meters.md'},
	{topic: 'setup', file: 'setup.md'},
	{topic: 'coming-from', file: 'coming-from.md'},
];

export const topics: readonly string[] = helpPages.map(({topic}) => topic);

/** The topic of a page by its file name; undefined if it is not a help page. */
export const topicOf = (file: string): string | undefined => helpPages.find(page => page.file === file)?.topic;
