import type {Sampler} from './sampler.js';

/** Milliseconds since 1970 at the last sample: the owner search has taken time since then. */
export const sampleTime = ({source: {time}, context: {table}}: Pick<Sampler, 'source' | 'context'>): number => time.wall() - (time.now() - table.now);
