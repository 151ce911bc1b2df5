/** Markdown for the generated pages of docs/. */

/** The first line of a generated page. */
export const notice = '<!-- Made by `npm run docs`; a test fails when it is stale. -->';

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);

/** Formats a Markdown table. */
export const table = (headings: readonly string[], rows: ReadonlyArray<readonly string[]>): string => [
	headings,
	headings.map(() => '---'),
	...rows.map(row => row.map(text => cell(text))),
].map(row => `| ${row.join(' | ')} |`).join('\n');

/** Formats a text as inline code. */
export const code = (text: string): string => text === '' ? '' : (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
